"""Finds names by what stands beside them: a number of the person, or a partner in marriage, law or business."""

import re
from collections.abc import Iterator

import rjieba

from guardrails.personal.likeness import A_WORD, POSSIBLE, WORDS, likeness
from guardrails.personal.span import Span
from guardrails.personal.surnames import DOUBLE, NOT_LAST, PUBLIC, SINGLE, UNLIKELY

_HAN = "\u4e00-\u9fff"
_NUMBER = r"1[3-9]\d{9}(?!\d)|[1-9]\d{16}[\dXx]"
_RUN = rf"(?<![{_HAN}])[{_HAN}]{{2,4}}"
_BEFORE_NUMBER = re.compile(rf"{_RUN}(?=[(,:]? ?(?:{_NUMBER}))")
_PAIR = re.compile(
    rf"(?<![{_HAN}])([{_HAN}]{{2,4}}?)[和与跟同]([{_HAN}]{{2,4}}?)"
    "(?=(?:要|想|准备|已经|去|来|申请|办理|预约|共同)?(?:登记结婚|结婚|登记离婚|离婚|复婚|领证|领结婚证|登记|共有|签订|签的|合租|合伙))"
)


# 和商量结婚: whoever is married has a name, though it may be a word
_SPOUSE = re.compile(rf"[和跟与]([{_HAN}]{{2,3}})(?=(?:登记)?结婚|领证|领结婚证|离婚|复婚)")
_GROUPS = ("人", "员", "侨", "民", "者", "方", "婚")


def find_beside(text: str) -> Iterator[Span]:
    """Yield names that their neighbours give away."""
    for run in _BEFORE_NUMBER.finditer(text):
        if _is_whole_name(run.group()) and likeness(run.group()) >= POSSIBLE - 1:
            yield Span(run.start(), run.end(), "name")
    for pair in _PAIR.finditer(text):
        if all(_is_whole_name(one) or likeness(one) >= A_WORD for one in pair.groups()) and any(
            likeness(one) >= POSSIBLE for one in pair.groups()
        ):
            yield from (Span(pair.start(n), pair.end(n), "name") for n in (1, 2))
    for spouse in _SPOUSE.finditer(text):
        if likeness(spouse[1]) >= A_WORD and not WORDS.match(spouse[1]) and not spouse[1].endswith(_GROUPS):
            yield Span(spouse.start(1), spouse.end(1), "name")


def _is_whole_name(run: str) -> bool:
    """Return whether these characters are a surname and a given name, and no word begins with the surname.

    A surname that begins many words needs a given name of two characters.
    """
    family = 2 if run[:2] in DOUBLE else 1
    given = len(run) - family
    if given not in (1, 2) or (family == 1 and run[0] not in SINGLE) or run in PUBLIC or run[-1] in NOT_LAST:
        return False
    if not all("\u4e00" <= c <= "\u9fff" for c in run):
        return False
    if family > 1:
        return True
    common = run[0] not in UNLIKELY
    return (given > 1 or common) and not _is_word(run[:2]) and (common or not _is_word(run))


def _is_word(characters: str) -> bool:
    """Return whether the dictionary has these characters as one word."""
    return len(rjieba.cut(characters, False)) == 1
