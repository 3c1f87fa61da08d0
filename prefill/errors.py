"""What can go wrong in prefill: PrefillError ← BrokenFieldNotes."""


class PrefillError(Exception):
    """Something in prefill cannot go on."""


class BrokenFieldNotes(PrefillError):
    """The notes on form fields cannot be read."""
