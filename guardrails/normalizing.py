"""Brings any string into the form the checks read: NFKC, no hidden characters, lone surrogates or look-alikes."""

import base64
import binascii
import re
import unicodedata
from functools import lru_cache
from importlib import resources

# Blank-looking characters that are letters or symbols to Unicode, so that the category alone does not find them.
_BLANK = "\u115f\u1160\u3164\uffa0\u2800\u180e\u034f\u17b4\u17b5"
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff" + _BLANK + "]"
)
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_SPACES = re.compile(r"[^\S\n]+")

# Letters of other scripts that look like Latin ones. Only used inside words that hold a Latin letter too.
_LOOK_ALIKE = str.maketrans(
    "аАВеЕЅѕіІјЈКМНоОрРсСТуУхХԁԛԝҮөαΑΒεΕΖΗιΙκΚΜνΝοΟρΡτΤυΥχΧ",
    "aABeEsSiIjJKMHoOpPcCTyYxXdqwYoaABeEZHiIkKMvNoOpPtTuYxX",
)
_MIXED_WORD = re.compile(r"[A-Za-z\u0370-\u03ff\u0400-\u052f]+")

# CJK radicals that PDF copies carry and NFKC leaves alone.
_RADICALS = str.maketrans(
    "⺟⺠⻅⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳", "母民见贝车长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟"
)
_RADICAL = re.compile(f"[{''.join(map(chr, _RADICALS))}]")

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,4000}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){10,2000}")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2}){6,1300}")
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4}){4,600}")


def normalize(text: str) -> str:
    """Return the text in NFKC without hidden characters, stray accents and look-alike letters; line breaks stay."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text).strip()
    safe = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    safe = safe.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", safe))
    plain = plain.translate(_RADICALS) if _RADICAL.search(plain) else plain
    plain = _HIDDEN.sub("", _MARKS.sub("", plain))
    return _SPACES.sub(" ", _MIXED_WORD.sub(_to_latin, plain)).strip()


def hidden_message(text: str) -> str:
    """Return the ASCII that is written in invisible tag characters; empty where there is none."""
    return "".join(chr(ord(c) - 0xE0000) for run in _TAGS.findall(text) for c in run)


def squeezed(plain: str) -> str:
    """Return normalized text in simplified characters and lower case, nothing but letters and digits.

    Undoes 忽·略·规·则 and h u l u e: for matching phrases, never for showing.
    """
    return "".join(c for c in simplified(plain).lower() if c.isalnum())


def simplified(text: str) -> str:
    """Return the text with each traditional character replaced by its simplified one; same length."""
    table, traditional = _simplifying()
    return text if traditional.isdisjoint(text) else text.translate(table)


def decoded_parts(plain: str) -> tuple[str, ...]:
    """Return what readable text hides in base64, hexadecimal, percent or backslash-u runs; at most five parts."""
    parts: list[str] = []
    for pattern, decode in (
        (_PERCENT, _from_percent),
        (_ESCAPED, _from_escaped),
        (_HEX, _from_hex),
        (_BASE64, _from_base64),
    ):
        for run in pattern.findall(plain)[:5]:
            readable = decode(run)
            if readable is not None and _is_readable(readable):
                parts.append(normalize(readable))
    return tuple(parts[:5])


def _to_latin(word: re.Match[str]) -> str:
    found = word.group()
    if found.isascii() or not any(c.isascii() for c in found):
        return found
    return found.translate(_LOOK_ALIKE)


@lru_cache(maxsize=1)
def _simplifying() -> tuple[dict[int, str], frozenset[str]]:
    """Read OpenCC's character table, one to one, so that positions stay; and what it replaces."""
    table: dict[int, str] = {}
    listing = resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    for line in listing.splitlines():
        traditional, _, choices = line.partition("\t")
        if len(traditional) == 1 and choices:
            table[ord(traditional)] = choices.split(" ")[0]
    return table, frozenset(map(chr, table))


def _is_readable(text: str) -> bool:
    letters = sum(c.isalpha() or c.isspace() or c.isdigit() for c in text)
    printable = all(c.isprintable() or c in "\n\t " for c in text)
    return printable and len(text) >= 4 and letters * 10 >= len(text) * 7  # noqa: PLR2004 - shorter says nothing


def _from_base64(run: str) -> str | None:
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None


def _from_hex(run: str) -> str | None:
    try:
        return bytes.fromhex(run).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return None


def _from_percent(run: str) -> str | None:
    return _from_hex(run.replace("%", ""))


def _from_escaped(run: str) -> str | None:
    readable = "".join(chr(int(code, 16)) for code in run.split("\\u")[1:])
    return readable.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
