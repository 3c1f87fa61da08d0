"""The side panel as a read model: everything a clerk needs beside a conversation, drawn anew for each message."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from assistant.cases.errors import UnknownCase
from assistant.cases.handling import Handled, Handling
from assistant.clerk.canned import CannedAnswer, CannedAnswers
from assistant.clerk.case_side import CaseSide, PointShown, case_side, points_of
from assistant.clerk.earlier import Earlier, similar
from assistant.clerk.notes import Note, Notes
from assistant.clerk.outcomes import Outcomes
from assistant.clerk.suggesting import Drawn, Suggesting
from assistant.clerk.suggestion import Suggestion, SuggestionKind, suggestion_of
from assistant.clerk.told import Told
from assistant.events import Choice, Citation
from assistant.handoff.ticket import Ticket
from guardrails.approved import Approved
from guardrails.outbound import notice, quote
from knowledge.items import ServiceItem
from knowledge.roles import KnowledgeBase

_ALTERNATIVES = 3
_LIKELY = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """An item that it may be about, with the probability where recognition gave one."""

    slug: str
    name: Approved
    department: Approved
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the summary: what it is about, and what it says."""

    label: Approved
    text: Approved


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What stands beside a conversation, or at the counter beside a case. `seq` is the line it was drawn after."""

    ticket: str | None
    seq: int
    revision: str
    drawn_at: datetime
    summary: tuple[Line, ...]
    suggestions: tuple[Suggestion, ...]
    item: ItemShown | None
    alternatives: tuple[ItemShown, ...]
    case: CaseSide | None
    points: tuple[PointShown, ...]
    passages: tuple[Citation, ...]
    ask_next: tuple[Approved, ...]
    choices: tuple[Choice, ...]
    earlier: tuple[Earlier, ...]
    canned: tuple[CannedAnswer, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelParts:
    """What panels are drawn from. `handling` is None in a product without cases."""

    engine: Engine
    knowledge: KnowledgeBase
    handling: Handling | None
    suggesting: Suggesting
    outcomes: Outcomes
    canned: CannedAnswers
    notes: Notes


class Panels:
    """Draws panels. Reads only: nothing here changes a ticket or a case."""

    def __init__(self, parts: PanelParts) -> None:
        self._parts = parts

    async def drawn(self, told: Told, now: datetime) -> Drawn:
        """The turn's part of the panel: the only one that has to be awaited."""
        return await self._parts.suggesting.draw(told, now.date())

    def panel(self, ticket: Ticket, told: Told, drawn: Drawn, reason: str, now: datetime) -> Panel:
        """The panel of a conversation. Blocking: call it off the event loop."""
        parts = self._parts
        handled = self._case(told.case)
        case = case_side(handled) if handled else None
        item, others = self._items(told, drawn, now)
        sheet = parts.knowledge.item(item.slug, now.date()) if item else None
        dealt = parts.outcomes.rejected(ticket.id)
        offered = (*drawn.suggestions, *_of_case(told, case))
        question = told.open_question or (told.questions[-1] if told.questions else "")
        return Panel(
            ticket=ticket.id,
            seq=told.seq,
            revision=f"{told.seq}.{case.version if case else 0}.{parts.knowledge.revision()}",
            drawn_at=now,
            summary=tuple(_summary(told, reason, case)),
            suggestions=tuple(s for s in offered if s.id not in dealt),
            item=item,
            alternatives=others,
            case=case,
            points=case.points if case else tuple(points_of(sheet)) if sheet else (),
            passages=drawn.turn.citations if drawn.turn else (),
            ask_next=tuple(_ask_next(drawn, case)),
            choices=drawn.question.choices if drawn.question else (),
            earlier=similar(parts.engine, item=item.slug, question=question, without=ticket.id) if item else (),
            canned=parts.canned.usable(now.date(), item.slug if item else None),
            notes=parts.notes.of(ticket.id),
        )

    def counter(self, handled: Handled, now: datetime) -> Panel:
        """The panel of a case that came to the counter, without a chat."""
        parts = self._parts
        case = case_side(handled)
        item = self._shown(handled.standing.item, None)
        return Panel(
            ticket=None,
            seq=0,
            revision=f"0.{case.version}.{parts.knowledge.revision()}",
            drawn_at=now,
            summary=tuple(_of_case_line(case)),
            suggestions=_of_case(Told(ticket=f"case/{case.id}"), case),
            item=item,
            alternatives=(),
            case=case,
            points=case.points,
            passages=(),
            ask_next=case.to_ask,
            choices=(),
            earlier=(),
            canned=parts.canned.usable(now.date(), item.slug),
            notes=(),
        )

    def _case(self, case_id: str | None) -> Handled | None:
        handling = self._parts.handling
        if case_id is None or handling is None:
            return None
        try:
            return handling.look(handling.desk.cases.case(case_id))
        except UnknownCase:  # deleted by the citizen meanwhile
            return None

    def _items(self, told: Told, drawn: Drawn, now: datetime) -> tuple[ItemShown | None, tuple[ItemShown, ...]]:
        recognition = drawn.recognized.recognition if drawn.recognized else None
        scores = {c.item: c.score for c in recognition.candidates} if recognition else {}
        accepted = recognition.accepted if recognition else ()
        asked = recognition.choices if recognition else ()
        first = next(iter(accepted), None) or told.item
        likely = [slug for slug, score in scores.items() if score >= _LIKELY]
        slugs = [s for s in dict.fromkeys((*accepted[1:], *asked, *likely)) if s != first][:_ALTERNATIVES]
        known = {s: self._parts.knowledge.item(s, now.date()) for s in ([first] if first else []) + slugs}
        shown = {s: self._shown(sheet, scores.get(s)) for s, sheet in known.items() if sheet is not None}
        return shown.get(first) if first else None, tuple(shown[s] for s in slugs if s in shown)

    def _shown(self, item: ServiceItem, score: float | None) -> ItemShown:
        name, department = quote(item.name, item.source), quote(item.department, item.source)
        return ItemShown(slug=item.slug, name=name, department=department, score=score)


def _summary(told: Told, reason: str, case: CaseSide | None) -> Iterator[Line]:
    yield Line(label=notice("为什么转来"), text=notice(reason))
    if told.questions:
        yield Line(label=notice("市民问过"), text=quote("；".join(told.questions[-3:]), "story"))
    if told.last_answer:
        yield Line(label=notice("小申答到"), text=quote(told.last_answer, "story"))
    if told.unanswered:
        yield Line(label=notice("没答上"), text=notice(f"{told.unanswered}句话没有可靠依据可答。"))
    if case:
        yield from _of_case_line(case)


def _of_case_line(case: CaseSide) -> Iterator[Line]:
    text = f"{case.name.text}：{case.state_label.text}，{case.total}项里备好{case.done}项。"
    yield Line(label=notice("办件"), text=quote(text, "case"))


def _of_case(told: Told, case: CaseSide | None) -> tuple[Suggestion, ...]:
    if case is None or not case.notice:
        return ()
    return (suggestion_of(told.ticket, SuggestionKind.CASE, case.notice),)


def _ask_next(drawn: Drawn, case: CaseSide | None) -> Iterator[Approved]:
    if drawn.question is not None:
        yield drawn.question.text
    if case is not None:
        yield from case.to_ask
