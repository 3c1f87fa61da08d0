"""What can go wrong with what is kept.

StorageError
└── SealBroken   a sealed value does not open: its key is missing, or it was changed
"""

from assistant.errors import AssistantError


class StorageError(AssistantError):
    """Base of this package's errors."""


class SealBroken(StorageError):
    """A sealed value does not open; the message says whether a key is missing or it was changed."""
