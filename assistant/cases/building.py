"""Puts the handling of cases together from its real parts."""

import secrets
import uuid
from collections.abc import Callable, Sequence

from assistant.cases.desk import Desk
from assistant.cases.handling import Handling
from assistant.cases.intents import ReadsIntents, Unread
from assistant.cases.keeping import Cases
from assistant.cases.parts import DocumentReader, PaperPrinter, RulebookReviewer, SaidListener
from assistant.cases.roles import Clock, ExampleOffice, Identities, Listener, NobodyKnown, NoRegisters, Registers
from assistant.cases.situating import CataloguedSituations
from assistant.cases.talking import Talking
from assistant.cases.verifying import Verifying
from knowledge.roles import KnowledgeBase
from prefill.review.rulebook import Rulebook, shipped_rulebook
from prefill.review.situations import shipped_paths


def build_handling(
    knowledge: KnowledgeBase,
    cases: Cases,
    clock: Clock,
    registers: Registers | None = None,
    rules: Callable[[], Rulebook] = shipped_rulebook,
    *,
    seal_keys: Sequence[bytes] = (),
    identities: Identities | None = None,
    intents: ReadsIntents | None = None,
) -> Handling:
    """The operations on cases, with the example office that ships; `rules` gives those in force now.

    Without `seal_keys` verified values are sealed for as long as this process lives: for cases in memory.
    """
    return Handling(
        Desk(
            cases=cases,
            knowledge=knowledge,
            registers=registers or NoRegisters(),
            reviewer=RulebookReviewer(rules, clock),
            reader=DocumentReader(clock),
            papers=PaperPrinter(),
            office=ExampleOffice(),
            clock=clock,
            new_id=lambda: uuid.uuid4().hex,
            choose=secrets.choice,
            identities=identities or NobodyKnown(),
            verifying=Verifying(seal_keys or (secrets.token_bytes(32),)),
            situations=CataloguedSituations(shipped_paths(), rules),
            intents=intents or Unread(),
        )
    )


def build_talking(handling: Handling, listener: Listener | None = None) -> Talking:
    """The dialogue that handles."""
    return Talking(handling, listener or SaidListener())
