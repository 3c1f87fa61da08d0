"""What each role may do: read from permissions.csv, which is reviewed like code, and decided by casbin."""

import logging
from pathlib import Path

import casbin

from assistant.identity.people import Action, Person

_HERE = Path(__file__).parent


class Permissions:
    """Decides whether a person may do something. Unknown roles and actions are refused."""

    def __init__(self, policy: Path = _HERE / "permissions.csv") -> None:
        logging.getLogger("casbin").setLevel(logging.ERROR)  # it warns of each refusal; the routes tell those
        self._enforcer = casbin.Enforcer(str(_HERE / "permissions.conf"), str(policy))

    def allows(self, person: Person, action: Action) -> bool:
        """Whether one of the person's roles allows the action."""
        return any(bool(self._enforcer.enforce(role.value, action.value)) for role in person.roles)

    def of(self, person: Person) -> frozenset[Action]:
        """Everything the person may do: what a page shows, never what it may rely on."""
        return frozenset(action for action in Action if self.allows(person, action))
