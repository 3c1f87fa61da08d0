"""What can go wrong at the desk.

DeskError
├── NoSuchSuggestion    the suggestion is not one that this desk was shown: reload the panel
├── NoSuchCanned        the canned answer is gone or over: reload the list
├── CannedUnfinished    the canned answer has places that are still to be filled
├── FormNotShared       the citizen does not fill the form together with this clerk, or not any more
├── FieldChanged        the field holds something else than what the proposal was made for
└── ProposalUnfit       the value is none for the field, or the field is verified or the citizen's alone
"""

from assistant.errors import AssistantError


class DeskError(AssistantError):
    """Base of this package's errors."""


class NoSuchSuggestion(DeskError):
    """Reload the panel: the suggestion is not one of this ticket."""


class NoSuchCanned(DeskError):
    """Reload the list: the canned answer is gone or over."""


class CannedUnfinished(DeskError):
    """Fill the places of the canned answer before sending it."""


class FormNotShared(DeskError):
    """Ask the citizen to fill the form together first."""


class FieldChanged(DeskError):
    """Look at the form as it is now, then propose or take again."""


class ProposalUnfit(DeskError):
    """Propose a value of the form that the field's help describes."""
