"""What each measure counts, on cases small enough to count by hand."""

import pytest

from assistant.events import Status
from evals.samples import AnswerCase, EvidenceText, GroundingCase, LabelledSpan, PiiCase, RecognitionCase
from evals.scorers.answers import AnswerRow, answer_metrics
from evals.scorers.grounding import GroundingRow, grounding_metrics
from evals.scorers.pii import FoundSpan, PiiRow, pii_metrics
from evals.scorers.plain_text import plain
from evals.scorers.recognition import RecognitionRow, recognition_metrics
from knowledge.recognition.decision import Candidate, Decision, Recognition


def recognized(
    expected: list[str],
    ranking: list[tuple[str, float]],
    decision: Decision,
    *,
    accepted: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
) -> RecognitionRow:
    case = RecognitionCase(id="x", query="q", expected=expected, tags=list(tags))
    candidates = tuple(Candidate(item, score) for item, score in ranking)
    return RecognitionRow(
        case, Recognition(decision=decision, accepted=accepted, choices=choices, candidates=candidates)
    )


def test_top_1_top_3_and_mrr_count_single_item_requests_only() -> None:
    rows = [
        recognized(["a"], [("a", 0.9)], Decision.ACCEPT, accepted=("a",)),
        recognized(["a"], [("b", 0.5), ("a", 0.4)], Decision.CLARIFY, choices=("b", "a")),
        recognized(["a", "b"], [("c", 0.5)], Decision.NONE),
    ]
    metrics = recognition_metrics(rows)
    assert metrics["top_1"].value == pytest.approx(0.5)
    assert metrics["top_3"].value == pytest.approx(1.0)
    assert metrics["mrr"].value == pytest.approx(0.75)
    assert metrics["top_1"].n == 2


def test_wrong_and_confident_needs_an_acceptance_and_counts_out_of_scope_too() -> None:
    rows = [
        recognized(["a"], [("b", 0.9)], Decision.ACCEPT, accepted=("b",)),
        recognized(["a"], [("b", 0.9)], Decision.CLARIFY, choices=("b",)),
        recognized([], [("b", 0.9)], Decision.ACCEPT, accepted=("b",)),
        recognized(["a"], [("n", 0.9)], Decision.ACCEPT, accepted=("n",), tags=("near:n",)),
    ]
    assert recognition_metrics(rows)["wrong_and_confident"].value == pytest.approx(0.5)


def test_asking_well_means_that_every_right_item_is_offered() -> None:
    rows = [
        recognized(["a", "b"], [("a", 0.5)], Decision.CLARIFY, choices=("a", "b", "c")),
        recognized(["a", "b"], [("a", 0.5)], Decision.CLARIFY, choices=("a",)),
        recognized(["a", "b"], [("a", 0.5)], Decision.ACCEPT, accepted=("a", "b"), tags=("multi",)),
    ]
    metrics = recognition_metrics(rows)
    assert metrics["ambiguous_asked_well"].value == pytest.approx(0.5)
    assert metrics["multi_all_found"].value == pytest.approx(1.0)


def answer(case: AnswerCase, text: str, cited: tuple[str, ...], status: Status = Status.ANSWERED) -> AnswerRow:
    return AnswerRow(case, status, text, cited)


def test_a_fact_counts_in_any_of_its_wordings_and_only_when_answered() -> None:
    case = AnswerCase(id="x", question="q", answerable=True, facts=[["5年", "五年"], ["10年"]], citations=["items/p"])
    half = answer(case, "有效期五 年。", ("items/p",))
    silent = answer(case, "五年,10年", (), Status.CANNOT_ANSWER)
    metrics = answer_metrics([half, silent])
    assert metrics["fact_recall"].value == pytest.approx(0.25)
    assert metrics["wrongly_unanswered"].value == pytest.approx(0.5)


def test_citation_precision_counts_every_citation_of_every_answer() -> None:
    case = AnswerCase(id="x", question="q", answerable=True, citations=["items/p"])
    rows = [answer(case, "", ("items/p",)), answer(case, "", ("items/p", "items/q", "items/r"))]
    assert answer_metrics(rows)["citation_precision"].value == pytest.approx(0.5)


def test_silence_is_right_where_nothing_can_be_known() -> None:
    case = AnswerCase(id="x", question="q", answerable=False, forbidden=["免费"])
    rows = [answer(case, "没有可靠来源", (), Status.CANNOT_ANSWER), answer(case, "免 费办理", ())]
    metrics = answer_metrics(rows)
    assert metrics["rightly_unanswered"].value == pytest.approx(0.5)
    assert metrics["forbidden_rate"].value == pytest.approx(0.5)


def test_comparing_folds_width_space_and_thousands() -> None:
    assert plain("１,０００ 元 / Ａ") == "1000元/a"


def test_grounding_counts_what_was_caught_and_what_was_let_through() -> None:
    def row(supported: bool, allowed: bool) -> GroundingRow:
        evidence = [EvidenceText(source="s", text="t")]
        return GroundingRow(GroundingCase(id="x", evidence=evidence, sentence="q", supported=supported), allowed, "")

    metrics = grounding_metrics([row(True, True), row(True, False), row(False, False), row(False, False)])
    assert metrics["unsupported_caught"].value == 1.0
    assert metrics["supported_let_through"].value == 0.5
    assert metrics["f1"].value == pytest.approx(0.8)


def test_an_optional_span_of_personal_data_counts_neither_way() -> None:
    case = PiiCase(
        id="x",
        text="张三 13800000000",
        spans=[
            LabelledSpan(start=0, end=2, type="name", optional=True),
            LabelledSpan(start=3, end=14, type="phone"),
        ],
    )
    row = PiiRow(case, (FoundSpan(0, 2, "name"), FoundSpan(3, 14, "phone")))
    metrics = pii_metrics([row])
    assert metrics["precision"].value == 1.0
    assert metrics["recall"].value == 1.0
