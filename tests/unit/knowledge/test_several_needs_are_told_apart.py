"""What a clause does in its message, names in a row, and needs that only say another one again."""

import numpy as np
import pytest

from knowledge.recognition.distinct_needs import distinct
from knowledge.recognition.item_names import clauses_by_names, overlap
from knowledge.recognition.need_signs import NEED_SIGNS, SEVERAL_SIGNS, NeedSigns
from knowledge.recognition.needs import clauses_of, grammar_of
from knowledge.recognition.standing import Standing, says_only, standing_of


@pytest.mark.parametrize(
    ("clause", "standing"),
    [
        ("失业登记做好了", Standing.DONE),
        ("公司已成立", Standing.DONE),
        ("already have the certificate", Standing.DONE),
        ("没丢", Standing.UNWANTED),
        ("不是注销", Standing.UNWANTED),
        ("要不要公证", Standing.BRINGS),
        ("带身份证去", Standing.BRINGS),
        ("领失业金", Standing.WISH),
        ("身份证丢了", Standing.WISH),
        ("护照过期了", Standing.WISH),
        ("发票没领", Standing.WISH),
    ],
)
def test_a_clause_wishes_or_tells_or_denies_or_asks_what_to_bring(clause: str, standing: Standing) -> None:
    assert standing_of(clause) is standing


def test_who_narrows_it_down_wants_one_thing() -> None:
    assert says_only("只要补身份证")
    assert not says_only("身份证和护照都要补")


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("补护照补社保卡", ["补护照", "补社保卡"]),
        ("注册公司办烟草证", ["注册公司", "办烟草证"]),
        ("身份证驾照都要换", ["身份证要换", "驾照要换"]),
        ("1.换驾照2.年检", ["换驾照", "年检"]),
    ],
)
def test_needs_without_a_joint_are_cut(message: str, clauses: list[str]) -> None:
    assert clauses_of(message) == clauses


@pytest.mark.parametrize("message", ["委托别人代办身份证", "想换个驾照换成C1", "身份证去哪里办"])
def test_a_verb_that_goes_on_is_not_cut(message: str) -> None:
    assert clauses_of(message) == []


def test_names_in_a_row_share_what_is_said_after_them() -> None:
    assert clauses_by_names("敬老卡居住证丢了", {3: (0, 3), 5: (3, 6)}) == ["敬老卡丢了", "居住证丢了"]


def test_one_name_is_one_clause() -> None:
    assert clauses_by_names("居住证积分", {3: (0, 5), 5: (0, 3)}) == []


@pytest.mark.parametrize("message", ["要办哪些手续", "先跑哪头", "which permits do we need", "需要报批吗"])
def test_who_asks_which_has_named_none(message: str) -> None:
    assert grammar_of(message).asks_which


@pytest.mark.parametrize("message", ["要带哪些材料", "去哪个窗口", "what documents do I bring"])
def test_who_asks_for_a_facet_does_not_ask_which(message: str) -> None:
    assert not grammar_of(message).asks_which


def test_a_clause_wants_one_thing_unless_it_names_two() -> None:
    signs = _signs(clauses=(0, 0, 1, 1), spans=(None, None, (0, 3), (4, 7)))
    assert distinct(signs, np.array([0.9, 0.8, 0.7, 0.6], dtype=np.float32), range(4)) == [0, 2, 3]


def test_spans_overlap_where_they_share_a_letter() -> None:
    assert overlap((0, 3), (2, 5))
    assert not overlap((0, 3), (3, 5))


def _signs(clauses: tuple[int, ...], spans: tuple[tuple[int, int] | None, ...]) -> NeedSigns:
    return NeedSigns(
        places=tuple(range(len(clauses))),
        clauses=clauses,
        spans=spans,
        needs=np.zeros((len(clauses), len(NEED_SIGNS)), dtype=np.float32),
        message=np.zeros(len(SEVERAL_SIGNS), dtype=np.float32),
    )
