"""Which of some offered names a message names: whole, in part, or with a slip."""

import re
from collections.abc import Sequence
from fractions import Fraction

from rapidfuzz import fuzz

from prefill.said.amounts import amounts
from prefill.said.speech import fold

PIECES = re.compile(r"[,，、;；。和跟与及]|还有|以及|加上")
_FILL = re.compile(
    r"我|要|想|办|一起|只|就|那个|这个|的|吧|了|都|把|给|宝宝|孩子|申请|同意|可以|用|即可|好了|够|行|一下|选|勾|先|那|[两三四几][样个项件]"
)
_LEAST, _ALIKE = 2, 88.0


def named(text: str, names: Sequence[str]) -> set[str]:
    """The names that stand in the message or that a piece of it clearly means."""
    found = {name for name in names if name in text}
    for piece in PIECES.split(text):
        core = _FILL.sub("", piece).strip()
        if len(core) < _LEAST:
            only = [name for name in names if core and core in name]
            found.update(only if len(only) == 1 else ())
            continue
        within = [name for name in names if core in name] or [name for name in names if _runs_through(core, name)]
        alike = within or [name for name in names if fuzz.partial_ratio(core, name) >= _ALIKE]
        if len(alike) <= max(1, len(names) // 3):
            found.update(alike)
    return found


def _runs_through(core: str, name: str) -> bool:
    """Whether the signs stand in the name in their order, others between them: 食品许可 in 食品经营许可."""
    at = name.find(core[:_LEAST])
    if at < 0 and name.startswith(core[0]):
        at = 0
    rest = iter(name[at:])
    return len(core) > _LEAST and at >= 0 and all(sign in rest for sign in core)


_AHEAD = 1.3
_GRAMMAR = re.compile("[的了是在和与或及我您你他她个这那条一不没有才只就]|符合|满足|[,，。、;；:：()（）\\s]")


def meant_condition(text: str, conditions: Sequence[str]) -> set[str]:
    """The one condition that shares most of what it says with a message; the only one there is; else none."""
    if len(conditions) == 1:
        return set(conditions)
    figures = _figures(text)
    alike = {c for c in conditions if figures & _figures(c)}
    if len(alike) == 1:
        return alike
    said = pairs(text)
    if not said:
        return set()
    shares = sorted(((len(said & pairs(c)) / len(said), c) for c in conditions), reverse=True)
    first, second = shares[0], shares[1]
    told = first[0] * len(said) >= 1 and first[0] > second[0] * _AHEAD
    return {first[1]} if told else set()


def _figures(text: str) -> set[Fraction]:
    """The numbers that are counted in a text, however they are written: 30, 三十."""
    return {m.number for m in amounts(fold(text), 0) if m.number is not None and m.number > 1}


def pairs(text: str) -> set[str]:
    """The pairs of signs of a text that say something, grammar left out."""
    plain = _GRAMMAR.sub("", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


_NUMBERED = re.compile(r"第\s*([一二两三四五六七八九十\d]{1,2})\s*[条个项点]")
_LAST = re.compile(r"最后(?:一|那一?)?[条个项点]")
_NONE_UNMET = re.compile(r"没(?:有|啥|什么)*不(?:符合|满足|达标|够)")
_UNMET = re.compile(r"不(?:太|大)?(?:符合|满足|达标|够)|不满(?!意)|没满|未满|没(?:有)?(?:达到|满足|够)|达不到")


def unmet_conditions(text: str, conditions: Sequence[str]) -> set[str]:
    """The conditions of which a message says that they are not met: by their number, or the only one there is."""
    if not says_unmet(text):
        return set()
    if found := numbered(text, conditions):
        return found
    return set(conditions) if len(conditions) == 1 and not _NUMBERED.search(text) else set()


_ALL_DONE = re.compile(
    r"(?:都|全|全部|样样|每[样条项])(?:已经)?[^,，。没不未别]{1,6}(?:了|好|过|的|齐|清|完)[。!呀啊的了]*$"
)
_HOLDS = re.compile("满|有|是|已|过|好|清|齐|了|交|签|在|属于|可以|做")
_IN_TIME = re.compile("[天日月年](?:之|以)?内|没到|没超|不到|没过")
_DOUBTFUL = re.compile("没|不|未|无|别|才|只|还差|但|可惜|除了|刚|如果|要是|几|查|调")


def affirms(text: str, conditions: Sequence[str]) -> bool:
    """True for 「都结清了」, and for 「我满十八了」 to the only condition: it says what the condition says."""
    within = any("内" in c and _figures(text) & _figures(c) for c in conditions)
    if within and _IN_TIME.search(text) and len(conditions) == 1:
        return True
    if _DOUBTFUL.search(text) or _NUMBERED.search(text):
        return False
    if _ALL_DONE.search(text):
        return True
    if len(conditions) != 1 or _HOLDS.search(text) is None:
        return False
    same_number = bool(_figures(text) & _figures(conditions[0]))
    return same_number or bool(pairs(text) & pairs(conditions[0]))


def says_unmet(text: str) -> bool:
    """True where a message says in so many words that something is not met."""
    return _UNMET.search(_NONE_UNMET.sub("", text)) is not None


def numbered(text: str, conditions: Sequence[str]) -> set[str]:
    """The conditions that a message names by their number: 「第二条」, 「最后一条」."""
    numbers = {_number(found) for found in _NUMBERED.findall(text)}
    found = {condition for place, condition in enumerate(conditions, 1) if place in numbers}
    return found or ({conditions[-1]} if conditions and _LAST.search(text) else set())


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else "零一二三四五六七八九十".find(said.replace("两", "二"))
