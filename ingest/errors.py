"""What can go wrong while one file is read.

IngestError
├── Unsupported     a format that is recognised but not read yet; reported as skipped
└── Unreadable      a file of a known format that cannot be read: empty, locked, damaged, too large
"""


class IngestError(Exception):
    """Base of this package's errors; the message is the reason a knowledge editor reads, in plain Chinese."""


class Unsupported(IngestError):
    """The format is known and not supported; the message says what to send instead."""


class Unreadable(IngestError):
    """The file cannot be read; the message says why and what to do next."""
