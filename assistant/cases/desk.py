"""What handling works with: the kept cases, the knowledge, and everything a case needs from outside."""

from dataclasses import dataclass, field

from assistant.cases.code import Choose
from assistant.cases.intents import ReadsIntents, Unread
from assistant.cases.keeping import Cases
from assistant.cases.roles import Clock, Identities, NewId, NobodyKnown, Office, PaperMaker, Reader, Registers, Reviewer
from assistant.cases.situating import NoSituations, Situations
from assistant.cases.verifying import Verifying
from knowledge.roles import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What handling works with."""

    cases: Cases
    knowledge: KnowledgeBase
    registers: Registers
    reviewer: Reviewer
    reader: Reader
    papers: PaperMaker
    office: Office
    clock: Clock
    new_id: NewId
    choose: Choose
    verifying: Verifying
    identities: Identities = field(default_factory=NobodyKnown)
    situations: Situations = field(default_factory=NoSituations)
    intents: ReadsIntents = field(default_factory=Unread)
