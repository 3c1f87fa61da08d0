"""Finds garbled text: digits replaced by symbols through a font's encoding, mojibake, unreadable characters.

What is found is masked with □, so that a wrong number cannot even be copied, and the passage is marked as garbled.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import HAN
from ingest.traced import Traced

MASK = "□"
_SYMBOLS = r"!\"#$%&'()*+,\-./"
_MEASURES = (
    "个工作日|个|项|天|月|日|年|类|次|元|名|家|人|种|小时|分钟|岁|号"
    "|条|届|批|件|倍|位|张|处|所|户|万|亿|余|多|以上|以下|以内|城市|大"
)
# In the place of a number: symbols, then a measure word. A lone quote, comma, bracket, dash or point is ordinary there.
_FOR_DIGITS = re.compile(
    rf"(?<![0-9A-Za-z%])(?:[{_SYMBOLS}]*[!#$&*'][{_SYMBOLS}]*|[{_SYMBOLS}]{{2,9}}|%)\s?(?={_MEASURES})"
)
_RUN = re.compile(rf"(?<=[{HAN}“‘（—\s])[{_SYMBOLS}]{{2,9}}(?=[{HAN}”’），。、；\s]|$)")
_ORDINARY_RUN = re.compile(
    r"^(?:\.{2,9}|-{2,9}|\*{2,9}|/{2}|!{2,3}|[)\"'][,.\-!;:]|[,.!][\"')]|[(\"'][(\"']|[)\"'][)\"']|[),.\"']\(|\+{2}|\)-|-\()$"
)
# In a document that is garbled elsewhere any run with a symbol that Chinese text has no use for; and a lone bracket.
_ANY = re.compile(rf"[{_SYMBOLS}]*[!\"#$%&'*+][{_SYMBOLS}\s]*(?<!\s)|\)")
_DIGITS = re.compile(r"[0-9]+")
_WELL_FORMED = re.compile(rf"\([{HAN}\w][^()]{{0,60}}\)|\d%|[A-Za-z]+['&+\-.][A-Za-z]+|[A-Za-z0-9]\+|\+[{HAN}]")
_CID = re.compile(r"\(cid:\d+\)")
_UNREADABLE = re.compile("\ufffd+")
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_PRIVATE_NUMBER = re.compile(rf"(?<=\d)[{_PRIVATE}]+|[{_PRIVATE}]+(?=[\d%]|{_MEASURES})")
_PRIVATE_CHARACTER = re.compile(f"[{_PRIVATE}]")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_LATIN_MOJIBAKE = re.compile(r"[À-ÿ\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{4,}")
_MASKS = re.compile(rf"{MASK}(?:\s?{MASK})+")
_LEADING_MASK = re.compile(rf"^[\s{MASK}]+(?![\s{MASK}])(?!{_MEASURES})")
_BULLETS = re.compile(rf"^\s*(?:[!\"#$%&'*+]\s?)+(?=[{HAN}“])(?!{_MEASURES})")
_SYMBOL = re.compile(rf"[!\"#$%&'*+]|[{_SYMBOLS}]{{2}}")
# Level 1 of GB 2312 holds the 3,755 characters that nearly all text is written with; its last row is not full.
_COMMON = frozenset(
    bytes((row, cell)).decode("gb2312", errors="ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)
_STRONG_SIGNS_OF_A_FONT = 3
_PRIVATE_SHARE = 0.03
_COMMON_SHARE = 0.55
_FEWEST_HAN = 12
_ENUMERATED = 0.2


@dataclass(frozen=True, slots=True)
class Judged:
    """A paragraph after masking. `garbled` says that its numbers must never be stated."""

    text: Traced
    garbled: bool


def font_is_garbled(paragraphs: Sequence[str]) -> bool:
    """True where several numbers of a document are certainly symbols: then lone symbols count as well."""
    return sum(_strong_signs(text) for text in paragraphs) >= _STRONG_SIGNS_OF_A_FONT


def judge(text: Traced, *, font_garbled: bool) -> Judged:
    """Masks what cannot be trusted. Text before punctuation is unified, since that would hide the evidence."""
    if font_garbled and _chinese(text.text):
        text = text.sub(_BULLETS, "")
    garbled = _strong_signs(text.text) > 0 or is_mojibake(text.text)
    masked = text.sub(_CID, MASK).sub(_UNREADABLE, MASK).sub(_PRIVATE_NUMBER, MASK)
    garbled = garbled or masked.text != text.text
    private = len(_PRIVATE_CHARACTER.findall(masked.text))
    garbled = garbled or private > max(2, len(masked.text) * _PRIVATE_SHARE)
    if _chinese(masked.text) and (font_garbled or garbled):
        symbols = _mask_symbols(masked, everything=font_garbled)
        garbled = garbled or symbols.text != masked.text
        masked = symbols
    return Judged(masked.sub(_LEADING_MASK, "").sub(_MASKS, MASK) if garbled else masked, garbled)


def without_numbers(text: Traced) -> Judged:
    """Text of which a reader of scans was not sure: its words are kept, its numbers masked."""
    return Judged(text.sub(_DIGITS, MASK).sub(_MASKS, MASK), garbled=True)


def is_mojibake(text: str) -> bool:
    """UTF-8 read as Latin-1 shows rows of accented letters; read as GBK it shows rare characters only."""
    latin = sum(len(found) for found in _LATIN_MOJIBAKE.findall(text))
    if latin >= _FEWEST_HAN and latin > len(text) * 0.3:
        return True
    han = _HAN_CHARACTER.findall(text)
    # An enumeration may consist of rare characters: names of elements, of people, of places.
    if len(han) < _FEWEST_HAN or text.count("、") > len(han) * _ENUMERATED:
        return False
    return sum(map(_COMMON.__contains__, han)) < len(han) * _COMMON_SHARE


def _strong_signs(text: str) -> int:
    if not _SYMBOL.search(text) or not _chinese(text):
        return 0
    bare = _WELL_FORMED.sub(lambda found: "〇" * len(found.group()), text)
    runs = [found.group().strip() for found in (*_FOR_DIGITS.finditer(bare), *_RUN.finditer(bare))]
    # !" closes a quotation that ends in a call, as long as the quotation marks come in pairs.
    quoted = bare.count('"') % 2 == 0
    return sum(
        1 for run in runs if not _ORDINARY_RUN.match(run) and not (quoted and run in {'!"', '"!', '."', '",', '"-'})
    )


def _mask_symbols(text: Traced, *, everything: bool) -> Traced:
    spans = [found.span() for found in _WELL_FORMED.finditer(text.text)]

    def well_formed(found: re.Match[str]) -> bool:
        return any(start <= found.start() and found.end() <= end for start, end in spans)

    def certain(found: re.Match[str]) -> str:
        ordinary = _ORDINARY_RUN.match(found.group().strip())
        return found.group() if ordinary or well_formed(found) else MASK * len(found.group())

    def all_but_well_formed(found: re.Match[str]) -> str:
        return found.group() if well_formed(found) else MASK * len(found.group())

    # Masks of the same length keep `spans` true through the passes.
    if everything:
        out = text.sub(_ANY, all_but_well_formed)
        return out.sub(_DIGITS, MASK) if out.text != text.text else out
    return text.sub(_FOR_DIGITS, certain).sub(_RUN, certain)


def _chinese(text: str) -> bool:
    letters = sum(1 for ch in text if ch.isalpha())
    return letters > 0 and len(_HAN_CHARACTER.findall(text)) >= letters * 0.3
