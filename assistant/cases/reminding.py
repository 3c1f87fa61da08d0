"""Reminders: which one is due for a case today, and the sweep that makes them. A reminder is an event: never twice."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum

from assistant.cases import happenings as h
from assistant.cases.case import Case, CaseState
from assistant.cases.errors import CaseError
from assistant.cases.guiding import next_material
from assistant.cases.handling import Handling
from assistant.cases.happenings import SYSTEM

STANDS = timedelta(days=3)
STANDS_LONG = timedelta(days=14)
READY_STANDS = timedelta(days=1)
BEFORE_THE_END = timedelta(days=3)


class Why(StrEnum):
    """Why the citizen is reminded; each at most once since somebody last worked on the case."""

    STANDING = "standing"
    STANDING_LONG = "standing_long"
    MATERIAL_MISSING = "material_missing"
    READY = "ready"
    TO_MEND = "to_mend"
    MENDING_ENDS = "mending_ends"
    MENDING_OVER = "mending_over"
    DECISION_LATE = "decision_late"


_NOT_WORK = (h.Reminded, h.Joined, h.Heard)


def due_reminder(case: Case, now: datetime, only_material: Callable[[], bool]) -> Why | None:
    """The reminder that is due and was not given since somebody last worked on the case.

    `only_material` tells whether nothing but materials is missing; it is asked only where that decides.
    """
    worked = next((e for e in reversed(case.events) if not isinstance(e.happening, _NOT_WORK)), case.events[0])
    given = {e.happening.why for e in case.events if e.number > worked.number and isinstance(e.happening, h.Reminded)}
    stood, today = now - worked.at, now.date()
    match case.state:
        case CaseState.RETURNED:
            why = _mending(case.mend_until, stood, today)
        case CaseState.READY:
            why = Why.READY if stood >= READY_STANDS else None
        case CaseState.COLLECTING | CaseState.REVIEWING:
            why = _collecting(stood, only_material)
        case CaseState.ACCEPTED:
            why = Why.DECISION_LATE if case.due is not None and today > case.due else None
        case _:
            why = None
    return why if why is not None and why not in given else None


def _mending(until: date | None, stood: timedelta, today: date) -> Why | None:
    if until is not None and today > until:
        return Why.MENDING_OVER
    if until is not None and until - today <= BEFORE_THE_END:
        return Why.MENDING_ENDS
    return Why.TO_MEND if stood >= STANDS else None


def _collecting(stood: timedelta, only_material: Callable[[], bool]) -> Why | None:
    if stood >= STANDS_LONG:
        return Why.STANDING_LONG
    if stood < STANDS:
        return None
    return Why.MATERIAL_MISSING if only_material() else Why.STANDING


def standing_reminder(case: Case) -> Why | None:
    """The reminder that still speaks of the case: nobody has worked on it since."""
    for event in reversed(case.events):
        if isinstance(event.happening, h.Reminded):
            return Why(event.happening.why) if event.happening.why in set(Why) else None
        if not isinstance(event.happening, _NOT_WORK):
            return None
    return None


class Reminders:
    """Goes through all live cases. It may stop between any two, or run twice at once: none is reminded twice."""

    def __init__(self, handling: Handling) -> None:
        self._handling = handling

    def sweep(self) -> int:
        """Remind where a reminder is due; how many were given. Who works on a case just now is left alone."""
        given, after = 0, ""
        while page := self._handling.desk.cases.live(after):
            after = page[-1].id
            given += sum(self._remind(case) for case in page)
        return given

    def _remind(self, case: Case) -> bool:
        try:
            why = due_reminder(case, self._handling.desk.clock(), lambda: self._lacks_only_material(case))
            if why is None:
                return False
            self._handling.add(case, [h.Reminded(why.value)], SYSTEM)
        except CaseError:  # changed or deleted meanwhile, or its item is gone: the next sweep looks again
            return False
        return True

    def _lacks_only_material(self, case: Case) -> bool:
        stands = self._handling.standing(case)
        return not stands.to_ask and next_material(stands) is not None
