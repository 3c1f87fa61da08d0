"""What can go wrong in the assistant.

AssistantError
└── ModelUnavailable      the model server is down, slow, broken off or talks nonsense; the grounded composer answers
"""


class AssistantError(Exception):
    """Base of this package's errors."""


class ModelUnavailable(AssistantError):
    """The language model cannot be used for this sentence; the caller falls back within the same turn."""
