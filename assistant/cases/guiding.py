"""Which step of a case comes next: only what is missing, the cheapest for the citizen first. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.cases.case import CaseState
from assistant.cases.happenings import Way
from assistant.cases.situation import SituationQuestion
from assistant.cases.standing import Standing, StandingField, StandingMaterial
from knowledge.items import Condition, FactStatus, ItemLink

CARD_FIELDS = 5
"""Fields on one card of the form: more are a wall on a phone."""


class StepKind(StrEnum):
    """What the citizen is asked for."""

    PARTS = "parts"
    SITUATION = "situation"
    CONDITIONS = "conditions"
    CONSENT = "consent"
    FIELD = "field"
    FORM = "form"
    MATERIAL = "material"
    CONFIRM = "confirm"
    REVIEW = "review"
    SUBMIT = "submit"
    WAIT = "wait"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next step. Exactly what its kind needs is filled."""

    kind: StepKind
    members: tuple[ItemLink, ...] = ()
    situation: SituationQuestion | None = None
    conditions: tuple[Condition, ...] = ()
    registers: tuple[str, ...] = ()
    fields: tuple[StandingField, ...] = ()
    material: StandingMaterial | None = None

    @property
    def name(self) -> str:
        """What the case keeps as last asked."""
        match self.kind:
            case StepKind.FIELD | StepKind.FORM:
                return f"{self.kind.value}:{self.fields[0].key}"
            case StepKind.SITUATION if self.situation is not None:
                return f"situation:{self.situation.part}:{self.situation.fact}"
            case StepKind.MATERIAL if self.material is not None:
                part, material = self.material.uses[0]
                return f"material:{part}:{material}"
            case _:
                return self.kind.value


def next_step(standing: Standing, *, members: tuple[ItemLink, ...], registers: tuple[str, ...]) -> Step:  # noqa: PLR0911 - one line for each step
    """The next step. `members` are those of the bundle that can be handled; `registers` could fill what is missing."""
    case = standing.case
    match case.state:
        case CaseState.SUBMITTED | CaseState.ACCEPTED:
            return Step(kind=StepKind.WAIT)
        case CaseState.DECIDED | CaseState.WITHDRAWN:
            return Step(kind=StepKind.OVER)
        case CaseState.READY:
            return Step(kind=StepKind.SUBMIT)
        case _:
            pass
    if members and not case.chose_parts:
        return Step(kind=StepKind.PARTS, members=members)
    open_situations = [one for one in standing.situations if one.question is not None]
    elsewhere = next((one.question for one in open_situations if one.leads_away), None)
    if elsewhere is not None:
        return Step(kind=StepKind.SITUATION, situation=elsewhere)
    conditions = open_conditions(standing)
    if conditions:
        return Step(kind=StepKind.CONDITIONS, conditions=conditions)
    asked = set(case.refused) | {consent.register for consent in case.consents}
    wanted = tuple(register for register in registers if register not in asked)
    if wanted:
        return Step(kind=StepKind.CONSENT, registers=wanted)
    if open_situations:  # a register may have answered it by now
        return Step(kind=StepKind.SITUATION, situation=open_situations[0].question)
    return _content_step(standing)


def _content_step(standing: Standing) -> Step:
    fields = standing.to_ask
    fresh = tuple(f for f in fields if f.key not in standing.case.unknown)
    material = next_material(standing)
    if fresh:
        return _ask(standing, fresh)
    if material is not None:
        return Step(kind=StepKind.MATERIAL, material=material)
    if fields:
        return _ask(standing, fields)
    if any(f.is_asked for f in standing.commitments) or not _signed(standing):
        return Step(kind=StepKind.CONFIRM, fields=standing.commitments)
    return Step(kind=StepKind.REVIEW)


def open_conditions(standing: Standing) -> tuple[Condition, ...]:
    """Confirmed conditions of the case's item that nobody has answered yet."""
    answered = standing.case.conditions
    return tuple(c for c in standing.item.conditions if c.status is FactStatus.SOURCED and c.id not in answered)


def next_material(standing: Standing) -> StandingMaterial | None:
    """The first material that is needed and neither there nor settled; what we make ourselves is never asked for."""
    return next((m for m in standing.materials if _is_open(standing, m)), None)


def _is_open(standing: Standing, material: StandingMaterial) -> bool:
    return not material.is_there and not material.is_made_by_us and standing.is_needed(material)


def _ask(standing: Standing, fields: tuple[StandingField, ...]) -> Step:
    if standing.case.way is Way.FORM:
        return Step(kind=StepKind.FORM, fields=fields[:CARD_FIELDS])
    return Step(kind=StepKind.FIELD, fields=fields[:1])


def _signed(standing: Standing) -> bool:
    return all(m.is_there for m in standing.materials if m.is_made_by_us)


def progress(standing: Standing) -> tuple[int, int]:
    """How many of all things that the case needs are there: fields, materials, the confirmation."""
    fields = [f for f in standing.fields if f.is_asked or f.value]
    materials = [m for m in standing.materials if m.is_there or standing.is_needed(m)]
    things = [f.value is not None for f in fields] + [m.is_there for m in materials]
    return sum(things), len(things)
