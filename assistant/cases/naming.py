"""Which of some offered names a message names: whole, in part, or with a slip."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

_SPLIT = re.compile(r"[,，、;；。和跟与及]|还有|以及|加上")
_FILL = re.compile(r"我|要|想|办|一起|只|就|那个|这个|的|吧|了|都|把|给|宝宝|孩子|申请|同意|可以|用")
_LEAST, _ALIKE = 2, 88.0


def named(text: str, names: Sequence[str]) -> set[str]:
    """The names that stand in the message or that a piece of it clearly means."""
    found = {name for name in names if name in text}
    for piece in _SPLIT.split(text):
        core = _FILL.sub("", piece).strip()
        if len(core) < _LEAST:
            continue
        within = [name for name in names if core in name]
        alike = within or [name for name in names if fuzz.partial_ratio(core, name) >= _ALIKE]
        if len(alike) <= max(1, len(names) // 3):
            found.update(alike)
    return found


_NUMBERED = re.compile(r"第\s*([一二两三四五六七八九十\d]{1,2})\s*[条个项点]")
_UNMET = re.compile(r"不(?:太|大)?(?:符合|满足|达标|够)|没(?:有)?(?:达到|满足|够)|达不到")


def unmet_conditions(text: str, conditions: Sequence[str]) -> set[str]:
    """The conditions of which a message says that they are not met: by their number, or the only one there is."""
    if not _UNMET.search(text):
        return set()
    numbers = {_number(found) for found in _NUMBERED.findall(text)}
    found = {condition for place, condition in enumerate(conditions, 1) if place in numbers}
    return found or (set(conditions) if len(conditions) == 1 and not numbers else set())


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else "零一二三四五六七八九十".find(said.replace("两", "二"))
