"""Scores of recognition: was the right item found, and was it right to be sure."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.samples import RecognitionCase
from evals.statistics import Measure, auroc, expected_calibration_error, mean, share
from knowledge.recognition.decision import Decision, Recognition


@dataclass(frozen=True, slots=True)
class RecognitionRow:
    """What the product did with a case."""

    case: RecognitionCase
    recognition: Recognition

    @property
    def ranking(self) -> list[str]:
        """Candidates, best first."""
        return [c.item for c in self.recognition.candidates]

    @property
    def best_score(self) -> float:
        """The best candidate's probability; 0 where there is none."""
        return self.recognition.candidates[0].score if self.recognition.candidates else 0.0

    def hit_within(self, k: int) -> bool:
        """True where an acceptable item is among the first k."""
        return bool(self.case.acceptable & set(self.ranking[:k]))

    @property
    def reciprocal_rank(self) -> float:
        """1 / place of the first acceptable item, 0 where it is missing."""
        return next((1 / (i + 1) for i, item in enumerate(self.ranking) if item in self.case.acceptable), 0.0)

    @property
    def is_wrong_and_confident(self) -> bool:
        """Accepted, and at least one accepted item is not acceptable."""
        accepted = set(self.recognition.accepted)
        return self.recognition.decision is Decision.ACCEPT and bool(accepted - self.case.acceptable)

    @property
    def asks_well(self) -> bool:
        """An ambiguous request was answered by a question whose choices hold all expected items."""
        return self.recognition.decision is Decision.CLARIFY and set(self.case.expected) <= set(
            self.recognition.choices
        )

    @property
    def finds_all(self) -> bool:
        """All expected items were accepted."""
        return bool(self.case.expected) and set(self.case.expected) <= set(self.recognition.accepted)


def kind_of(case: RecognitionCase) -> str:
    """What a request is, in the words of reports."""
    if case.wants_several:
        return "several needs"
    if case.is_ambiguous:
        return "ambiguous"
    return "clear" if case.is_single else "fits nothing"


def recognition_metrics(rows: Sequence[RecognitionRow]) -> dict[str, Measure]:
    """All measures of the contract, then the shares by decision and by style tag."""
    single = [r for r in rows if r.case.is_single]
    inside = [r for r in rows if r.case.expected]
    outside = [r for r in rows if not r.case.expected]
    multi = [r for r in rows if r.case.wants_several]
    ambiguous = [r for r in rows if r.case.is_ambiguous]
    metrics = {
        "top_1": share([r.hit_within(1) for r in single]),
        "top_3": share([r.hit_within(3) for r in single]),
        "mrr": mean([r.reciprocal_rank for r in single]),
        "wrong_and_confident": share([r.is_wrong_and_confident for r in rows]),
        "out_of_scope_auroc": auroc([r.best_score for r in inside], [r.best_score for r in outside]),
        "out_of_scope_accepted": share([r.recognition.decision is Decision.ACCEPT for r in outside]),
        "ece": expected_calibration_error([r.best_score for r in rows], [r.hit_within(1) for r in rows]),
        "single_accepted": share([r.recognition.decision is Decision.ACCEPT for r in single]),
        "single_asked_or_accepted_rightly": share([_rightly_kept(r) for r in single]),
        "ambiguous_asked_well": share([r.asks_well for r in ambiguous]),
        "ambiguous_accepted": share([r.recognition.decision is Decision.ACCEPT for r in ambiguous]),
        "choices_offered": mean([len(r.recognition.choices) for r in rows if r.recognition.choices]),
        "clear_asked_back": share([r.recognition.decision is Decision.CLARIFY for r in single]),
        "clear_refused": share([r.recognition.decision is Decision.NONE for r in single]),
        "multi_all_found": share([r.finds_all for r in multi]),
        "multi_nothing_else": share([r.finds_all and not r.is_wrong_and_confident for r in multi]),
    }
    return metrics | _by_tag(single)


def _rightly_kept(row: RecognitionRow) -> bool:
    offered = set(row.recognition.accepted) | set(row.recognition.choices)
    return bool(row.case.acceptable & offered)


def _by_tag(single: Sequence[RecognitionRow]) -> dict[str, Measure]:
    tags = sorted({t for r in single for t in r.case.tags if not t.startswith("near:")})
    measures: dict[str, Measure] = {}
    for tag in tags:
        tagged = [r for r in single if tag in r.case.tags]
        measures[f"top_1[{tag}]"] = share([r.hit_within(1) for r in tagged])
        measures[f"top_3[{tag}]"] = share([r.hit_within(3) for r in tagged])
    return measures
