"""Scores of answers: are the facts there, is nothing false there, are the right sources cited, is silence right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.events import Status
from evals.samples import AnswerCase
from evals.scorers.answer_checks import AnswerRecord, contradictions, offers_way_on, wrong_versions
from evals.scorers.citation_spans import Part, clause_precision, clause_recall, span_precision, span_recall
from evals.scorers.plain_chinese import Plainness, plainness
from evals.scorers.plain_text import plain
from evals.statistics import Measure, mean, ratio, share

NOTHING_RECORDED = AnswerRecord()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What the product answered. `cited` are source names in order, without repeats."""

    case: AnswerCase
    status: Status
    text: str
    cited: tuple[str, ...]
    record: AnswerRecord = NOTHING_RECORDED

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

    @property
    def is_complete(self) -> bool:
        """True where every fact of the case is stated."""
        return self.is_answered and self.fact_recall == 1.0

    @property
    def has_way_on(self) -> bool:
        """True where the text or a button says what to do next."""
        return offers_way_on(self.record, self.text)

    @property
    def wrong_versions(self) -> tuple[str, ...]:
        """Cited sources that did not hold on the day."""
        return wrong_versions(self.record, self.text)

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Sentences at odds with the sheet they cite."""
        return contradictions(self.record)

    @property
    def close_citations(self) -> Mapping[str, Part]:
        """Citations by clause and by span, where the answer and the case have what it takes."""
        facts, wanted, record = self.case.facts, self.case.citations, self.record
        if not self.is_answered or not record.clauses:
            return {}
        found = {"span_precision": span_precision(record.citing)}
        if facts:
            found["span_recall"] = span_recall(record.citing, facts)
        if facts and wanted:
            found["clause_precision"] = clause_precision(record.clauses, facts, wanted)
            found["clause_recall"] = clause_recall(record.clauses, facts, wanted)
        return {name: part for name, part in found.items() if part.of}

    @property
    def plainness(self) -> Plainness | None:
        """How plain the answer's Chinese is; None for other languages and where nothing was answered."""
        return plainness(self.text) if self.is_answered else None


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
    metrics |= _without_a_key(rows) | {"completeness": share([r.is_complete for r in answerable if r.case.facts])}
    metrics |= _by_clause_and_span(answered)
    kinds = sorted({r.case.tags[0] for r in answerable if r.case.tags})
    for kind in kinds:
        tagged = [r for r in answerable if r.case.tags and r.case.tags[0] == kind]
        metrics[f"fact_recall[{kind}]"] = mean([r.fact_recall if r.is_answered else 0.0 for r in tagged])
    return metrics


def _without_a_key(rows: Sequence[AnswerRow]) -> dict[str, Measure]:
    """Measures that need no known answer: they hold for any question."""
    answered = [r for r in rows if r.is_answered]
    plain_ones = [found for r in answered if (found := r.plainness) is not None]
    return {
        "way_on": share([r.has_way_on for r in rows if not r.is_answered]),
        "versions_right": share([not r.wrong_versions for r in answered if r.record.versions]),
        "contradictions": share([bool(r.contradictions) for r in answered]),
        "sentence_characters": mean([p.sentence_characters for p in plain_ones]),
        "long_sentences": mean([p.long_share for p in plain_ones]),
        "official_words": mean([p.official_share for p in plain_ones]),
        "reading_age": mean([p.reading_age for p in plain_ones]),
        "tokens": mean([float(r.record.tokens) for r in rows if r.record.tokens is not None]),
    }


def _by_clause_and_span(rows: Sequence[AnswerRow]) -> dict[str, Measure]:
    """Micro averages, resampled by case."""
    found = [row.close_citations for row in rows]
    metrics: dict[str, Measure] = {}
    for name in ("clause_precision", "clause_recall", "span_precision", "span_recall"):
        parts = [one[name] for one in found if name in one]
        metrics[name] = ratio([part.right for part in parts], [part.of for part in parts])
    return metrics


def _cited_share(row: AnswerRow) -> float:
    wanted = set(row.case.citations)
    return len(wanted & set(row.cited)) / len(wanted) if row.is_answered else 0.0
