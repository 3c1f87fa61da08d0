"""Emergency switches: what can be turned off at once, in every process, with a reason that is kept."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from threading import Lock
from typing import Protocol

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.audit.acts import Act, Audit, MemoryAudit
from assistant.audit.keeping import SqlAudit
from assistant.operation.operation_tables import SwitchRow
from knowledge.storage.engine import reading, writing

_log = logging.getLogger(__name__)

SEEN_WITHIN = 1.0  # seconds until another process sees a change
LEAST_REASON = 4  # characters: "test" tells nobody anything, "" even less


class Capability(StrEnum):
    """What can be turned off by itself. Channels, the model, and what citizens and staff can do."""

    CHAT_PAGE = "chat.page"  # answers on the page; off: 12345 and people
    CHAT_API = "chat.api"  # answers over the OpenAI-compatible endpoint
    MODEL = "model"  # any language model; off: the grounded composer
    UPLOADS = "uploads"  # files from citizens and staff
    HANDLING = "handling"  # guided handling of cases
    HANDOFF = "handoff"  # live chat with people; off: 12345
    PUBLISHING = "publishing"  # new knowledge for answers; taking back always works


class SwitchRefused(Exception):
    """A switch cannot be set like this; the message says what to do."""


class SwitchedOff(Exception):
    """What was asked for is turned off just now."""

    def __init__(self, capability: Capability) -> None:
        super().__init__(f"{capability} is switched off: xiaoshen switch list says why.")
        self.capability = capability


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One switch as it stands. `at` is None where nobody has touched it."""

    capability: Capability
    is_on: bool = True
    reason: str = ""
    by: str = ""
    at: datetime | None = None


class Switches(Protocol):
    """Tells what is turned off. Asked often: it answers from memory, at most a second old."""

    def is_on(self, capability: Capability) -> bool:
        """Whether the capability may be used. May read the database: not for the event loop."""
        ...

    def is_fresh(self) -> bool:
        """Whether `is_on` would answer without reading anything."""
        ...

    def all(self) -> tuple[Switch, ...]:
        """Every switch."""
        ...

    def set(self, capability: Capability, *, on: bool, reason: str, by: str, now: datetime) -> Switch:
        """Turn on or off. Raises SwitchRefused without a reason."""
        ...


class MemorySwitches:
    """Switches of one process: for tests and for products without a database."""

    def __init__(self, audit: Audit | None = None) -> None:
        self._audit = audit or MemoryAudit()
        self._set: dict[Capability, Switch] = {}

    def is_on(self, capability: Capability) -> bool:
        """See `Switches`."""
        found = self._set.get(capability)
        return found is None or found.is_on

    def is_fresh(self) -> bool:
        """See `Switches`."""
        return True

    def all(self) -> tuple[Switch, ...]:
        """See `Switches`."""
        return completed(self._set)

    def set(self, capability: Capability, *, on: bool, reason: str, by: str, now: datetime) -> Switch:
        """See `Switches`."""
        switch = _switch(capability, on, reason, by, now)
        self._audit.record(act_of(switch), at=now)
        self._set[capability] = switch
        return switch


class SqlSwitches:
    """Switches in the database: set in one process, seen by all within a second."""

    def __init__(self, engine: Engine, audit: SqlAudit, clock: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self._audit = audit
        self._clock = clock
        self._lock = Lock()
        self._known: Mapping[Capability, Switch] = {}
        self._read_at: float | None = None

    def is_on(self, capability: Capability) -> bool:
        """See `Switches`. Where the database does not answer, what was last known holds."""
        if not self.is_fresh():
            self._read_again()
        found = self._known.get(capability)
        return found is None or found.is_on

    def is_fresh(self) -> bool:
        """See `Switches`."""
        return self._read_at is not None and self._clock() - self._read_at < SEEN_WITHIN

    def all(self) -> tuple[Switch, ...]:
        """See `Switches`. Always read anew."""
        return completed(self._read())

    def set(self, capability: Capability, *, on: bool, reason: str, by: str, now: datetime) -> Switch:
        """See `Switches`. The change and its record are one transaction."""
        switch = _switch(capability, on, reason, by, now)
        with writing(self.engine) as session:
            session.merge(SwitchRow(capability=capability, is_on=on, reason=switch.reason, by=by, at=now))
            self._audit.record_in(session, act_of(switch), at=now)
        self._read_at = None
        return switch

    def _read_again(self) -> None:
        with self._lock:
            if self.is_fresh():
                return
            begun = self._clock()  # before reading: what changes meanwhile is seen a second after that at the latest
            try:
                self._known = self._read()
            except SQLAlchemyError as error:
                _log.warning("switches could not be read, the last known ones hold: %s", type(error).__name__)
            self._read_at = begun

    def _read(self) -> dict[Capability, Switch]:
        with reading(self.engine) as session:
            rows = session.scalars(select(SwitchRow)).all()
            return {
                Capability(row.capability): Switch(
                    capability=Capability(row.capability), is_on=row.is_on, reason=row.reason, by=row.by, at=row.at
                )
                for row in rows
                if row.capability in set(Capability)
            }


def completed(known: Mapping[Capability, Switch]) -> tuple[Switch, ...]:
    """All switches, untouched ones on."""
    return tuple(known.get(capability, Switch(capability=capability)) for capability in Capability)


def act_of(switch: Switch) -> Act:
    """What the audit keeps of a change."""
    action = "switch.turned_on" if switch.is_on else "switch.turned_off"
    return Act(actor=switch.by, action=action, subject=f"switch/{switch.capability}", details={"why": switch.reason})


def _switch(capability: Capability, on: bool, reason: str, by: str, now: datetime) -> Switch:
    said = reason.strip()
    if len(said) < LEAST_REASON:
        raise SwitchRefused(f"Say why, in at least {LEAST_REASON} characters: colleagues will ask.")
    return Switch(capability=capability, is_on=on, reason=said, by=by, at=now)
