"""The rule for single things: mine is only mine, and a clerk sees what was handed to them."""

from collections.abc import Collection
from typing import Protocol

from assistant.identity.citizens import Citizen
from assistant.identity.people import Person


class NotYours(Exception):
    """The thing belongs to somebody else, or does not exist: the two are never told apart."""


class Belonging(Protocol):
    """A case, a conversation, a ticket: something that belongs to a citizen and may be handed to staff."""

    @property
    def owners(self) -> Collection[str]:
        """What it is kept under: `Citizen.owner` of those whose it is."""
        ...

    @property
    def handed_to(self) -> Collection[str]:
        """The account ids of the staff who were given it."""
        ...


def is_mine(citizen: Citizen, thing: Belonging) -> bool:
    """Whether the thing belongs to the citizen."""
    return not citizen.owners.isdisjoint(thing.owners)


def was_handed_to(person: Person, thing: Belonging) -> bool:
    """Whether the thing was given to this member of staff. What the role allows is asked beside it."""
    return person.id in thing.handed_to


def require_mine(citizen: Citizen, thing: Belonging | None) -> None:
    """Raises NotYours."""
    if thing is None or not is_mine(citizen, thing):
        raise NotYours("There is no such thing of this citizen.")


def require_handed(person: Person, thing: Belonging | None) -> None:
    """Raises NotYours."""
    if thing is None or not was_handed_to(person, thing):
        raise NotYours("There is no such thing of this member of staff.")
