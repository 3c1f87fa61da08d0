"""Where cases are kept: the role, and a keeper in memory for tests and evaluations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from types import MappingProxyType
from typing import Protocol

from assistant.cases.case import CLOSED_STATES, Case, applied, case_of
from assistant.cases.errors import CaseChanged, UnknownCase
from assistant.cases.happenings import Actor, CaseEvent, Channel, FileRemoved, Happening, Joined, Opened, Withdrawn

LIVE_PAGE = 200
NO_FILES: Mapping[str, bytes] = MappingProxyType({})


class Cases(Protocol):
    """Keeps cases. Every call is one transaction: what was acknowledged survives, what was refused left no trace."""

    def open(self, case_id: str, holder: str, opened: Opened, *, actor: Actor, at: datetime) -> Case:
        """Begin a case. `holder` is the hash of the secret of who it belongs to."""
        ...

    def case(self, case_id: str) -> Case:
        """The case as it is now. Raises UnknownCase. Says nothing about who may see it."""
        ...

    def held_by(self, holder: str) -> tuple[Case, ...]:
        """The cases of one holder, the last changed first."""
        ...

    def by_code(self, code: str) -> Case | None:
        """The case with this continuation code, as `assistant.cases.code` reads it."""
        ...

    def handed_to(self, clerk: str) -> tuple[Case, ...]:
        """The cases that this clerk was given, the last changed first."""
        ...

    def of_same_holders(self, case_id: str) -> tuple[Case, ...]:
        """Other cases of whoever holds this one, the last changed first."""
        ...

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
        """Let something happen to version `on` of the case, with the contents of added files. All or nothing.

        Raises CaseChanged where the case is at another version, StepNotAllowed, UnknownCase.
        """
        ...

    def join(self, case_id: str, holder: str, channel: Channel, *, actor: Actor, at: datetime) -> Case:
        """Let another device hold the case too; again is no second event."""
        ...

    def is_held_by(self, case_id: str, holder: str) -> bool:
        """True where the holder may see and change the case."""
        ...

    def content(self, case_id: str, file: str) -> bytes:
        """A file that was handed in. Raises UnknownCase where the case has none of this id."""
        ...

    def changed_before(self, moment: datetime) -> tuple[Case, ...]:
        """Cases that nobody touched since, the longest first: for deletion."""
        ...

    def of_items(self, items: frozenset[str], most: int) -> Iterable[Case]:
        """The cases of these items, the last changed first: to see what changed review rules would do."""
        ...

    def live(self, after: str = "") -> tuple[Case, ...]:
        """A page of cases that are not over, by id, those after this one: to go through all, whatever their number."""
        ...

    def forget(self, case_id: str) -> None:
        """Delete everything about a case; one that is unknown is forgotten already."""
        ...


@dataclass(slots=True)
class _Kept:
    events: list[CaseEvent]
    holders: set[str]
    contents: dict[str, bytes] = field(default_factory=dict)


class MemoryCases:
    """Keeps cases as long as the process lives."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._lock = RLock()

    def open(self, case_id: str, holder: str, opened: Opened, *, actor: Actor, at: datetime) -> Case:
        """Begin a case."""
        with self._lock:
            if case_id not in self._kept:
                first = CaseEvent(number=1, at=at, actor=actor, happening=opened)
                self._kept[case_id] = _Kept([first], {holder})
            return self.case(case_id)

    def case(self, case_id: str) -> Case:
        """The case as it is now."""
        with self._lock:
            return case_of(case_id, self._known(case_id).events)

    def held_by(self, holder: str) -> tuple[Case, ...]:
        """The cases of one holder, the last changed first."""
        with self._lock:
            found = [self.case(case_id) for case_id, kept in self._kept.items() if holder in kept.holders]
        return tuple(sorted(found, key=lambda case: case.changed_at, reverse=True))

    def by_code(self, code: str) -> Case | None:
        """The case with this continuation code."""
        with self._lock:
            return next((case for case in map(self.case, self._kept) if case.code == code), None)

    def of_same_holders(self, case_id: str) -> tuple[Case, ...]:
        """Other cases of whoever holds this one."""
        with self._lock:
            holders = self._known(case_id).holders
            same = [c for c, kept in self._kept.items() if c != case_id and kept.holders & holders]
            return tuple(sorted(map(self.case, same), key=lambda case: case.changed_at, reverse=True))

    def handed_to(self, clerk: str) -> tuple[Case, ...]:
        """The cases that this clerk was given."""
        with self._lock:
            found = [case for case in map(self.case, self._kept) if clerk in case.clerks]
        return tuple(sorted(found, key=lambda case: case.changed_at, reverse=True))

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
        with self._lock:
            kept = self._known(case_id)
            case = self.case(case_id)
            events = next_events(case, happenings, on=on, actor=actor, at=at)
            for event in events:
                case = applied(case, event)
            kept.events.extend(events)
            kept.contents.update(contents)
            if any(isinstance(event.happening, Withdrawn) for event in events):
                kept.contents.clear()
            for event in events:
                if isinstance(event.happening, FileRemoved):
                    kept.contents.pop(event.happening.file, None)
            return case

    def join(self, case_id: str, holder: str, channel: Channel, *, actor: Actor, at: datetime) -> Case:
        """Let another device hold the case too."""
        with self._lock:
            kept = self._known(case_id)
            if holder in kept.holders:
                return self.case(case_id)
            kept.holders.add(holder)
            return self.add(case_id, [Joined(channel)], on=len(kept.events), actor=actor, at=at)

    def is_held_by(self, case_id: str, holder: str) -> bool:
        """True where the holder may see and change the case."""
        with self._lock:
            return case_id in self._kept and holder in self._kept[case_id].holders

    def content(self, case_id: str, file: str) -> bytes:
        """A file that was handed in."""
        with self._lock:
            content = self._known(case_id).contents.get(file)
        if content is None:
            raise UnknownCase(f"Case {case_id} has no file {file}.")
        return content

    def changed_before(self, moment: datetime) -> tuple[Case, ...]:
        """Cases that nobody touched since."""
        with self._lock:
            found = [case for case in map(self.case, self._kept) if case.changed_at < moment]
        return tuple(sorted(found, key=lambda case: case.changed_at))

    def of_items(self, items: frozenset[str], most: int) -> tuple[Case, ...]:
        """The cases of these items, the last changed first."""
        with self._lock:
            found = [case for case in map(self.case, self._kept) if case.item in items]
        return tuple(sorted(found, key=lambda case: case.changed_at, reverse=True)[:most])

    def live(self, after: str = "") -> tuple[Case, ...]:
        """A page of cases that are not over."""
        with self._lock:
            found = sorted((case for case in map(self.case, self._kept) if case.id > after), key=lambda case: case.id)
        return tuple(case for case in found if case.state not in CLOSED_STATES)[:LIVE_PAGE]

    def forget(self, case_id: str) -> None:
        """Delete everything about a case."""
        with self._lock:
            self._kept.pop(case_id, None)

    def _known(self, case_id: str) -> _Kept:
        kept = self._kept.get(case_id)
        if kept is None:
            raise UnknownCase(f"No case {case_id}; ask for its continuation code.")
        return kept


def next_events(
    case: Case, happenings: Sequence[Happening], *, on: int, actor: Actor, at: datetime
) -> tuple[CaseEvent, ...]:
    """The happenings numbered as the case's next events. Raises CaseChanged where the case is at another version."""
    if case.version != on:
        raise CaseChanged(f"Case {case.id} is at version {case.version}, not {on}: load it again, then repeat.")
    return tuple(
        CaseEvent(number=on + place, at=at, actor=actor, happening=happening)
        for place, happening in enumerate(happenings, start=1)
    )
