"""The JSON of the desk's side panel, suggestions, canned answers and notes."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from assistant.clerk.suggestion import Outcome, Rejection, SuggestionKind
from assistant.handoff.screening import LONGEST
from assistant.web.handoff_schemas import Id, Short
from assistant.web.schemas import Text, Wire, WireChoice, WireCitation


class PanelLine(Wire):
    """A line of the summary."""

    label: str
    text: str


class PanelItem(Wire):
    """An item that it may be about; `score` is a calibrated probability."""

    slug: str
    name: str
    department: str
    score: float | None


class WireSuggestion(Wire):
    """A reply that may be sent; `kind` says where it comes from, `citations` what it rests on."""

    id: str
    kind: SuggestionKind
    text: str
    citations: list[WireCitation]


class PanelFact(Wire):
    """A field of the form; `value` null where it is still to be asked."""

    key: str
    name: str
    value: str | None
    source: str | None
    why: str | None
    is_asked: bool
    is_proved: bool


class PanelMaterial(Wire):
    """A material of the case."""

    name: str
    is_there: bool
    is_needed: bool
    how: str | None


class PanelSeen(Wire):
    """A value that a rule looked at, and where it stands; `file`, `page` and `place` where it can be shown."""

    name: str
    value: str
    where: str
    file: str | None = None
    page: int = 1
    place: tuple[float, float, float, float] | None = None


class PanelPoint(Wire):
    """A review point. Its clause opens with `/api/sources/{source}?anchor={anchor}`."""

    part: str
    id: str
    text: str
    source: str
    anchor: str
    confirmed: bool
    result: str | None
    hint: str | None
    basis: str | None
    trace: list[PanelSeen]
    rule: str | None = None


class PanelFinding(Wire):
    """A finding of the pre-review; `pictured` is where on the pictures of the case it is to be seen."""

    code: str
    what: str
    remedy: str
    pictured: list[PanelSeen]


class PanelCase(Wire):
    """The case beside the conversation."""

    id: str
    version: int
    code: str
    item: str
    name: str
    state: str
    state_label: str
    is_open: bool
    done: int
    total: int
    facts: list[PanelFact]
    materials: list[PanelMaterial]
    findings: list[PanelFinding]
    outcome: str | None
    notice: list[str]


class PanelEarlier(Wire):
    """An earlier conversation about the same item, masked."""

    asked: str
    answered: str
    at: datetime
    stars: int | None


class WireCanned(Wire):
    """A canned answer; offered until the end of `expires_on`. `places` are to be filled before it is sent."""

    id: str
    title: str
    text: str
    places: list[str]
    item: str | None
    expires_on: date


class PanelNote(Wire):
    """A note of a colleague."""

    clerk: str
    text: str
    at: datetime


class SidePanel(Wire):
    """Everything beside a conversation, or at the counter beside a case. The first suggestion leads."""

    ticket: str | None
    seq: int
    revision: str
    drawn_at: datetime
    summary: list[PanelLine]
    suggestions: list[WireSuggestion]
    item: PanelItem | None
    alternatives: list[PanelItem]
    case: PanelCase | None
    points: list[PanelPoint]
    passages: list[WireCitation]
    ask_next: list[str]
    choices: list[WireChoice]
    earlier: list[PanelEarlier]
    canned: list[WireCanned]
    notes: list[PanelNote]


class SuggestionUsed(Wire):
    """A suggestion is sent: `suggested` as it was shown, `text` as it is said. Whether it was edited is worked out."""

    kind: SuggestionKind
    suggested: Annotated[Text, Field(min_length=1, max_length=20_000)]
    text: Annotated[Text, Field(min_length=1, max_length=LONGEST)]
    client_id: Id


class SuggestionRejected(Wire):
    """A suggestion is not used, and why."""

    kind: SuggestionKind
    reason: Rejection


class SuggestionKept(Wire):
    """What was kept about a suggestion; `seq` of the message where one was sent."""

    outcome: Outcome
    seq: int | None


class RejectionReason(Wire):
    """A reason that can be chosen."""

    reason: Rejection
    label: str


class CannedWanted(Wire):
    """A canned answer as a supervisor writes it. It has to end some day."""

    title: Annotated[Text, Field(min_length=1, max_length=80)]
    text: Annotated[Text, Field(min_length=1, max_length=LONGEST)]
    item: Short | None = None
    expires_on: date


class NoteWanted(Wire):
    """A note for colleagues."""

    text: Annotated[Text, Field(min_length=1, max_length=LONGEST)]


class CounterCode(Wire):
    """The continuation code, as it was read out."""

    code: Annotated[Text, Field(min_length=1, max_length=40)]


class SuggestionShare(Wire):
    """How suggestions of a kind fared."""

    kind: SuggestionKind
    shown: int
    sent: int
    edited: int
    rejected: int
    edited_kept: float | None


class SuggestionReason(Wire):
    """How often suggestions were rejected for a reason."""

    reason: Rejection
    label: str
    count: int


class SuggestionReport(Wire):
    """What became of suggestions in a time. `shown` counts those that somebody dealt with."""

    since: datetime
    shares: list[SuggestionShare]
    reasons: list[SuggestionReason]
