"""Four eyes: who wrote a version is never the only one who approved it. The one place where this is decided."""

from collections.abc import Collection

from knowledge.errors import FourEyesRequired

OPERATOR = "operator console"
"""Who approves where an operator orders a publication at the command line, with `xiaoshen ingest --publish`.

Somebody with a shell on the machine could write into the database as well: pretending that a second person looked would
be a lie. So the log says plainly that the operator's order stood in for the second person, when and why.
"""

APPROVING = ("reviewed", "approved")
"""Entries of the log that are approvals."""


def is_same_person(one: str, other: str) -> bool:
    """True where two names are one person's: case and spaces around a name make nobody else of them."""
    return one.strip().casefold() == other.strip().casefold()


def require_second_person(version_id: str, *, authors: Collection[str], approvers: Collection[str]) -> None:
    """Raise FourEyesRequired unless one of the approvers wrote nothing of the version."""
    if any(not any(is_same_person(approver, author) for author in authors) for approver in approvers):
        return
    wrote = "、".join(sorted(set(authors)))
    raise FourEyesRequired(
        f"{wrote} wrote version {version_id}: another person has to review or publish it "
        "(xiaoshen knowledge review, or the console)."
    )
