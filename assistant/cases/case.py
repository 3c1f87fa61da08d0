"""A case as its events add up to it, and the state machine that says which step may follow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from assistant.cases import happenings as h
from assistant.cases.errors import StepNotAllowed
from assistant.cases.happenings import CaseEvent, Happening, KeptFact, KeptFinding, Way
from prefill.facts import FIELD_PREFIX


class CaseState(StrEnum):
    """Where a case stands."""

    COLLECTING = "collecting"
    REVIEWING = "reviewing"
    READY = "ready"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({CaseState.COLLECTING, CaseState.REVIEWING, CaseState.READY, CaseState.RETURNED})
"""The citizen can still change what is handed in."""
CLOSED_STATES = frozenset({CaseState.DECIDED, CaseState.WITHDRAWN})

_AT_THE_OFFICE = frozenset({CaseState.SUBMITTED, CaseState.ACCEPTED})
_MAY: Mapping[type, frozenset[CaseState]] = {
    h.Identified: OPEN_STATES,
    h.PartsChosen: OPEN_STATES,
    h.WayChosen: OPEN_STATES,
    h.Asked: OPEN_STATES,
    h.FactsKept: OPEN_STATES,
    h.FactsDropped: OPEN_STATES,
    h.NotKnown: OPEN_STATES,
    h.ConsentGiven: OPEN_STATES,
    h.ConsentRefused: OPEN_STATES,
    h.FileAdded: OPEN_STATES,
    h.FileRemoved: OPEN_STATES,
    h.MaterialSettled: OPEN_STATES,
    h.ConditionAnswered: OPEN_STATES,
    h.SituationAnswered: OPEN_STATES,
    h.ReviewBegun: OPEN_STATES,
    h.Reviewed: frozenset({CaseState.REVIEWING}),
    h.PapersMade: frozenset({CaseState.READY}),
    h.Submitted: frozenset({CaseState.READY}),
    h.Returned: OPEN_STATES | _AT_THE_OFFICE,
    h.Accepted: frozenset({CaseState.SUBMITTED}),
    h.Decided: frozenset({CaseState.ACCEPTED}),
    h.Withdrawn: OPEN_STATES | _AT_THE_OFFICE,
    h.ConsentRevoked: frozenset(CaseState),
    h.Joined: frozenset(CaseState),
    h.HandedTo: frozenset(CaseState),
    h.CodeRenewed: frozenset(CaseState),
    h.Heard: frozenset(CaseState),
    h.Paused: frozenset(CaseState),
    h.GoneOn: frozenset(CaseState),
    h.Reminded: frozenset(CaseState),
    h.FormShared: OPEN_STATES,
    h.FormShareEnded: frozenset(CaseState),
    h.FieldProposed: OPEN_STATES,
    h.ProposalTaken: OPEN_STATES,
    h.ProposalDeclined: frozenset(CaseState),
}
_CHANGES_CONTENT = (
    h.PartsChosen,
    h.FactsKept,
    h.FactsDropped,
    h.NotKnown,
    h.FileAdded,
    h.FileRemoved,
    h.MaterialSettled,
    h.ConditionAnswered,
    h.SituationAnswered,
    h.ConsentRevoked,
)
"""After one of these a pre-review no longer speaks of what the case holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """With whom the citizen fills the form together, and since when."""

    ticket: str
    clerk: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. `version` is the number of its last event; a change names the version it was made on.

    `unknown` are fields that the citizen did not know when asked; those not known again are `left` to a person.
    """

    id: str
    item: str
    parts: tuple[str, ...]
    region: str
    code: str
    state: CaseState
    version: int
    opened_at: datetime
    changed_at: datetime
    way: Way = Way.ONE_BY_ONE
    chose_parts: bool = False
    asked: str = ""
    heard: str = ""
    is_paused: bool = False
    identity: h.Identified | None = None
    facts: tuple[KeptFact, ...] = ()
    unknown: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    consents: tuple[h.ConsentGiven, ...] = ()
    refused: tuple[str, ...] = ()
    files: tuple[h.FileAdded, ...] = ()
    settled: tuple[h.MaterialSettled, ...] = ()
    conditions: Mapping[str, bool | None] = field(default_factory=dict)
    situations: tuple[h.SituationAnswered, ...] = ()
    review: h.Reviewed | None = None
    papers: tuple[str, ...] = ()
    receipt: str = ""
    office: str = ""
    due: date | None = None
    returns: tuple[str, ...] = ()
    mend_until: date | None = None
    result: str = ""
    clerks: tuple[str, ...] = ()
    shared: Sharing | None = None
    proposals: tuple[h.FieldProposed, ...] = ()
    events: tuple[CaseEvent, ...] = ()

    @property
    def is_open(self) -> bool:
        """True while the citizen can change it."""
        return self.state in OPEN_STATES

    @property
    def findings(self) -> tuple[KeptFinding, ...]:
        """What the last pre-review found, as long as it speaks of what the case holds."""
        return self.review.findings if self.review else ()

    def may(self, happening: Happening) -> bool:
        """True where the state allows it."""
        return self.state in _MAY.get(type(happening), frozenset())


def case_of(case_id: str, events: Iterable[CaseEvent]) -> Case:
    """The case that the events add up to. Raises StepNotAllowed where they do not begin with Opened."""
    case: Case | None = None
    for event in events:
        case = _begun(case_id, event) if case is None else applied(case, event)
    if case is None:
        raise StepNotAllowed(f"Case {case_id} has no event; a case begins with Opened.")
    return case


def applied(case: Case, event: CaseEvent) -> Case:
    """The case after one more event. Raises StepNotAllowed."""
    happening = event.happening
    if not case.may(happening):
        raise StepNotAllowed(f"{type(happening).__name__} is not possible while a case is {case.state}.")
    changed = replace(case, version=event.number, changed_at=event.at, events=(*case.events, event))
    if isinstance(happening, _CHANGES_CONTENT):
        changed = replace(changed, review=None, papers=())
        if case.state in OPEN_STATES:
            changed = replace(changed, state=CaseState.COLLECTING)
    return _content(_course(changed, happening), happening)


def _begun(case_id: str, event: CaseEvent) -> Case:
    opened = event.happening
    if not isinstance(opened, h.Opened):
        raise StepNotAllowed(f"Case {case_id} begins with {type(opened).__name__} instead of Opened.")
    return Case(
        id=case_id,
        item=opened.item,
        parts=opened.parts,
        region=opened.region,
        code=opened.code,
        state=CaseState.COLLECTING,
        version=event.number,
        opened_at=event.at,
        changed_at=event.at,
        events=(event,),
    )


def _course(case: Case, happening: Happening) -> Case:  # noqa: C901, PLR0911 - one line for each event
    """The steps of the state machine."""
    match happening:
        case h.ReviewBegun():
            return replace(case, state=CaseState.REVIEWING)
        case h.Reviewed():
            state = CaseState.COLLECTING if happening.outcome == "return" else CaseState.READY
            return replace(case, state=state, review=happening)
        case h.PapersMade():
            return replace(case, papers=happening.names)
        case h.Submitted():
            return replace(case, state=CaseState.SUBMITTED, receipt=happening.receipt, office=happening.office)
        case h.Returned():
            return replace(
                case, state=CaseState.RETURNED, returns=(*case.returns, happening.notice), mend_until=happening.until
            )
        case h.Accepted():
            return replace(case, state=CaseState.ACCEPTED, due=happening.due)
        case h.Decided():
            return replace(case, state=CaseState.DECIDED, result=happening.result)
        case h.Withdrawn():
            return replace(case, state=CaseState.WITHDRAWN)
        case h.CodeRenewed():
            return replace(case, code=happening.code)
        case h.HandedTo():
            return replace(case, clerks=tuple(dict.fromkeys((*case.clerks, happening.clerk))))
        case _:
            return case


def _content(case: Case, happening: Happening) -> Case:  # noqa: C901, PLR0911, PLR0912 - one line for each event
    """What the case holds."""
    match happening:
        case h.Identified():
            return replace(case, identity=happening)
        case h.PartsChosen():
            return replace(case, parts=happening.parts, chose_parts=True)
        case h.WayChosen():
            return replace(case, way=happening.way)
        case h.Heard():
            return replace(case, heard=happening.message)
        case h.Paused() | h.GoneOn():
            return replace(case, is_paused=isinstance(happening, h.Paused))
        case h.Asked():
            return replace(case, asked=happening.step)
        case h.FactsKept():
            told = {fact.key.removeprefix(FIELD_PREFIX) for fact in happening.facts if fact.value is not None}
            return replace(
                case,
                facts=(*case.facts, *happening.facts),
                unknown=tuple(key for key in case.unknown if key.rpartition(":")[2] not in told),
                left=tuple(key for key in case.left if key.rpartition(":")[2] not in told),
            )
        case h.FactsDropped():
            return replace(case, facts=_without(case.facts, happening.reference))
        case h.NotKnown():
            again = (happening.key,) if happening.key in case.unknown else ()
            left = tuple(dict.fromkeys((*case.left, *again)))
            return replace(case, unknown=tuple(dict.fromkeys((*case.unknown, happening.key))), left=left)
        case h.ConsentGiven():
            others = tuple(c for c in case.consents if c.register != happening.register)
            return replace(case, consents=(*others, happening))
        case h.ConsentRefused():
            return replace(case, refused=tuple(dict.fromkeys((*case.refused, *happening.registers))))
        case h.ConsentRevoked():
            return replace(
                case,
                consents=tuple(c for c in case.consents if c.register != happening.register),
                refused=tuple(dict.fromkeys((*case.refused, happening.register))),
                facts=_without(case.facts, happening.register),
            )
        case h.FileAdded():
            return replace(case, files=(*case.files, happening), settled=_unsettled(case, happening))
        case h.FileRemoved():
            files = tuple(f for f in case.files if f.file != happening.file)
            return replace(case, files=files, facts=_without(case.facts, happening.file))
        case h.MaterialSettled():
            return replace(case, settled=(*_unsettled(case, happening), happening))
        case h.SituationAnswered():
            former = (s for s in case.situations if (s.part, s.fact) != (happening.part, happening.fact))
            return replace(case, situations=(*former, happening))
        case h.ConditionAnswered():
            return replace(case, conditions={**case.conditions, happening.condition: happening.holds})
        case h.FormShared():
            since = case.changed_at  # of this very event
            return replace(case, shared=Sharing(ticket=happening.ticket, clerk=happening.clerk, since=since))
        case h.FormShareEnded():
            return replace(case, shared=None, proposals=())
        case h.FieldProposed():  # the newest for a field counts
            return replace(case, proposals=(*(p for p in case.proposals if p.key != happening.key), happening))
        case h.ProposalTaken() | h.ProposalDeclined():
            return replace(case, proposals=tuple(p for p in case.proposals if p.proposal != happening.proposal))
        case _:
            return case


def _without(facts: tuple[KeptFact, ...], reference: str) -> tuple[KeptFact, ...]:
    return tuple(f for f in facts if f.reference != reference)


def _unsettled(case: Case, about: h.FileAdded | h.MaterialSettled) -> tuple[h.MaterialSettled, ...]:
    return tuple(s for s in case.settled if (s.part, s.material) != (about.part, about.material))


def is_as_seen(case: Case, version: int) -> bool:
    """True where nothing but reminders happened since this version: what was seen then still stands."""
    later = [event for event in case.events if event.number > version]
    return version <= case.version and all(isinstance(event.happening, h.Reminded) for event in later)
