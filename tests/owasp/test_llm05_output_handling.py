"""LLM05 Improper output handling: nothing that leaves is markup, a script or a formula for what reads it next."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails.approved import Approved, Draft, Evidence, Stopped, Wording
from guardrails.checks.markup import for_spreadsheet
from guardrails.entered import show_entered
from guardrails.outbound import OutboundGuard, notice, quote

RUNS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "![x](http://evil.top/a.png)",
    "[点我](javascript:alert(1))",
    "<iframe src=//evil.top>",
    "&#60;script&#62;",
]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("wording", [Wording.NOTICE, Wording.COMPOSED, Wording.GENERATED])
def test_what_a_browser_would_run_is_stopped(run: str, wording: Wording) -> None:
    evidence = (Evidence("documents/a", run),)
    assert isinstance(OutboundGuard().check(Draft(text=f"说明{run}", wording=wording, evidence=evidence)), Stopped)


@pytest.mark.parametrize("run", RUNS[:3] + RUNS[5:6])
def test_quotations_notices_and_fields_are_disarmed(run: str) -> None:
    for shown in (quote(f"原文{run}", "a").text, notice(f"提示{run}").text, show_entered(f"备注{run}").shown.text):
        assert "<s" not in shown
        assert "<i" not in shown


@given(st.sampled_from("=+-@\t\r＝＋－＠"), st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_no_cell_of_an_export_begins_a_formula(first: str, rest: str) -> None:
    assert for_spreadsheet(first + rest).startswith("'")
    assert not show_entered(first + rest).shown.text.startswith(("=", "+", "-", "@"))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_whatever_breaks_the_gates_or_leaves_as_markup(text: str) -> None:
    shown = show_entered(text).shown.text
    assert "<script" not in shown.lower()
    verdict = OutboundGuard().check(Draft(text=text, wording=Wording.NOTICE))
    if isinstance(verdict, Approved):
        assert "<script" not in verdict.text.lower()
