"""What happens to a ticket, as it is kept: one log, which its state, its conversation and every report come from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What happened."""

    REQUESTED = "requested"  # word: the reason
    CLOSED_NOW = "closed_now"  # nobody is on duty; until: when somebody is again
    QUEUED = "queued"  # number: the estimate of the wait that was told, in seconds
    WIDENED = "widened"
    ESCALATED = "escalated"
    CHOICE_OFFERED = "choice_offered"  # number: the estimate that was told with it
    CHOSE = "chose"  # word: a Choice; until: when the call or the appointment is
    OFFERED = "offered"  # about: the clerk; until: when the offer ends
    PASSED = "passed"  # about: the clerk; word: declined or expired
    ACCEPTED = "accepted"  # by: the clerk; until: when the first words are due
    MESSAGE = "message"  # until, from the citizen: when an answer is due
    CLERK_LOST = "clerk_lost"  # about: the clerk; word: gone or silent
    TRANSFERRED = "transferred"  # by; about: a clerk, or word: a department; text: a note for the next one
    JOINED = "joined"  # by: who was asked to help, about: by whom
    LEFT = "left"
    FORM = "form"  # word: a FormStep; by: the clerk; about: the case, where it was agreed; text: the field's name
    CALL_DUE = "call_due"  # somebody has to call now
    CALLED = "called"  # word: reached or not_reached; until: when to try again
    FLAGGED = "flagged"  # word: what the guard noticed in the citizen's words
    RESOLVED = "resolved"  # word: an Outcome
    WITHDRAWN = "withdrawn"  # the citizen does not want a person any more
    ABANDONED = "abandoned"  # the citizen was gone for so long that nobody can be helped
    REOPENED = "reopened"
    RATED = "rated"  # number: one to five
    VISITED = "visited"  # what became of an appointment at a window; by: the clerk there; word: a Visit


class Side(StrEnum):
    """Who it came from."""

    CITIZEN = "citizen"
    CLERK = "clerk"
    SYSTEM = "system"


class Choice(StrEnum):
    """What a citizen can choose where no person is there in time."""

    KEEP_WAITING = "keep_waiting"
    CALL_BACK = "call_back"
    LEAVE_CONTACT = "leave_contact"
    WINDOW = "window"


class Visit(StrEnum):
    """What became of an appointment at a window."""

    CAME = "came"
    NOT_COME = "not_come"


class FormStep(StrEnum):
    """What happens to a form that citizen and clerk fill together."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    ENDED = "ended"
    PROPOSED = "proposed"
    TAKEN = "taken"
    DECLINED = "declined"
    CHANGED = "changed"


class Outcome(StrEnum):
    """How a conversation with a person ended."""

    SOLVED = "solved"
    SIGNPOSTED = "signposted"  # led to where it can be solved
    UNSOLVED = "unsolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of a ticket's log. `seq` counts from 1 without gaps: who has seen n asks for what comes after n.

    `by` is the clerk who did it, `about` the clerk it concerns; what `word`, `number` and `until` mean stands with the
    kind. `file` is the id of a file that came with a message.
    """

    kind: Kind
    at: datetime
    side: Side = Side.SYSTEM
    by: str | None = None
    about: str | None = None
    client_id: str | None = None
    text: str | None = None
    word: str | None = None
    number: int | None = None
    until: datetime | None = None
    file: str | None = None
    seq: int = 0
