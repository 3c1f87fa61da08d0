"""Selects from the ranked statements those that go into the answer to one question."""

from assistant.steps.asking import Asked
from assistant.steps.ranking import Ranked
from knowledge.statements import Facet, Statement

# A list is only useful whole; the rest are picked one by one.
_WHOLE = frozenset({Facet.MATERIALS})
_MARGIN = 0.55
_MOST, _MOST_OF_SEVERAL = 4, 2
_OVERVIEW_ORDER = (
    Facet.PROCESS,
    Facet.CONDITIONS,
    Facet.MATERIALS,
    Facet.CHANNELS,
    Facet.TIME_LIMIT,
    Facet.FEE,
    Facet.BENEFIT,
)


def select(asked: Asked, ranked: list[Ranked], questions: int) -> list[Statement]:
    """The statements for one of `questions` questions, best first."""
    if not ranked:
        return []
    wanted = asked.need.facets
    if not asked.need.kinds and (not wanted or wanted[0] is Facet.PROCESS) and _is_general(asked, ranked):
        return _overview(ranked)
    most = _MOST if questions == 1 else _MOST_OF_SEVERAL
    best = ranked[0].score
    chosen = [r.profile.statement for r in ranked[:most] if r.score >= best - _MARGIN]
    if wanted and wanted[0] in _WHOLE and not asked.need.kinds:
        listed = [r.profile.statement for r in ranked if r.profile.statement.facet is wanted[0]]
        first = chosen[:1] if chosen[0].facet is not wanted[0] and ranked[0].lexical > 0 else []
        chosen = [*first, *_of_one_source(listed, listed[0].source if listed else "")]
    return _without_repeats(chosen)


def _is_general(asked: Asked, ranked: list[Ranked]) -> bool:
    """True where no statement stands out: the item as a whole is wanted."""
    return bool(asked.need.facets) or ranked[0].lexical < 0.25  # noqa: PLR2004 - a quarter of the words found is a hit


def _overview(ranked: list[Ranked]) -> list[Statement]:
    source = ranked[0].profile.statement.source
    own = [r.profile.statement for r in ranked if r.profile.statement.source == source]
    chosen: list[Statement] = []
    for facet in _OVERVIEW_ORDER:
        of_facet = [s for s in own if s.facet is facet]
        chosen.extend(of_facet if facet in _WHOLE else of_facet[:2])
    return chosen or own[:_MOST]


def _of_one_source(statements: list[Statement], source: str) -> list[Statement]:
    return [s for s in statements if s.source == source]


def _without_repeats(statements: list[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for one in statements:
        if not any(one.text in other.text or other.text in one.text for other in kept):
            kept.append(one)
    return kept
