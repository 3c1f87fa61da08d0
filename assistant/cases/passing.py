"""Values for fields that were not asked for: by their kind, by words beside them, by what people say. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from assistant.cases.candidates import Candidate, Means
from assistant.cases.choosing_value import said_for
from assistant.cases.english import country_in, in_chinese, speaks_english
from assistant.cases.standing import Standing, StandingField
from assistant.cases.unsaid import is_no_name
from prefill.forms import FieldType, form_of
from prefill.said.amounts import plain
from prefill.said.conversation import Conversation, listen
from prefill.said.lexicon import shipped
from prefill.said.mentions import Kind, Mention
from prefill.said.people import Person
from prefill.said.ranking import RANGES
from prefill.said.senses import Sense, senses_of
from prefill.said.worth import worth

_BY_KIND: Final = frozenset(
    {
        Kind.MOBILE,
        Kind.CARD,
        Kind.CODE,
        Kind.PLATE,
        Kind.AMOUNT,
        Kind.DAY,
        Kind.COUNTRY,
        Kind.BANK,
        Kind.ADDRESS,
        Kind.VIN,
        Kind.ORGANISATION,
    }
)
_ALONE: Final = frozenset({Kind.MOBILE, Kind.CARD, Kind.PLATE, Kind.COUNTRY, Kind.VIN, Kind.BANK})
"""Kinds that say by themselves what they are."""
_OWN: Final = frozenset({None, Person.SELF})
_UNITS: Final = (
    (re.compile("占比|比例|比重|率$"), frozenset({"%", "个点"})),
    (re.compile("胎儿数|孩次"), frozenset({"胎", "孩", "个"})),
    (re.compile("床位"), frozenset({"张"})),
)
_LITTLE: Final = 5  # signs beside a value that tell of nothing else: 就一个, 十个月大
_SHORT: Final = 12
_TELLING: Final = 2  # signs of a field's name that tell it: 研发 of 研发投入占比
_SOMEBODY: Final = re.compile(r"姓名$|负责人$|管理员$|药师$|权利人$|联系人$")
_OWN_NAMES: Final = frozenset(
    {"姓名", "申请人姓名", "申请人", "经办人姓名", "法定代表人(负责人)", "监护人姓名", "经营者姓名"}
)
_IS_CALLED: Final = re.compile(r"(?!我|小名)[\u4e00-\u9fff]{0,4}?(?:名字)?叫做?([\u4e00-\u9fff]{2,3})$")
_PET_NAME: Final = re.compile(r"\b(?:his|her|its|the dog'?s) name is ([A-Z][\w'-]+)|\b(?:called|named) ([A-Z][\w'-]+)")
_MEASURES: Final = re.compile("[笔下份次趟件把起回家只条点套]")
_SCALED: Final = re.compile("[百千万亿]")
_MANY: Final = 100
_CLAUSES: Final = re.compile(r"[,，。;；!！]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_PASSPORT: Final = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z0-9]*\d{4})[A-Za-z0-9]{8,9}(?![A-Za-z0-9])")


def told_in_passing(stands: Standing, text: str, today: date, taken: Collection[str]) -> Iterator[Candidate]:
    """What clauses say for open fields; `taken` are the fields that were heard already."""
    said = in_chinese(text, today)
    open_fields = [f for f in stands.fields if _is_open(f) and f.field.name not in taken]
    for item in stands.handled:
        senses = [
            s for s in senses_of(form_of(item), shipped()) if any(s.field.name == f.field.name for f in open_fields)
        ]
        yield from _by_mention(senses, open_fields, said, today)
    if (country := country_in(text)) is not None:
        yield from _only(open_fields, Kind.COUNTRY, country, stands)
    yield from _by_choice(open_fields, text)
    yield from _called(open_fields, text)
    if "护照" in text or "passport" in text.lower():
        found = _PASSPORT.search(text)
        fields = [f for f in open_fields if "护照号" in f.field.name]
        if found is not None and len(fields) == 1:
            yield Candidate(field=fields[0], value=found.group().upper(), means=Means.OWN_KIND)


def _is_open(field: StandingField) -> bool:
    return field.value is None and field.filled is None and not field.field.is_commitment


def _only(fields: Sequence[StandingField], kind: Kind, value: str, stands: Standing) -> Iterator[Candidate]:
    """The value for the one open field of a kind."""
    kinds = {s.field.name for item in stands.handled for s in senses_of(form_of(item), shipped()) if kind in s.kinds}
    mine = [f for f in fields if f.field.name in kinds]
    if len(mine) == 1:
        yield Candidate(field=mine[0], value=value, means=Means.OWN_KIND)


def _called(fields: Sequence[StandingField], text: str) -> Iterator[Candidate]:
    """The name that somebody has, for the one open field that names somebody else than the applicant."""
    pet = next((f for f in fields if f.field.name == "犬名"), None)
    if pet is not None and (said := _PET_NAME.search(text)) is not None:
        yield Candidate(field=pet, value=said[1] or said[2], means=Means.OWN_KIND)
    others = [f for f in fields if _SOMEBODY.search(f.field.name) and f.field.name not in _OWN_NAMES]
    named = [m[1] for clause in _CLAUSES.split(text) if (m := _IS_CALLED.match(clause.strip())) is not None]
    if len(others) == 1 and len(named) == 1:
        yield Candidate(field=others[0], value=named[0], means=Means.BESIDE)


def _by_mention(
    senses: Sequence[Sense], fields: Sequence[StandingField], said: str, today: date
) -> Iterator[Candidate]:
    """Each value of the message for the field that it fits best; for none where two fit it as well."""
    conversation = listen([said], today)
    for mention in conversation.mentions:
        if mention.kind is Kind.ORGANISATION and is_no_name(mention.value):
            continue
        if (
            mention.kind not in _BY_KIND
            or mention.owner not in _OWN
            or conversation.clauses[mention.clause].is_question
        ):
            continue
        fitting: list[tuple[float, Sense, str]] = []
        for sense in senses:
            if mention.kind not in sense.kinds or sense.role is not None or sense.field.type in RANGES:
                continue
            value = worth(sense, mention, conversation, today) or _counted(sense, mention)
            score = _score(sense, mention, conversation) if value is not None else 0.0
            if value is not None and score:
                fitting.append((score, sense, value))
        fitting.sort(key=lambda one: -one[0])
        if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
            continue
        score, sense, value = fitting[0]
        if len(fitting) > 1 and score < Means.BESIDE.value:
            continue
        field = next(f for f in fields if f.field.name == sense.field.name)
        yield Candidate(field=field, value=value, means=Means.BESIDE, score=score)


def _counted(sense: Sense, mention: Mention) -> str | None:
    """An amount in a unit that belongs to the field's name: 6.2% for 占比, 一胎 for 胎儿数."""
    own = next((units for words, units in _UNITS if words.search(sense.field.name)), frozenset[str]())
    return plain(mention.number) if mention.number is not None and mention.unit in own else None


