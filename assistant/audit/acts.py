"""What is recorded, and the role that records it: `Audit.record(Act(...), at=...)`."""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Protocol

_ACTION = re.compile(r"[a-z]+(?:[._][a-z]+)*")
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that somebody did, saw or changed.

    `actor` is the id of a staff account, the owner of a citizen's session, or `xiaoshen` for the product itself.
    `action` is dotted words (`case.submitted`); `subject` is the thing as `kind/id`, never a person's name.
    `details` are masked when written and kept apart from the chain; `about` names whose they are (a session or a
    citizen), so that they can be deleted on request while the chain stays valid.
    """

    actor: str
    action: str
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None

    def __post_init__(self) -> None:
        """Refuse an action that nobody could filter by."""
        if not _ACTION.fullmatch(self.action):
            raise ValueError(f"{self.action!r} is no action: write dotted words like case.submitted.")


class Audit(Protocol):
    """Records acts. What cannot be recorded must not be done: call it before the act, or in its transaction."""

    def record(self, act: Act, *, at: datetime) -> int:
        """Append the act; its number in the chain."""
        ...


class MemoryAudit:
    """Keeps the last acts for as long as the process lives: for tests and for products without a database."""

    def __init__(self, most: int = 1000) -> None:
        self._acts: deque[Act] = deque(maxlen=most)
        self._count = 0
        self._lock = Lock()

    def record(self, act: Act, *, at: datetime) -> int:
        """Append the act."""
        with self._lock:
            self._acts.append(act)
            self._count += 1
            return self._count

    @property
    def acts(self) -> tuple[Act, ...]:
        """What was recorded, oldest first."""
        with self._lock:
            return tuple(self._acts)
