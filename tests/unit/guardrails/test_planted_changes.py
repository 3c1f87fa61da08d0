"""One change in a true sentence of the shipped sheets is caught; the sentence as it stands is let through."""

from random import Random

from evals.guarding.planted import CORPUS, KINDS, Planted, caught, planted, table
from guardrails.approved import Evidence


def test_nearly_every_planted_change_is_caught_and_most_true_sentences_pass() -> None:
    measures, leaks = caught(list(planted(CORPUS, Random(7), sheets=25)))  # noqa: S311 - which texts
    changed = sum(one.n for kind, one in measures.items() if kind)
    assert changed > 250
    assert len(leaks) <= 0.03 * changed, [f"{leak.kind}: {leak.sentence}" for leak in leaks]
    assert measures[""].value <= 0.25


def test_changes_turn_a_sentence_round() -> None:
    said = "申请人应当在开工前3个工作日内到窗口申报身份证和图纸原件，逾期不得补报，每次免费，最长可以延期2年。"
    changed = {kind: change(said, Random(1)) for kind, change in KINDS.items()}  # noqa: S311 - which numbers
    assert {kind for kind, text in changed.items() if text == said} == {
        "swapped",
        "year",
        "office",
        "often",
        "joined",
        "dropped",
        "gone",
    }
    assert "开工前3日内" in changed["unit"]
    assert "3个工作日后" in changed["later"]


def test_the_table_counts_each_kind_and_all_of_them() -> None:
    evidence = Evidence("items/sheet", "灯塔参观\n参观每次收费5元。")
    shown = table(caught([Planted(kind="number", sentence="参观每次收费7元。", evidence=evidence)])[0])
    assert "| number | 1.000" in shown
    assert "| all | 1.000" in shown
