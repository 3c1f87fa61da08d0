"""Finds the policies that a question is about: by their names, whom they serve and what they give."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.steps.asking import Asked
from assistant.steps.grounds import Understood
from assistant.steps.needs import Timing
from assistant.steps.plain_words import with_official_words
from assistant.steps.statement_index import StatementVectors, WordWeights, terms
from knowledge.items import ServiceItem
from knowledge.policies import Policy
from knowledge.roles import Vectors

# Scores from which a policy may answer, tuned on development questions: alone, and where items are in question.
FITS, FITS_BESIDE_ITEMS = 0.55, 0.62
_MOST, _CLOSE = 2, 0.1
_NAMED, _NAMED_MORE = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class MatchedPolicy:
    """A policy and how well it fits, about 0 to 1."""

    policy: Policy
    score: float
    named: float


class PolicyMatcher:
    """Holds the policies of one state of the knowledge base."""

    def __init__(self, policies: Sequence[Policy], vectors: StatementVectors | None) -> None:
        self._policies = tuple(policies)
        self._texts = tuple(self._describe(p) for p in self._policies)
        self._terms = tuple(terms(t) for t in self._texts)
        self._names = tuple(terms(p.name) for p in self._policies)
        self._weights = WordWeights(self._terms)
        self._vectors = vectors.of(self._texts) if vectors is not None and self._texts else None

    def match(self, question: str, query: Vectors | None) -> tuple[MatchedPolicy, ...]:
        """All policies, best first."""
        if not self._policies:
            return ()
        asked = terms(with_official_words(question))
        cosines = self._vectors @ query if self._vectors is not None and query is not None else None
        found = []
        for i, policy in enumerate(self._policies):
            named = self._weights.overlap(self._names[i], asked)
            said = self._weights.overlap(asked, self._terms[i])
            dense = float(np.clip((cosines[i] - 0.80) / 0.10, 0.0, 1.0)) if cosines is not None else 0.0
            found.append(MatchedPolicy(policy, 0.4 * dense + 0.4 * named + 0.4 * said, named))
        return tuple(sorted(found, key=lambda m: -m.score))

    @staticmethod
    def _describe(policy: Policy) -> str:
        conditions = "、".join(c.text for c in policy.conditions)
        return f"{policy.name}。{policy.who}。{conditions}。{policy.benefit.type}{policy.benefit.note or ''}"


_DISTRICT = re.compile(r"(黄浦|徐汇|长宁|静安|普陀|虹口|杨浦|闵行|宝山|嘉定|浦东|金山|松江|青浦|奉贤|崇明)")


def district_of(policy: Policy) -> str | None:
    """The district that gives the policy; None for the city's."""
    found = _DISTRICT.search(f"{policy.name}{policy.department}{policy.region}")
    return found.group() if found else None


def is_for_region(policy: Policy, understood: Understood) -> bool:
    """False for a district's policy where neither the question nor the asker is of it: it is never meant in passing."""
    district = district_of(policy)
    return district is None or district in understood.standalone or district in understood.region


def names_district_of(policy: Policy, understood: Understood) -> bool:
    """True where the question itself names the district that gives the policy."""
    district = district_of(policy)
    return district is not None and district in understood.standalone


def fitting(
    matches: Sequence[MatchedPolicy], understood: Understood, *, beside_items: bool
) -> tuple[MatchedPolicy, ...]:
    """The one or two policies that fit well enough; whoever names a district means that district's policy."""
    near = [m for m in matches if is_for_region(m.policy, understood)][:_MOST]
    close = near[0].score - _CLOSE if near else 0.0
    return tuple(
        m
        for m in near
        if m.score
        >= max(close, FITS_BESIDE_ITEMS if beside_items and not names_district_of(m.policy, understood) else FITS)
    )


def is_meant(
    policies: Sequence[MatchedPolicy],
    understood: Understood,
    asked: Sequence[Asked],
    items: Sequence[ServiceItem],
    weights: WordWeights,
) -> bool:
    """True where a policy rather than one of the items is meant: it is called by name, or asked how long it holds."""
    if not policies:
        return False
    if not items:
        return True
    best = policies[0]
    if names_district_of(best.policy, understood):
        return True
    if any(Timing.VALIDITY in one.need.timings for one in asked) and best.named >= _NAMED:
        return True
    words = terms(understood.standalone)
    names = [name for item in items for name in (item.name, *item.aliases)]
    item_named = max((weights.overlap(terms(name), words) for name in names), default=0.0)
    return best.named >= _NAMED and best.named > item_named + _NAMED_MORE
