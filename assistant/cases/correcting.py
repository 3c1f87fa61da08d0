"""Which field a message is about: one that it names, answers, or takes back what was said for. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.cases.answering import answer_of
from assistant.cases.case import Case
from assistant.cases.choice_words import choice_meant
from assistant.cases.guiding import StepKind
from assistant.cases.handling import Handled
from assistant.cases.happenings import FactsKept
from assistant.cases.standing import Standing, StandingField
from guardrails.calendar_dates import times
from prefill.facts import FIELD_PREFIX, SourceKind
from prefill.forms import FieldType, FormField
from prefill.said.days import days
from prefill.said.senses import stem
from prefill.said.speech import fold
from prefill.said.worth import clock, in_the_same_month

_BY_THE_CITIZEN: Final = frozenset({SourceKind.SAID, SourceKind.ENTERED})
_PREAMBLE: Final = re.compile(
    r"^(?:(?:不对|不是|更正|纠正|哦|噢|啊|呃|等等|等一?下|慢着|sorry|no|wait)[,，。:： ]*|"
    r"(?:我)?(?:刚才|前面|上面|那个)?[^,，。:： ]{0,8}?(?:[写填说搞打弄记讲报输选]|^)错(?:了|啦|字)*[,，。:： ]*|"
    r"我?改(?:一?下|了|个)?[,，:： ]+|(?:应该|应当)?是|应为|(?:改|换)(?:成|为))+",
    re.I,
)
_NAMED: Final = re.compile(
    r"^(?:我的?|那个|这个)?(?P<name>[^,，。:：是为叫]{2,14}?)(?:应该|应当)?(?:改成|改为|换成|就是|是|为|叫|[:： ])"
    r"(?P<value>.+)$"
)
_NOT_BUT: Final = re.compile(
    r"不(?:是|在|叫)(?P<former>[^,，。是]{1,12})[,，。 ]*(?:而|应该|应当)?(?:是|在|叫)(?P<now>[^,，。]+)"
)
_SEVERAL: Final = re.compile(r"[,，。;；]")
_REACH: Final = 4
_SHARED: Final = 3
_MOST_OF_IT: Final = 0.6
_TO_CHANGE: Final = re.compile(
    r"^(?:我|那|把)?(?:要|想|得|帮我|给我)?(?:再)?(?:改|修改|更改|更正|换)(?:一?下|个|掉)?(?:我的|前面的|刚才的)?(?P<name>[^,，。吗?？]{2,12}?)(?:吧|了|一下)?[。!]?$"
)
_OF_ITS_OWN: Final = {
    FieldType.ADDRESS: re.compile(r"[^,，。?？]{0,24}?[路街道弄巷村镇]\s?\d+[^,，。?？]{0,24}"),
    FieldType.BANK_CARD: re.compile(r"[\d\s-]{16,24}"),
    FieldType.COMPANY_CODE: re.compile(r"[0-9A-Za-z]{18}"),
    FieldType.VIN: re.compile(r"[0-9A-HJ-NPR-Za-hj-npr-z]{17}"),
}
_MOVES: Final = re.compile("改|换|推迟|提前|挪|调")
_NOON: Final = 12 * 60
_FREE: Final = frozenset({FieldType.STRING, FieldType.TEXT, FieldType.TABLE, FieldType.LIST, FieldType.SEVERAL})


@dataclass(frozen=True, slots=True)
class Meant:
    """A field and the value that a message gives for it."""

    field: StandingField
    value: str


def is_answer(handled: Handled, text: str, today: date) -> bool:
    """Whether a message is an answer: to the situation asked for, to a field with a format, or to a field it names."""
    question = handled.step.situation
    if question is not None:
        said = text.strip(" 。.!！,，")
        named = any(said in choice.label or choice.label in said for choice in question.choices)
        return named or choice_meant(question, said) is not None
    if handled.step.kind not in (StepKind.FIELD, StepKind.FORM):
        return False
    if named_values(handled.standing, text, today):
        return True
    field = handled.step.fields[0].field
    strict = bool(field.choices and not field.other_choices) or field.type not in _FREE
    return strict and answer_of(field, text, today) is not None


def named_values(stands: Standing, text: str, today: date) -> list[Meant]:
    """The values of fields that the clauses of a message name: 「受伤部位是右脚踝」, 「字号云上,行业是餐饮」."""
    found = [_named(stands, clause, today) for clause in _SEVERAL.split(text) if clause.strip()]
    return list({one.field.key: one for one in found if one is not None}.values())


def is_free(field: FormField) -> bool:
    """True for a field that takes any words: what stands behind its name is all of its value."""
    return field.type in _FREE and not field.choices


def _named(stands: Standing, text: str, today: date) -> Meant | None:
    said = _PREAMBLE.sub("", text.strip(), count=1)
    found = _NAMED.match(said)
    open_fields = [f for f in stands.fields if not f.field.is_commitment and not _is_locked(f)]
    if found is not None:
        field = _called(open_fields, found["name"])
        value = answer_of(field.field, found["value"], today) if field is not None else None
        if field is not None and value is not None:
            return Meant(field, value)
    return _after_its_name(open_fields, said, today)


def _after_its_name(fields: Sequence[StandingField], said: str, today: date) -> Meant | None:
    """The value that stands right behind a field's name, or behind most of it where it has a format: 社保累计86个月."""
    begun: list[tuple[int, StandingField]] = []
    for field in fields:
        name = field.field.name
        common = next((n for n in range(min(len(name), len(said)), 0, -1) if name[:n] == said[:n]), 0)
        most = common >= _SHARED and common >= _MOST_OF_IT * len(name) and field.field.type not in _FREE
        if common == len(name) or most:
            begun.append((common, field))
    if not begun:
        return None
    common, field = max(begun, key=lambda one: one[0])
    value = answer_of(field.field, said[common:], today)
    return Meant(field, value) if value is not None else None


