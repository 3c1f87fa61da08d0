"""Puts the handling of cases together from its real parts."""

import secrets
import uuid

from assistant.cases.handling import Desk, Handling
from assistant.cases.keeping import Cases
from assistant.cases.parts import DocumentReader, PaperPrinter, RulebookReviewer, SaidListener
from assistant.cases.roles import Clock, ExampleOffice, Listener, NoRegisters, Registers
from assistant.cases.talking import Talking
from knowledge.roles import KnowledgeBase
from prefill.review.rulebook import shipped_rulebook


def build_handling(
    knowledge: KnowledgeBase, cases: Cases, clock: Clock, registers: Registers | None = None
) -> Handling:
    """The operations on cases, with the rules and the example office that ship."""
    return Handling(
        Desk(
            cases=cases,
            knowledge=knowledge,
            registers=registers or NoRegisters(),
            reviewer=RulebookReviewer(shipped_rulebook(), clock),
            reader=DocumentReader(clock),
            papers=PaperPrinter(),
            office=ExampleOffice(),
            clock=clock,
            new_id=lambda: uuid.uuid4().hex,
            choose=secrets.choice,
        )
    )


def build_talking(handling: Handling, listener: Listener | None = None) -> Talking:
    """The dialogue that handles."""
    return Talking(handling, listener or SaidListener())
