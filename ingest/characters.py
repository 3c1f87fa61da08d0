"""Character by character: full-width forms, radicals, traditional characters, invisible ones. Positions are kept."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from ingest.traced import Traced

HAN = "㐀-䶿一-鿿豈-﫿〇"
# Private-use characters whose meaning is known: Founder (方正) typesetting writes the middle dot of names as U+100170.
_KNOWN_PRIVATE = {0x100170: "·", 0xF0B7: "●", 0xF06C: "●", 0xF0A7: "■", 0xF0FC: "√", 0xF0D8: "●"}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
# Radicals that some PDF fonts give instead of the character; compatibility forms (Kangxi) are folded by NFKC.
_RADICALS = dict(
    zip(
        "⺠⻚⻔⻅⻋⻓⻛⻜⻝⻢⻰⻉⻬⻄⻆⻮⻣⻤⻩⻘⻥⻦⻧⻨⻙⻳⻁⺟⻒",
        "民页门见车长风飞食马龙贝齐西角齿骨鬼黄青鱼鸟卤麦韦龟虎母镸",
        strict=True,
    )
)
_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\t\r\n\f\v\x85\u2028\u2029"
)
_FORMS = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()},
    **{ord(wide): narrow for wide, narrow in zip("％＋＝＠＃＆＊－／．＄＜＞＿～｜", "%+=@#&*-/.$<>_~|", strict=True)},
    **{ord(a): b for a, b in zip("«»‹›｢｣•‧∙・―─⁃", "《》〈〉「」····——-", strict=True)},
    **{ord(space): " " for space in _SPACES},
    **{ord(radical): plain for radical, plain in _RADICALS.items()},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{code: folded for code in range(0xF900, 0xFAFF) if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1},
    **_KNOWN_PRIVATE,
}
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_TRADITIONAL_SHARE = 0.03
_FEWEST_HAN = 20
# Forms that ordinary mainland text uses too, so that they say nothing about the script of a document.
_AMBIGUOUS = frozenset("乾著於瞭麼餘鍾裏幾徵藉")


def fold(text: Traced, *, traditional: bool) -> Traced:
    """Forms of the same character made one; invisible characters out.

    Unknown private-use characters stay for now: whether one stood for a digit is judged with the words around it.
    """
    folded = text.translate(_FORMS).sub(_INVISIBLE, "")
    return folded.translate(_Simplified()) if traditional else folded


def without_private(text: Traced) -> Traced:
    """Private-use characters out, once it is clear that none of them was a digit."""
    return text.sub(_PRIVATE, "")


def is_traditional(text: str) -> bool:
    """True where a noticeable share of the Chinese characters has another simplified form."""
    han = _HAN_CHARACTER.findall(text[:40_000])
    if not han:
        return False
    changed = sum(1 for ch in han if ch not in _AMBIGUOUS and simplified(ch) != ch)
    fewest = 1 if len(han) < _FEWEST_HAN else 2
    return changed >= fewest and changed >= len(han) * _TRADITIONAL_SHARE


@lru_cache(maxsize=30_000)
def simplified(character: str) -> str:
    """One character for one character, so that positions hold; 乾 and 著 are kept for 乾隆 and 著作."""
    if character in "乾著":
        return character
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


class _Simplified(dict[int, str]):
    """A translation table that fills itself as characters are met."""

    def __missing__(self, code: int) -> str:
        return simplified(chr(code))
