"""A conversation with everything in it that looks like a value: whose it is, and whether it was taken back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from guardrails.calendar_dates import times
from prefill.said import amounts as amount_reading
from prefill.said import names, places, shapes
from prefill.said.correcting import corrections, with_units
from prefill.said.days import Day, days
from prefill.said.mentions import Kind, Mention
from prefill.said.people import Person, is_anothers_number, people
from prefill.said.speech import Clause, clauses_of
from prefill.said.taken_back import in_doubt, is_taken_back

_HYPOTHETICAL: Final = re.compile(
    "如果|要是|(?<![一二三四五六七八九十两百千几半])万一|听说|假如|据说|比如|比方|别人说|网上说|要不要|不行就|[没不满][^,]{1,6}的话|满了就|约不上就|不行的话"
)
_ABOUT_OTHER: Final = re.compile(
    r"^[啊哦噢呃]?[那这]?(?:个|张)?是(?:我)?(?:他|她|我?爸|我?妈|老婆|爱人|先生|太太|老公|老婆|单位|公司|别人|朋友|儿子|女儿)\S{0,4}的"
)
_INTRODUCES: Final = re.compile("叫|姓|电话|手机|号码|身份证|证件|是|名字|先|个人")
_CALLED: Final = re.compile("(?:就)?叫|名字|姓名|全名|取名|起名|大名")
# 电话留孩子妈妈的: whose number it is, it is the one to write
_WRITE_THEIRS: Final = re.compile(
    "(?:写|填|留|登记|(?<!不)用)(?:我|孩子|小孩|他|她)?(?!自己)[\u4e00-\u9fff]{1,4}的(?:电话|手机|号码)?$"
)
_OWN_DOING: Final = re.compile("搬|住进|入住|租的|买的|办|申请|上班|入职")
_INHERITING: Final = {Kind.MOBILE, Kind.IDENTITY, Kind.DAY, Kind.PERSON, Kind.CODE}
_REACH: Final = 3
_NUMBERED: Final = re.compile("(?:编号|证号|合同号|备案号|单号|出生证)(?:是|为|:)?$")
_BARE_DAY: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日]")


@dataclass(frozen=True, slots=True)
class Conversation:
    """The clauses of a conversation and the mentions in them, in order; what was taken back is left out."""

    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    earlier: dict[int, int]
    """For a mention's index, the index of the mention it corrects."""

    def of(self, *kinds: Kind) -> list[tuple[int, Mention]]:
        """The mentions of these kinds with their index."""
        return [(i, m) for i, m in enumerate(self.mentions) if m.kind in kinds]


def listen(messages: Sequence[str], today: date) -> Conversation:
    """Read every value out of the messages of a conversation."""
    clauses = clauses_of(messages)
    found: list[Mention] = []
    for clause in clauses:
        found.extend(_owned(clause, clauses, sorted(_mentions(clause, today), key=lambda m: (m.start, m.end))))
    found = [_in_full(m, clauses, found) for m in found if not _is_in_name(m, found)]
    doubtful = in_doubt(found, clauses)
    kept = [m for i, m in enumerate(found) if i not in doubtful and not is_taken_back(m, clauses)]
    links = corrections(kept, clauses)
    return Conversation(clauses, tuple(with_units(kept, links)), links)


def _mentions(clause: Clause, today: date) -> Iterator[Mention]:
    if _HYPOTHETICAL.search(clause.text):
        return
    number = clause.number
    solid = [*shapes.shaped(clause.text, number), *places.addresses(clause.text, number)]
    for day in days(clause.text, today):
        if not _overlaps(day.start, day.end, [m for m in solid if m.kind is not Kind.CODE]):
            solid = [m for m in solid if not (m.kind is Kind.CODE and _overlaps(m.start, m.end, [day]))]
            solid.append(
                Mention(kind=Kind.DAY, value=day.written, clause=number, start=day.start, end=day.end, day=day)
            )
    measured = [m for m in amount_reading.amounts(clause.text, number) if m.unit not in {"", "个"}]
    for time in times(clause.text):
        if _overlaps(time.start, time.end, measured):
            continue  # 六十二点五平方米
        solid.append(
            Mention(
                kind=Kind.TIME,
                value=time.written,
                clause=number,
                start=time.start,
                end=time.end,
                minutes=time.minutes,
            )
        )
    yield from solid
    fixed = [m for m in solid if not (m.kind is Kind.CODE and m.value.isdigit())]
    yield from (m for m in amount_reading.amounts(clause.text, number) if not _overlaps(m.start, m.end, fixed))
    for reader in (names.persons, names.organisations, names.banks, places.regions, places.countries):
        for m in reader(clause.text, number):
            if not _overlaps(m.start, m.end, [s for s in solid if s.kind in {Kind.ADDRESS, Kind.CODE}]):
                yield m


