"""How a prefilled form is scored."""

from datetime import date

from evals.samples import PrefillCase
from evals.scorers.prefill import PrefillRow, prefill_metrics

CASE = PrefillCase(
    id="one",
    item="some",
    today=date(2026, 3, 10),
    expected={"姓名": "林示例", "手机号码": "13900000001"},
    must_ask=["备案编号", "申请人承诺"],
    must_not_fill={"手机号码": "13900000002"},
)


def scores(filled: dict[str, str], ask: tuple[str, ...]) -> dict[str, float]:
    return {name: m.value for name, m in prefill_metrics([PrefillRow(CASE, filled, ask)]).items()}


def test_a_form_that_is_right_scores_full() -> None:
    found = scores({"姓名": "林示例", "手机号码": "13900000001"}, ("备案编号", "申请人承诺"))
    assert (found["field_precision"], found["field_recall"], found["must_ask_recall"]) == (1, 1, 1)
    assert (found["false_fills"], found["prefill_ratio"]) == (0, 0.5)


def test_a_forbidden_value_and_a_guess_count_as_wrong() -> None:
    found = scores({"姓名": "林示例", "手机号码": "13900000002", "备案编号": "1"}, ("申请人承诺",))
    assert found["field_precision"] == 1 / 3
    assert (found["false_fills"], found["must_ask_recall"], found["must_ask_filled"]) == (1, 0.5, 0.5)


def test_a_field_of_which_the_case_says_nothing_counts_only_strictly() -> None:
    found = scores({"姓名": "林示例", "开户银行": "交通银行"}, ())
    assert (found["field_precision"], found["field_precision_strict"]) == (1, 0.5)
