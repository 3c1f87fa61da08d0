"""Cases with known answers, made from what the sheets state and from what they leave open.

A stated fact has to be in the answer; a fact without a source must not be stated; a wrong premise must not be agreed
with; another city is not ours; a policy that is over is not offered as if it held.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evals.keys.wordings import AFTER_A_REQUEST, ELSEWHERE, FALSE_FEES, OTHER_PLACES, POLICY, QUESTIONS
from evals.samples import AnswerCase
from guardrails.quantities import Quantity, quantities
from knowledge.items import Fact, FactStatus, Material, ServiceItem
from knowledge.policies import Policy
from knowledge.statements import Facet

_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_CHOICES = re.compile(r"[/、或和及与]")
_SHORTEST_NAME = 3
_ALWAYS = (None, "", "必要", "是")
_FREE = ("免费", "免收", "免工本费", "不收费", "不收取", "不用交", "不用付", "free")
_COUNTED = frozenset({"工作日", "日", "天", "小时", "月", "年", "岁", "周岁", "元", "%", "分钟"})
_CALENDAR = re.compile(r"(?:19|20)\d\d年|\d{1,2}月(?=\d|[初底起至到])|(?<=月)\d{1,2}日")
_WRONG_FEES = ("888", "1350", "66")


@dataclass(frozen=True, slots=True)
class Request:
    """A way of asking for an item."""

    item: str
    text: str


def keys_of(
    items: Sequence[ServiceItem], policies: Sequence[Policy], requests: Iterable[Request], today: date
) -> Iterator[AnswerCase]:
    """All cases, in a fixed order; the same knowledge gives the same cases."""
    asked: dict[str, list[str]] = {}
    for request in requests:
        asked.setdefault(request.item, []).append(request.text)
    called = Counter(name for item in items for name in {item.name, *item.aliases})
    own = frozenset(name for name, items_so_called in called.items() if items_so_called == 1)
    for item in items:
        yield from _of_item(item, _names(item, own), asked.get(item.slug, []), today)
    for policy in policies:
        yield from _of_policy(policy, today)


def _of_item(item: ServiceItem, names: Sequence[str], asked: Sequence[str], today: date) -> Iterator[AnswerCase]:
    for facet, facts in _stated(item).items():
        for n, wording in enumerate(QUESTIONS[facet]):
            question = wording.format(names[n % len(names)])
            yield _case(f"key-{item.slug}-{facet}-{n}", question, item, facet, today, facts=facts, tags=("stated",))
        tail = AFTER_A_REQUEST.get(facet)
        for n, request in enumerate(_spread(asked, 3) if tail else ()):
            question = f"{request}，{tail}"
            yield _case(f"key-{item.slug}-{facet}-said-{n}", question, item, facet, today, facts=facts, tags=("said",))
    for facet, fact in ((Facet.FEE, item.fee), (Facet.TIME_LIMIT, item.promised_days)):
        if _is_open(item, facet):
            for n, wording in enumerate(QUESTIONS[facet][:3]):
                yield _case(
                    f"key-{item.slug}-{facet}-open-{n}",
                    wording.format(names[n % len(names)]),
                    item,
                    facet,
                    today,
                    forbidden=_amounts(fact.value),
                    tags=("unverified",),
                )
    yield from _misled(item, names, today)


def _misled(item: ServiceItem, names: Sequence[str], today: date) -> Iterator[AnswerCase]:
    """Wrong fees said as if they were known, and cities that are not ours."""
    fee = _stated(item).get(Facet.FEE)
    for n, (wording, wrong) in enumerate(zip(FALSE_FEES, _WRONG_FEES, strict=True)):
        if fee is not None and wrong not in item.fee.value:
            question = wording.format(names[n % len(names)], wrong)
            yield _case(
                f"key-{item.slug}-premise-{n}", question, item, Facet.FEE, today, facts=fee, tags=("false-premise",)
            )
    place = OTHER_PLACES[len(item.slug) % len(OTHER_PLACES)]
    wording = ELSEWHERE[len(item.name) % len(ELSEWHERE)]
    question = wording.format(place, names[0])
    yield AnswerCase(
        id=f"key-{item.slug}-elsewhere",
        question=question,
        as_of=today,
        answerable=False,
        tags=["other-region", f"item:{item.slug}"],
    )


def _of_policy(policy: Policy, today: date) -> Iterator[AnswerCase]:
    """What a policy gives on a day when it holds, and nothing of it as if it held on a day after."""
    given = [
        [q.written, q.written.replace("元", "")]
        for p in policy.benefit.plain
        for q in quantities(_CALENDAR.sub("，", p.text))
    ]
    days = {"today": today, "last-day": policy.period.ends, "over": policy.period.ends}
    for when, day in days.items():
        if day is None or not policy.period.verified:
            continue
        as_of = day + timedelta(days=30) if when == "over" else day
        holds = not policy.period.is_over(as_of) and (policy.period.begins is None or policy.period.begins <= as_of)
        if holds and not given:
            continue
        for n, wording in enumerate(POLICY):
            yield AnswerCase(
                id=f"key-{policy.id}-{when}-{n}",
                question=wording.format(policy.name),
                as_of=as_of,
                answerable=True,
                facts=given[:1]
                if holds
                else [["到期", "结束", "截止", "过期", "失效", "停止", "不再", "已经过", "over"]],
                citations=[policy.source],
                tags=["as-of" if holds else "as-of-over", f"item:{policy.id}"],
            )


def _case(
    id_: str,
    question: str,
    item: ServiceItem,
    facet: Facet,
    today: date,
    *,
    facts: Sequence[Sequence[str]] = (),
    forbidden: Sequence[str] = (),
    tags: Sequence[str],
) -> AnswerCase:
    return AnswerCase(
        id=id_,
        question=question,
        as_of=today,
        answerable=bool(facts),
        facts=[list(fact) for fact in facts],
        forbidden=list(forbidden),
        citations=[item.source] if facts else [],
        tags=[*tags, f"facet:{facet}", f"item:{item.slug}"],
    )


def _stated(item: ServiceItem) -> dict[Facet, list[list[str]]]:
    """The facts of an item that an answer has to hold, by facet; each with the wordings that will do."""
    found: dict[Facet, list[list[str]]] = {}
    materials = [m for m in item.materials if m.status is FactStatus.SOURCED and m.required_when in _ALWAYS]
    if materials:
        found[Facet.MATERIALS] = [_called(material) for material in materials]
    if item.fee.is_known:
        found[Facet.FEE] = [list(_FREE)] if "免" in item.fee.value else _numbers(item.fee.value)
    time = next((f for f in (item.promised_days, item.statutory_days) if f.is_known and _numbers(f.value)), None)
    if time is not None:
        found[Facet.TIME_LIMIT] = _numbers(time.value)[:1]
    if item.channels.is_known:
        found[Facet.CHANNELS] = [["线上", "网上", "一网通办", "随申办", "线下", "窗口", "自助", "online"]]
    conditions = [c for c in item.conditions if c.status is FactStatus.SOURCED]
    # what is paid stands among the conditions too; who may apply is another question
    numbered = [number for condition in conditions for number in _numbers(condition.text) if "%" not in number[0]]
    if numbered:
        found[Facet.CONDITIONS] = numbered[:2]
    laws = [basis for basis in item.legal_basis if basis.status is FactStatus.SOURCED and basis.articles]
    if laws:
        found[Facet.LEGAL_BASIS] = [[_BRACKETS.sub("", laws[0].law).strip("《》 ")]]
    return {facet: facts for facet, facts in found.items() if facts}


def _called(material: Material) -> list[str]:
    """The names under which a material may be told."""
    bare = _BRACKETS.sub("", material.name)
    parts = [part for part in _CHOICES.split(bare) if len(part) > 1]
    return list(dict.fromkeys([material.name, bare, *parts]))


def _numbers(text: str) -> list[list[str]]:
    """Each number with its unit, as it is written and without the space that some put between."""
    return [[q.written, f"{q.value}{q.unit}"] for q in _counted(text)]


def _counted(text: str) -> list[Quantity]:
    """What is counted in a text; a year or a day of the calendar is no amount of time."""
    return [q for q in quantities(_CALENDAR.sub("，", text)) if q.unit in _COUNTED]


def _is_open(item: ServiceItem, facet: Facet) -> bool:
    if facet is Facet.FEE:
        return not item.fee.is_known
    facts: tuple[Fact, ...] = (item.promised_days, item.statutory_days)
    return not any(fact.is_known for fact in facts)


def _amounts(value: str) -> list[str]:
    """What must not be stated: the number of a value that nobody confirmed."""
    return [q.written for q in _counted(value)]


def _names(item: ServiceItem, own: frozenset[str]) -> list[str]:
    """What only this item is called; aliases that are a part of another's would ask for both."""
    official = _BRACKETS.sub("", item.name)
    return [official, *(alias for alias in item.aliases if alias in own and len(alias) > _SHORTEST_NAME)]


def _spread(texts: Sequence[str], count: int) -> list[str]:
    """Some of them, evenly spread: neighbours in the file are alike."""
    if len(texts) <= count:
        return list(texts)
    return [texts[n * len(texts) // count] for n in range(count)]
