"""Citations looked at closer than their source: does the clause bear the fact, does the sentence stand in its quote.

No judge: a required fact has known wordings, and a wording stands in a text or does not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evals.scorers.plain_text import plain

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedClause:
    """A clause of a source that the answer cites, with its wording there."""

    source: str
    anchor: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingSentence:
    """A sentence with the wordings that it cites."""

    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    right: float
    of: int


Fact = Sequence[str]


def clause_precision(clauses: Sequence[CitedClause], facts: Sequence[Fact], wanted: Sequence[str]) -> Part:
    """Of the cited clauses, those of a right source that bear a required fact."""
    distinct = {(c.source, c.anchor): c for c in clauses}
    right = [c for c in distinct.values() if c.source in wanted and any(states(c.quote, fact) for fact in facts)]
    return Part(len(right), len(distinct))


def clause_recall(clauses: Sequence[CitedClause], facts: Sequence[Fact], wanted: Sequence[str]) -> Part:
    """Of the required facts, those that stand in a cited clause of a right source."""
    quotes = [c.quote for c in clauses if c.source in wanted]
    return Part(sum(any(states(quote, fact) for quote in quotes) for fact in facts), len(facts))


def span_precision(sentences: Sequence[CitingSentence]) -> Part:
    """Of the pairs of signs of each citing sentence, the share that stands in what it cites, summed over sentences."""
    shares = [_covered(one) for one in sentences if one.quotes]
    return Part(sum(shares), len(shares))


def span_recall(sentences: Sequence[CitingSentence], facts: Sequence[Fact]) -> Part:
    """Of the required facts that are stated, those stated by a sentence whose own citation states them too."""
    stating = [[one for one in sentences if states(one.text, fact)] for fact in facts]
    borne = [
        any(states(quote, fact) for one in found for quote in one.quotes)
        for fact, found in zip(facts, stating, strict=True)
        if found
    ]
    return Part(sum(borne), len(borne))


def states(text: str, fact: Fact) -> bool:
    """True where one of the fact's wordings stands there."""
    said = plain(text)
    return any(plain(wording) in said for wording in fact)


def _covered(sentence: CitingSentence) -> float:
    own = _pairs(sentence.text)
    there = set[str]().union(*(_pairs(quote) for quote in sentence.quotes))
    return len(own & there) / len(own) if own else 1.0


def _pairs(text: str) -> set[str]:
    signs = _NO_WORD.sub("", plain(text))
    return {signs[n : n + 2] for n in range(len(signs) - 1)}
