"""What can go wrong at a handoff.

HandoffError
├── UnknownTicket      there is no such ticket, or not for this conversation or clerk
├── TicketTaken        somebody else has it, or it is not in line any more
├── DeskFull           the clerk has as many conversations as they may
├── OffDuty            the clerk takes no conversations now
├── NotYours           only who has the conversation may do this
└── NotNow             the ticket's state does not allow this step
"""


class HandoffError(Exception):
    """Base of this package's errors."""


class UnknownTicket(HandoffError):
    """There is no such ticket for who asks: reload the list."""


class TicketTaken(HandoffError):
    """Somebody else was faster, or the citizen does not wait any more: take another one."""


class DeskFull(HandoffError):
    """End a conversation before taking another one."""


class OffDuty(HandoffError):
    """Go on duty before taking a conversation."""


class NotYours(HandoffError):
    """Take the conversation, or be asked to join it, first."""


class NotNow(HandoffError):
    """The ticket is not in a state for this step: reload it."""
