"""What a case says to a message, before the guard: sentences with the words they rest on, a card, choices."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from assistant.cases.handling import Handled


class CardKind(StrEnum):
    """Which card of the case the page shows in the conversation."""

    PARTS = "parts"
    SITUATION = "situation"
    CONDITIONS = "conditions"
    CONSENT = "consent"
    FORM = "form"
    MATERIAL = "material"
    CONFIRM = "confirm"
    REVIEW = "review"
    PAPERS = "papers"
    PROGRESS = "progress"
    CODE = "code"
    CHECKLIST = "checklist"


class Because(StrEnum):
    """Why the turn ends as it does, where it was for a case; the words of `events.Why`."""

    HANDLING = "handling"
    CLERK_ONLY = "clerk_only"
    RETURNED_TWICE = "returned_twice"


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence. `template` is ours; `words` come from sheets, rules or the case, and are its evidence."""

    template: str
    words: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The sentence."""
        if not self.words:
            return self.template
        # Names of items bring quotation marks along; inside our own they become single ones.
        within = {slot: _single(word) if f"“{{{slot}}}”" in self.template else word for slot, word in self.words}
        return self.template.format(**within)

    @property
    def evidence(self) -> str:
        """What the sentence may say: our own words and those it was filled with."""
        return "\n".join((self.template, *(word for _, word in self.words)))


def _single(word: str) -> str:
    return word.replace("“", "‘").replace("”", "’")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the question; `send` is what the button sends."""

    label: str
    send: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of a card."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the case says. `handled` is the case after the message; `question` is the one question of the turn.

    `person`: a way to people stands below; `hands_over`: the citizen is put in line for one at once.
    """

    says: tuple[Say, ...] = ()
    card: CardKind | None = None
    rows: tuple[CaseRow, ...] = ()
    question: Say | None = None
    options: tuple[Option, ...] = ()
    handled: Handled | None = None
    person: bool = False
    hands_over: bool = False
    because: Because = Because.HANDLING
    offers: tuple[Option, ...] = field(default_factory=tuple)

    def after(self, *says: Say) -> "Reply":
        """The same with these sentences before it."""
        return replace(self, says=(*says, *self.says))


def say(template: str, **words: str) -> Say:
    """A sentence out of a template and words."""
    return Say(template, tuple(words.items()))
