"""What can happen to a case: a closed set of events. A case is nothing but the sum of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.cases.acting import CITIZEN, SYSTEM, Actor, ActorKind, Channel, Way
from assistant.cases.office_happenings import (
    Accepted,
    Decided,
    KeptFinding,
    PapersMade,
    Returned,
    ReviewBegun,
    Reviewed,
    Submitted,
    Withdrawn,
)
from assistant.cases.sharing_happenings import (
    FieldProposed,
    FormShared,
    FormShareEnded,
    ProposalDeclined,
    ProposalTaken,
)

__all__ = [
    "CITIZEN", "SYSTEM", "Accepted", "Actor", "ActorKind", "Asked", "CaseEvent", "Channel", "CodeRenewed",
    "ConditionAnswered", "ConsentGiven", "ConsentRefused", "ConsentRevoked", "Decided", "FactsDropped",
    "FactsKept", "FieldProposed", "FileAdded", "FileRemoved", "FormShareEnded", "FormShared", "GoneOn",
    "HandedTo", "Happening", "Heard", "Identified", "Joined", "KeptFact", "KeptFinding", "MaterialSettled",
    "NotKnown", "Opened", "PapersMade", "PartsChosen", "Paused", "ProposalDeclined", "ProposalTaken",
    "Reminded", "Returned", "ReviewBegun", "Reviewed", "SituationAnswered", "Submitted", "Way", "WayChosen",
    "Withdrawn",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFact:
    """One thing known, as the case keeps it: a fact of `prefill.facts`, flat, with what it hangs on.

    `reference` is the register or the file that told it; when that is taken back, the fact goes with it. `part` narrows
    it to one item of the case where two of them mean different things by the same field. `value` None: asked, and not
    known, or taken back.
    """

    key: str
    value: str | None
    kind: str
    source: str
    confidence: float = 1.0
    evidence: str = ""
    reference: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Somebody proved who they are. Without it no register is asked: a typed number proves nothing.

    `subject` is what the registers know the person by; `by` is who vouches for it.
    """

    subject: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The case begins. `parts` are the items it handles: one, several wishes, or a bundle with chosen members."""

    item: str
    parts: tuple[str, ...]
    region: str
    channel: Channel
    code: str


@dataclass(frozen=True, slots=True)
class PartsChosen:
    """The citizen chose which items of a bundle go with it."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayChosen:
    """One thing at a time, or as a form."""

    way: Way


@dataclass(frozen=True, slots=True)
class Asked:
    """A step was put to the citizen: `step` says which (field:手机号码, consent, material:m2)."""

    step: str


@dataclass(frozen=True, slots=True)
class FactsKept:
    """Something became known: said, read, entered or handed over by a register; what proves is sealed at once."""

    facts: tuple[KeptFact, ...]
    seal: str = ""


@dataclass(frozen=True, slots=True)
class FactsDropped:
    """What this register or file told is taken back."""

    reference: str


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The citizen does not know it now: it is asked again only when everything else is there."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """The citizen allows one register to be asked: which fields, for which item, until when."""

    register: str
    fields: tuple[str, ...]
    item: str
    until: date


@dataclass(frozen=True, slots=True)
class ConsentRefused:
    """The citizen prefers to enter things; the registers are not asked again in this case."""

    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentRevoked:
    """The citizen takes a consent back; what that register told is dropped with it."""

    register: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAdded:
    """A file was handed in for a material of a part; `fields` is what was read from it.

    `places` says where on its picture a field stands: left, top, right and bottom as shares of the page; `pages` on
    which page that is, where it is not the first.
    """

    file: str
    part: str
    material: str
    name: str
    media_type: str
    size: int
    kind: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    readable: bool = True
    remark: str = ""
    places: Mapping[str, tuple[float, float, float, float]] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileRemoved:
    """A file was taken back."""

    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialSettled:
    """A material comes another way than by a file: exempt, or the original is brought to the window."""

    part: str
    material: str
    how: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ConditionAnswered:
    """What the citizen answered about a condition: whether it holds; None where they do not know."""

    condition: str
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationAnswered:
    """What the citizen answered to a question between situations of a part; `value` None where they do not know.

    The last answer counts: a citizen can change it as long as the case is theirs.
    """

    part: str
    fact: str
    value: bool | float | str | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Another device or the window went on with it, by its code."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class HandedTo:
    """A clerk was given the case."""

    clerk: str


@dataclass(frozen=True, slots=True)
class CodeRenewed:
    """The former code opens nothing any more."""

    code: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A message was dealt with: sent again after a broken line, it is not dealt with twice."""

    message: str


@dataclass(frozen=True, slots=True)
class Paused:
    """The citizen goes on later: what they say meanwhile is not for this case."""


@dataclass(frozen=True, slots=True)
class GoneOn:
    """The citizen came back to it."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """The citizen was reminded of it."""

    why: str


Happening = (
    Opened
    | Identified
    | PartsChosen
    | WayChosen
    | Asked
    | FactsKept
    | FactsDropped
    | NotKnown
    | ConsentGiven
    | ConsentRefused
    | ConsentRevoked
    | FileAdded
    | FileRemoved
    | MaterialSettled
    | ConditionAnswered
    | SituationAnswered
    | ReviewBegun
    | Reviewed
    | PapersMade
    | Submitted
    | Returned
    | Accepted
    | Decided
    | Withdrawn
    | Joined
    | HandedTo
    | CodeRenewed
    | Heard
    | Paused
    | GoneOn
    | Reminded
    | FormShared
    | FormShareEnded
    | FieldProposed
    | ProposalTaken
    | ProposalDeclined
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One happening with its place in the case, its time and who did it."""

    number: int
    at: datetime
    actor: Actor
    happening: Happening
