"""Puts the parts of the desk together."""

from dataclasses import dataclass

from sqlalchemy import Engine

from assistant.cases.handling import Handling
from assistant.clerk.canned import CannedAnswers
from assistant.clerk.notes import Notes
from assistant.clerk.outcomes import Outcomes
from assistant.clerk.panel import PanelParts, Panels
from assistant.clerk.suggesting import Suggesting, Turns
from assistant.clerk.translating import Translator
from assistant.llm.chat import ChatModel
from guardrails.learned import Embeds
from knowledge.roles import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything beside the conversation."""

    panels: Panels
    outcomes: Outcomes
    canned: CannedAnswers
    notes: Notes
    handling: Handling | None
    translator: Translator


def build_desk(
    engine: Engine,
    knowledge: KnowledgeBase,
    turns: Turns,
    handling: Handling | None,
    *,
    model: ChatModel | None = None,
    embedder: Embeds | None = None,
) -> Desk:
    """The parts, on a database whose schema is up to date."""
    outcomes, canned, notes = Outcomes(engine), CannedAnswers(engine), Notes(engine)
    parts = PanelParts(
        engine=engine,
        knowledge=knowledge,
        handling=handling,
        suggesting=Suggesting(turns),
        outcomes=outcomes,
        canned=canned,
        notes=notes,
    )
    return Desk(
        panels=Panels(parts),
        outcomes=outcomes,
        canned=canned,
        notes=notes,
        handling=handling,
        translator=Translator(model, embedder),
    )
