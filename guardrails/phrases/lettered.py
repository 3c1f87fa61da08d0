"""Orders to the assistant that are spelled in Latin letters: pinyin, or English with digits for letters."""

import re
from typing import Final

from guardrails.phrases.signal import Signal, strong

_LEET: Final = str.maketrans("0134578@$!|", "oieastbasil")
_WORD = re.compile(r"[a-z0-9@$!|]*[a-z][a-z0-9@$!|]*", re.IGNORECASE)
_LETTER = re.compile("[^a-z]")
_GAP = "[a-z]{0,24}"
_PINYIN_ORDERS = "(?:guize|zhiling|guiding|xianzhi|shezhi|tishi|tishici|zhishi|yaoqiu)"
# Squeezed to bare letters, so that neither spaces nor signs between the syllables matter.
IN_LETTERS: Final[tuple[Signal, ...]] = (
    strong(
        "override",
        f"(?:hulve|hulue|hulüe|wushi|(?:wangji|wangdiao)(?:suoyou|zhiqian|shangmian|qianmian|yishang|quanbu)|paoqi|tiaoguo|buyaoguan|buyongguan|buyaoli){_GAP}{_PINYIN_ORDERS}",
    ),
    strong(
        "prompt_leak",
        f"(?:xitong|ni(?:de)?|chushi|yuanshi)(?:tishici|tishi(?:yu|neirong)|zhiling){_GAP}|(?:gaosu|shuchu|dayin|xianshi|fasong|fagei){_GAP}(?:tishici|xitongtishi|xitongzhiling)",
    ),
    strong(
        "override",
        "(?:ignore|disregard|forget|override|bypass)(?:all|any|every|the|your|my|previous|prior|above|earlier|of|these|those){0,5}(?:instructions?|rules?|prompts?|guidelines|restrictions)",
    ),
    strong(
        "prompt_leak",
        "(?:print|show|reveal|repeat|output|tellme|giveme|display)(?:me|us|all|out|the|of|full|entire){0,5}"
        "(?:your|system|initial|original|hidden|secret)(?:full|entire|system|initial|original|hidden|secret){0,3}"
        "(?:prompts?|instructions|rules)",
    ),
)


def in_letters(plain: str) -> str:
    """Return the Latin words of a message as bare letters; digits and signs in them are read as letters."""
    words = (match.group().lower().translate(_LEET) for match in _WORD.finditer(plain))
    return _LETTER.sub("", "".join(words))
