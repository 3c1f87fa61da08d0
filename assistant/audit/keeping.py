"""The chain in the database: entries are appended one after the other, whatever process they come from."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, event, select, text
from sqlalchemy.orm import Session

from assistant.audit.acts import Act
from assistant.audit.audit_tables import AuditDetailRow, AuditEntryRow, AuditHeadRow
from assistant.audit.chain import BEGINNING, NO_DETAILS, Entry, Head, Link, canonical, digest_of, head_of, sealed
from assistant.audit.head_file import HeadFile
from guardrails import pii
from knowledge.storage.columns import storable
from knowledge.storage.engine import writing

_APPEND_LOCK = 7_103_009  # any fixed number: the PostgreSQL advisory lock of the chain
LONGEST_DETAIL = 2000
LONGEST_ACTOR = 128
_HEAD = 1
_ADDRESS = re.compile(r"[A-Za-z0-9_.,-]+(?:/[A-Za-z0-9_.,-]+)*")
_BARE_NUMBER = re.compile(r"(?<![A-Za-z0-9])[0-9]{9,}[Xx]?(?![A-Za-z0-9])")

NewSalt = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """What makes an entry ours: the key, and the head that is kept beside the database."""

    key: bytes
    head_file: HeadFile | None = None
    new_salt: NewSalt = lambda: secrets.token_hex(16)


class SqlAudit:
    """Implements `Audit`. Safe to share between threads; several processes write one chain."""

    def __init__(self, engine: Engine, sealing: Sealing) -> None:
        self.engine = engine
        self.sealing = sealing

    def record(self, act: Act, *, at: datetime) -> int:
        """Append the act in a transaction of its own; its number."""
        with writing(self.engine) as session:
            return self.record_in(session, act, at=at)

    def record_in(self, session: Session, act: Act, *, at: datetime) -> int:
        """Append the act in the caller's transaction, as its last step: both are kept, or neither is."""
        take_turn(session)
        content = canonical(masked(act.details)) if act.details else ""
        salt = self.sealing.new_salt() if content else ""
        entry = self._append(session, act, at, digest_of(salt, content) if content else NO_DETAILS)
        if content:
            number = entry.link.number
            session.add(AuditDetailRow(number=number, about=act.about, at=at, salt=salt, content=content))
        return entry.link.number

    def _append(self, session: Session, act: Act, at: datetime, digest: str) -> Entry:
        last = session.scalar(select(AuditEntryRow).order_by(AuditEntryRow.number.desc()).limit(1))
        link = Link(
            number=last.number + 1 if last else 1,
            at=at,
            actor=storable(act.actor)[:LONGEST_ACTOR],
            action=act.action,
            subject=masked_subject(act.subject),
            digest=digest,
            previous=last.hash if last else BEGINNING,
        )
        entry = sealed(link, self.sealing.key)
        session.add(row_of(entry))
        self._move_head(session, head_of(entry, self.sealing.key))
        return entry

    def _move_head(self, session: Session, head: Head) -> None:
        session.merge(AuditHeadRow(id=_HEAD, number=head.number, hash=head.hash, seal=head.seal))
        file = self.sealing.head_file
        if file is not None:
            event.listen(session, "after_commit", lambda _: file.keep(head), once=True)


def take_turn(session: Session) -> None:
    """Wait until no other process appends. SQLite writers wait for each other anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _APPEND_LOCK})


def row_of(entry: Entry) -> AuditEntryRow:
    """The entry as a row."""
    link = entry.link
    return AuditEntryRow(
        number=link.number,
        at=link.at,
        actor=link.actor,
        action=link.action,
        subject=link.subject,
        digest=link.digest,
        previous=link.previous,
        hash=entry.hash,
        seal=entry.seal,
    )


def entry_of(row: AuditEntryRow) -> Entry:
    """The row as an entry."""
    link = Link(
        number=row.number,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        digest=row.digest,
        previous=row.previous,
    )
    return Entry(link=link, hash=row.hash, seal=row.seal)


def masked(details: Mapping[str, str]) -> dict[str, str]:
    """Details without personal data; nothing else is ever written."""
    return {name: pii.mask(storable(said)[:LONGEST_DETAIL]) for name, said in details.items()}


def masked_subject(subject: str) -> str:
    """An address of ids stays as it is; words and bare numbers are masked: they cannot be deleted later."""
    said = storable(subject)[:LONGEST_DETAIL]
    is_address = _ADDRESS.fullmatch(said) is not None and _BARE_NUMBER.search(said) is None
    return said if is_address else pii.mask(said)


def ranges(numbers: Iterable[int]) -> str:
    """`1-3,7` for 1, 2, 3 and 7."""
    told: list[list[int]] = []
    for number in sorted(numbers):
        if told and number == told[-1][-1] + 1:
            told[-1] = [told[-1][0], number]
        else:
            told.append([number])
    return ",".join("-".join(map(str, part)) for part in told)


def numbers_in(told: str) -> frozenset[int]:
    """The numbers of `ranges`."""
    found: set[int] = set()
    for part in filter(None, told.split(",")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)
