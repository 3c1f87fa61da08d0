"""Answer keys as a dataset file: from the knowledge in force and the ways of asking that ship."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from evals.harness.provenance import ROOT
from evals.keys.making import Request, keys_of
from evals.samples import AnswerCase
from evals.statistics import SEED
from knowledge.corpus.requests import ways_of_asking
from knowledge.items import ServiceItem
from knowledge.policies import Policy

ASKING = ROOT / "corpus" / "asking"


def write_keys(
    target: Path, items: Sequence[ServiceItem], policies: Sequence[Policy], today: date, limit: int | None = None
) -> int:
    """Write all cases, or a seeded sample of them; how many there are."""
    cases = sampled(all_keys(items, policies, today), limit)
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = (case.model_dump_json(exclude_defaults=True) + "\n" for case in cases)
    target.write_text("".join(lines), encoding="utf-8")
    return len(cases)


def all_keys(items: Sequence[ServiceItem], policies: Sequence[Policy], today: date) -> list[AnswerCase]:
    """Every case."""
    ways = ways_of_asking(ASKING) if ASKING.is_dir() else ()
    requests = [Request(way.item, way.query) for way in ways if way.item is not None]
    return list(keys_of(items, policies, requests, today))


def sampled(cases: Sequence[AnswerCase], limit: int | None) -> list[AnswerCase]:
    """In their order; the same ones each time."""
    if limit is None or limit >= len(cases):
        return list(cases)
    places = sorted(random.Random(SEED).sample(range(len(cases)), limit))  # noqa: S311 - a sample, no secret
    return [cases[place] for place in places]
