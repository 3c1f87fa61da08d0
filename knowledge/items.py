"""Service items (政务服务事项) as the knowledge base holds them: every fact with its status and source."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FactStatus(StrEnum):
    """How far a fact may be trusted. Only SOURCED is ever stated as fact."""

    SOURCED = "sourced"
    DERIVED = "derived"
    UNVERIFIED = "unverified"


class Audience(StrEnum):
    """Whom an item serves (服务对象)."""

    PERSON = "个人"
    COMPANY = "法人"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a sheet's facts come from: a law, a gazette page, a portal."""

    id: str
    title: str
    url: str
    date: str | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """One fact's pointer into the sheet's origins, with the clause where it is known."""

    origin: Origin
    locator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value of a sheet, e.g. a fee or a time limit. `value` is the sheet's own wording."""

    value: str
    status: FactStatus
    sources: tuple[SourceRef, ...] = ()

    @property
    def is_known(self) -> bool:
        """True where the value may be stated: it has a source and is not a placeholder."""
        return self.status is FactStatus.SOURCED and bool(self.value) and self.value != "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """An acceptance condition (受理条件). `id` is stable; `check` is a machine-readable hint, never shown."""

    id: str
    text: str
    status: FactStatus
    check: str | None = None
    sources: tuple[SourceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """An application material (申请材料). `exempt`: yes, partial or no, whether the electronic licence replaces it."""

    id: str
    name: str
    status: FactStatus
    required_when: str | None = None
    form: str | None = None
    origin: str | None = None
    exempt: str = "no"
    exempt_status: FactStatus = FactStatus.UNVERIFIED
    sources: tuple[SourceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A law the item rests on (设定依据), with its articles."""

    law: str
    articles: tuple[str, ...]
    status: FactStatus
    sources: tuple[SourceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One way through the procedure (办理流程)."""

    steps: tuple[str, ...]
    status: FactStatus
    sources: tuple[SourceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswer:
    """A frequent question (常见问题) with its answer."""

    question: str
    answer: str
    status: FactStatus
    sources: tuple[SourceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLink:
    """A pointer to another item: related, or a member of a bundle (一件事)."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of the application form; `name` is a stable identifier."""

    name: str
    type: str
    required: str
    prefill: str | None
    validation: str | None
    status: FactStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPoint:
    """A point the clerk checks (审查要点)."""

    id: str
    text: str
    check: str | None
    status: FactStatus
    sources: tuple[SourceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceItem:
    """One service item: what it is, who may ask for it, and what it takes.

    `version` names the sheet's content (a short hash); `effective_from` is the date of its main basis where known.
    `clerk_only`: who wants it handled is handed to a person at once, not guided through it.
    Lists keep the sheet's order. Missing parts are empty tuples or facts with status UNVERIFIED.
    """

    slug: str
    code: str
    name: str
    aliases: tuple[str, ...]
    item_type: str
    audience: tuple[Audience, ...]
    department: str
    exercise_level: str
    theme: str
    region: str
    is_bundle: bool
    members: tuple[ItemLink, ...]
    legal_basis: tuple[LegalBasis, ...]
    conditions: tuple[Condition, ...]
    materials: tuple[Material, ...]
    form_fields: tuple[FormField, ...]
    process: tuple[Process, ...]
    statutory_days: Fact
    promised_days: Fact
    fee: Fact
    channels: Fact
    result: Fact
    visits_on_site: Fact
    handle_type: Fact
    review_points: tuple[ReviewPoint, ...]
    faq: tuple[QuestionAnswer, ...]
    related_items: tuple[ItemLink, ...]
    effective_from: date | None
    readiness: str
    notes: tuple[str, ...]
    origins: tuple[Origin, ...]
    version: str
    clerk_only: bool = False

    @property
    def source(self) -> str:
        """The name under which the item is cited."""
        return f"items/{self.slug}"
