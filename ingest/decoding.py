"""From bytes to text: byte order marks, UTF-8, UTF-16, GB18030, Big5, and what to do when none fits."""

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_COMMON_HAN = frozenset("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过")
_ORDINARY = re.compile("[\t\r\n -~\u2010-\u2026\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]")
_ORDINARY_SHARE = 0.95
_TOLERATED_REPLACEMENTS = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the encoding that was used; `broken` counts characters that could not be read (U+FFFD)."""

    text: str
    encoding: str
    broken: int = 0


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Always gives a text: the best reading of the bytes, with what could not be read as U+FFFD."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _lenient(content[len(mark) :], encoding)
    utf16 = _utf16_without_bom(content)
    if utf16 is not None:
        return _lenient(content, utf16)
    for encoding in ("utf-8", *_declared(content, declared)):
        strict = _strict(content, encoding)
        if strict is not None:
            return strict
    candidates = [found for e in ("gb18030", "big5") if (found := _strict(content, e)) is not None]
    if candidates:
        return max(candidates, key=lambda found: _plausibility(found.text))
    return min((_lenient(content, e) for e in ("utf-8", "gb18030")), key=lambda found: found.broken)


def is_text(decoded: Decoded) -> bool:
    """False where the characters look like binary data: control characters or many unreadable ones."""
    sample = decoded.text[:20_000]
    if not sample:
        return False
    controls = sum(1 for ch in sample if ord(ch) < ord(" ") and ch not in "\t\n\r\f\x0b\x1a")
    return controls <= len(sample) * 0.01 and decoded.broken <= max(3, len(decoded.text) * _TOLERATED_REPLACEMENTS)


def _declared(content: bytes, declared: str | None) -> tuple[str, ...]:
    """What the file says about itself; gb2312 and gbk are read as gb18030, which contains both."""
    found = _CHARSET.search(content[:4096])
    names = [declared, found.group(1).decode("ascii") if found else None]
    usable: list[str] = []
    for name in names:
        if not name:
            continue
        lowered = name.lower()
        encoding = "gb18030" if lowered in {"gb2312", "gbk", "gb_2312-80", "x-gbk"} else lowered
        try:
            codec = codecs.lookup(encoding)
        except LookupError:
            continue
        # Only encodings of text: "hex" or "zip" are codecs too, and latin-1 accepts any bytes as mojibake.
        if codec.name in {"gb18030", "big5", "big5hkscs", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "euc_kr"}:
            usable.append(codec.name)
    return tuple(usable)


def _strict(content: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _lenient(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("�"))


def _utf16_without_bom(content: bytes) -> str | None:
    """UTF-16 that forgot its mark has NUL bytes, which no other text has, and is ordinary text in one byte order."""
    sample = content[:4096][: len(content[:4096]) // 2 * 2]
    if b"\0" not in sample:
        return None
    shares = {encoding: _ordinary(sample.decode(encoding, errors="replace")) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _ORDINARY_SHARE else None


def _ordinary(text: str) -> float:
    return len(_ORDINARY.findall(text)) / max(1, len(text))


def _plausibility(text: str) -> float:
    """Share of very common characters: the wrong one of two Chinese encodings gives rare ones."""
    sample = text[:20_000]
    return sum(1 for ch in sample if ch in _COMMON_HAN) / max(1, len(sample))
