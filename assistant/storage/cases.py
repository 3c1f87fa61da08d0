"""Cases in the database: each change is one transaction on the version it was made on."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Engine, String, cast, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.cases import happenings as h
from assistant.cases.case import CLOSED_STATES, Case, applied, case_of
from assistant.cases.errors import CaseChanged, UnknownCase
from assistant.cases.happenings import Actor, CaseEvent, Channel, Happening
from assistant.cases.keeping import LIVE_PAGE, NO_FILES, next_events
from assistant.storage.case_events import KeptEvents
from assistant.storage.case_tables import CaseEventRow, CaseFileRow, CaseHolderRow, CaseRow, ConsentRow
from assistant.storage.errors import SealBroken
from assistant.storage.keyring import Keyring
from knowledge.storage.engine import reading, writing

_log = logging.getLogger(__name__)

_MOST_AT_ONCE = 500
_NEWEST = 20


class SqlCases:
    """Implements `assistant.cases.keeping.Cases` on SQLite and PostgreSQL."""

    def __init__(self, engine: Engine, keys: Keyring | None = None) -> None:
        self._engine = engine
        self._kept = KeptEvents(keys)

    def open(self, case_id: str, holder: str, opened: h.Opened, *, actor: Actor, at: datetime) -> Case:
        """Begin a case; one that exists stays as it is."""
        first = CaseEvent(number=1, at=at, actor=actor, happening=opened)
        case = case_of(case_id, (first,))
        try:
            with writing(self._engine) as session:
                if session.get(CaseRow, case_id) is None:
                    session.add(_row(case))
                    session.flush()
                    session.add_all((self._kept.row(case_id, first), CaseHolderRow(case_id=case_id, holder=holder)))
        except IntegrityError:  # the same case by a second line at the same moment: that one was kept
            return self.case(case_id)
        return self.case(case_id)

    def case(self, case_id: str) -> Case:
        """The case as it is now."""
        with reading(self._engine) as session:
            return _load(session, self._kept, case_id)

    def held_by(self, holder: str) -> tuple[Case, ...]:
        """The cases of one holder, the last changed first."""
        with reading(self._engine) as session:
            ids = session.scalars(
                select(CaseRow.id)
                .join(CaseHolderRow, CaseHolderRow.case_id == CaseRow.id)
                .where(CaseHolderRow.holder == holder)
                .order_by(CaseRow.changed_at.desc(), CaseRow.id)
                .limit(_MOST_AT_ONCE)
            ).all()
            return tuple(_load(session, self._kept, case_id) for case_id in ids)

    def by_code(self, code: str) -> Case | None:
        """The case with this continuation code."""
        with reading(self._engine) as session:
            case_id = session.scalar(select(CaseRow.id).where(CaseRow.code == code))
            return None if case_id is None else _load(session, self._kept, case_id)

    def of_same_holders(self, case_id: str) -> tuple[Case, ...]:
        """Other cases of whoever holds this one, the last changed first."""
        holders = select(CaseHolderRow.holder).where(CaseHolderRow.case_id == case_id)
        held = select(CaseHolderRow.case_id).where(CaseHolderRow.holder.in_(holders))
        others = (CaseRow.id.in_(held), CaseRow.id != case_id)
        with reading(self._engine) as session:
            ids = session.scalars(
                select(CaseRow.id).where(*others).order_by(CaseRow.changed_at.desc(), CaseRow.id).limit(_NEWEST)
            ).all()
            return tuple(_load(session, self._kept, found) for found in ids)

    def handed_to(self, clerk: str) -> tuple[Case, ...]:
        """The cases that this clerk was given, the last changed first."""
        mine = (CaseEventRow.kind == "handed_to", CaseEventRow.actor_id == clerk)
        with reading(self._engine) as session:
            ids = session.scalars(
                select(CaseRow.id)
                .where(CaseRow.id.in_(select(CaseEventRow.case_id).where(*mine)))
                .order_by(CaseRow.changed_at.desc(), CaseRow.id)
                .limit(_MOST_AT_ONCE)
            ).all()
            return tuple(case for case_id in ids if clerk in (case := _load(session, self._kept, case_id)).clerks)

    def add(
        self,
        case_id: str,
        happenings: Sequence[Happening],
        *,
        on: int,
        actor: Actor,
        at: datetime,
        contents: Mapping[str, bytes] = NO_FILES,
    ) -> Case:
        """Let something happen to version `on` of the case."""
        try:
            with writing(self._engine) as session:
                return _add(session, self._kept, case_id, happenings, on=on, actor=actor, at=at, contents=contents)
        except IntegrityError as error:
            raise CaseChanged(f"Case {case_id} was changed at the same moment: load it again, then repeat.") from error

    def join(self, case_id: str, holder: str, channel: Channel, *, actor: Actor, at: datetime) -> Case:
        """Let another device hold the case too; again is no second event."""
        with writing(self._engine) as session:
            row = _locked(session, case_id)
            if session.get(CaseHolderRow, (case_id, holder)) is not None:
                return _load(session, self._kept, case_id)
            session.add(CaseHolderRow(case_id=case_id, holder=holder))
            joined = (h.Joined(channel),)
            return _add(session, self._kept, case_id, joined, on=row.version, actor=actor, at=at, contents=NO_FILES)

    def is_held_by(self, case_id: str, holder: str) -> bool:
        """True where the holder may see and change the case."""
        with reading(self._engine) as session:
            return session.get(CaseHolderRow, (case_id, holder)) is not None

    def content(self, case_id: str, file: str) -> bytes:
        """A file that was handed in."""
        with reading(self._engine) as session:
            row = session.get(CaseFileRow, (case_id, file))
            if row is None:
                raise UnknownCase(f"Case {case_id} has no file {file}.")
            return self._kept.file(row)

    def changed_before(self, moment: datetime) -> tuple[Case, ...]:
        """Cases that nobody touched since, the longest first."""
        with reading(self._engine) as session:
            ids = session.scalars(
                select(CaseRow.id).where(CaseRow.changed_at < moment).order_by(CaseRow.changed_at).limit(_MOST_AT_ONCE)
            ).all()
            return tuple(_load(session, self._kept, case_id) for case_id in ids)

    def of_items(self, items: frozenset[str], most: int) -> Iterator[Case]:
        """The cases of these items, the last changed first; each is read by itself."""
        query = select(CaseRow.id).where(CaseRow.item.in_(items)).order_by(CaseRow.changed_at.desc()).limit(most)
        with reading(self._engine) as session:
            ids = session.scalars(query).all()
        for case_id in ids:
            with reading(self._engine) as session:
                yield _load(session, self._kept, case_id)

    def live(self, after: str = "") -> tuple[Case, ...]:
        """A page of cases that are not over, by id; one that does not open is left out and named in the log."""
        over = [state.value for state in CLOSED_STATES]
        with reading(self._engine) as session:
            ids = session.scalars(
                select(CaseRow.id)
                .where(CaseRow.id > after, CaseRow.state.not_in(over))
                .order_by(CaseRow.id)
                .limit(LIVE_PAGE)
            ).all()
            return tuple(case for case_id in ids if (case := self._opened(session, case_id)) is not None)

    def _opened(self, session: Session, case_id: str) -> Case | None:
        try:
            return _load(session, self._kept, case_id)
        except SealBroken as broken:
            _log.error("case.sealed %s", broken)
            return None

    def renew(self) -> int:
        """Seal with the newest key what an older one sealed, or none; how much it was. It may stop anywhere."""
        keys = self._kept.keys
        if keys is None:
            return 0
        sealed = cast(CaseEventRow.payload, String).like(f"%{keys.newest_text}%")
        begins = func.substr(CaseFileRow.content, 1, len(keys.newest))
        with reading(self._engine) as session:
            events = session.execute(select(CaseEventRow.case_id, CaseEventRow.number).where(~sealed)).all()
            files = session.execute(select(CaseFileRow.case_id, CaseFileRow.id).where(begins != keys.newest)).all()
        for case_id, number in events:
            with suppress(SealBroken), writing(self._engine) as session:
                if (event := session.get(CaseEventRow, (case_id, number))) is not None:
                    self._kept.renew_event(event)
        for case_id, file in files:  # one at a time: so that one file is in memory, not all
            with suppress(SealBroken), writing(self._engine) as session:
                if (row := session.get(CaseFileRow, (case_id, file))) is not None:
                    self._kept.renew_file(row)
        return len(events) + len(files)

    def forget(self, case_id: str) -> None:
        """Delete everything about a case; what hangs on it goes with it."""
        with writing(self._engine) as session:
            session.execute(delete(CaseRow).where(CaseRow.id == case_id))


def _add(
    session: Session,
    kept: KeptEvents,
    case_id: str,
    happenings: Sequence[Happening],
    *,
    on: int,
    actor: Actor,
    at: datetime,
    contents: Mapping[str, bytes],
) -> Case:
    row = _locked(session, case_id)
    case = _load(session, kept, case_id)
    events = next_events(case, happenings, on=on, actor=actor, at=at)
    for event in events:
        case = applied(case, event)
    row.state, row.version, row.code, row.changed_at = case.state.value, case.version, case.code, case.changed_at
    session.add_all(kept.row(case_id, event) for event in events)
    session.add_all(
        CaseFileRow(case_id=case_id, id=file, content=kept.content(case_id, file, content), added_at=at)
        for file, content in contents.items()
    )
    for event in events:
        _beside(session, case_id, event)
    return case


def _beside(session: Session, case_id: str, event: CaseEvent) -> None:
    """What stands beside the events in the same transaction: consents as rows, files that are gone."""
    match event.happening:
        case h.ConsentGiven() as given:
            session.add(
                ConsentRow(
                    case_id=case_id,
                    register=given.register,
                    fields=list(given.fields),
                    item=given.item,
                    given_at=event.at,
                    until=given.until,
                )
            )
        case h.ConsentRevoked() as revoked:
            same = (ConsentRow.case_id == case_id, ConsentRow.register == revoked.register)
            session.execute(
                update(ConsentRow).where(*same, ConsentRow.revoked_at.is_(None)).values(revoked_at=event.at)
            )
        case h.FileRemoved() as removed:
            session.execute(delete(CaseFileRow).where(CaseFileRow.case_id == case_id, CaseFileRow.id == removed.file))
        case h.Withdrawn():
            session.execute(delete(CaseFileRow).where(CaseFileRow.case_id == case_id))
        case _:
            return


def _locked(session: Session, case_id: str) -> CaseRow:
    row = session.get(CaseRow, case_id, with_for_update=True)
    if row is None:
        raise UnknownCase(f"No case {case_id}; ask for its continuation code.")
    return row


def _load(session: Session, kept: KeptEvents, case_id: str) -> Case:
    rows = session.scalars(
        select(CaseEventRow).where(CaseEventRow.case_id == case_id).order_by(CaseEventRow.number)
    ).all()
    if not rows:
        raise UnknownCase(f"No case {case_id}; ask for its continuation code.")
    return case_of(case_id, (kept.event(row) for row in rows))


def _row(case: Case) -> CaseRow:
    return CaseRow(
        id=case.id,
        item=case.item,
        state=case.state.value,
        version=case.version,
        code=case.code,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
    )
