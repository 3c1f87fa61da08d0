"""The report page stands alone: whatever a case or an answer holds is text in it, and it loads nothing."""

import json
import re

from evals.html_report import html_report
from evals.result import Row, RunResult
from evals.samples import AnswerCase
from evals.statistics import share

HOSTILE = "</script><img src=x onerror=alert(1)><!-- "


def a_result(cases: int = 3) -> RunResult:
    asked = [
        AnswerCase(id=f"a{n}", question=HOSTILE, answerable=True, tags=["elderly", "facet:fee"], region="上海市")
        for n in range(cases)
    ]
    rows: list[Row] = [
        {"id": f"a{n}", "text": HOSTILE, "cluster": "items/id_loss", "scores": {"fact_recall": float(n != 1)}}
        for n in range(cases)
    ]
    metrics = {"fact_recall": share([n != 1 for n in range(cases)])}
    return RunResult(task="answers", dataset="d.jsonl", config={"model": None}, metrics=metrics, rows=rows, cases=asked)


def data_of(page: str) -> dict[str, object]:
    packed = page.split('id="data">', 1)[1].split("</script>", 1)[0]
    found: dict[str, object] = json.loads(packed)
    return found


def test_nothing_in_a_case_ends_the_data_early() -> None:
    data = data_of(html_report(a_result()))
    assert [row["row"]["text"] for row in data["rows"]] == [HOSTILE] * 3  # type: ignore[attr-defined]


def test_the_page_loads_nothing_and_says_so() -> None:
    page = html_report(a_result()).replace(HOSTILE, "")
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page.split('id="data">')[0])


def test_cases_that_lose_points_come_first_and_are_sliced_by_what_they_are_about() -> None:
    data = data_of(html_report(a_result()))
    assert next(iter(data["order"])) == 1  # type: ignore[call-overload]
    assert data["rows"][0]["slices"] == {  # type: ignore[index]
        "tag": ["elderly"],
        "facet": ["fee"],
        "region": ["上海市"],
        "item": ["items/id_loss"],
    }
