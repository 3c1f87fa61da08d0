"""Tells what a case says: every sentence through the guard, then the card, the question, the way on."""

from collections.abc import Iterator

from assistant.cases.guiding import progress
from assistant.cases.handling import Handled
from assistant.cases.reply import CardKind, CaseRow, Reply, Say
from assistant.events import (
    CardRow,
    CaseCard,
    CaseMoved,
    Choice,
    Event,
    ItemRef,
    NextStep,
    QuestionBack,
    Status,
    StepKind,
    Why,
)
from assistant.phrases.handling import handling_phrases
from assistant.steps.suggest import ways_to_people
from assistant.steps.tell import Telling
from guardrails.approved import Approved, Draft, Evidence, Stopped, Wording
from guardrails.entered import show_finding
from guardrails.outbound import OutboundGuard, notice, quote


def tell_case(reply: Reply, turn: Telling, guard: OutboundGuard, language: str) -> Iterator[Event]:
    """The events of a message that was for a case, its end included."""
    yield from tell_reply(reply, turn, guard, language)
    asks = reply.question is not None
    item = reply.handled.case.item if reply.handled else None
    status = Status.HANDOFF if reply.hands_over else Status.CLARIFY if asks else Status.ANSWERED
    yield turn.finish(status, Why(reply.because), item=item)


def tell_reply(reply: Reply, turn: Telling, guard: OutboundGuard, language: str) -> Iterator[Event]:
    """The same without the end: after a digression the turn has its own."""
    for said in reply.says:
        yield from turn.approved(approve(said, guard, turn))
    if reply.handled is not None:
        yield moved(reply.handled, language)
    if reply.card is not None:
        rows = tuple(CardRow(text=_row(reply, r), note=quote(r.note, "case") if r.note else None) for r in reply.rows)
        yield CaseCard(case=reply.handled.case.id if reply.handled else None, kind=reply.card, rows=rows)
    if reply.question is not None:
        choices = tuple(Choice(label=quote(o.label, "case"), send=quote(o.send, "case")) for o in reply.options)
        yield QuestionBack(text=approve(reply.question, guard, turn), choices=choices)
    for option in reply.offers:
        yield NextStep(kind=StepKind.HANDLE, label=quote(option.label, "case"), value=option.send)
    if reply.person:
        yield from ways_to_people(turn.phrases)


def _row(reply: Reply, row: CaseRow) -> Approved:
    """A line of a card; of a pre-review with the values it is about, which are the citizen's own."""
    return show_finding(row.text) if reply.card is CardKind.REVIEW else quote(row.text, "case")


def approve(said: Say, guard: OutboundGuard, turn: Telling) -> Approved:
    """The sentence as it may leave; where the guard stops it, our own words without those of the sheet or the case."""
    evidence = (Evidence(source="case", text=said.evidence),)
    verdict = guard.check(Draft(text=said.text, wording=Wording.COMPOSED, evidence=evidence))
    if isinstance(verdict, Stopped):
        turn.flag(verdict)
        return notice(turn.phrases.guard_stopped)
    return verdict


def moved(handled: Handled, language: str) -> CaseMoved:
    """The case for the strip."""
    done, total = progress(handled.standing)
    item = handled.standing.item
    return CaseMoved(
        case=handled.case.id,
        version=handled.case.version,
        item=ItemRef(slug=item.slug, name=quote(item.name, item.source)),
        state=handled.case.state,
        state_label=notice(handling_phrases(language).state(handled.case.state)),
        done=done,
        total=total,
    )
