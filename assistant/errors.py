"""What can go wrong in the assistant.

AssistantError
├── UnknownConversation   no conversation has this id; begin one, then add to it
└── ModelUnavailable      the model server is down, slow, broken off or talks nonsense; the grounded composer answers
"""


class AssistantError(Exception):
    """Base of this package's errors."""


class ModelUnavailable(AssistantError):
    """The language model cannot be used for this sentence; the caller falls back within the same turn."""


class UnknownConversation(AssistantError):
    """No conversation has this id."""
