"""Where items of one group differ: in why one comes, for whom it is, or where; read from the sheets of any catalogue.

The words of offices are few: what is done to a licence (遗失补发, 到期换领, 变更, 注销), who asks for it, from where.
The same few circumstances are told in the citizen's words (丢了, 过期了), which settles a question before it is asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.items import Audience, ServiceItem
from knowledge.recognition.evidence import sounds_like, without_denials
from knowledge.recognition.wording import plain_wording


class Circumstance(StrEnum):
    """What tells one item of a group from another. The value names it in texts for citizens."""

    FIRST = "first"
    RENEWAL = "renewal"
    LOST = "lost"
    DAMAGED = "damaged"
    CHANGE = "change"
    CANCEL = "cancel"
    AGAIN = "again"
    PERSON = "person"
    COMPANY = "company"
    WITHIN = "within"
    ACROSS = "across"
    FOREIGN = "foreign"


class Dimension(StrEnum):
    """What the one question is about."""

    REASON = "reason"
    AUDIENCE = "audience"
    PLACE = "place"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class _Sign:
    """How offices write a circumstance, and how citizens say it."""

    official: re.Pattern[str]
    said: re.Pattern[str]


def _sign(official: str, said: str) -> _Sign:
    return _Sign(re.compile(official), re.compile(said, re.IGNORECASE))


_REASONS = {
    Circumstance.LOST: _sign(
        "遗失|挂失|补发|补领|补办|补证|丢失",
        r"丢|遗失|掉了|不见|找不[到着]|没了|没有了|被偷|偷了|失窃|\b(?:lost|stolen|missing)\b",
    ),
    Circumstance.DAMAGED: _sign(
        "损毁|损坏|污损|毁损|破损", r"坏|破了|烂|撕|泡水|弄湿|看不清|刷不出|消磁|\b(?:damaged|broken|torn)\b"
    ),
    Circumstance.RENEWAL: _sign(
        "到期|期满|延续|延期|续期|续展|续办|续签|换领|换证|签注",
        r"到期|过期|期满|快到|续|延|\b(?:expir\w*|renew\w*|out of date)\b",
    ),
    Circumstance.CHANGE: _sign(
        "变更|更正|更改|变动", r"改|变更|更正|换(?:成|了|个|名|地)|搬|\b(?:change|changed|rename)\b"
    ),
    Circumstance.CANCEL: _sign(
        "注销|终止|销户|清算", r"注销|不[做干开]了|关掉|关门|销户|销掉|撤销|\b(?:cancel|close|deregister)\b"
    ),
    Circumstance.AGAIN: _sign("重新", r"重新|再次|\bagain\b"),
    Circumstance.FIRST: _sign(
        "首次|初次|初始|新申请|新办|新设|新开|新建|首领|设立|开户|开业",
        r"第一次|头一[次回趟]|从来?没|没办过|没有过|新办|首次|刚开|\b(?:first time|first|never had|new)\b",
    ),
}
_PLACES = {
    Circumstance.FOREIGN: _sign(
        "涉外|外国|外籍|港澳|境外|台湾", r"外国|老外|外籍|香港|澳门|台湾|国外|\b(?:foreign\w*|abroad)\b"
    ),
    Circumstance.ACROSS: _sign(
        "跨省|跨市|跨区|异地|外省|外市", r"外地|外省|跨省|老家|别的城市|异地|\bother (?:city|province)\b"
    ),
    Circumstance.WITHIN: _sign("市内|省内|本市|本省|境内|国内|内地", r"市内|省内|本市|本地|\b(?:local|within)\b"),
}
_PERSON_NAMED, _COMPANY_NAMED = re.compile(r"个人|自然人"), re.compile(r"企业|单位|法人|公司|机构")
_EDGE = re.compile(r"^[\s(（)）“”\"、,,/:-]+|[\s(（)）“”\"、,,/:-]+$")
_SHORTEST_SUBJECT = 3
_MANY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What tells the items apart. `circumstances` has one entry an item, all different; empty where kinds differ.

    `subject` is what they have in common; `kinds` is each item's own part of the name, where they differ in it.
    """

    dimension: Dimension
    subject: str
    circumstances: tuple[Circumstance, ...] = ()
    kinds: tuple[str, ...] = ()


