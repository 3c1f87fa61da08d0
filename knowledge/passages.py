"""Documents, their versions, and the passages that answers quote."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class VersionState(StrEnum):
    """The life of a version: draft, reviewed, published; then superseded or withdrawn."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion:
    """One version of a document as an office sent it.

    `name` is its file name and its citation is `documents/<name>`. `number` is the 文号. `effective_to` is the last
    day in force, None while open. `addressees` are those an official document is sent to (主送机关).
    """

    id: str
    name: str
    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    effective_from: date | None
    effective_to: date | None
    region: str
    state: VersionState
    sha256: str
    addressees: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The name under which the document is cited."""
        return f"documents/{self.name}"

    def is_in_force(self, today: date) -> bool:
        """True where the version is published and `today` lies in its dates; open ends are in force."""
        begun = self.effective_from is None or self.effective_from <= today
        ended = self.effective_to is not None and self.effective_to < today
        return self.state is VersionState.PUBLISHED and begun and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page; all four are shares of its width and height, from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the original, from 1, and the rectangles of the lines on it; none where the format does not tell."""

    page: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A span of one version that can be quoted.

    `text` is the normalised, searchable wording; `start` and `end` are character offsets into the decoded original.
    `heading` is the path of headings above it, joined by ` / `; `clause` is the exact place (第十五条第二款, 三、(五)).
    `garbled` passages are searchable by words, but their numbers are never stated. `suspicious` ones hold text that
    tries to command the assistant: it is kept as text, and such sentences are never quoted. `places` are its pages
    in the original, where the format has pages.
    """

    id: str
    version_id: str
    ordinal: int
    text: str
    heading: str
    clause: str | None
    start: int
    end: int
    garbled: bool = False
    suspicious: bool = False
    places: tuple[Place, ...] = ()
