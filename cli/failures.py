"""What an operator reads when a command cannot go on: what happened, what was kept, what to do."""

import errno
import traceback
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError

from assistant.errors import AssistantError
from assistant.identity.passwords import PasswordTooWeak
from assistant.identity.sign_in import SignInError
from assistant.operation.switches import SwitchedOff, SwitchRefused
from evals.compare import NotComparable
from knowledge.errors import KnowledgeError


def sentence_for(error: Exception) -> str | None:
    """One sentence for a failure we know; None for one that should be seen whole."""
    if isinstance(
        error,
        KnowledgeError | AssistantError | NotComparable | SignInError | PasswordTooWeak | SwitchedOff | SwitchRefused,
    ):
        return str(error)
    if isinstance(error, ValidationError):
        return _for_settings(error)
    if isinstance(error, SQLAlchemyError):
        return _for_database(error)
    if isinstance(error, OSError):
        return _for_system_error(error)
    return None


def unforeseen(error: Exception) -> str:
    """One line for a failure nobody foresaw: an operator can report it, and a developer finds the place."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames[-6:]))
    what = f"{type(error).__name__}: {_one_line(error)}"
    return f"Something nobody foresaw went wrong. What was finished is kept. Please report this line: {what} ({places})"


def _for_database(error: SQLAlchemyError) -> str | None:
    if isinstance(error, ArgumentError):
        return f"XIAOSHEN_DATABASE_URL cannot be used: {_one_line(error)}. See docs/configuration.md."
    if isinstance(error, OperationalError):
        hint = "Check XIAOSHEN_DATABASE_URL and the disk; see `xiaoshen doctor`."
        return f"The database cannot be used: {_one_line(error.orig)}. {hint}"
    if type(error) is DatabaseError:  # its kinds are mistakes of ours; the bare one is a file that is no database
        hint = "Restore the home from a backup, or choose another with --home."
        return f"The database cannot be used: {_one_line(error.orig)}. {hint}"
    return None


def _for_settings(error: ValidationError) -> str:
    wrong = (f"XIAOSHEN_{'_'.join(str(part) for part in e['loc']).upper()}: {e['msg']}" for e in error.errors())
    return f"A setting cannot be used; see docs/configuration.md. {'; '.join(wrong)}."


def _one_line(said: object) -> str:
    return " ".join(str(said).split())


def _for_system_error(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    match error.errno:
        case errno.ENOSPC:
            return f"The disk is full{where}. Nothing that was acknowledged is lost. Free some space and start again."
        case errno.EADDRINUSE:
            return "The port is in use. Stop the other program, or choose another: `xiaoshen serve --port 8001`."
        case errno.EACCES | errno.EPERM:
            return f"No permission{where}. Check who owns the data directory, or choose another with --home."
        case errno.ENOTDIR | errno.EEXIST:
            return f"There is a file where a folder should be{where}. Choose another data directory with --home."
        case errno.ENOENT:
            return f"There is no such file or folder{where}."
        case _:
            return f"The system said: {error}."
