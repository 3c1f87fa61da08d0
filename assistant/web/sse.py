"""Events of a turn as server-sent events. Only approved text can become bytes here."""

from collections.abc import Sequence

from fastapi.sse import format_sse_event

from assistant import events as turn
from assistant.web import schemas as wire
from assistant.web.conversations import StoredEvent
from guardrails.approved import Approved
from guardrails.outbound import quote

KEEP_ALIVE = b": still here\n\n"


def render(text: Approved) -> str:
    """The one place where approved text becomes a plain string for the wire."""
    return text.text


def stored(event: turn.Event) -> StoredEvent:
    """The event as it is sent, kept and replayed."""
    return stored_wire(to_wire(event))


def stored_wire(event: wire.WireEvent) -> StoredEvent:
    """The same, for events that the transport itself adds."""
    return StoredEvent(name=event.type, payload=event.model_dump_json())


def encode(event: StoredEvent, position: int) -> bytes:
    """One frame. `position` is its id: a browser that lost the line asks for what comes after it."""
    return format_sse_event(data_str=event.payload, event=event.name, id=str(position))


def to_wire(event: turn.Event) -> wire.WireEvent:  # noqa: C901, PLR0911  one line for each event
    """Translate one event. The type checker names this place when an event is added."""
    match event:
        case turn.ItemRecognized():
            return wire.ItemRecognizedEvent(decision=event.recognition.decision, items=_items(event.items))
        case turn.SourcesFound():
            return wire.SourcesFoundEvent(citations=[citation(c) for c in event.citations])
        case turn.Sentence():
            return wire.SentenceEvent(id=event.id, text=render(event.text), citations=list(event.citations))
        case turn.SentencesReplaced():
            return wire.SentencesReplacedEvent(ids=list(event.ids), reason=render(event.reason))
        case turn.ItemCard():
            return _card(event)
        case turn.QuestionBack():
            choices = [wire.WireChoice(label=render(c.label), send=render(c.send), item=c.item) for c in event.choices]
            return wire.QuestionBackEvent(text=render(event.text), choices=choices)
        case turn.CaseMoved():
            return wire.CaseMovedEvent(
                case=event.case,
                version=event.version,
                item=_items([event.item])[0],
                state=event.state,
                state_label=render(event.state_label),
                done=event.done,
                total=event.total,
            )
        case turn.CaseCard():
            return wire.CaseCardEvent(case=event.case, kind=event.kind, rows=[_row(row) for row in event.rows])
        case turn.NextStep():
            return wire.NextStepEvent(kind=event.kind, label=render(event.label), value=event.value)
        case turn.TurnFinished():
            return wire.TurnFinishedEvent(
                status=event.status,
                why=event.why,
                item=event.item,
                composer=event.composer,
                degraded=event.degraded is not None,
            )


def citation(found: turn.Citation) -> wire.WireCitation:
    """A citation as the page shows it."""
    return wire.WireCitation(
        number=found.number,
        source=found.source,
        title=render(found.title),
        version=found.version,
        effective_from=found.effective_from,
        effective_to=found.effective_to,
        clause=render(quote(found.clause, found.source)) if found.clause else None,
        quote=render(found.quote),
        anchor=found.anchor,
        url=found.url,
    )


def sections(found: Sequence[turn.CardSection]) -> list[wire.WireCardSection]:
    """The sections of a card."""
    return [
        wire.WireCardSection(
            facet=section.facet,
            title=render(section.title),
            rows=[_row(row) for row in section.rows],
            confirmed=section.confirmed,
        )
        for section in found
    ]


def _card(card: turn.ItemCard) -> wire.ItemCardEvent:
    return wire.ItemCardEvent(
        item=_items([card.item])[0],
        department=render(card.department),
        sections=sections(card.sections),
        focus=card.focus,
    )


def _row(row: turn.CardRow) -> wire.WireCardRow:
    note = None if row.note is None else render(row.note)
    return wire.WireCardRow(text=render(row.text), note=note, citation=row.citation)


def _items(items: Sequence[turn.ItemRef]) -> list[wire.NamedItem]:
    return [wire.NamedItem(slug=item.slug, name=render(item.name)) for item in items]
