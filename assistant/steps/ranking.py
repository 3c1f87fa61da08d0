"""Ranks statements against one question, and says whether they can answer it at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.steps.asking import Asked
from assistant.steps.needs import Need, Timing, ValueKind
from assistant.steps.plain_words import with_official_words
from assistant.steps.statement_index import Profile, WordWeights, terms
from knowledge.roles import Vectors
from knowledge.statements import Facet

# How well a statement of the second facet serves a question for the first.
_SERVES: dict[Facet, dict[Facet, float]] = {
    Facet.FEE: {Facet.FEE: 1.0},
    Facet.TIME_LIMIT: {Facet.TIME_LIMIT: 1.0, Facet.PROCESS: 0.3, Facet.RESULT: 0.1},
    Facet.CONDITIONS: {Facet.CONDITIONS: 0.8, Facet.BENEFIT: 0.3, Facet.AGENT: 0.5, Facet.TIME_LIMIT: 0.2},
    Facet.AGENT: {Facet.AGENT: 1.0, Facet.CONDITIONS: 0.7, Facet.MATERIALS: 0.2},
    Facet.MATERIALS: {Facet.MATERIALS: 1.0, Facet.CONDITIONS: 0.15},
    Facet.PROCESS: {Facet.PROCESS: 1.0, Facet.CHANNELS: 0.5, Facet.CONDITIONS: 0.3, Facet.MATERIALS: 0.2},
    Facet.CHANNELS: {Facet.CHANNELS: 1.0, Facet.DEPARTMENT: 0.3, Facet.CONDITIONS: 0.4, Facet.PROCESS: 0.3},
    Facet.DEPARTMENT: {Facet.DEPARTMENT: 1.0, Facet.CONDITIONS: 0.5, Facet.CHANNELS: 0.4},
    Facet.RESULT: {Facet.RESULT: 1.0, Facet.BENEFIT: 0.4, Facet.CONDITIONS: 0.2},
    Facet.BENEFIT: {Facet.BENEFIT: 1.0, Facet.RESULT: 0.7, Facet.CONDITIONS: 0.6, Facet.FEE: 0.3},
    Facet.VALIDITY: {Facet.VALIDITY: 1.0, Facet.RESULT: 0.7, Facet.CONDITIONS: 0.6, Facet.TIME_LIMIT: 0.2},
    Facet.LEGAL_BASIS: {Facet.LEGAL_BASIS: 1.0},
    Facet.RELATED: {Facet.RELATED: 1.0, Facet.PROCESS: 0.7, Facet.CONDITIONS: 0.6, Facet.RESULT: 0.3},
}
DENSE_FLOOR, DENSE_RANGE = 0.78, 0.12
# Words we added count, but less than the citizen's own.
_OFFICIAL_SHARE = 0.5
# A clerk's check list repeats the conditions in fewer, harder words.
_REVIEW_POINT_COST = 0.15
# 「爸爸有几天陪产假」 answers no 「产假几天」, however near its words come.
_OTHER_QUESTION_COST = 0.5
_PROCESSING_SAID = re.compile(
    r"工作日|办结|决定|审查|审核|审批|到账|压缩|即办|当场|即时|拿到|发证|下来|制证|签发|出具|补发"
)
_IN_PERSON = re.compile(
    r"亲自|本人|代办|代理|代为|委托|监护人|双方|共同|由.{1,8}(?:申请|申报|办理)|父母|单位|近亲属|户主"
)
_HOLDS = re.compile(r"有效|期满|复核|保护|签注|顺延|长期|到期|续")
_FEE_SAID = re.compile(r"收费|免费|工本费|不收|元/本|费用|免收")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A statement with its score for one question, and the parts the score is made of."""

    profile: Profile
    score: float
    dense: float
    lexical: float
    facet: float


