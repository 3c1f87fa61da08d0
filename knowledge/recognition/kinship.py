"""How the items of a catalogue belong together: same office, same bundle, names that share their subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.items import ServiceItem
from knowledge.recognition.wording import plain_wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """What two items have in common, each 0 to 1."""

    department: float = 0.0
    theme: float = 0.0
    bundle: float = 0.0
    related: float = 0.0
    name: float = 0.0


_REMEMBERED = 50_000  # pairs; every request compares some hundred, and mostly the same ones
_ONESELF = Kin(department=1.0, theme=1.0, bundle=1.0, related=1.0, name=1.0)


class Kinship:
    """Compares any two items of one catalogue by their places in it. Sheets without links simply have none."""

    def __init__(self, items: Sequence[ServiceItem]) -> None:
        place = {item.slug: number for number, item in enumerate(items)}
        self._departments = [item.department for item in items]
        self._themes = [item.theme for item in items]
        self._names = [_pairs(plain_wording(item.name)) for item in items]
        self._bundles = [item.is_bundle for item in items]
        self._members = [
            frozenset(place[one.slug] for one in item.members if one.slug in place) if item.is_bundle else frozenset()
            for item in items
        ]
        self._related = [
            frozenset(place[one.slug] for one in item.related_items if one.slug in place) for item in items
        ]
        self.between = lru_cache(_REMEMBERED)(self._between)
        """What two items have in common, by their places."""

    def is_bundle(self, place: int) -> bool:
        """Whether the item is a bundle (一件事)."""
        return self._bundles[place]

    @property
    def bundles(self) -> tuple[int, ...]:
        """The places of all bundles."""
        return tuple(place for place, is_bundle in enumerate(self._bundles) if is_bundle)

    def members(self, place: int) -> frozenset[int]:
        """The places of a bundle's members; nothing for other items."""
        return self._members[place]

    def _between(self, one: int, other: int) -> Kin:
        if one == other:
            return _ONESELF
        linked = other in self._related[one] or one in self._related[other]
        first, second = self._names[one], self._names[other]
        together = len(first & second)
        return Kin(
            department=float(bool(self._departments[one]) and self._departments[one] == self._departments[other]),
            theme=float(bool(self._themes[one]) and self._themes[one] == self._themes[other]),
            bundle=float(other in self._members[one] or one in self._members[other]),
            related=float(linked),
            name=together / max(1, min(len(first), len(second))),
        )


def _pairs(name: str) -> frozenset[str]:
    letters = [letter for letter in name.lower() if letter.isalnum()]
    return frozenset(a + b for a, b in pairwise(letters))