def _is_in_name(mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether what looks like a feast is part of somebody's name (孟国庆)."""
    named = [m for m in found if m.kind is Kind.PERSON and m.clause == mention.clause]
    return mention.kind is Kind.DAY and any(m.start < mention.start and mention.end <= m.end for m in named)


def _overlaps(start: int, end: int, others: Sequence[object]) -> bool:
    spans = [(getattr(o, "start", 0), getattr(o, "end", 0)) for o in others]
    return any(start < e and b < end for b, e in spans)


def _owned(clause: Clause, clauses: Sequence[Clause], mentions: list[Mention]) -> Iterator[Mention]:
    named = people(clause.text)
    for mention in mentions:
        before = [p for p in named if p.end <= mention.start and p.person is not Person.PRONOUN]
        pronoun = [p for p in named if p.end <= mention.start and p.person is Person.PRONOUN]
        if mention.kind is Kind.MOBILE and _WRITE_THEIRS.search(clause.text[: mention.start]):
            yield replace(mention, owner=Person.SELF)
        elif mention.kind is Kind.MOBILE and is_anothers_number(
            clause.text[: mention.start], clause.text[mention.end :]
        ):
            yield replace(mention, owner=Person.OTHER)
        elif before:
            yield replace(mention, owner=before[-1].person)
        elif pronoun:
            yield replace(mention, owner=_last_other(clauses, clause) or Person.PRONOUN)
        else:
            yield replace(mention, owner=_inherited(clause, clauses, mention))


def _last_other(clauses: Sequence[Clause], clause: Clause) -> Person | None:
    """The last other person spoken of before a clause: whom 他 or 她 means there."""
    for earlier in reversed(clauses[: clause.number]):
        others = [p.person for p in people(earlier.text) if p.person not in {Person.SELF, Person.PRONOUN}]
        if others:
            return others[-1]
    return None


def _inherited(clause: Clause, clauses: Sequence[Clause], mention: Mention) -> Person | None:
    """Whose a value is that stands alone after a clause which introduced somebody (我爸的电话, then 137)."""
    after = _ABOUT_OTHER.match(clause.text[mention.end :].lstrip(" ,"))
    follower = next((c for c in clauses[clause.number + 1 : clause.number + 2] if c.message == clause.message), None)
    if after or (follower and _ABOUT_OTHER.match(follower.text) and mention.end == len(clause.text)):
        return Person.OTHER
    if mention.kind is Kind.BANK and clause.number:
        earlier = clauses[clause.number - 1]
        cards = [p.person for p in people(earlier.text) if re.match("的?(?:银行)?[卡账]", earlier.text[p.end :])]
        return cards[-1] if cards and earlier.message == clause.message else None  # 打到老公卡…,开户交通银行
    # 孩子爸爸…,出生证编号…: a number with a name of its own
    labelled = mention.kind is Kind.CODE and _NUMBERED.search(clause.text[: mention.start])
    if labelled or people(clause.text) or mention.kind not in _INHERITING:
        return None
    for earlier in reversed(clauses[max(0, clause.number - _REACH) : clause.number]):
        if earlier.message == clause.message and people(earlier.text):
            return _introduced(earlier, clauses, clause, mention)
        if mention.kind is Kind.MOBILE and _OWN_DOING.search(earlier.text):
            return None  # 房东叫…,上月搬进来的,电话…: the telephone is one's own again
    return None


def _introduced(earlier: Clause, clauses: Sequence[Clause], clause: Clause, mention: Mention) -> Person | None:
    """The last person of an earlier clause, where that clause tells about them rather than merely naming them."""
    called = mention.kind is Kind.PERSON and _CALLED.match(clause.text)
    named = people(earlier.text)
    others = [p for p in named if p.person is not Person.SELF]
    last = others[-1] if called and others else named[-1]
    if earlier.text.endswith(("不是我", "不是本人")):
        return None
    if last.person is Person.PRONOUN:
        return _last_other(clauses, earlier) or Person.OTHER
    if last.person is Person.SELF:
        return None if mention.kind in {Kind.DAY, Kind.CODE} else Person.SELF
    alone = mention.kind is Kind.PERSON and clause.text == mention.value and last.end == len(earlier.text)
    told = alone or _INTRODUCES.search(earlier.text[last.end :]) or list(names.persons(earlier.text, 0))
    return last.person if called or told or mention.kind is Kind.DAY else None


def _in_full(mention: Mention, clauses: Sequence[Clause], found: Sequence[Mention]) -> Mention:
    """What the words before complete: the year of the month spoken of, the unit of the number said more exactly."""
    if mention.kind is Kind.AMOUNT and not mention.unit and mention.clause:
        clause = clauses[mention.clause]
        unit = amount_reading.unit_before(clause.text, mention.start, clauses[mention.clause - 1].text)
        return replace(mention, unit=unit) if unit else mention
    if mention.kind is not Kind.DAY or mention.day is None or mention.day.past == mention.day.future:
        return mention
    if _BARE_DAY.fullmatch(mention.day.written):
        return _in_month_before(mention, mention.day, clauses, found)
    for earlier in reversed([m.day for m in found if m.day and (m.clause, m.start) < (mention.clause, mention.start)]):
        if earlier.past == earlier.future and not earlier.has_day and earlier.past.month == mention.day.past.month:
            when = mention.day.past.replace(year=earlier.past.year)
            return replace(mention, day=replace(mention.day, past=when, future=when))
    return mention


def _in_month_before(mention: Mention, day: Day, clauses: Sequence[Clause], found: Sequence[Mention]) -> Mention:
    """10月3号入院,5号生的: a bare day is of the month of the day named before it in the message."""
    message = clauses[mention.clause].message
    near = [
        m.day
        for m in found
        if m.day
        and clauses[m.clause].message == message
        and m.start + 99 * m.clause < mention.start + 99 * mention.clause
    ]
    if not near or not near[-1].has_day or _BARE_DAY.fullmatch(near[-1].written):
        return mention
    try:
        past, future = (d.replace(day=day.past.day) for d in (near[-1].past, near[-1].future))
    except ValueError:
        return mention
    return replace(mention, day=replace(day, past=past, future=future))
