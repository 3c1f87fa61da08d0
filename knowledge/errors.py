"""What can go wrong in the knowledge base.

KnowledgeError
├── SheetInvalid          a YAML sheet breaks the schema; the message names file, line and what to write instead
├── IndexDamaged          an index is missing or does not match the truth; `xiaoshen doctor --repair` rebuilds it
├── IndexBusy             another process is building the index; wait for it
├── ModelFilesMissing     the embedder's files are not there; `make setup` builds them
├── StorageFull           the disk is full; nothing was written
├── UnknownVersion        no version has this id; `xiaoshen knowledge versions` lists them
├── UnknownWork           no piece of work has this id
├── TransitionRefused     a version's life does not allow this step, e.g. publishing what was withdrawn
│   └── FourEyesRequired  who wrote a version would be the only one who approved it; another person has to
└── VersionChanged        somebody else changed it meanwhile; load it again
"""


class KnowledgeError(Exception):
    """Base of this package's errors. Messages say what to do next."""


class SheetInvalid(KnowledgeError):
    """A YAML sheet breaks the schema."""


class IndexDamaged(KnowledgeError):
    """An index is missing or does not match the truth."""


class IndexBusy(KnowledgeError):
    """Another process is building the index."""


class ModelFilesMissing(KnowledgeError):
    """The embedder's files are not there."""


class StorageFull(KnowledgeError):
    """The disk is full; nothing was written."""


class UnknownVersion(KnowledgeError):
    """No version has this id."""


class UnknownWork(KnowledgeError):
    """No piece of work has this id."""


class TransitionRefused(KnowledgeError):
    """A version's life does not allow this step."""


class FourEyesRequired(TransitionRefused):
    """Who wrote a version would be the only one who approved it."""


class VersionChanged(KnowledgeError):
    """Somebody else changed it meanwhile."""
