"""Staff accounts and sign-in sessions in the database. Only hashes of passwords and of session tokens are kept."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.identity.people import Person, Role
from assistant.storage.tables import SignInFailureRow, StaffAccountRow, StaffSessionRow
from knowledge.storage.engine import reading, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A staff account. `example` ones come with a new home and are for trying out on one's own machine."""

    person: Person
    password_hash: str
    example: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSession:
    """A sign-in that has not ended. `csrf_token` has to come back with each change."""

    person: Person
    csrf_token: str
    began_at: datetime
    seen_at: datetime


class SqlAccounts:
    """Accounts and sessions. Each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, account: Account, now: datetime) -> None:
        """Make the account, or replace the one with this id; its sessions end where it is disabled."""
        try:
            self._save(account, now)
        except IntegrityError:  # another process made it a moment ago: now it is there to be replaced
            self._save(account, now)

    def _save(self, account: Account, now: datetime) -> None:
        person = account.person
        with writing(self._engine) as session:
            row = session.get(StaffAccountRow, person.id) or StaffAccountRow(id=person.id, created_at=now)
            row.name, row.roles = person.name, sorted(person.roles)
            row.password_hash, row.example, row.disabled = account.password_hash, account.example, account.disabled
            session.add(row)
            if account.disabled:
                session.execute(delete(StaffSessionRow).where(StaffSessionRow.account_id == person.id))

    def account(self, account_id: str) -> Account | None:
        """The account with this id."""
        with reading(self._engine) as session:
            row = session.get(StaffAccountRow, account_id)
            return _account(row) if row else None

    def all(self) -> tuple[Account, ...]:
        """Every account, by id."""
        with reading(self._engine) as session:
            return tuple(_account(row) for row in session.scalars(select(StaffAccountRow).order_by(StaffAccountRow.id)))

    def remove_examples(self) -> None:
        """Take the example accounts away, with their sessions."""
        with writing(self._engine) as session:
            session.execute(delete(StaffAccountRow).where(StaffAccountRow.example))

    def begin_session(self, token: str, stored: StoredSession) -> None:
        """Keep a new session under the hash of its token."""
        with writing(self._engine) as session:
            session.add(
                StaffSessionRow(
                    token_hash=_hash(token),
                    account_id=stored.person.id,
                    csrf_token=stored.csrf_token,
                    began_at=stored.began_at,
                    seen_at=stored.seen_at,
                )
            )

    def session(self, token: str) -> StoredSession | None:
        """The session of a token; None where there is none or its account is disabled."""
        with reading(self._engine) as session:
            row = session.get(StaffSessionRow, _hash(token))
            account = session.get(StaffAccountRow, row.account_id) if row else None
            if row is None or account is None or account.disabled:
                return None
            return StoredSession(
                person=_account(account).person,
                csrf_token=row.csrf_token,
                began_at=row.began_at,
                seen_at=row.seen_at,
            )

    def seen(self, token: str, now: datetime) -> None:
        """Note that the session was used."""
        with writing(self._engine) as session:
            row = session.get(StaffSessionRow, _hash(token))
            if row is not None:
                row.seen_at = now

    def end_session(self, token: str) -> None:
        """Forget the session; nothing happens where there is none."""
        with writing(self._engine) as session:
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.token_hash == _hash(token)))

    def forget_sessions_before(self, began: datetime, seen: datetime) -> None:
        """Drop sessions that began or were last used too long ago."""
        with writing(self._engine) as session:
            session.execute(
                delete(StaffSessionRow).where((StaffSessionRow.began_at < began) | (StaffSessionRow.seen_at < seen))
            )

    def failures(self, keys: Iterable[str], since: datetime) -> int:
        """The largest number of failed sign-ins under one of the keys since a moment."""
        with reading(self._engine) as session:
            return max((_failures(session, key, since) for key in keys), default=0)

    def failed(self, keys: Iterable[str], now: datetime, forget_before: datetime) -> None:
        """Count a failed sign-in under each key."""
        with writing(self._engine) as session:
            session.execute(delete(SignInFailureRow).where(SignInFailureRow.at < forget_before))
            session.add_all(SignInFailureRow(key=_hash(key), at=now) for key in keys)

    def forgive(self, key: str) -> None:
        """Forget the failures of one key, after a right password."""
        with writing(self._engine) as session:
            session.execute(delete(SignInFailureRow).where(SignInFailureRow.key == _hash(key)))


def _account(row: StaffAccountRow) -> Account:
    known = frozenset(Role(role) for role in row.roles if role in set(Role))
    return Account(
        person=Person(row.id, row.name, known),
        password_hash=row.password_hash,
        example=row.example,
        disabled=row.disabled,
    )


def _failures(session: Session, key: str, since: datetime) -> int:
    counted = select(func.count()).where(SignInFailureRow.key == _hash(key), SignInFailureRow.at >= since)
    return session.scalar(counted) or 0


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