def rank(
    asked: Asked, profiles: Sequence[Profile], vectors: Vectors | None, query: Vectors | None, weights: WordWeights
) -> list[Ranked]:
    """Best first. `vectors` are those of the profiles in their order; `query` that of the question."""
    words = terms(asked.search)
    official = terms(with_official_words(asked.search)) - words
    cosines = (
        vectors @ query if vectors is not None and query is not None and len(profiles) else np.zeros(len(profiles))
    )
    ranked: list[Ranked] = []
    for profile, cosine in zip(profiles, cosines, strict=True):
        if not fits(asked.need, profile):
            continue
        dense = float(np.clip((cosine - DENSE_FLOOR) / DENSE_RANGE, 0.0, 1.3))
        title = terms(profile.statement.title)
        lexical = weights.overlap(words - title, profile.terms)
        lexical += _OFFICIAL_SHARE * weights.overlap(official - title, profile.terms)
        facet = facet_fit(asked.need, profile)
        kind = kind_fit(asked.need, profile)
        score = dense + 1.2 * lexical + 0.8 * facet + 0.7 * kind + _time_fit(asked.need, profile)
        score -= _REVIEW_POINT_COST if _is_review_point(profile) else 0.0
        if kind:  # a figure is right for one question only
            score -= _OTHER_QUESTION_COST * _asks_something_else(profile, words, weights)
        ranked.append(Ranked(profile=profile, score=score, dense=dense, lexical=lexical, facet=facet))
    return sorted(ranked, key=lambda r: -r.score)


def _asks_something_else(profile: Profile, words: frozenset[str], weights: WordWeights) -> float:
    """For a frequent question, the share of its weight that was not asked, 0 to 1; 0 for everything else."""
    question = profile.statement.question
    return 1.0 - weights.overlap(terms(question), words) if question else 0.0


def facet_fit(need: Need, profile: Profile) -> float:
    """How well a statement of these facets serves what is asked, 0 to 1."""
    if not need.facets:
        return 0.0
    best = 0.0
    for place, wanted in enumerate(need.facets):
        serves = _SERVES.get(wanted, {})
        fit = max((serves.get(f, 0.0) for f in profile.facets), default=0.0)
        best = max(best, fit * (1.0 if place == 0 else 0.8))
    return best


def kind_fit(need: Need, profile: Profile) -> float:
    """The share of the kinds of value asked that the statement holds."""
    if not need.kinds:
        return 0.0
    return len(need.kinds & profile.kinds) / len(need.kinds)


def _time_fit(need: Need, profile: Profile) -> float:
    """Of the two time limits the one named; a processing time where that is asked, no deadline in its place."""
    part = profile.statement.id.rpartition("#")[2]
    if need.promised and "promised" in part:
        return 0.5
    if need.statutory and "statutory" in part:
        return 0.5
    if Timing.DEADLINE in need.timings and profile.statement.facet is Facet.TIME_LIMIT:
        return -0.3
    if need.timings == {Timing.PROCESSING} and ValueKind.DURATION in profile.kinds and not _says_processing(profile):
        return -0.3
    return 0.0


def _says_processing(profile: Profile) -> bool:
    return profile.statement.facet is Facet.TIME_LIMIT or bool(_PROCESSING_SAID.search(profile.statement.text))


# What only introduces an item, or tells where the sheet comes from, answers no question about its facts.
_INTRODUCES = frozenset({Facet.OVERVIEW, Facet.DEPARTMENT, Facet.REFERENCE_STATUS, Facet.RELATED})
_RULES = frozenset({Facet.CONDITIONS, Facet.AGENT, Facet.BENEFIT})
_EXACT_KINDS = (
    ValueKind.LEVEL,
    ValueKind.SCORE,
    ValueKind.PERCENT,
    ValueKind.AGE,
    ValueKind.COUNT,
    ValueKind.NUMBER,
    ValueKind.MULTIPLE,
    ValueKind.HOURS,
)


def fits(need: Need, profile: Profile) -> bool:
    """False for introductions and origins, unless the question asks for just that.

    The clerk's check list is read only for a value that was asked: its wording is not made for citizens.
    """
    facet = profile.statement.facet
    if _is_review_point(profile) and not need.kinds:
        return False
    if facet is Facet.LEGAL_BASIS:
        return facet in need.facets or ValueKind.LAW in need.kinds
    if need.timings == {Timing.PROCESSING} and Facet.VALIDITY in profile.facets - {Facet.TIME_LIMIT}:
        return False  # how long a card holds is no answer to how long one waits for it
    return facet not in _INTRODUCES or facet in need.facets


