"""What passes between the steps: what was understood, what an answer may rest on, and a sentence with its proof."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.dialogue import Utterance
from guardrails.approved import Draft, Evidence, Wording
from knowledge.items import ServiceItem
from knowledge.policies import Policy
from knowledge.statements import Facet, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What the message asks, after normalising and with the dialogue in view.

    `query` is the message in simplified characters, half width; `standalone` is the same with what the dialogue adds,
    so that it can be searched alone. `facets` are what is asked, most wanted first; empty means the item as a whole.
    `other_region` names a place outside the region served, where the message asks about one.
    """

    query: str
    standalone: str
    language: str
    facets: tuple[Facet, ...]
    audience: str | None
    region: str
    other_region: str | None
    as_of: date
    history: tuple[Utterance, ...]
    is_follow_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What an answer may rest on. Empty `statements` means that no answer may be given.

    `statements` are those that answer the question, best first, all fit to be stated. `unconfirmed` are the asked
    facets for which the sheets have no reliable source. `background` are further statements of the same sources, for a
    model to read; a sentence may rest on them too. `layers` are the sources that hold in one district only, with it.
    """

    understood: Understood
    items: tuple[ServiceItem, ...]
    policies: tuple[Policy, ...]
    statements: tuple[Statement, ...]
    background: tuple[Statement, ...] = ()
    unconfirmed: tuple[Facet, ...] = ()
    layers: tuple[tuple[str, str], ...] = ()

    def layer_of(self, source: str) -> str | None:
        """The district that a source is the rule of; None for the city's and the country's."""
        return dict(self.layers).get(source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One sentence of an answer with the statements it states: its proof."""

    text: str
    wording: Wording
    statements: tuple[Statement, ...]

    def draft(self) -> Draft:
        """The sentence as the guard takes it. Titles are evidence too: it may name what it is about."""
        evidence = tuple(Evidence(source=s.source, text=f"{s.title}\n{s.text}") for s in self.statements)
        return Draft(text=self.text, wording=self.wording, evidence=evidence)


class Composer(Protocol):
    """Writes the sentences of an answer. The grounded composer and the language model both do."""

    @property
    def name(self) -> str:
        """`grounded`, or the model's name."""
        ...

    def compose(self, grounds: Grounds) -> AsyncIterator[Piece]:
        """Sentences in order, each as soon as it is complete. Raises `assistant.errors.ModelUnavailable`."""
        ...
