"""The rules of a version's life, without a database: ids, days in force, and which step may follow which."""

import hashlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.errors import TransitionRefused
from knowledge.passages import VersionState

_OFFICE_TIME = ZoneInfo("Asia/Shanghai")  # a rule changes at midnight where the office is
_ID_LENGTH = 20


def version_id_of(name: str, ordinal: int, sha256: str) -> str:
    """The id of a document version: the same document saved in the same order has the same id everywhere."""
    return hashlib.sha256(f"{name}\0{ordinal}\0{sha256}".encode("utf-8", "replace")).hexdigest()[:_ID_LENGTH]


def passage_id_of(version_id: str, ordinal: int) -> str:
    """The id of a passage."""
    return f"{version_id}-p{ordinal}"


def day_of(moment: datetime) -> date:
    """The day at the office. Refuses a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone: pass datetime.now(UTC).")
    return moment.astimezone(_OFFICE_TIME).date()


def first_day(effective_from: date | None, *, replaces_another: bool, published_on: date) -> date | None:
    """The first day on which readers see a version; None where it counts for all earlier days too.

    A document without a date of its own that replaces another counts from the day it is published.
    """
    if effective_from is not None:
        return effective_from
    return published_on if replaces_another else None


def last_day(own: date | None, next_begins: date | None) -> date | None:
    """The last day on which readers see a version that another follows."""
    if next_begins is None:
        return own
    cut = next_begins - timedelta(days=1)
    return cut if own is None else min(own, cut)


def covers(first: date | None, last: date | None, as_of: date) -> bool:
    """True where the day lies between first and last; open ends cover everything."""
    return (first is None or first <= as_of) and (last is None or as_of <= last)


def refuse_same_document(one: str, other: str) -> None:
    """Raise TransitionRefused where a document is to supersede itself: publishing its new version does that."""
    if one == other:
        raise TransitionRefused(f"Both are versions of {one}: publishing the newer one supersedes the older.")


def refuse_unless(state: VersionState, allowed: tuple[VersionState, ...], step: str, version_id: str) -> None:
    """Raise TransitionRefused where a step does not follow from the state."""
    if state not in allowed:
        raise TransitionRefused(
            f"Version {version_id} is {state} and cannot be {step}: only {' or '.join(allowed)} can. "
            "Save the document again to get a new draft."
        )
