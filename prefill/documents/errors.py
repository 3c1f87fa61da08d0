"""Why a file is not read at all. The message is a sentence for the person who uploaded it.

DocumentError
├── DocumentRefused     not a document, damaged, locked, too large: another file is needed
└── ReadingStopped      reading took too long or broke; the file may be tried again
"""


class DocumentError(Exception):
    """The message says in Chinese what to do next."""


class DocumentRefused(DocumentError):
    """Not a document that can be read."""


class ReadingStopped(DocumentError):
    """Reading was ended before it was done."""
