"""Picks from a passage the sentences that answer a question, word for word."""

import re
from dataclasses import dataclass

from assistant.steps.asking import Asked
from assistant.steps.document_cues import special_terms, without_pointers
from assistant.steps.needs import kinds_in
from assistant.steps.statement_index import WordWeights, terms
from knowledge.statements import Statement

_SENTENCE = re.compile(r"[^。!?！？;；\n]+[。!?！？;；\n]?[”」』）)]?")
_HEADING = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）).、]|#)")
_GARBLED = re.compile(r"[!\"#$%&*+=@^~`|<>\\]|\d")
_LONGEST, _SHORTEST, _A_HEADING = 260, 6, 30
_KIND_WORTH, _TERM_WORTH, _PLACE_COST, _NEAR_THE_BEST = 0.15, 0.4, 0.04, 0.75


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage and how well it answers."""

    statement: Statement
    text: str
    score: float


def best_quotes(asked: Asked, passages: tuple[Statement, ...], most: int) -> list[Quote]:
    """The best sentences of one document, best first; another document would start another answer.

    Numbers of garbled text are never quoted: such sentences are left out.
    """
    sentences = [(s, t, place) for place, s in enumerate(passages) for t in sentences_of(s)]
    weights = WordWeights([terms(t) for _, t, _ in sentences])
    wanted = without_pointers(asked.search)
    words, special, kinds = terms(wanted), special_terms(wanted), asked.need.kinds
    quotes = []
    for statement, text, place in sentences:
        kind = len(kinds & kinds_in(text)) / len(kinds) if kinds else 0.0
        named = sum(term in text for term in special) / len(special) if special else 0.0
        score = weights.overlap(words, terms(text)) + _KIND_WORTH * kind + _TERM_WORTH * named - _PLACE_COST * place
        quotes.append(Quote(statement, text, score))
    quotes.sort(key=lambda q: -q.score)
    if not quotes or quotes[0].score <= 0:
        return []
    source, least = quotes[0].statement.source, quotes[0].score * _NEAR_THE_BEST
    return [q for q in quotes if q.statement.source == source and q.score >= least][:most]


def sentences_of(passage: Statement) -> list[str]:
    """The sentences that may be quoted, in order; a short heading goes with the sentence below it."""
    found = [m.group() for m in _SENTENCE.finditer(passage.text)]
    joined: list[str] = []
    heading = ""
    for sentence in found:
        if not heading and len(sentence.strip()) < _A_HEADING and _HEADING.match(sentence.strip()):
            heading = sentence
            continue
        joined.append(heading + sentence)
        heading = ""
    if heading:
        joined.append(heading)
    kept = [t.strip()[:_LONGEST] for t in joined if len(t.strip()) >= _SHORTEST]
    return [t for t in kept if not (passage.garbled and _GARBLED.search(t))]
