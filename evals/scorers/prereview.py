"""Scores of pre-review: outcomes, wrong passes and returns, points, codes, what the machine decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.review_samples import PrereviewCase
from evals.statistics import Measure, ratio, share
from prefill.review.result import Code, Outcome, PointResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One case and what the product said of it."""

    case: PrereviewCase
    outcome: Outcome
    points: Mapping[str, PointResult]
    missing_materials: tuple[str, ...]
    codes: tuple[Code, ...]

    def point(self, identifier: str) -> PointResult:
        """The result of a point; one that was not judged is unknown."""
        return self.points.get(identifier, PointResult.UNKNOWN)


def prereview_scores(row: ReviewRow) -> Mapping[str, float]:
    """The case's own part of each measure, so that two runs can be compared pair by pair."""
    expected = row.case.expected
    pairs = [(want, row.point(point)) for point, want in expected.points.items()]
    known = [given for want, given in pairs if want is not PointResult.UNKNOWN]
    scores = {
        "outcome_accuracy": float(row.outcome is expected.outcome),
        "codes_exact": float(_codes_fit(row)),
        "missing_materials_exact": float(_missing_fits(row)),
    }
    if expected.outcome is not Outcome.PASS:
        scores["false_pass"] = float(row.outcome is Outcome.PASS)
    if expected.outcome is not Outcome.RETURN:
        scores["false_return"] = float(row.outcome is Outcome.RETURN)
    if pairs:
        scores["point_accuracy"] = round(sum(want is given for want, given in pairs) / len(pairs), 4)
    if known:
        scores["coverage"] = round(sum(given is not PointResult.UNKNOWN for given in known) / len(known), 4)
    return scores


def prereview_metrics(rows: Sequence[ReviewRow]) -> dict[str, Measure]:
    """Everything the contract asks for.

    `false_pass`: passed, among cases that must not pass. `false_return`: returned, among cases that must not be.
    `coverage`: decided by the machine, among all points the cases ask about that the evidence decides;
    `points_decided`: the same among all points asked about, those for a person included.
    """
    return {
        "outcome_accuracy": share([row.outcome is row.case.expected.outcome for row in rows]),
        "false_pass": _wrongly(rows, Outcome.PASS),
        "false_return": _wrongly(rows, Outcome.RETURN),
        **_of_points(rows),
        "codes_exact": share([_codes_fit(row) for row in rows]),
        "missing_materials_exact": share([_missing_fits(row) for row in rows]),
        **_confusion(rows),
    }


def _wrongly(rows: Sequence[ReviewRow], outcome: Outcome) -> Measure:
    others = [row for row in rows if row.case.expected.outcome is not outcome]
    return share([row.outcome is outcome for row in others])


def _of_points(rows: Sequence[ReviewRow]) -> dict[str, Measure]:
    """By case resampled, for the points of one case are right or wrong together."""
    right, decided, covered, decidable, asked = [], [], [], [], []
    for row in rows:
        pairs = [(expected, row.point(point)) for point, expected in row.case.expected.points.items()]
        known = [(expected, given) for expected, given in pairs if expected is not PointResult.UNKNOWN]
        right.append(sum(expected is given for expected, given in pairs))
        decided.append(sum(given is not PointResult.UNKNOWN for _, given in pairs))
        covered.append(sum(given is not PointResult.UNKNOWN for _, given in known))
        decidable.append(len(known))
        asked.append(len(pairs))
    return {
        "coverage": ratio(covered, decidable),
        "points_decided": ratio(decided, asked),
        "point_accuracy": ratio(right, asked),
    }


def _codes_fit(row: ReviewRow) -> bool:
    given = set(row.codes)
    expected, also = set(row.case.expected.codes), set(row.case.expected.codes_also_ok)
    return given == expected or (bool(given & (expected | also)) and given <= expected | also)


def _missing_fits(row: ReviewRow) -> bool:
    given = set(row.missing_materials)
    return given == set(row.case.expected.missing_materials)


def _confusion(rows: Sequence[ReviewRow]) -> dict[str, Measure]:
    """Of the points expected so, the share given so."""
    pairs = [(want, row.point(point)) for row in rows for point, want in row.case.expected.points.items()]
    return {
        f"points_{want}_given_{given}": share([said is given for expected, said in pairs if expected is want])
        for want in PointResult
        for given in PointResult
    }
