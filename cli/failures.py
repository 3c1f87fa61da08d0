"""What an operator reads when a command cannot go on: what happened, what was kept, what to do."""

import errno

from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from assistant.errors import AssistantError
from evals.compare import NotComparable
from knowledge.errors import KnowledgeError


def sentence_for(error: Exception) -> str | None:
    """One sentence for a failure we know; None for one that should be seen whole."""
    if isinstance(error, KnowledgeError | AssistantError | NotComparable):
        return str(error)
    if isinstance(error, ValidationError):
        return f"A setting cannot be used; see docs/configuration.md. {error}"
    if isinstance(error, OperationalError):
        hint = "Check XIAOSHEN_DATABASE_URL and the disk; see `xiaoshen doctor`."
        return f"The database cannot be used: {error.orig}. {hint}"
    if isinstance(error, OSError):
        return _for_system_error(error)
    return None


def _for_system_error(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    match error.errno:
        case errno.ENOSPC:
            return f"The disk is full{where}. Nothing that was acknowledged is lost. Free some space and start again."
        case errno.EADDRINUSE:
            return "The port is in use. Stop the other program, or choose another: `xiaoshen serve --port 8001`."
        case errno.EACCES | errno.EPERM:
            return f"No permission{where}. Check who owns the data directory, or choose another with --home."
        case errno.ENOENT:
            return f"There is no such file or folder{where}."
        case _:
            return f"The system said: {error}."
