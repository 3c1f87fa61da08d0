"""What can go wrong at the desk.

DeskError
├── NoSuchSuggestion    the suggestion is not one that this desk was shown: reload the panel
└── NoSuchCanned        the canned answer is gone or over: reload the list
"""

from assistant.errors import AssistantError


class DeskError(AssistantError):
    """Base of this package's errors."""


class NoSuchSuggestion(DeskError):
    """Reload the panel: the suggestion is not one of this ticket."""


class NoSuchCanned(DeskError):
    """Reload the list: the canned answer is gone."""
