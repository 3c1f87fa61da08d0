"""What the HTTP edge is handed: the parts that `assistant.bootstrap` chose, behind narrow protocols."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from assistant.dialogue import Question
from assistant.events import Event
from assistant.operation.reports import Report
from assistant.operation.switches import MemorySwitches, Switches
from assistant.settings import Settings
from assistant.web.conversations import Conversations
from knowledge.items import ServiceItem
from knowledge.policies import Policy
from knowledge.roles import KnowledgeBase
from knowledge.statements import Statement

Clock = Callable[[], datetime]
NewId = Callable[[], str]
ReadyProblem = Callable[[], str | None]
StatementsOf = Callable[[ServiceItem | Policy], tuple[Statement, ...]]

DEFAULT_PAGES = Path(__file__).resolve().parents[2] / "web" / "dist"


class Assistant(Protocol):
    """The one way to answer a citizen."""

    def answer(self, question: Question) -> AsyncIterator[Event]:
        """The events of one turn, in order; the last one is TurnFinished."""
        ...


class Originals(Protocol):
    """The files as the offices sent them."""

    def original(self, sha256: str) -> Path | None:
        """Where the original with this content is kept, or None where it is not kept any more."""
        ...


class PagesOfOriginals(Protocol):
    """Pages of those files as pictures."""

    def page(self, sha256: str, page: int) -> Path | None:
        """Where the PNG of a page, counted from 1, lies; None where no picture can be made of it."""
        ...


class Persons(Protocol):
    """What the chat needs to know about people who help."""

    def is_with_a_person(self, conversation: str) -> bool:
        """Whether a person has the conversation: then Xiao Shen is silent."""
        ...

    def wanted(self, conversation: str) -> None:
        """A turn ended with the wish for a person."""
        ...

    def gone(self, conversation: str) -> None:
        """The citizen deletes the conversation: nobody has to come any more."""
        ...


class Nobody:
    """For products without people: there is only the telephone."""

    def is_with_a_person(self, conversation: str) -> bool:
        """Never."""
        return False

    def wanted(self, conversation: str) -> None:
        """Nobody hears it; the answer has named the telephone."""

    def gone(self, conversation: str) -> None:
        """Nobody was to come."""


class NoOriginals:
    """For a product that keeps no originals: the source sheet then shows clauses only."""

    def original(self, sha256: str) -> Path | None:
        """Nothing is kept."""
        return None

    def page(self, sha256: str, page: int) -> Path | None:
        """Nothing can be drawn."""
        return None


def always_ready() -> str | None:
    """For products that are ready as soon as they are built."""
    return None


def nothing_kept(_: str) -> None:
    """For products that keep nothing about a conversation elsewhere."""


def nothing_reported(_: Report) -> bool:
    """For products that keep no answers that could be reported."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything the routes use. `clock` returns an aware time in the zone of the office (Asia/Shanghai).

    `not_ready` says in one sentence why the product cannot answer, None when it can; `degraded` what works worse than
    it should while it does answer. `pages` holds the built page. `over_api` answers programs, where it is another.
    `forget` records that a conversation is deleted, and deletes what else is kept about it.
    `report` keeps what somebody says about an answer; False where there is no such answer.
    """

    assistant: Assistant
    knowledge: KnowledgeBase
    conversations: Conversations
    clock: Clock
    new_id: NewId
    settings: Settings
    statements_of: StatementsOf
    originals: Originals = field(default_factory=NoOriginals)
    pages_of_originals: PagesOfOriginals = field(default_factory=NoOriginals)
    not_ready: ReadyProblem = always_ready
    degraded: ReadyProblem = always_ready
    pages: Path = DEFAULT_PAGES
    persons: Persons = field(default_factory=Nobody)
    over_api: Assistant | None = None
    forget: Callable[[str], None] = nothing_kept
    report: Callable[[Report], bool] = nothing_reported
    switches: Switches = field(default_factory=MemorySwitches)

    def delete_conversation(self, conversation_id: str) -> None:
        """Delete a conversation, and what is kept about it elsewhere. The record comes first."""
        self.persons.gone(conversation_id)
        self.forget(conversation_id)
        self.conversations.delete(conversation_id)

    @property
    def for_api(self) -> "Services":
        """The same for the OpenAI-compatible endpoint, which has a switch of its own."""
        return self if self.over_api is None else replace(self, assistant=self.over_api)
