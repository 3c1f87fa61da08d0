"""What handling a case needs from outside: registers, pre-review, reading of files, papers, an office."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from assistant.cases.case import Case
from assistant.cases.happenings import ConsentGiven
from knowledge.items import ServiceItem
from prefill.documents.document import ReadDocument
from prefill.facts import Fact
from prefill.forms import Form
from prefill.papers.paper import Paper
from prefill.papers.request import PaperRequest
from prefill.review.application import Application
from prefill.review.eligibility import Eligibility
from prefill.review.result import Review

Clock = Callable[[], datetime]
NewId = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """What one register told; `problem` says in a sentence why it told nothing."""

    register: str
    facts: tuple[Fact, ...] = ()
    problem: str = ""


class Registers(Protocol):
    """The registers that may be asked with consent."""

    def offered(self, keys: frozenset[str], subject: str) -> Mapping[str, tuple[str, ...]]:
        """Which register could tell which of these keys (身份证.姓名) about the subject."""
        ...

    def ask(self, subject: str, consents: Sequence[ConsentGiven]) -> tuple[RegisterAnswer, ...]:
        """Ask all of them at once; one that fails stops nobody. Nothing beyond the consents is asked."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Who somebody is: `subject` is what registers know them by, `values` what was proved under registers' names."""

    subject: str
    values: Mapping[str, str]
    source: str


class Identities(Protocol):
    """Knows who signed in."""

    def vouched(self, holder: str) -> Vouched | None:
        """Who this holder is; None for a browser without a name."""
        ...


class NobodyKnown:
    """For a product without sign-in."""

    def vouched(self, holder: str) -> Vouched | None:
        """Nobody."""
        return None


class Listener(Protocol):
    """Reads what was said into facts."""

    def facts(self, form: Form, messages: Sequence[str], today: date, asked: str | None) -> tuple[Fact, ...]:
        """What the last message says about the form's fields; `asked` is the field that was just asked for."""
        ...


class Reviewer(Protocol):
    """Pre-review with the rules that are in force."""

    def review(self, application: Application, item: ServiceItem) -> Review:
        """The review of one application. Pure."""
        ...

    def early(self, application: Application, item: ServiceItem) -> Eligibility:
        """What can be said of the conditions with what is known so far."""
        ...

    def handles(self, item: ServiceItem) -> bool:
        """True where the item has rules: its cases are handled to the end."""
        ...


class Reader(Protocol):
    """Reads uploaded files."""

    def read(self, content: bytes, name: str, expected: str) -> ReadDocument:
        """What stands in the file; `expected` is the name of the material it was handed in for.

        Raises FileNotOpened, with a sentence for the person, where nobody can open it.
        """
        ...


class PaperMaker(Protocol):
    """Makes application documents."""

    def make(self, request: PaperRequest) -> tuple[Paper, ...]:
        """The papers of one application."""
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the office says when a case comes in."""

    office: str
    number: str


class Office(Protocol):
    """Where cases are handed in: the window's system, or the example that ships."""

    def submit(self, case: Case, today: date) -> Receipt:
        """Take the case in; again for the same case gives the same number."""
        ...


class Deaf:
    """Hears no facts: only answers to what was asked are understood."""

    def facts(self, form: Form, messages: Sequence[str], today: date, asked: str | None) -> tuple[Fact, ...]:
        """Nothing."""
        return ()


class NoRegisters:
    """For a home without registers: the citizen enters everything."""

    def offered(self, keys: frozenset[str], subject: str) -> Mapping[str, tuple[str, ...]]:
        """Nothing."""
        return {}

    def ask(self, subject: str, consents: Sequence[ConsentGiven]) -> tuple[RegisterAnswer, ...]:
        """Nothing."""
        return ()


class ExampleOffice:
    """An office for trying things out. It takes every case in and decides nothing; its name says what it is."""

    def submit(self, case: Case, today: date) -> Receipt:
        """The number follows from the case, so that sending twice is one submission."""
        return Receipt("示例办理端（演示用，未接入真实政务系统）", f"示例-{today:%Y%m%d}-{case.id[:8].upper()}")