def value_of_its_own(stands: Standing, text: str, today: date) -> Meant | None:
    """A message that is nothing but a value only one open field can take: an address, a number of its own kind."""
    said = text.strip(" 。.!！,，")
    for kind, whole in _OF_ITS_OWN.items():
        fields = [f for f in stands.to_ask if f.field.type is kind]
        if len(fields) == 1 and whole.fullmatch(said):
            value = answer_of(fields[0].field, said, today)
            return Meant(fields[0], value) if value is not None else None
    return None


def field_to_change(stands: Standing, text: str) -> StandingField | None:
    """The filled field that a message wants to change without saying how: 「我要改手机号」."""
    found = _TO_CHANGE.match(text.strip())
    filled = [f for f in stands.fields if f.value is not None and not f.field.is_commitment and not _is_locked(f)]
    return _called(filled, found["name"]) if found is not None else None


def corrected_value(case: Case, stands: Standing, text: str, today: date) -> Meant | None:
    """The value that takes the place of one said before, where the message names no field: the last one it fits."""
    instead = _NOT_BUT.search(text)
    if instead is not None:
        for field in stands.fields:
            if field.value and not _is_locked(field) and _names_value(instead["former"], field.value):
                value = answer_of(field.field, instead["now"], today)
                if value is not None and value != field.value:
                    return Meant(field, value)
    rest = _PREAMBLE.sub("", text.strip(), count=1).strip()
    if not rest or _SEVERAL.search(rest.rstrip("。,，;；")):
        return None
    for place, field in enumerate(_recent(case, stands)):
        value = answer_of(field.field, rest, today)
        if value is not None and field.field.type is FieldType.DATE:
            value = in_the_same_month(field.value, value, rest)
        if value is not None and value != field.value and (place == 0 or _is_alike(field, value)):
            return Meant(field, value)
    return None


def moved_time(stands: Standing, text: str) -> Meant | None:
    """The moment said before at another time of that day: 「时间改十点半」."""
    clause = next((c for c in _SEVERAL.split(text) if _MOVES.search(c)), "")
    told = times(fold(clause)) if clause else ()
    moments = [f for f in stands.fields if f.field.type is FieldType.DATE_TIME and f.value and not _is_locked(f)]
    if len(told) != 1 or len(moments) != 1 or days(fold(clause), stands.today):
        return None
    day, _, former = (moments[0].value or "").partition(" ")
    minutes = told[0].minutes
    evening = former >= "13" and minutes < _NOON
    return Meant(moments[0], f"{day} {clock(minutes + _NOON if evening else minutes)}")


def _names_value(said: str, value: str) -> bool:
    return len(said) > 1 and (said in value or value in said)


def _recent(case: Case, stands: Standing) -> Iterator[StandingField]:
    """The fields that the citizen gave a value for, the last one first."""
    seen: list[str] = []
    for event in reversed(case.events):
        if not isinstance(event.happening, FactsKept):
            continue
        for fact in reversed(event.happening.facts):
            name = fact.key.removeprefix(FIELD_PREFIX)
            if fact.value is None or fact.kind not in _BY_THE_CITIZEN or name in seen:
                continue
            seen.append(name)
            field = next((f for f in stands.fields if f.key == name or f.field.name == name.rpartition(":")[2]), None)
            if field is not None and field.value is not None and not _is_locked(field):
                yield field
        if len(seen) >= _REACH:
            return


def _is_alike(field: StandingField, value: str) -> bool:
    """Whether a value may stand for the former one: any that the type admits, of a free text one that shares signs."""
    return not is_free(field.field) or bool(set(value) & set(field.value or ""))


def _called(fields: Sequence[StandingField], name: str) -> StandingField | None:
    """The one field that is called so: by its name, or by most of it."""
    exact = [f for f in fields if name in (f.field.name, stem(f.field.name), re.sub(r"[(（].*", "", f.field.name))]
    if exact:
        return exact[0]
    ends = [f for f in fields if len(name) > 1 and f.field.name.endswith(name)]
    if len(ends) == 1:
        return ends[0]
    alike = [f for f in fields if _share(f.field.name, name) >= _MOST_OF_IT]
    return alike[0] if len(alike) == 1 else None


def _share(field: str, name: str) -> float:
    """How much of a field's name begins the words said, or stands whole at their end."""
    common = next((n for n in range(min(len(field), len(name)), 0, -1) if field[:n] == name[:n]), 0)
    if common < _SHARED:
        common = len(field) if len(field) >= _SHARED and name.endswith(field) else 0
    return common / len(field)


def _is_locked(field: StandingField) -> bool:
    return field.filled is not None and field.filled.locked
