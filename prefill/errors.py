"""What can go wrong in prefill: PrefillError ← BrokenFieldNotes, SourceUnavailable."""


class PrefillError(Exception):
    """Something in prefill cannot go on."""


class BrokenFieldNotes(PrefillError):
    """The notes on form fields cannot be read."""


class SourceUnavailable(PrefillError):
    """A register cannot be asked now; the citizen fills in by hand."""
