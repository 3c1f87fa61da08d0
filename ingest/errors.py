"""What can go wrong while one file is read.

IngestError
├── Unsupported     a format that is recognised but not read yet; reported as skipped
├── Unreadable      a file of a known format that cannot be read: empty, locked, damaged, too large
│   └── Dangerous   it would harm or exhaust the reader: a bomb, a crash, the deadline; set apart for a person
├── UnknownJob      no job or batch has this id
└── JobRefused      the job is in a state in which that cannot be done
"""


class IngestError(Exception):
    """Base of this package's errors; the message is the reason a knowledge editor reads, in plain Chinese."""


class Unsupported(IngestError):
    """The format is known and not supported; the message says what to send instead."""


class Unreadable(IngestError):
    """The file cannot be read; the message says why and what to do next."""


class Dangerous(Unreadable):
    """Reading the file would harm or exhaust the reader; it is quarantined and read again only when a person asks."""


class UnknownJob(IngestError):
    """There is no job or batch with this id."""


class JobRefused(IngestError):
    """The job is in a state in which that cannot be done; the message says in which."""
