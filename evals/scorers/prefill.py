"""Scores of prefilled forms: what was filled rightly, what was wrongly filled, what was rightly left to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.samples import PrefillCase
from evals.statistics import Measure, mean, ratio, share


@dataclass(frozen=True, slots=True)
class PrefillRow:
    """A case with what the product filled and asks."""

    case: PrefillCase
    filled: Mapping[str, str]
    ask: tuple[str, ...]


def prefill_metrics(rows: Sequence[PrefillRow]) -> dict[str, Measure]:
    """Micro averages over fields, resampled by case; shares of single decisions with Wilson's interval.

    `field_precision` counts a value as wrong where the case expects another one, wants the field asked or names the
    value as forbidden; a value in a field of which the case says nothing counts in `field_precision_strict` only.
    """
    right = [float(_right(r)) for r in rows]
    expected = [float(len(r.case.expected)) for r in rows]
    labelled = [float(len(_labelled(r))) for r in rows]
    fields = [e + len(set(r.case.must_ask) - set(r.case.expected)) for r, e in zip(rows, expected, strict=True)]
    traps = [value == r.filled.get(name) for r in rows for name, value in r.case.must_not_fill.items()]
    return {
        "field_precision": ratio(right, labelled),
        "field_precision_strict": ratio(right, [float(len(r.filled)) for r in rows]),
        "field_recall": ratio(right, expected),
        "prefill_ratio": ratio(right, fields),
        "must_ask_recall": share([name in r.ask for r in rows for name in r.case.must_ask]),
        "must_ask_filled": share([name in r.filled for r in rows for name in r.case.must_ask]),
        "false_fills": share(traps),
        "questions_per_case": mean([float(len(r.ask)) for r in rows]),
        "whole_form_right": share([_right(r) == len(r.case.expected) == len(_labelled(r)) for r in rows]),
    }


def _right(row: PrefillRow) -> int:
    return sum(row.filled.get(name) == value for name, value in row.case.expected.items())


def _labelled(row: PrefillRow) -> list[str]:
    known = set(row.case.expected) | set(row.case.must_ask)
    return [name for name, value in row.filled.items() if name in known or row.case.must_not_fill.get(name) == value]


def prefill_scores(row: PrefillRow) -> Mapping[str, float]:
    """The case's own part of each measure, so that two runs can be compared pair by pair."""
    right, labelled, expected = _right(row), _labelled(row), row.case.expected
    wanted = len(expected) + len(set(row.case.must_ask) - set(expected))
    traps = [value == row.filled.get(name) for name, value in row.case.must_not_fill.items()]
    scores = {"whole_form_right": float(right == len(expected) == len(labelled))}
    if labelled:
        scores["field_precision"] = round(right / len(labelled), 4)
    if expected:
        scores["field_recall"] = round(right / len(expected), 4)
    if wanted:
        scores["prefill_ratio"] = round(right / wanted, 4)
    if row.case.must_ask:
        scores["must_ask_recall"] = round(sum(n in row.ask for n in row.case.must_ask) / len(row.case.must_ask), 4)
    if traps:
        scores["false_fills"] = round(sum(traps) / len(traps), 4)
    return scores
