"""A draft as the checks read it: sentence and evidence in one normalized form."""

import re
from dataclasses import dataclass

from guardrails.approved import Draft, Wording
from guardrails.normalizing import normalize

_MARKER = re.compile(
    (
        r"^\s*(?:[((]?\d{1,2}[))、.．:]\s?(?!\d)|[①-⑳●•·\-]\s?|[一二三四五六七八九十]{1,2}、|"
        "(?:[((][一二三四五六七八九十]{1,2}[))]))"
    ),
    re.MULTILINE,
)
_LINK = re.compile(
    (
        r"https?://[^\s,。;!?、()()《》“”\"'<>]+|(?<![\w@.\-])(?:[a-z0-9-]{1,63}\.){1,6}(?:gov|com|org|net|edu|"
        "cn|top|cc|vip|xyz|info|io|me|shop|site|online|app|link|club|"
        r"work)(?:\.[a-z]{2})?(?![a-z0-9.-])(?:/[^\s,。;!?、()()《》“”\"'<>]*)?"
    ),
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d.\-/])(?:\(?0\d{2,3}\)?[- ]?\d{7,8}(?:[-转]\d{1,5})?|400[- ]?\d{3,4}[- ]?\d{3,4}|"
    r"800[- ]?\d{3}[- ]?\d{4}|1[3-9]\d{9}|(?:110|119|120|122|12\d{3}|95\d{3}|"
    r"96\d{3,4})(?![\d.%元个天日月年万周岁人次分秒名位家户件项份张本套台辆级期课学平米㎡公吨]|工作日))(?!\d)"
)
_NAMED_PHONE = re.compile(
    r"(?:电话|拨打|致电|热线|来电|传真|tel)[^\d\n]{0,10}(\d[\d \-]{4,14}\d)(?:转\d{1,5})?", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check found: its name, and why the sentence may not leave, for clerks and auditors."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence and what it rests on, normalized; `raw` is the sentence as written."""

    raw: str
    sentence: str
    evidence: str
    wording: Wording
    sources: tuple[str, ...] = ()  # the evidence one by one, each below the line of its name

    @property
    def links(self) -> tuple[str, ...]:
        """The links of the sentence."""
        return links_in(self.sentence)

    @property
    def phones(self) -> tuple[str, ...]:
        """The telephone numbers of the sentence, digits only."""
        return phones_in(self.sentence)

    @property
    def without_contacts(self) -> str:
        """The sentence with links and telephone numbers blanked: for the checks of numbers."""
        return without_contacts(self.sentence)


def claim_of(draft: Draft) -> Claim:
    """Read a draft. Sources' names belong to the evidence: an answer may say which law it quotes."""
    sources = tuple(normalize(f"{e.source}\n{e.text}") for e in draft.evidence)
    return Claim(
        raw=draft.text,
        sentence=_MARKER.sub("", normalize(draft.text)),
        evidence="\n".join(sources),
        wording=draft.wording,
        sources=sources,
    )


def links_in(text: str) -> tuple[str, ...]:
    """Return the links of a text, lower case, without a final slash or stop."""
    return tuple(m.group().lower().rstrip("/.") for m in _LINK.finditer(text)) if "." in text or "://" in text else ()


def phones_in(text: str) -> tuple[str, ...]:
    """Return the telephone numbers of a text, digits only."""
    if not _DIGIT.search(text):
        return ()
    bare = _LINK.sub(" ", text)
    found = [_digits(m.group()) for m in _PHONE.finditer(bare)]
    found += [_digits(m.group(1)) for m in _NAMED_PHONE.finditer(bare)]
    return tuple(dict.fromkeys(found))


def without_contacts(text: str) -> str:
    """Return the text with links and telephone numbers blanked, positions kept."""
    patterns = [_LINK] if "." in text or "://" in text else []
    if _DIGIT.search(text):
        patterns += [_NAMED_PHONE, _PHONE]
    for pattern in patterns:
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    return text


def _digits(written: str) -> str:
    return "".join(c for c in written if c.isdigit())
