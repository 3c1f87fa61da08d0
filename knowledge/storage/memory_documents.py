"""Documents in memory, with the same life of versions as in the database."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from knowledge.errors import UnknownVersion
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.storage.columns import storable
from knowledge.storage.documents import LifeEvent, Original, ParsedDocument, SavedVersion, SaveOutcome
from knowledge.storage.four_eyes import APPROVING, require_second_person
from knowledge.storage.lives import (
    covers,
    day_of,
    first_day,
    last_day,
    passage_id_of,
    refuse_same_document,
    refuse_unless,
    version_id_of,
)
from knowledge.storage.memory_log import MemoryLog


@dataclass(slots=True)
class _Record:
    """A version with what readers do not see. `version.effective_to` is cut where another version takes over."""

    version: DocumentVersion
    document: ParsedDocument
    passages: tuple[Passage, ...]
    saved_by: str
    first: date | None = None
    superseded_by: str | None = None

    def turn(self, state: VersionState) -> None:
        self.version = replace(self.version, state=state)


class MemoryDocumentDrafts:
    """`DocumentDrafts` in memory."""

    def __init__(self, log: MemoryLog) -> None:
        self._log = log
        self._lines: defaultdict[str, list[_Record]] = defaultdict(list)
        self._records: dict[str, _Record] = {}

    def save(self, document: ParsedDocument, *, now: datetime, actor: str) -> SavedVersion:
        """See `DocumentDrafts.save`."""
        name = storable(document.name)
        line = self._lines[name]
        newest = next((r for r in reversed(line) if r.version.state is not VersionState.WITHDRAWN), None)
        if newest is not None and newest.version.sha256 == document.sha256:
            return SavedVersion(newest.version.id, SaveOutcome.UNCHANGED)
        record = _record(document, name, len(line) + 1, actor)
        self._lines[name].append(record)
        self._records[record.version.id] = record
        self._log.note(now, actor, "saved", record.version.source, record.version.id)
        return SavedVersion(record.version.id, SaveOutcome.NEW if len(line) == 1 else SaveOutcome.NEW_VERSION)

    def save_all(
        self,
        documents: tuple[ParsedDocument, ...],
        *,
        now: datetime,
        actor: str,
        publish_why: str | None = None,
        approved_by: str | None = None,
    ) -> tuple[SavedVersion, ...]:
        """See `DocumentDrafts.save_all`. Memory keeps the drafts where publishing them is refused."""
        saved = tuple(self.save(document, now=now, actor=actor) for document in documents)
        if publish_why is not None:
            records = {v.version_id: self._record_of(v.version_id) for v in saved}
            waiting = [r for r in records.values() if r.version.state is not VersionState.PUBLISHED]
            for record in waiting:
                self._require_second_person(record, actor, approved_by)
            if waiting:
                revision = self._log.next_revision()
                for record in waiting:
                    self._publish(record, now, actor, publish_why, revision=revision, approved_by=approved_by)
        return saved

    def review(self, version_id: str, *, now: datetime, actor: str, why: str = "") -> None:
        """See `DocumentDrafts.review`."""
        record = self._record_of(version_id)
        refuse_unless(record.version.state, (VersionState.DRAFT,), "reviewed", version_id)
        require_second_person(version_id, authors=self._authors_of(record), approvers=(actor,))
        record.turn(VersionState.REVIEWED)
        self._log.note(now, actor, "reviewed", record.version.source, version_id, why=why)

    def publish(self, version_id: str, *, now: datetime, actor: str, why: str) -> int:
        """See `DocumentDrafts.publish`."""
        record = self._record_of(version_id)
        if record.version.state is VersionState.PUBLISHED:
            return self._log.revision
        refuse_unless(record.version.state, (VersionState.DRAFT, VersionState.REVIEWED), "published", version_id)
        self._require_second_person(record, actor, None)
        revision = self._log.next_revision()
        self._publish(record, now, actor, why=why, revision=revision)
        return revision

    def withdraw(self, version_id: str, *, now: datetime, actor: str, why: str) -> int:
        """See `DocumentDrafts.withdraw`."""
        record = self._record_of(version_id)
        if record.version.state is VersionState.WITHDRAWN:
            return self._log.revision
        revision = self._log.next_revision()
        record.turn(VersionState.WITHDRAWN)
        if record.first is not None and record.first > day_of(now):
            for former in self._lines[record.version.name]:
                if former.superseded_by == version_id:
                    former.superseded_by = None
                    former.version = replace(former.version, effective_to=former.document.effective_to)
        self._log.note(now, actor, "withdrawn", record.version.source, version_id, why=why, revision=revision)
        return revision

    def supersede(self, version_id: str, *, successor: str, now: datetime, actor: str, why: str) -> int:
        """See `DocumentDrafts.supersede`."""
        former, later = self._record_of(version_id), self._record_of(successor)
        refuse_same_document(former.version.name, later.version.name)
        for record in (former, later):
            refuse_unless(
                record.version.state, (VersionState.PUBLISHED,), "superseded or a successor", record.version.id
            )
        revision = self._log.next_revision()
        self._end(former, later, later.first or day_of(now), now, actor, why=why, revision=revision)
        return revision

    def restore(
        self, version_id: str, *, now: datetime, actor: str, why: str, effective_from: date | None = None
    ) -> SavedVersion:
        """See `DocumentDrafts.restore`."""
        old = self._record_of(version_id)
        refuse_unless(old.version.state, (VersionState.PUBLISHED, VersionState.SUPERSEDED), "restored", version_id)
        line = self._lines[old.version.name]
        begins = effective_from or day_of(now)
        ends = old.document.effective_to
        document = replace(
            old.document,
            effective_from=begins,
            effective_to=ends if ends is None or ends >= begins else None,
        )
        record = _record(document, old.version.name, len(line) + 1, actor)
        line.append(record)
        self._records[record.version.id] = record
        self._log.note(now, actor, "restored", record.version.source, record.version.id, why=why)
        return SavedVersion(record.version.id, SaveOutcome.NEW_VERSION)

    def original(self, version_id: str) -> Original:
        """See `DocumentDrafts.original`."""
        document = self._record_of(version_id).document
        return Original(content=document.original, media_type=document.media_type, sha256=document.sha256)

    def versions(self, name: str) -> tuple[DocumentVersion, ...]:
        """See `DocumentDrafts.versions`."""
        return tuple(record.version for record in self._lines.get(name, ()))

    def waiting(self) -> tuple[DocumentVersion, ...]:
        """See `DocumentDrafts.waiting`."""
        return self.in_state(VersionState.DRAFT, VersionState.REVIEWED)

    def history(self, source: str) -> tuple[LifeEvent, ...]:
        """See `DocumentDrafts.history`."""
        return self._log.history_of(source)

    def in_state(self, *states: VersionState) -> tuple[DocumentVersion, ...]:
        """All versions in one of the states, by name and then age."""
        lines = (self._lines[name] for name in sorted(self._lines))
        return tuple(record.version for line in lines for record in line if record.version.state in states)

    def find(self, name: str, as_of: date) -> DocumentVersion | None:
        """The newest readable version in force on the day."""
        readable = (VersionState.PUBLISHED, VersionState.SUPERSEDED)
        for record in reversed(self._lines.get(name, [])):
            if record.version.state in readable and covers(record.first, record.version.effective_to, as_of):
                return record.version
        return None

    def version(self, version_id: str) -> DocumentVersion | None:
        """A version by id, or None."""
        record = self._records.get(version_id)
        return record.version if record else None

    def passages(self, version_id: str) -> tuple[Passage, ...]:
        """The passages of a version; none where there is no such version."""
        record = self._records.get(version_id)
        return record.passages if record else ()

    def _authors_of(self, record: _Record) -> frozenset[str]:
        """Who saved the version, and the drafts of the same content before it that nobody approved."""
        line = self._lines[record.version.name]
        authors = [record.saved_by]
        for earlier in reversed(line[: line.index(record)]):
            if earlier.version.state in (VersionState.PUBLISHED, VersionState.SUPERSEDED):
                break
            if earlier.version.sha256 == record.version.sha256:
                authors.append(earlier.saved_by)
        return frozenset(authors)

    def _require_second_person(self, record: _Record, publisher: str, approved_by: str | None) -> None:
        told = self._log.history_of(record.version.source)
        reviewers = (e.actor for e in told if e.version_id == record.version.id and e.action in APPROVING)
        approvers = (publisher, *((approved_by,) if approved_by else ()), *reviewers)
        require_second_person(record.version.id, authors=self._authors_of(record), approvers=approvers)

    def _publish(
        self,
        record: _Record,
        now: datetime,
        actor: str,
        why: str,
        *,
        revision: int,
        approved_by: str | None = None,
    ) -> None:
        refuse_unless(record.version.state, (VersionState.DRAFT, VersionState.REVIEWED), "published", record.version.id)
        today, source = day_of(now), record.version.source
        if approved_by is not None:
            self._log.note(now, approved_by, "approved", source, record.version.id, why=why)
        formers = [r for r in self._lines[record.version.name] if r.version.state is VersionState.PUBLISHED]
        begins = first_day(record.version.effective_from, replaces_another=bool(formers), published_on=today)
        record.first = begins
        record.turn(VersionState.PUBLISHED)
        for former in formers:
            self._end(former, record, begins, now, actor, why=why, revision=revision)
        self._log.note(now, actor, "published", source, record.version.id, why=why, revision=revision)

    def _end(
        self, former: _Record, by: _Record, begins: date | None, now: datetime, actor: str, *, why: str, revision: int
    ) -> None:
        last = last_day(former.version.effective_to, begins)
        former.version = replace(former.version, effective_to=last)
        former.superseded_by = by.version.id
        if begins is None or begins <= day_of(now):
            former.turn(VersionState.SUPERSEDED)
            source = former.version.source
            self._log.note(now, actor, "superseded", source, former.version.id, why=why, revision=revision)

    def _record_of(self, version_id: str) -> _Record:
        record = self._records.get(version_id)
        if record is None:
            raise UnknownVersion(f"No version {version_id}: xiaoshen knowledge versions lists what there is.")
        return record


def _record(document: ParsedDocument, name: str, ordinal: int, actor: str) -> _Record:
    version_id = version_id_of(name, ordinal, document.sha256)
    version = DocumentVersion(
        id=version_id,
        name=name,
        title=storable(document.title),
        number=document.number,
        issuer=document.issuer,
        issued_on=document.issued_on,
        effective_from=document.effective_from,
        effective_to=document.effective_to,
        region=document.region,
        state=VersionState.DRAFT,
        sha256=document.sha256,
        addressees=document.addressees,
    )
    passages = tuple(
        Passage(
            id=passage_id_of(version_id, n),
            version_id=version_id,
            ordinal=n,
            text=storable(draft.text),
            heading=storable(draft.heading),
            clause=draft.clause,
            start=draft.start,
            end=draft.end,
            garbled=draft.garbled,
            suspicious=draft.suspicious,
            places=draft.places,
        )
        for n, draft in enumerate(document.passages, 1)
    )
    return _Record(version=version, document=document, passages=passages, saved_by=actor)
