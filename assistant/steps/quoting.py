"""Picks from a passage the sentences that answer a question, word for word."""

import re
from dataclasses import dataclass

from assistant.steps.asking import Asked
from assistant.steps.needs import kinds_in
from assistant.steps.statement_index import WordWeights, terms
from knowledge.statements import Statement

_SENTENCE = re.compile(r"[^。!?！？;；\n]+[。!?！？;；\n]?[”」』）)]?")
_GARBLED = re.compile(r"[!\"#$%&*+=@^~`|<>\\]|\d")
_LONGEST = 220


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage and how well it answers."""

    statement: Statement
    text: str
    score: float


def best_quotes(asked: Asked, passages: tuple[Statement, ...], most: int) -> list[Quote]:
    """The best sentences, best first. Numbers of garbled text are never quoted: such sentences are left out."""
    sentences = [(s, t, place) for place, s in enumerate(passages) for t in sentences_of(s)]
    if not sentences:
        return []
    weights = WordWeights([terms(t) for _, t, _ in sentences])
    words = terms(asked.search)
    quotes = []
    for statement, text, place in sentences:
        said = terms(text)
        kinds = asked.need.kinds
        kind = len(kinds & kinds_in(text)) / len(kinds) if kinds else 0.0
        score = weights.overlap(words, said) + 0.15 * kind - 0.04 * place
        quotes.append(Quote(statement, text, score))
    quotes.sort(key=lambda q: -q.score)
    least = quotes[0].score * 0.7
    return [q for q in quotes[:most] if q.score >= least and q.score > 0]


def sentences_of(passage: Statement) -> list[str]:
    """The sentences that may be quoted, in order."""
    found = [m.group().strip() for m in _SENTENCE.finditer(passage.text)]
    kept = [t for t in found if len(t) > 5 and not (passage.garbled and _GARBLED.search(t))]  # noqa: PLR2004
    return [t if len(t) <= _LONGEST else t[:_LONGEST] for t in kept]
