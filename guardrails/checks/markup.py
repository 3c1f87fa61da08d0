"""Markup: no output carries HTML, script, or a picture or link in Markdown; no spreadsheet cell starts a formula."""

import re

from guardrails.claims import Claim, Problem

_UNSAFE = re.compile(
    (
        r"<\s*[a-z/!?]|javascript\s*:|vbscript\s*:|data\s*:\s*text/html|&#x?[0-9a-f]+;|\bon(?:error|"
        r"load|click|mouseover|focus)\s*=|!\[[^\]\n]{0,200}\]|\]\(\s*[a-z]|\[[^\]\n]{1,200}\]:\s"
    ),
    re.IGNORECASE,
)
_TAG_OPENS = re.compile(r"<(?=\s*[A-Za-z/!?])")
_SCHEME = re.compile(r"(?i)(javascript|vbscript)\s*:")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def look(claim: Claim) -> Problem | None:
    """Return what a browser or a Markdown viewer would run or fetch."""
    found = _UNSAFE.search(claim.raw) or _UNSAFE.search(claim.sentence)
    return Problem("markup", f"文字里有不安全的标记“{found.group()[:20]}”。") if found else None


def harmless(text: str) -> str:
    """Return quoted text in which nothing is markup: opening angle brackets and script schemes are replaced."""
    return _SCHEME.sub(r"\1:", _TAG_OPENS.sub("‹", text))


def for_spreadsheet(cell: str) -> str:
    """Return a cell's text so that no spreadsheet program runs it as a formula."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
