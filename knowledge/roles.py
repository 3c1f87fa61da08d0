"""The roles the rest of the product depends on. Implementations are chosen in `assistant.bootstrap` only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.items import ServiceItem
from knowledge.passages import DocumentVersion, Passage
from knowledge.policies import Policy
from knowledge.recognition.decision import Recognition, RecognitionRequest

Vectors = NDArray[np.float32]


class KnowledgeBase(Protocol):
    """Reads of the truth. Every read takes a date: what was published and in force on that day."""

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        """All published items, ordered by slug."""
        ...

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        """The item, or None where there is none on that day."""
        ...

    def policies(self, as_of: date) -> tuple[Policy, ...]:
        """All published policies, ordered by id. Expired ones too: their period is part of what they say."""
        ...

    def policy(self, policy_id: str, as_of: date) -> Policy | None:
        """The policy, or None."""
        ...

    def document(self, name: str, as_of: date) -> DocumentVersion | None:
        """The version of the document in force on that day, or None."""
        ...

    def published_documents(self) -> tuple[DocumentVersion, ...]:
        """Every published version, ordered by name and then age: what an index holds. Their dates may lie ahead."""
        ...

    def version(self, version_id: str) -> DocumentVersion | None:
        """A version by id, whatever its state."""
        ...

    def passages(self, version_id: str) -> tuple[Passage, ...]:
        """All passages of a version, in order."""
        ...

    def beginnings(self, after: date) -> tuple[date, ...]:
        """The days after that one on which something published begins to count, in order: what is announced."""
        ...

    def revision(self) -> int:
        """A number that grows with every publish or withdrawal; caches compare it."""
        ...


class Embedder(Protocol):
    """Turns text into unit vectors. Queries and passages may be embedded differently."""

    @property
    def name(self) -> str:
        """Stable name with version; an index remembers it and refuses another's vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One row a text, unit length. Never raises on any string."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, unit length. Never raises on any string."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One passage found, best first in a list; `legs` holds each leg's own score for the search test page."""

    passage: Passage
    document: DocumentVersion
    score: float
    legs: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found. `evidence` is the calibrated probability that the hits hold an answer.

    `degraded` says in one sentence what is broken (a lost index, a leg switched off); None when all is well.
    Nothing found and search broken are different things. `compared`: whether the evidence also rests on how far the
    nearest passage leads many others; in a library of a few passages, or by words alone, it does not.
    """

    hits: tuple[Hit, ...]
    evidence: float
    degraded: str | None = None
    compared: bool = False


class PassageSearch(Protocol):
    """Finds passages of published documents."""

    def search(self, query: str, *, as_of: date, limit: int = 8) -> Found:
        """Passages in force on that day, best first."""
        ...


class Recognizer(Protocol):
    """Decides which service item a request is about."""

    def recognize(self, request: RecognitionRequest) -> Recognition:
        """Accept, ask one question, or none; with the ten best candidates and calibrated probabilities."""
        ...
