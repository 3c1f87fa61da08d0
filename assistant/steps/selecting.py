"""Selects from the ranked statements those that go into the answer to one question."""

import re

from assistant.steps.asking import Asked
from assistant.steps.ranking import Ranked
from knowledge.statements import Facet, Statement

# A list is only useful whole; the rest are picked one by one.
_WHOLE = frozenset({Facet.MATERIALS})
_MARGIN, _REPEAT_COST = 0.6, 0.5
# From this share of the question's words on, a statement is about just that.
_HIT = 0.25
_MOST, _MOST_OF_MANY = {1: 4, 2: 3}, 2
_MOST_TOLD = {Facet.MATERIALS: 12, Facet.CONDITIONS: 5}
_OVERVIEW_ORDER = (
    Facet.PROCESS,
    Facet.CONDITIONS,
    Facet.MATERIALS,
    Facet.CHANNELS,
    Facet.TIME_LIMIT,
    Facet.FEE,
    Facet.BENEFIT,
)


_ASKS_A_POINT = re.compile(r"吗|么|呢|还是|是不是|能不能|可不可以|可以|哪|谁|为什么|凭什么|多|几|够|对吧|是吧")


def asks_a_point(text: str) -> bool:
    """Whether one point of an item is asked, if not in words that name a facet: 「领结婚证还要户口本吗」."""
    return _ASKS_A_POINT.search(text) is not None


def select(asked: Asked, ranked: list[Ranked], questions: int) -> list[Statement]:
    """The statements for one of `questions` questions, best first."""
    if not ranked:
        return []
    wanted = asked.need.facets
    if not asked.need.kinds and (not wanted or wanted[0] is Facet.PROCESS) and _is_general(asked, ranked):
        return _overview(ranked)
    most = _MOST.get(questions, _MOST_OF_MANY)
    chosen = _varied(ranked, most)
    if wanted and wanted[0] in _WHOLE and not asked.need.kinds:
        listed = [r.profile.statement for r in ranked if r.profile.statement.facet is wanted[0]]
        first = chosen[:1] if chosen[0].facet is not wanted[0] and ranked[0].lexical > 0 else []
        chosen = [*first, *_of_one_source(listed, listed[0].source if listed else "")]
    return _without_repeats(chosen)


def _varied(ranked: list[Ranked], most: int) -> list[Statement]:
    """The best, then those that add something: what repeats the words already chosen counts less."""
    kept: list[Ranked] = []
    rest = list(ranked)
    least = ranked[0].score - _MARGIN
    while rest and len(kept) < most:
        score, best = max(((r.score - _REPEAT_COST * _repeats(r, kept), r) for r in rest), key=lambda pair: pair[0])
        if score < least:
            break
        kept.append(best)
        rest.remove(best)
    return [r.profile.statement for r in kept]


def _repeats(one: Ranked, kept: list[Ranked]) -> float:
    """Share of the shorter wording that was said already, 0 to 1; nothing below a half."""
    mine = one.profile.terms
    shares = [len(mine & k.profile.terms) / max(1, min(len(mine), len(k.profile.terms))) for k in kept]
    return max(0.0, max(shares, default=0.0) - 0.5) * 2


def _is_general(asked: Asked, ranked: list[Ranked]) -> bool:
    """True for 「怎么办」 and for a bare name: the item as a whole is wanted, no one point of it."""
    if asked.need.facets:
        return True
    return ranked[0].lexical < _HIT and not asks_a_point(asked.text)


def _overview(ranked: list[Ranked]) -> list[Statement]:
    source = ranked[0].profile.statement.source
    own = [r.profile.statement for r in ranked if _stands_alone(r.profile.statement, source)]
    # what answers best comes first, whatever its facet
    chosen: list[Statement] = own[:1] if ranked[0].lexical >= _HIT else []
    for facet in _OVERVIEW_ORDER:
        of_facet = [s for s in own if s.facet is facet]
        # a condition left out misleads more than a long sentence tires
        chosen.extend(of_facet[: _MOST_TOLD.get(facet, 2)])
    return list(dict.fromkeys(chosen)) or own[: _MOST[1]]


def _stands_alone(statement: Statement, source: str) -> bool:
    """True for what may be told unasked: the answer to a frequent question needs its question beside it."""
    return statement.source == source and statement.question is None and "#review_points" not in statement.id


def _of_one_source(statements: list[Statement], source: str) -> list[Statement]:
    return [s for s in statements if s.source == source]


def _without_repeats(statements: list[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for one in statements:
        if not any(one.text in other.text or other.text in one.text for other in kept):
            kept.append(one)
    return kept
