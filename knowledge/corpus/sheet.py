"""Typed access to a sheet that the schema has accepted."""

from collections.abc import Mapping, Sequence
from datetime import date

from knowledge.errors import SheetInvalid
from knowledge.items import Audience, FactStatus

PLACEHOLDER = "unverified"  # what the sheets write where a value is not known


class Node:
    """One mapping of a sheet. Optional parts come back empty; a wrong type raises SheetInvalid naming the key."""

    __slots__ = ("_path", "_values")

    def __init__(self, values: Mapping[str, object], path: str = "") -> None:
        self._values = values
        self._path = path

    def has(self, key: str) -> bool:
        """True where the key is written, even with null."""
        return key in self._values

    def value(self, key: str) -> object:
        """The raw value, None where absent."""
        return self._values.get(key)

    def text(self, key: str) -> str:
        """A required text."""
        found = self.optional(key)
        if found is None:
            raise SheetInvalid(f"{self._path}{key} is missing: write a text")
        return found

    def optional(self, key: str) -> str | None:
        """A text, a number as text, or None where absent or null."""
        match self._values.get(key):
            case None:
                return None
            case bool():
                raise SheetInvalid(f"{self._path}{key} is yes/no: put the text in quotes")
            case str() | int() | float() as found:
                return str(found)
            case _:
                raise SheetInvalid(f"{self._path}{key} must be a text")

    def number(self, key: str) -> float | None:
        """A number, or None where absent or null."""
        found = self._values.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            raise SheetInvalid(f"{self._path}{key} must be a number")
        return float(found)

    def flag(self, key: str) -> bool:
        """True only where the sheet says true."""
        return self._values.get(key) is True

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where absent or null."""
        found = self._list(key)
        if not all(isinstance(part, str) for part in found):
            raise SheetInvalid(f"{self._path}{key} must be a list of texts")
        return tuple(str(part) for part in found)

    def nodes(self, key: str) -> "tuple[Node, ...]":
        """A list of mappings, empty where absent or null."""
        return tuple(self._node(part, f"{key}[{n}].") for n, part in enumerate(self._list(key)))

    def node(self, key: str) -> "Node | None":
        """A mapping, None where absent or null."""
        found = self._values.get(key)
        return None if found is None else self._node(found, f"{key}.")

    def status(self, key: str = "status") -> FactStatus:
        """The status of a fact; without one nothing is known about it."""
        found = self.optional(key)
        try:
            return FactStatus.UNVERIFIED if found is None else FactStatus(found)
        except ValueError as error:
            raise SheetInvalid(f"{self._path}{key}: write sourced, derived or unverified") from error

    def _list(self, key: str) -> Sequence[object]:
        found = self._values.get(key)
        if found is None:
            return ()
        if not isinstance(found, list):
            raise SheetInvalid(f"{self._path}{key} must be a list")
        return found

    def _node(self, found: object, below: str) -> "Node":
        if not isinstance(found, dict):
            raise SheetInvalid(f"{self._path}{below}: write keys and values here")
        return Node(found, self._path + below)


def day_of(written: str | None) -> date | None:
    """A full ISO date, or None: a year or a month alone is no day."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def audiences(written: tuple[str, ...]) -> tuple[Audience, ...]:
    """The audiences in the sheet's order."""
    try:
        return tuple(Audience(part) for part in written)
    except ValueError as error:
        raise SheetInvalid("audience: write 个人 or 法人") from error
