"""Versions of sheets by name and day, held in memory: what both knowledge bases answer reads from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from knowledge.storage.lives import covers

Held = TypeVar("Held")

_DAYS_KEPT = 32  # questions ask about today, and now and then about another day


@dataclass(frozen=True, slots=True)
class Dated(Generic[Held]):
    """A sheet and the days on which it is in force."""

    name: str
    first: date | None
    last: date | None
    sheet: Held


class Shelf(Generic[Held]):
    """The readable versions of all sheets of a kind. Never changed: a publication brings a new shelf."""

    def __init__(self, versions: Iterable[Dated[Held]]) -> None:
        """Take the versions in the order in which they were published."""
        self._by_name: defaultdict[str, list[Dated[Held]]] = defaultdict(list)
        for version in versions:
            self._by_name[version.name].append(version)
        self._by_day: dict[date, tuple[Held, ...]] = {}

    def one(self, name: str, as_of: date) -> Held | None:
        """The newest version in force on the day."""
        versions = self._by_name.get(name, ())
        return next((v.sheet for v in reversed(versions) if covers(v.first, v.last, as_of)), None)

    def beginnings(self, after: date) -> set[date]:
        """The first days of versions that begin after that day."""
        versions = (v for line in self._by_name.values() for v in line)
        return {v.first for v in versions if v.first is not None and v.first > after}

    def on(self, as_of: date) -> tuple[Held, ...]:
        """All sheets in force on the day, ordered by name."""
        found = self._by_day.get(as_of)
        if found is None:
            sheets = (self.one(name, as_of) for name in sorted(self._by_name))
            found = tuple(sheet for sheet in sheets if sheet is not None)
            if len(self._by_day) >= _DAYS_KEPT:
                self._by_day.clear()
            self._by_day[as_of] = found
        return found
