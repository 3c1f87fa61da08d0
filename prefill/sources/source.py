"""What a source of facts is: one register, licence store or collection of earlier cases."""

from dataclasses import dataclass
from typing import Protocol

from prefill.facts import Fact
from prefill.sources.consent import Consent


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a source is asked about: a person or company as the identity provider named them, proven beforehand."""

    id: str


class FactSource(Protocol):
    """A source of facts. It may fail or be slow: `ask_all` gives each its time and goes on without it."""

    @property
    def name(self) -> str:
        """The register's name as the keys have it and as the citizen knows it (身份证)."""
        ...

    def keys(self) -> frozenset[str]:
        """The keys it can tell (身份证.姓名)."""
        ...

    def facts(self, subject: Subject, consent: Consent) -> tuple[Fact, ...]:
        """What is known under the consent's keys, and nothing else. Raises SourceUnavailable."""
        ...
