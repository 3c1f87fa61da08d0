"""The events of one turn: what page, command line, clerk panel and evaluations all consume.

Every text that a person may see is `Approved`; a transport that takes these events cannot leak an unguarded string.
Every turn ends with exactly one `TurnFinished`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.cases.case import CaseState
from assistant.cases.reply import CardKind
from guardrails.approved import Approved
from knowledge.recognition.decision import Recognition
from knowledge.statements import Facet


class Status(StrEnum):
    """How a turn ended. Page, metrics, filters and evaluations use these words."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    CANNOT_ANSWER = "cannot_answer"
    REFUSED = "refused"
    HANDOFF = "handoff"


class Why(StrEnum):
    """Why a turn ended as it did."""

    GROUNDED = "grounded"  # answered from statements
    ITEM_AMBIGUOUS = "item_ambiguous"
    FACT_UNVERIFIED = "fact_unverified"  # the item is known, this fact has no reliable source
    NO_ITEM = "no_item"  # nothing in the catalogue fits
    OTHER_REGION = "other_region"
    NO_EVIDENCE = "no_evidence"
    UNREADABLE = "unreadable"  # empty, only signs, too long
    UNSAFE_REQUEST = "unsafe_request"
    PROMPT_INJECTION = "prompt_injection"
    CRISIS = "crisis"
    GUARD_STOPPED = "guard_stopped"
    PERSON_WANTED = "person_wanted"
    SEARCH_BROKEN = "search_broken"
    SMALL_TALK = "small_talk"
    HANDLING = "handling"  # a case was moved on, or waits for the citizen
    CLERK_ONLY = "clerk_only"  # only a person can go on with this item
    RETURNED_TWICE = "returned_twice"  # the case was sent back twice: a person is offered
    SWITCHED_OFF = "switched_off"  # an operator paused the channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRef:
    """An item by slug, with the name as it may be shown."""

    slug: str
    name: Approved


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecognized:
    """Recognition has decided. `items` are the accepted ones."""

    recognition: Recognition
    items: tuple[ItemRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source of the answer. `anchor` is the statement id to open it at; `quote` is the wording there."""

    number: int
    source: str
    title: Approved
    version: str
    effective_from: date | None
    effective_to: date | None
    clause: str | None
    quote: Approved
    anchor: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFound:
    """The citations that the sentences after this event point to, by number."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One approved sentence. `citations` are numbers of SourcesFound; `id` lets a later event replace it."""

    id: int
    text: Approved
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencesReplaced:
    """What was shown under these ids is taken back; new sentences follow."""

    ids: tuple[int, ...]
    reason: Approved


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One line of a card; `citation` points to its source, `note` says e.g. that the electronic licence replaces it."""

    text: Approved
    note: Approved | None = None
    citation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSection:
    """A facet of the item. `confirmed` is false where no reliable source exists: then `rows` say so."""

    facet: Facet
    title: Approved
    rows: tuple[CardRow, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCard:
    """The item at a glance. `focus` is the facet that was asked."""

    item: ItemRef
    department: Approved
    sections: tuple[CardSection, ...]
    focus: Facet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to a question back: `send` is what the button sends as the citizen's next message."""

    label: Approved
    send: Approved
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBack:
    """The one question of a turn."""

    text: Approved
    choices: tuple[Choice, ...]


class StepKind(StrEnum):
    """What a suggested next step does."""

    ASK = "ask"  # sends a message
    CALL = "call"  # dials a number
    OPEN_CARD = "open_card"
    PERSON = "person"
    HANDLE = "handle"  # sends a message that begins or moves a case


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved:
    """The case as it stands now, for the strip under the header: `done` of `total` things are there."""

    case: str
    version: int
    item: ItemRef
    state: CaseState
    state_label: Approved
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """A card of the case in the conversation. `rows` say what it is about; the page loads what it can change there."""

    case: str | None
    kind: CardKind
    rows: tuple[CardRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A way on: a button under the answer. `value` is the message to send, the number to call, or the item's slug."""

    kind: StepKind
    label: Approved
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A guard's finding, for the audit and the safety evaluation; never shown to the citizen."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFinished:
    """The end of the turn. `item` is the item now talked about, to be handed back with the next message."""

    status: Status
    why: Why
    item: str | None = None
    flags: tuple[Flag, ...] = ()
    composer: str = "grounded"
    degraded: str | None = None


Event = (
    ItemRecognized
    | SourcesFound
    | Sentence
    | SentencesReplaced
    | ItemCard
    | QuestionBack
    | CaseMoved
    | CaseCard
    | NextStep
    | TurnFinished
)
