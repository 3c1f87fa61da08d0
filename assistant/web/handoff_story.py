"""The whole story that a person is handed, so that nobody has to tell it twice; and why a person is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.events import Status, Why
from assistant.handoff.reasons import Reason
from assistant.handoff.screening import words_of_a_person
from assistant.steps.asking_person import complains
from assistant.web import schemas as wire
from assistant.web.conversations import Turn

_BY_WHY = {
    Why.CRISIS: Reason.CRISIS,
    Why.NO_ITEM: Reason.NO_SOURCE,
    Why.NO_EVIDENCE: Reason.NO_SOURCE,
    Why.FACT_UNVERIFIED: Reason.NO_SOURCE,
    Why.SEARCH_BROKEN: Reason.NO_SOURCE,
    Why.OTHER_REGION: Reason.NO_SOURCE,
    Why.ITEM_AMBIGUOUS: Reason.LOW_CONFIDENCE,
    Why.GUARD_STOPPED: Reason.GUARD,
    Why.UNSAFE_REQUEST: Reason.GUARD,
    Why.PROMPT_INJECTION: Reason.GUARD,
}
_AT_ONCE = {Why.CLERK_ONLY: Reason.CLERK_ONLY, Why.RETURNED_TWICE: Reason.RETURNED_TWICE}
"""Why a person was offered: still the reason a few turns later."""
_STILL = 3
_STUCK = 2
"""So many turns in a row without an answer are a conversation that does not move."""


class StoryTurn(wire.Wire):
    """A message of the citizen, numbers masked, and everything that Xiao Shen answered, with its sources."""

    client_id: str
    text: str
    masked: list[str]
    events: list[wire.WireEvent]


class HandoffStory(wire.Wire):
    """What happened before the person came. `items`: what was recognized, the last one first."""

    conversation: str
    turns: list[StoryTurn]
    items: list[wire.NamedItem]
    sources: list[wire.WireCitation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a person is needed, and about what."""

    reason: Reason
    item: str | None


def story_of(conversation: str, turns: Sequence[Turn]) -> HandoffStory:
    """The story of a conversation."""
    told = [_turn(turn) for turn in turns]
    events = [event for turn in told for event in turn.events]
    items = [item for e in events if isinstance(e, wire.ItemRecognizedEvent) for item in e.items]
    cited = [citation for e in events if isinstance(e, wire.SourcesFoundEvent) for citation in e.citations]
    return HandoffStory(
        conversation=conversation,
        turns=told,
        items=list({item.slug: item for item in reversed(items)}.values()),
        sources=list({citation.anchor: citation for citation in cited}.values()),
    )


def cause_of(turns: Sequence[Turn]) -> Cause:
    """Why a person is needed, by the turns so far: what the citizen asked for last, or where it got stuck before."""
    ends = [end for turn in turns if (end := _end(turn)) is not None]
    item = next((end.item for end in reversed(ends) if end.item), None)
    if any(complains(turn.text) for turn in turns[-2:]):
        return Cause(reason=Reason.COMPLAINT, item=item)
    if ends and ends[-1].why is Why.CRISIS:
        return Cause(reason=Reason.CRISIS, item=item)
    before = [end for end in ends if end.why is not Why.PERSON_WANTED]
    failed = 0
    for end in reversed(before):
        if end.status is Status.ANSWERED:
            break
        failed += 1
    known = next((by for end in reversed(before[-_STILL:]) if (by := _AT_ONCE.get(end.why)) is not None), None)
    if known is not None:
        return Cause(reason=known, item=item)
    if failed >= _STUCK:
        return Cause(reason=Reason.STUCK, item=item)
    if ends and ends[-1].why is not Why.PERSON_WANTED:
        return Cause(reason=_BY_WHY.get(ends[-1].why, Reason.ASKED), item=item)
    return Cause(reason=Reason.ASKED, item=item)


def _turn(turn: Turn) -> StoryTurn:
    words = words_of_a_person(turn.text, from_citizen=False)
    events = [wire.wire_event.validate_json(event.payload) for event in turn.events]
    return StoryTurn(client_id=turn.client_id, text=words.text, masked=list(words.masked), events=events)


def _end(turn: Turn) -> wire.TurnFinishedEvent | None:
    if not turn.events or turn.events[-1].name != "turn_finished":
        return None
    event = wire.wire_event.validate_json(turn.events[-1].payload)
    return event if isinstance(event, wire.TurnFinishedEvent) else None
