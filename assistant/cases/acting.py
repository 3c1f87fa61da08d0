"""Who works on a case, where, and how the citizen likes to be asked."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """Where somebody works on the case."""

    PAGE = "page"
    WINDOW = "window"
    COMMAND_LINE = "command_line"


class Way(StrEnum):
    """How the citizen likes to be asked."""

    ONE_BY_ONE = "one_by_one"
    FORM = "form"


class ActorKind(StrEnum):
    """Who did it."""

    CITIZEN = "citizen"
    CLERK = "clerk"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it; `id` is a staff account for clerks and empty for the citizen: the case itself says whose it is."""

    kind: ActorKind
    id: str = ""


CITIZEN = Actor(ActorKind.CITIZEN)
SYSTEM = Actor(ActorKind.SYSTEM)
