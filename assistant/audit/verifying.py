"""Walks the chain from its first entry and names the first one that is not as it was written."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, Row, select
from sqlalchemy.orm import Session

from assistant.audit.audit_tables import AuditDetailRow, AuditEntryRow, AuditHeadRow
from assistant.audit.chain import BEGINNING, Entry, Head, Link, digest_of, hash_of, is_sealed, is_signed
from assistant.audit.forgetting import FORGOTTEN, PREFIX
from assistant.audit.keeping import Sealing, entry_of, numbers_in
from knowledge.storage.engine import reading

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is wrong, and how."""

    number: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the walk found. `head` is the hash of the last entry: note it elsewhere to have a witness."""

    entries: int
    head: str
    forgotten: int
    broken: Broken | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was edited, deleted, reordered or cut off."""
        return self.broken is None


def verify(engine: Engine, sealing: Sealing, witness: Head | None = None) -> Verified:
    """Check every entry. `witness` is a head that was noted elsewhere, its seal unchecked."""
    with reading(engine) as session:
        return _Walk(session, sealing, witness).verified()


class _Walk:
    """One walk over one consistent state of the database."""

    def __init__(self, session: Session, sealing: Sealing, witness: Head | None) -> None:
        self._session = session
        self._sealing = sealing
        self._forgotten = _forgotten(session)
        self._outside = sealing.head_file.head() if sealing.head_file else None
        row = session.scalar(select(AuditHeadRow))  # read before the walk: what is appended meanwhile is no trouble
        self._inside = Head(number=row.number, hash=row.hash, seal=row.seal) if row else None
        self._heads = [head for head in (witness, self._outside, self._inside) if head is not None]
        self._entries = 0
        self._last = BEGINNING

    def verified(self) -> Verified:
        broken = self._unsigned() or self._first_broken() or self._cut_off()
        return Verified(entries=self._entries, head=self._last, forgotten=len(self._forgotten), broken=broken)

    def _first_broken(self) -> Broken | None:
        if self._session.scalar(select(AuditEntryRow.number).where(AuditEntryRow.number < 1)) is not None:
            return Broken(0, "added: there is an entry before the first one")
        while rows := self._next_rows():
            for row, kept in rows:
                entry = entry_of(row)
                what = self._wrong_with(entry) or self._wrong_details(entry.link, kept)
                if what is not None:
                    return Broken(self._entries + 1, what)
                self._entries, self._last = entry.link.number, entry.hash
            self._session.expunge_all()
        return None

    def _next_rows(self) -> Sequence[Row[AuditEntryRow, AuditDetailRow | None]]:
        query = (
            select(AuditEntryRow, AuditDetailRow)
            .join(AuditDetailRow, AuditDetailRow.number == AuditEntryRow.number, isouter=True)
            .where(AuditEntryRow.number > self._entries)
            .order_by(AuditEntryRow.number)
            .limit(_AT_ONCE)
        )
        return self._session.execute(query).all()

    def _wrong_with(self, entry: Entry) -> str | None:
        link = entry.link
        if link.number != self._entries + 1:
            return f"missing: entry {link.number} follows entry {self._entries}"
        if hash_of(link) != entry.hash:
            return "edited: its content does not give its hash"
        if link.previous != self._last:
            return "moved or replaced: it does not follow the entry before it"
        if not is_sealed(entry, self._sealing.key):
            return "not sealed with the key of this home: written by somebody else, or XIAOSHEN_AUDIT_KEY differs"
        if any(head.number == link.number and head.hash != entry.hash for head in self._heads):
            return "replaced: the head that was noted here had another hash"
        return None

    def _wrong_details(self, link: Link, kept: AuditDetailRow | None) -> str | None:
        if kept is not None:
            return None if digest_of(kept.salt, kept.content) == link.digest else "its details were edited"
        if link.digest and link.number not in self._forgotten:
            return "its details were deleted without a record"
        return None

    def _unsigned(self) -> Broken | None:
        signed = [head for head in (self._outside, self._inside) if head is not None]
        if any(not is_signed(head, self._sealing.key) for head in signed):
            return Broken(0, "the signed head is damaged or forged, or XIAOSHEN_AUDIT_KEY differs")
        return None

    def _cut_off(self) -> Broken | None:
        furthest = max((head.number for head in self._heads), default=0)
        if furthest > self._entries:
            return Broken(self._entries + 1, f"missing: cut off, the chain once reached entry {furthest}")
        if self._entries and self._inside is None:
            return Broken(self._entries, "the signed head was deleted from the database")
        return None


def _forgotten(session: Session) -> frozenset[int]:
    """Whose details were deleted with a record. A forged record does not pass the walk itself."""
    subjects = session.scalars(select(AuditEntryRow.subject).where(AuditEntryRow.action.in_(FORGOTTEN)))
    found: set[int] = set()
    for subject in subjects:
        try:
            found |= numbers_in(subject.removeprefix(PREFIX))
        except ValueError:  # edited: the walk will name it
            continue
    return frozenset(found)