def _is_counted_otherwise(sense: Sense, mention: Mention, text: str) -> bool:
    """True for a number that is no amount of the field's: 一笔, 要八十万 of people."""
    if mention.kind is not Kind.AMOUNT or mention.unit:
        return False
    if _MEASURES.match(text, mention.end) or mention.value in ("一", "1"):
        return True
    money = sense.money or "万元" in sense.field.name or "万美元" in sense.field.name
    return (
        (_SCALED.search(mention.value) is not None) != money and mention.number is not None and mention.number >= _MANY
    )


def _score(sense: Sense, mention: Mention, conversation: Conversation) -> float:
    """How well a field fits a value: its words stand in the clause, or the value stands there almost alone."""
    text = conversation.clauses[mention.clause].text
    beside = text[: mention.start] + text[mention.end :]
    if _is_counted_otherwise(sense, mention, text):
        return 0.0
    if sense.cues.never and sense.cues.never.search(text[: mention.end]):
        return 0.0
    if sense.stem and (sense.stem in beside or sense.stem[:_TELLING] in beside):
        return Means.OWN_KIND.value
    if sense.cues.near and sense.cues.near.search(beside):
        return Means.BESIDE.value + 0.05
    if mention.kind in _ALONE:
        return Means.BESIDE.value
    unit = mention.kind is Kind.AMOUNT and bool(mention.unit)
    alone = len(beside.strip()) <= _LITTLE and mention.kind in (Kind.AMOUNT, Kind.DAY, Kind.CODE, Kind.ORGANISATION)
    return Means.BESIDE.value - 0.05 if unit and alone else Means.FREE.value + 0.05 if alone else 0.0


def _by_choice(fields: Sequence[StandingField], text: str) -> Iterator[Candidate]:
    """What people say for a choice, where one open field alone can mean it."""
    for clause in _CLAUSES.split(text):
        said = clause.strip()
        if not said or (len(said) > _SHORT and not speaks_english(said)):
            continue
        found: list[Candidate] = []
        for field in fields:
            choices = field.field.choices
            if not choices and field.field.type not in (FieldType.YES_NO, FieldType.CHOICE):
                continue
            exact = next((c for c in choices if c == said.rstrip("的吧了")), None)
            meant = (
                exact or said_for(field.field, said, field.parts, sure=True) or said_for(field.field, said, field.parts)
            )
            if meant is not None:
                found.append(Candidate(field=field, value=meant, means=Means.CHOSEN))
        if len(found) == 1:
            yield found[0]