def difference_between(items: Sequence[ServiceItem]) -> Difference | None:
    """The one dimension in which all items differ; None where they are no group or differ in no single way."""
    if len(items) < _MANY:
        return None
    names = [plain_wording(item.name) for item in items]
    subject, kinds = _parts(names)
    if len(subject) < _SHORTEST_SUBJECT:
        return None
    for dimension, found in (
        (Dimension.REASON, [_reason(kind) for kind in kinds]),
        (Dimension.AUDIENCE, [_audience(kind, item) for kind, item in zip(kinds, items, strict=True)]),
        (Dimension.PLACE, [_of(_PLACES, kind) for kind in kinds]),
    ):
        known = [one for one in found if one is not None]
        if len(known) == len(items) == len(set(known)):
            return Difference(dimension=dimension, subject=subject, circumstances=tuple(known))
    if all(kinds) and len(set(kinds)) == len(kinds):
        return Difference(dimension=Dimension.KIND, subject=subject, kinds=tuple(kinds))
    return None


def settled_by(items: Sequence[ServiceItem], said: str) -> ServiceItem | None:
    """The one item whose circumstance the citizen has told already; None where nothing told decides.

    What is denied tells nothing: 「没丢，是过期了」 is a renewal.
    """
    difference = difference_between(items)
    if difference is None or not difference.circumstances:
        return None
    told = [
        item
        for item, one in zip(items, difference.circumstances, strict=True)
        if _is_told(one, without_denials(plain_wording(said))[0])
    ]
    return told[0] if len(told) == 1 else None


def without_circumstances(said: str) -> str:
    """A message without the words that tell why one comes; what is left names what it is about."""
    for sign in _REASONS.values():
        said = sign.official.sub("", sign.said.sub("", said))
    return said


def _is_told(circumstance: Circumstance, said: str) -> bool:
    match circumstance:
        case Circumstance.PERSON:
            return sounds_like(said) == Audience.PERSON
        case Circumstance.COMPANY:
            return sounds_like(said) == Audience.COMPANY
        case _:
            sign = _REASONS.get(circumstance) or _PLACES[circumstance]
            return bool(sign.said.search(said) or sign.official.search(said))


def _parts(names: Sequence[str]) -> tuple[str, list[str]]:
    """What all names begin with, and what is each one's own."""
    shared = 0
    while all(len(name) > shared and name[shared] == names[0][shared] for name in names):
        shared += 1
    ending = 0
    shortest = min(len(name) for name in names)
    while ending < shortest - shared and len({name[-1 - ending] for name in names}) == 1:
        ending += 1
    kinds = [_closed(_EDGE.sub("", name[shared : len(name) - ending])) for name in names]
    return _EDGE.sub("", names[0][:shared]), kinds


def _closed(kind: str) -> str:
    """With the bracket that was cut off with the edge."""
    for opening, closing in ("()", "（）"):
        kind += closing * (kind.count(opening) - kind.count(closing))
    return kind


def _reason(kind: str) -> Circumstance | None:
    return _of(_REASONS, kind)


def _of(signs: dict[Circumstance, _Sign], kind: str) -> Circumstance | None:
    """The circumstance that a part of a name tells; the first listed where it tells several (补换, 注销后重新)."""
    return next((one for one, sign in signs.items() if sign.official.search(kind)), None)


def _audience(kind: str, item: ServiceItem) -> Circumstance | None:
    person, company = bool(_PERSON_NAMED.search(kind)), bool(_COMPANY_NAMED.search(kind))
    if person != company:
        return Circumstance.PERSON if person else Circumstance.COMPANY
    if len(item.audience) != 1:
        return None
    return Circumstance.PERSON if item.audience[0] is Audience.PERSON else Circumstance.COMPANY
