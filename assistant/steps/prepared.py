"""The sheets of the knowledge base, prepared for questions: profiles, vectors and words of their statements."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.steps.policy_match import PolicyMatcher
from assistant.steps.statement_index import Profile, StatementVectors, WordWeights, profile_of
from knowledge.items import ServiceItem
from knowledge.policies import Policy
from knowledge.roles import Embedder, KnowledgeBase, Vectors
from knowledge.statements import Statement
from knowledge.statements_of import item_statements, policy_statements

_BOOKS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Book:
    """One state of the knowledge base, prepared: word weights over all statements, and the policies."""

    weights: WordWeights
    policies: PolicyMatcher


class Prepared:
    """Keeps what was prepared by revision and day, and by sheet. Safe to share."""

    def __init__(self, knowledge: KnowledgeBase, embedder: Embedder | None, folder: Path | None) -> None:
        self._knowledge = knowledge
        self._vectors = StatementVectors(embedder, folder) if embedder is not None else None
        self._books: OrderedDict[tuple[int, date], Book] = OrderedDict()
        self._profiles: dict[tuple[str, str], tuple[Profile, ...]] = {}

    def warm(self, as_of: date) -> None:
        """Prepare everything that a first question would otherwise wait for."""
        self.book(as_of)
        profiles = [p for item in self._knowledge.items(as_of) for p in self.of_item(item)]
        profiles += [p for policy in self._knowledge.policies(as_of) for p in self.of_policy(policy)]
        if self._vectors is not None:
            self.vectors(profiles)
            self._vectors.keep()

    def vectors(self, profiles: Sequence[Profile]) -> Vectors | None:
        """One row a statement; None without an embedder."""
        return self._vectors.of([_embedded(p.statement) for p in profiles]) if self._vectors is not None else None

    def stated(self, items: Sequence[ServiceItem]) -> list[Profile]:
        """What may be stated of the items."""
        return [p for item in items for p in self.of_item(item) if p.statement.may_be_stated]

    def of_item(self, item: ServiceItem) -> tuple[Profile, ...]:
        """All statements of the item's sheet."""
        key = (item.source, item.version)
        if key not in self._profiles:
            self._profiles[key] = tuple(profile_of(s) for s in item_statements(item))
        return self._profiles[key]

    def of_policy(self, policy: Policy) -> tuple[Profile, ...]:
        """All statements of the policy's sheet."""
        key = (policy.source, policy.version)
        if key not in self._profiles:
            self._profiles[key] = tuple(profile_of(s) for s in policy_statements(policy))
        return self._profiles[key]

    def book(self, as_of: date) -> Book:
        """The state in force on that day."""
        key = (self._knowledge.revision(), as_of)
        if key not in self._books:
            items, policies = self._knowledge.items(as_of), self._knowledge.policies(as_of)
            every = [p.terms for item in items for p in self.of_item(item)]
            every += [p.terms for policy in policies for p in self.of_policy(policy)]
            self._books[key] = Book(WordWeights(every), PolicyMatcher(policies, self._vectors))
            while len(self._books) > _BOOKS_KEPT:
                self._books.popitem(last=False)
        return self._books[key]


def _embedded(statement: Statement) -> str:
    return f"{statement.title}:{statement.question or ''}{statement.text}"
