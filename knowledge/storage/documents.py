"""What is written about documents: the shapes, and the role that ingestion depends on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from knowledge.passages import DocumentVersion, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageDraft:
    """One passage before it is stored; its ordinal is its place in `ParsedDocument.passages`."""

    text: str
    heading: str
    clause: str | None
    start: int
    end: int
    garbled: bool = False
    suspicious: bool = False
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """A document as ingestion hands it over.

    `name` is the file name under which it is cited (`documents/<name>`), `sha256` the hex digest of `original`.
    `effective_to` is the last day in force.
    """

    name: str
    sha256: str
    original: bytes
    media_type: str
    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    effective_from: date | None
    effective_to: date | None
    region: str
    passages: tuple[PassageDraft, ...]
    addressees: tuple[str, ...] = ()


class SaveOutcome(StrEnum):
    """What saving a document did."""

    NEW = "new"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new_version"


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """The version that now holds the document's content; for UNCHANGED the one that was there already."""

    version_id: str
    outcome: SaveOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A document's bytes as they came."""

    content: bytes
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent:
    """One entry of the log: what happened to a source, when, by whom and why.

    `revision` is the revision that made it visible to readers, None for what readers never see (saving, reviewing).
    """

    at: datetime
    actor: str
    action: str
    source: str
    version_id: str
    why: str
    revision: int | None


class DocumentDrafts(Protocol):
    """Writes of documents. Each call is one transaction and safe to repeat; `now` carries a time zone."""

    def save(self, document: ParsedDocument, *, now: datetime, actor: str) -> SavedVersion:
        """Store the document as a draft. The bytes of the newest version that is not withdrawn change nothing."""
        ...

    def save_all(
        self,
        documents: tuple[ParsedDocument, ...],
        *,
        now: datetime,
        actor: str,
        publish_why: str | None = None,
        approved_by: str | None = None,
    ) -> tuple[SavedVersion, ...]:
        """Store many in one transaction, all or none; with `publish_why` also publish them, under one revision.

        Publishing needs a second person: `approved_by`, which the log notes, `knowledge.storage.four_eyes.OPERATOR`
        where an operator orders it at the command line. Raises FourEyesRequired, and nothing is stored.
        """
        ...

    def review(self, version_id: str, *, now: datetime, actor: str, why: str = "") -> None:
        """Mark a draft as reviewed. Raises FourEyesRequired where the reviewer saved or corrected it."""
        ...

    def publish(self, version_id: str, *, now: datetime, actor: str, why: str) -> int:
        """Publish a draft or reviewed version and supersede the former of the same name; the new revision.

        A former version keeps answering for the days before the new one's `effective_from`. Publishing what is
        published changes nothing. Raises UnknownVersion and TransitionRefused; FourEyesRequired where the publisher
        wrote the version and nobody else reviewed it.
        """
        ...

    def withdraw(self, version_id: str, *, now: datetime, actor: str, why: str) -> int:
        """Take a version back, for every date, past ones too; the new revision. It is never cited again."""
        ...

    def supersede(self, version_id: str, *, successor: str, now: datetime, actor: str, why: str) -> int:
        """Let a published version end where a published one of another name begins; the new revision.

        The days before stay as they were. A successor without a first day of its own takes over today. Raises
        UnknownVersion, and TransitionRefused where one of them is not published or they are versions of one document.
        """
        ...

    def restore(
        self, version_id: str, *, now: datetime, actor: str, why: str, effective_from: date | None = None
    ) -> SavedVersion:
        """Go back to an earlier version: a new draft with its text, in force from that day on, default today.

        It is reviewed and published like any other, and the days before stay as they were. Raises UnknownVersion, and
        TransitionRefused where the version was never published.
        """
        ...

    def original(self, version_id: str) -> Original:
        """The bytes as they came. Raises UnknownVersion."""
        ...

    def versions(self, name: str) -> tuple[DocumentVersion, ...]:
        """All versions of a document, oldest first, whatever their state."""
        ...

    def waiting(self) -> tuple[DocumentVersion, ...]:
        """All drafts and reviewed versions, ordered by name: what waits to be published."""
        ...

    def history(self, source: str) -> tuple[LifeEvent, ...]:
        """What happened to a source (`documents/<name>`, `items/<slug>`), oldest first."""
        ...