def _is_review_point(profile: Profile) -> bool:
    return "#review_points" in profile.statement.id


def is_covered(need: Need, profiles: Sequence[Profile]) -> bool:
    """True where the statements can hold what is asked: the right facet, with the right kind of value in it."""
    own = [p for p in profiles if p.statement.facet not in (*_INTRODUCES, Facet.LEGAL_BASIS)]
    first = need.facets[0] if need.facets else None
    if need.measures and not any(need.is_measured_in(p.statement.text) for p in own):
        return False
    if first is Facet.LEGAL_BASIS or ValueKind.LAW in need.kinds:
        return any(p.statement.facet is Facet.LEGAL_BASIS for p in profiles)
    if first in _INTRODUCES and first is not Facet.RELATED:
        return any(first in p.facets for p in profiles)
    if need.kinds:
        return _covers_kinds(need, own)
    return _covers_facets(need, own)


def _covers_kinds(need: Need, own: Sequence[Profile]) -> bool:
    if ValueKind.MONEY in need.kinds:
        return _covers_money(need, own)
    if any(kind in need.kinds and not any(kind in p.kinds for p in own) for kind in _EXACT_KINDS):
        return False
    return _covers_time(need, own) if ValueKind.DURATION in need.kinds else bool(own)


def _covers_facets(need: Need, own: Sequence[Profile]) -> bool:
    wanted = set(need.facets)
    if Facet.VALIDITY in need.facets[:1]:
        return any(_tells_the_end(p) for p in own) or not any(p.statement.facet is Facet.VALIDITY for p in own)
    if wanted and wanted <= {Facet.MATERIALS}:
        return any(Facet.MATERIALS in p.facets for p in own)
    if _asks_who_comes(need):
        return any(Facet.AGENT in p.facets or _IN_PERSON.search(p.statement.text) for p in own)
    if wanted and wanted <= {Facet.CONDITIONS, Facet.AGENT}:
        return any(p.facets & _RULES or p.statement.question for p in own)
    return bool(own)


def _asks_who_comes(need: Need) -> bool:
    """True where the question is who may come: nothing about other conditions answers it."""
    return Facet.AGENT in need.facets and not set(need.facets) - {Facet.AGENT, Facet.CONDITIONS, Facet.DEPARTMENT}


def _covers_money(need: Need, profiles: Sequence[Profile]) -> bool:
    if Facet.FEE in need.facets:
        return any(_says_fee(p) for p in profiles)
    given = {ValueKind.MONEY, ValueKind.PERCENT}
    return any(p.kinds & given or "工资" in p.statement.text for p in profiles)


def _tells_the_end(profile: Profile) -> bool:
    """A policy whose sheet has only a beginning says nothing about how long it holds."""
    return Facet.VALIDITY in profile.facets and not profile.statement.id.endswith("#period.from")


def _says_fee(profile: Profile) -> bool:
    said = profile.statement
    if said.facet is Facet.FEE:
        return True
    return ValueKind.MONEY in profile.kinds and bool(_FEE_SAID.search(f"{said.question or ''}{said.text}"))


def _covers_time(need: Need, profiles: Sequence[Profile]) -> bool:
    timed = [p for p in profiles if ValueKind.DURATION in p.kinds and not p.statement.id.endswith("#period.from")]
    if not timed:
        return False
    limits = [p for p in timed if p.statement.facet is Facet.TIME_LIMIT]
    if need.promised and limits and not any("promised" in p.statement.id for p in limits):
        return False
    if need.statutory and limits and not any("statutory" in p.statement.id for p in limits):
        return False
    if Timing.PROCESSING in need.timings and not need.timings & {Timing.DEADLINE, Timing.VALIDITY}:
        return any(_says_processing(p) for p in timed)
    if need.timings == {Timing.VALIDITY}:
        return any(_tells_the_end(p) or p.statement.facet is Facet.RESULT or _holds(p) for p in timed)
    return True


def _holds(profile: Profile) -> bool:
    return bool(_HOLDS.search(f"{profile.statement.question or ''}{profile.statement.text}"))
