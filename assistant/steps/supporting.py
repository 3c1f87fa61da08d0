"""Finds whose sheet answers best where recognition is unsure: what a sheet says on the question speaks for its item."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.steps.asking import Asked
from assistant.steps.plain_words import with_official_words
from assistant.steps.ranking import DENSE_FLOOR, DENSE_RANGE, facet_fit, fits, is_covered, kind_fit
from assistant.steps.selecting import asks_a_point
from assistant.steps.statement_index import Profile, WordWeights, terms
from knowledge.roles import Vectors

# What recognition (or the search for policies) thinks counts as much as a good statement.
_THOUGHT = 1.5
_OFFICIAL_SHARE = 0.5
# Below these nothing is answered on the strength of a sheet alone. Looked at on both sets of answers: docs/answers.md.
_LEAST_THOUGHT, _LEAST_LEAD, _LEAST_NEARNESS = 0.5, 0.25, 0.85
_ENOUGH = 1.3
_LEAD_WORTH, _MOST_LEAD, _NEARNESS_WORTH = 0.6, 1.0, 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The statements of an item or policy, their vectors, and how far it is thought to be meant, 0 to 1."""

    source: str
    thought: float
    profiles: Sequence[Profile]
    vectors: Vectors | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """What the best statement of a sheet says to the questions."""

    score: float
    nearness: float
    lexical: float


def best_supported(
    asked: Sequence[Asked], queries: Vectors, sheets: Sequence[Sheet], weights: WordWeights
) -> str | None:
    """The source whose statements answer clearly better than all others'; None where that is not clear.

    Statements without a reliable source compete too: who asks for a fee that is not known is not told another's.
    """
    if not all(one.need.facets or one.need.kinds or one.need.confirms or asks_a_point(one.text) for one in asked):
        return None
    found = [(sheet, _on_all(asked, queries, sheet, weights)) for sheet in sheets]
    ranked = sorted(
        ((sheet, best, best.score + _THOUGHT * sheet.thought) for sheet, best in found if best is not None),
        key=lambda one: -one[2],
    )
    if not ranked:
        return None
    sheet, best, score = ranked[0]
    lead = score - ranked[1][2] if len(ranked) > 1 else _MOST_LEAD
    if sheet.thought < _LEAST_THOUGHT or lead < _LEAST_LEAD or best.nearness < _LEAST_NEARNESS:
        return None
    sure = sheet.thought + _LEAD_WORTH * min(lead, _MOST_LEAD) + best.lexical
    sure += _NEARNESS_WORTH * (best.nearness - _LEAST_NEARNESS)
    return sheet.source if sure >= _ENOUGH and _may_answer(asked, sheet) else None


def _may_answer(asked: Sequence[Asked], sheet: Sheet) -> bool:
    stated = [profile for profile in sheet.profiles if profile.statement.may_be_stated]
    return all(is_covered(one.need, stated) for one in asked)


def _on_all(asked: Sequence[Asked], queries: Vectors, sheet: Sheet, weights: WordWeights) -> _Best | None:
    """The mean over all questions of the message; None where the sheet says nothing that fits any of them."""
    vectors = sheet.vectors
    if vectors is None:
        return None
    of_each = [_best(one, sheet, vectors @ query, weights) for one, query in zip(asked, queries, strict=True)]
    told = [best for best in of_each if best is not None]
    if not told:
        return None
    count = len(of_each)
    return _Best(
        score=sum(best.score for best in told) / count,
        nearness=sum(best.nearness for best in told) / count,
        lexical=sum(best.lexical for best in told) / count,
    )


def _best(asked: Asked, sheet: Sheet, cosines: Vectors, weights: WordWeights) -> _Best | None:
    """Unlike in ranking the statements of one sheet, its name counts: here it tells sheets apart."""
    words = terms(asked.search)
    official = terms(with_official_words(asked.search)) - words

    def scored(profile: Profile, cosine: float) -> _Best:
        said = profile.terms | terms(profile.statement.title)
        lexical = weights.overlap(words, said) + _OFFICIAL_SHARE * weights.overlap(official, said)
        nearness = float(np.clip((cosine - DENSE_FLOOR) / DENSE_RANGE, 0.0, 1.3))
        score = nearness + 1.2 * lexical + 0.8 * facet_fit(asked.need, profile) + 0.7 * kind_fit(asked.need, profile)
        return _Best(score=score, nearness=nearness, lexical=lexical)

    pairs = zip(sheet.profiles, cosines, strict=True)
    every = [scored(profile, float(cosine)) for profile, cosine in pairs if fits(asked.need, profile)]
    return max(every, key=lambda best: best.score, default=None)
