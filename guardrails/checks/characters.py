"""Characters: an output has no control, hidden or direction-changing characters, and is not garbled."""

import re

from guardrails.claims import Claim, Problem

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_GARBLED = re.compile(
    "\ufffd|[\ue000-\uf8ff]|锟斤拷|烫烫烫|屯屯屯|(?:[ÃÂâåæçèéäï][\u0080-\u00bf¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}){3}"
)


def look(claim: Claim) -> Problem | None:
    """Return hidden characters, or signs of a broken encoding."""
    if _HIDDEN.search(claim.raw):
        return Problem("characters", "文字里有看不见的控制字符。")
    if is_garbled(claim.raw):
        return Problem("characters", "文字是乱码。")
    return None


def is_garbled(text: str) -> bool:
    """Return whether a text was read in the wrong encoding, or has characters nobody can see."""
    return _GARBLED.search(text) is not None


def visible(text: str) -> str:
    """Return the text without hidden characters."""
    return _HIDDEN.sub("", text)
