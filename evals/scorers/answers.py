"""Scores of answers: are the facts there, is nothing false there, are the right sources cited, is silence right."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.events import Status
from evals.samples import AnswerCase
from evals.statistics import Measure, mean, ratio, share


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What the product answered. `cited` are source names in order, without repeats."""

    case: AnswerCase
    status: Status
    text: str
    cited: tuple[str, ...]

    @property
    def fact_recall(self) -> float:
        """Share of the case's facts that the text states in one of their wordings."""
        text = plain(self.text)
        found = [any(plain(wording) in text for wording in fact) for fact in self.case.facts]
        return sum(found) / len(found) if found else 1.0

    @property
    def forbidden_found(self) -> tuple[str, ...]:
        """Strings that must not be there and are."""
        text = plain(self.text)
        return tuple(f for f in self.case.forbidden if plain(f) in text)

    @property
    def is_answered(self) -> bool:
        """True where the product stated an answer."""
        return self.status is Status.ANSWERED


def plain(text: str) -> str:
    """For comparing: compatibility forms folded, white space and thousands separators out, lower case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<=\d),(?=\d{3})|\s+", "", folded)


def answer_metrics(rows: Sequence[AnswerRow]) -> dict[str, Measure]:
    """The contract's measures. Citation precision counts every citation of every answer (a micro average)."""
    answerable = [r for r in rows if r.case.answerable]
    unanswerable = [r for r in rows if not r.case.answerable]
    answered = [r for r in answerable if r.is_answered]
    right = [sum(c in r.case.citations for c in r.cited) for r in answered]
    metrics = {
        "fact_recall": mean([r.fact_recall if r.is_answered else 0.0 for r in answerable]),
        "forbidden_rate": share([bool(r.forbidden_found) for r in rows]),
        "citation_precision": ratio(right, [len(r.cited) for r in answered]),
        "citation_recall": mean([_cited_share(r) for r in answerable if r.case.citations]),
        "cited_any_right": share([any(c in r.case.citations for c in r.cited) for r in answered]),
        "rightly_unanswered": share([not r.is_answered for r in unanswerable]),
        "wrongly_unanswered": share([not r.is_answered for r in answerable]),
    }
    kinds = sorted({r.case.tags[0] for r in answerable if r.case.tags})
    for kind in kinds:
        tagged = [r for r in answerable if r.case.tags and r.case.tags[0] == kind]
        metrics[f"fact_recall[{kind}]"] = mean([r.fact_recall if r.is_answered else 0.0 for r in tagged])
    return metrics


def _cited_share(row: AnswerRow) -> float:
    wanted = set(row.case.citations)
    return len(wanted & set(row.cited)) / len(wanted) if row.is_answered else 0.0
