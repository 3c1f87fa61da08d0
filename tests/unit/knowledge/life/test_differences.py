"""What changed between two versions, by clause and by word."""

from knowledge.life.differences import (
    ChangeKind,
    Clause,
    WordKind,
    clauses_of_passages,
    difference_of,
    word_difference,
)
from knowledge.passages import Passage

FEE = "第三条 办理养犬登记的，每年缴纳管理费五百元。"
DUTY = "第二条 养犬人应当遵守本条例，不得干扰他人正常生活。"
AIM = "第一条 为了规范养犬行为，保障公民健康和人身安全，制定本条例。"


def clauses(*texts: str) -> tuple[Clause, ...]:
    return tuple(
        Clause(label=text.split(" ")[0], heading="", text=text, anchor=f"d#p{n}") for n, text in enumerate(texts)
    )


def kinds(before: tuple[Clause, ...], after: tuple[Clause, ...]) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.label) for change in difference_of(before, after).changes]


def test_equal_versions_have_no_difference() -> None:
    same = difference_of(clauses(AIM, DUTY, FEE), clauses(AIM, DUTY, FEE))
    assert (same.changes, same.unchanged) == ((), 3)


def test_a_changed_number_is_one_word() -> None:
    (change,) = difference_of(clauses(AIM, "第二条 每年500.50元。"), clauses(AIM, "第二条 每年300元。")).changes
    assert change.kind is ChangeKind.CHANGED
    assert [(w.kind, w.text) for w in change.words if w.kind is not WordKind.SAME] == [
        (WordKind.REMOVED, "500.50"),
        (WordKind.ADDED, "300"),
    ]


def test_added_and_removed_clauses_are_told_apart_and_renumbered_ones_only_moved() -> None:
    new = "第二条 市公安局主管养犬管理工作，其他部门协助。"
    after = clauses(AIM, new, DUTY.replace("第二条", "第三条"), FEE.replace("第三条", "第四条"))
    assert kinds(clauses(AIM, DUTY, FEE), after) == [
        (ChangeKind.ADDED, "第二条"),
        (ChangeKind.MOVED, "第三条"),
        (ChangeKind.MOVED, "第四条"),
    ]
    assert kinds(after, clauses(AIM, DUTY, FEE))[0] == (ChangeKind.REMOVED, "第二条")


def test_a_clause_that_moved_and_changed_is_paired_with_what_it_was() -> None:
    moved = FEE.replace("第三条", "第二条").replace("五百元", "三百元")
    (removed, changed) = difference_of(clauses(AIM, DUTY, FEE), clauses(AIM, moved)).changes
    assert removed.kind is ChangeKind.REMOVED
    assert changed.before is not None
    assert (changed.kind, changed.before.label, changed.label) == (ChangeKind.CHANGED, "第三条", "第二条")


def test_the_words_rebuild_both_wordings() -> None:
    before, after = "凭户口簿原件到派出所办理，5个工作日内办结", "凭电子户口簿在线办理，3个工作日内办结"
    words = word_difference(before, after)
    assert "".join(w.text for w in words if w.kind is not WordKind.ADDED) == before
    assert "".join(w.text for w in words if w.kind is not WordKind.REMOVED) == after


def test_passages_of_one_article_are_one_clause() -> None:
    def passage(ordinal: int, clause: str | None) -> Passage:
        return Passage(
            id=f"p{ordinal}",
            version_id="v",
            ordinal=ordinal,
            text=f"第{ordinal}段",
            heading="第一章",
            clause=clause,
            start=0,
            end=1,
        )

    found = clauses_of_passages(
        "documents/a.txt", [passage(1, "第一条第一款"), passage(2, "第一条第二款"), passage(3, None)]
    )
    assert [(c.label, c.text, c.anchor) for c in found] == [
        ("第一条", "第1段\n第2段", "documents/a.txt#p1"),
        ("", "第3段", "documents/a.txt#p3"),
    ]
