"""Judges the situation of each part of a case by the catalogue's decision paths and what is known so far. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.cases.choice_words import heard_choices
from assistant.cases.happenings import SituationAnswered
from assistant.cases.situation import PartSituation, SituationQuestion
from assistant.cases.standing import Standing, StandingField
from knowledge.items import ServiceItem
from prefill.forms import FieldType
from prefill.review.application import Value
from prefill.review.rulebook import Rulebook
from prefill.review.rules import FactRule
from prefill.review.situations import Choice, DecisionPaths, Judgement, Question, facts_known, judge_situation

_EQUALS = re.compile(r"(?P<fact>\w+) == '(?P<value>[^']+)'\Z")
_NAMES = re.compile(r"[A-Za-z_]\w*")
_ONLY_WHEN_TRUE = frozenset({"given", "has"})
"""Measures that say no while a field is merely empty: too early to believe."""

Fact = bool | float | str


class Situations(Protocol):
    """Knows the situations of items."""

    def of(self, stands: Standing, item: ServiceItem) -> PartSituation | None:
        """Where this part stands; None where the item has one situation only."""
        ...

    def instead(self, item: str, text: str) -> str | None:
        """The item that is right instead of this one, where the wish says so itself: 「换身份证，丢了」."""
        ...


class NoSituations:
    """For a product without decision paths."""

    def of(self, stands: Standing, item: ServiceItem) -> PartSituation | None:
        """Nothing."""
        return None

    def instead(self, item: str, text: str) -> str | None:
        """None."""
        return None


class CataloguedSituations:
    """The decision paths of the catalogue. Implements `Situations`."""

    def __init__(self, paths: Mapping[str, DecisionPaths], rules: Callable[[], Rulebook]) -> None:
        self._paths = paths
        self._rules = rules

    def instead(self, item: str, text: str) -> str | None:
        """The item that the situation which the wish names leads to."""
        paths = self._paths.get(item)
        if paths is None:
            return None
        questions = [SituationQuestion(part=item, fact=q.fact, text=q.text, choices=q.choices) for q in paths.questions]
        heard = heard_choices(questions, text)
        if not heard:
            return None
        situation = judge_situation(paths, {question.fact: choice.value for question, choice in heard}).situation
        return situation.instead if situation is not None else None

    def of(self, stands: Standing, item: ServiceItem) -> PartSituation | None:
        """Where this part stands: what the form says goes before what was answered, it was corrected last."""
        paths = self._paths.get(item.slug)
        if paths is None:
            return None
        fields = _fields_of(stands, item.slug)
        answers = {a.fact: a for a in stands.case.situations if a.part == item.slug}
        told = facts_known(paths, stands.application(item), self._rules().vocabulary)
        known = _given(paths, stands.case.item)
        known |= {f: a.value for f, a in answers.items() if a.value is not None}
        known |= _believed(paths, told, known)
        questions = {q.fact: _question(q, paths, item.slug, fields, known) for q in paths.questions}
        asked = tuple(q for q in paths.questions if not _is_settled(q, paths, fields, answers))
        unanswered = {q.fact for q in asked}
        judged = judge_situation(replace(paths, questions=asked), known)
        if not judged.possible:  # what is known fits none of them: a person looks at it
            judged = Judgement(situation=None, question=None, possible=paths.situations)
        required, excluded = _materials(paths, judged)
        return PartSituation(
            part=item.slug,
            situation=judged.situation,
            question=questions[judged.question.fact] if judged.question else None,
            answered=tuple(q for q in questions.values() if q.chosen),
            open=tuple(q for q in questions.values() if not q.chosen and (q.fact in unanswered or q.fact in answers)),
            required=required,
            excluded=excluded,
            beside=_beside(paths, answers.values(), fields),
            leads_away=any(one.instead for one in judged.possible),
        )


def _given(paths: DecisionPaths, item: str) -> dict[str, Fact]:
    """What the bundle that a case is for says already: a birth bundle is for a newborn."""
    return {q.fact: c.value for q in paths.questions for c in q.choices if q.given.get(item) == c.label}


def _fields_of(stands: Standing, part: str) -> Mapping[str, StandingField]:
    return {f.field.name: f for f in stands.fields if part in f.parts}


def _believed(paths: DecisionPaths, told: Mapping[str, Fact], answered: Mapping[str, Fact]) -> dict[str, Fact]:
    """What the form says, in the words of the questions; what their words cannot say is left open."""
    measures = {rule.name: rule.measure for rule in paths.facts}
    asked = {q.fact: q for q in paths.questions}
    found: dict[str, Fact] = {}
    for name, value in told.items():
        if measures[name] in _ONLY_WHEN_TRUE and value is False:
            continue
        if name in asked and isinstance(value, str):
            values = [c.value for c in asked[name].choices if isinstance(c.value, str)]
            alike = [v for v in values if v == value] or [v for v in values if v in value or value in v]
            if len(alike) == 1:
                found[name] = alike[0]
        elif name not in answered or measures[name] != "calc":
            found[name] = value
    return found


def _is_settled(
    question: Question,
    paths: DecisionPaths,
    fields: Mapping[str, StandingField],
    answers: Mapping[str, SituationAnswered],
) -> bool:
    """True where it is not asked (any more): answered, or the form holds it, or will ask for it anyway."""
    if question.fact in answers:
        return True
    direct = _field_of(question, paths, fields)
    if direct is not None:
        return direct.value is not None
    return any(name in fields and fields[name].is_asked for name in _reads(question.fact, paths))


def _reads(fact: str, paths: DecisionPaths) -> Iterable[str]:
    """The form fields that a fact rests on."""
    rule = next((rule for rule in paths.facts if rule.name == fact), None)
    if rule is None:
        return
    yield from (name for place in rule.places for name in place.names)
    for name in _NAMES.findall(rule.expression):
        if name != fact:
            yield from _reads(name, paths)


def _field_of(question: Question, paths: DecisionPaths, fields: Mapping[str, StandingField]) -> StandingField | None:
    """The form field whose value an answer is: the answers then stand in the form and nobody asks twice."""
    rule = next((rule for rule in paths.facts if rule.name == question.fact), None)
    if rule is None or rule.measure not in ("text", "flag"):
        return None
    field = next((fields[n] for place in rule.places for n in place.names if n in fields), None)
    return field if field is not None and any(_value(field, c) for c in question.choices) else None


def _value(field: StandingField, choice: Choice) -> str | None:
    """The answer as the field writes it."""
    if isinstance(choice.value, bool):
        return ("是" if choice.value else "否") if field.field.type is FieldType.YES_NO else None
    value = str(choice.value)
    choices = field.field.choices
    if not choices or value in choices:
        return value
    alike = [one for one in choices if value in one]
    return alike[0] if len(alike) == 1 else None


def _question(
    question: Question, paths: DecisionPaths, part: str, fields: Mapping[str, StandingField], known: Mapping[str, Fact]
) -> SituationQuestion:
    direct = _field_of(question, paths, fields)
    chosen = next((c.label for c in question.choices if question.fact in known and c.value == known[question.fact]), "")
    values = {c.label: v for c in question.choices if direct is not None and (v := _value(direct, c))}
    field = direct
    if direct is None and (same := _sure_of(question, paths, fields)) is not None:
        field, values = same
    return SituationQuestion(
        part=part,
        fact=question.fact,
        text=question.text,
        choices=question.choices,
        fills=field.key if field is not None else "",
        values=values,
        chosen=chosen,
    )


def _sure_of(
    question: Question, paths: DecisionPaths, fields: Mapping[str, StandingField]
) -> tuple[StandingField, dict[str, str]] | None:
    """Where the fact is that a field has one value: the answer yes is that value."""
    rule = next((rule for rule in paths.facts if rule.name == question.fact and rule.expression), None)
    same = _EQUALS.fullmatch(rule.expression) if rule is not None else None
    base = next((r for r in paths.facts if same is not None and r.name == same["fact"]), None)
    if same is None or base is None:
        return None
    field = next((fields[n] for place in base.places for n in place.names if n in fields), None)
    values = {c.label: same["value"] for c in question.choices if c.value is True}
    return (field, values) if field is not None else None


def _beside(
    paths: DecisionPaths, answers: Iterable[SituationAnswered], fields: Mapping[str, StandingField]
) -> dict[str, Value]:
    """Answers under the names that rules read, where the form has no such field."""
    rules: Mapping[str, FactRule] = {rule.name: rule for rule in paths.facts}
    found: dict[str, Value] = {}
    for answer in answers:
        rule = rules.get(answer.fact)
        names = [name for place in (rule.places if rule else ()) for name in place.names]
        if rule is None or rule.measure not in ("text", "flag") or any(name in fields for name in names):
            continue
        if answer.value is not None:
            told: Value = answer.value if not isinstance(answer.value, bool) else "是" if answer.value else "否"
            found |= dict.fromkeys(names[:1], told)
    return found


def _materials(paths: DecisionPaths, judged: Judgement) -> tuple[frozenset[str], frozenset[str]]:
    """What the situations still possible need and do not need, of the materials by which situations differ."""
    listing = [frozenset(one.materials) for one in paths.situations if one.materials]
    left = [frozenset(one.materials) for one in judged.possible if one.materials]
    if not left:
        return frozenset(), frozenset()
    differing = frozenset[str]().union(*listing) - listing[0].intersection(*listing)
    return left[0].intersection(*left) & differing, differing - frozenset[str]().union(*left)


def situated(stands: Standing, situations: Situations) -> Standing:
    """The case with the situation of each part."""
    found: Sequence[PartSituation | None] = [situations.of(stands, item) for item in stands.handled]
    return replace(stands, situations=tuple(one for one in found if one is not None))
