"""The error analysis of a recognition run: one page that opens from disk, with its picture inside."""

from pathlib import Path

from evals.calibration_picture import reliability_svg
from evals.recognition_report import recognition_page
from evals.report import write_folder
from evals.result import RunResult
from evals.samples import RecognitionCase
from evals.scorers.recognition import RecognitionRow, kind_of, recognition_metrics
from knowledge.recognition.decision import Candidate, Decision, Recognition


def a_row(
    case: str,
    expected: list[str],
    *,
    accepted: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
    first: str = "id_loss",
    tags: tuple[str, ...] = ("everyday",),
) -> RecognitionRow:
    decision = Decision.ACCEPT if accepted else Decision.CLARIFY if choices else Decision.NONE
    found = Recognition(
        decision=decision, accepted=accepted, choices=choices, candidates=(Candidate(first, 0.9), Candidate("x", 0.1))
    )
    return RecognitionRow(RecognitionCase(id=case, query=f"<{case}>", expected=expected, tags=list(tags)), found)


ROWS = [
    a_row("clear", ["id_loss"], accepted=("id_loss",)),
    a_row("asked", ["id_loss"], choices=("id_loss", "id_renew")),
    a_row("confused", ["id_renew"], accepted=("id_loss",)),
    a_row("ambiguous", ["id_loss", "id_renew"], choices=("id_loss", "id_renew")),
    a_row("several", ["id_loss", "ssc_loss"], accepted=("id_loss", "ssc_loss"), tags=("multi",)),
    a_row("stranger", []),
]


def test_questions_and_several_needs_are_measured() -> None:
    metrics = recognition_metrics(ROWS)
    assert metrics["ambiguous_asked_well"].value == 1
    assert metrics["multi_all_found"].value == 1
    assert round(metrics["clear_asked_back"].value, 3) == 0.333
    assert metrics["clear_asked_back"].low < metrics["clear_asked_back"].value < metrics["clear_asked_back"].high


def test_each_request_is_of_one_kind() -> None:
    assert [kind_of(row.case) for row in ROWS] == ["clear"] * 3 + ["ambiguous", "several needs", "fits nothing"]


def test_the_page_names_confusions_and_escapes_what_was_asked() -> None:
    page = recognition_page("a run", ROWS, recognition_metrics(ROWS))
    assert "<td>id_renew</td><td>id_loss</td>" in page
    assert "&lt;confused&gt;" in page
    assert "<confused>" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_curve_has_a_dot_for_each_score_that_occurred() -> None:
    picture = reliability_svg([(0.95, True), (0.91, True), (0.35, False)])
    dots = picture.count("<circle")
    assert dots == 2


def test_a_run_without_requests_still_has_a_page() -> None:
    assert "<svg" in recognition_page("empty", [], recognition_metrics([]))


def test_the_page_is_written_into_the_folder(tmp_path: Path) -> None:
    result = RunResult(
        task="recognition", dataset="d", config={}, metrics={}, rows=(), pages={"errors.html": "<html></html>"}
    )
    write_folder(result, tmp_path)
    assert (tmp_path / "errors.html").read_text() == "<html></html>"
