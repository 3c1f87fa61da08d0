"""The hand-written sets can be read, say each thing once and name only what the catalogue has."""

import csv
import json
from pathlib import Path

import pytest

from evals.dialogue_samples import DialogueRun
from evals.review_samples import PrereviewCase
from evals.samples import AnswerCase, Case, CaseFile, GroundingCase, PiiCase, PrefillCase, RecognitionCase, SafetyCase
from knowledge.corpus.catalogue import SHIPPED, load_catalogue

ROOT = Path(__file__).parents[3]
SETS = ROOT / "evals/datasets"

KINDS: list[tuple[str, type[Case], int]] = [
    ("recognition", RecognitionCase, 300),
    ("answers", AnswerCase, 300),
    ("prefill", PrefillCase, 300),
    ("prereview", PrereviewCase, 300),
    ("safety", SafetyCase, 300),
    ("grounding", GroundingCase, 300),
    ("pii", PiiCase, 300),
    ("dialogue", DialogueRun, 300),
]


def cases_of(task: str, kind: type[Case]) -> list[Case]:
    """The cases of a set, with the check that no line is broken."""
    file = CaseFile(SETS / f"{task}.jsonl", kind)
    cases = list(file)
    assert not file.broken
    return cases


@pytest.mark.parametrize(("task", "kind", "least"), KINDS)
def test_a_set_is_whole_and_says_each_case_once(task: str, kind: type[Case], least: int) -> None:
    cases = cases_of(task, kind)

    assert len(cases) >= least
    assert len({case.id for case in cases}) == len(cases)


LATE = ("recognition", "answers", "prefill", "prereview", "safety", "dialogue", "grounding", "pii")
"""Sets whose first values were measured late, each in a file of its own beside the one with a baseline."""


@pytest.mark.parametrize("task", LATE)
def test_a_late_set_is_whole_and_repeats_no_case_of_the_first(task: str) -> None:
    kind = next(kind for name, kind, _ in KINDS if name == task)
    late = [case.id for case in cases_of(f"{task}-late", kind)]

    assert len(late) >= 60
    assert len({*late, *(case.id for case in cases_of(task, kind))}) == len(late) + len(cases_of(task, kind))


def test_forms_and_fields_of_the_sets_are_those_of_the_catalogue() -> None:
    items = {item.slug: item for item in load_catalogue(SHIPPED).items}

    for case in (*cases_of("prefill", PrefillCase), *cases_of("prefill-late", PrefillCase)):
        assert isinstance(case, PrefillCase)
        fields = {field.name for field in items[case.item].form_fields}
        assert {*case.expected, *case.must_ask, *case.must_not_fill} <= fields, case.id
    for case in (*cases_of("prereview", PrereviewCase), *cases_of("prereview-late", PrereviewCase)):
        assert isinstance(case, PrereviewCase)
        item = items[case.item]
        points = {c.id for c in item.conditions} | {point.id for point in item.review_points}
        assert set(case.expected.points) <= points, case.id
        assert set(case.expected.missing_materials) <= {material.id for material in item.materials}, case.id


def test_spans_of_personal_data_lie_in_their_text() -> None:
    for case in (*cases_of("pii", PiiCase), *cases_of("pii-late", PiiCase)):
        assert isinstance(case, PiiCase)
        assert all(0 <= span.start < span.end <= len(case.text) for span in case.spans), case.id


def test_every_question_of_the_retrieval_folder_names_a_passage_that_is_there() -> None:
    folder = SETS / "retrieval"
    passages = {json.loads(line)["_id"] for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()}
    questions = {json.loads(line)["_id"] for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()}
    with (folder / "qrels/test.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))

    assert len(questions) >= 300
    assert {row["query-id"] for row in rows} <= questions
    assert {row["corpus-id"] for row in rows} <= passages
