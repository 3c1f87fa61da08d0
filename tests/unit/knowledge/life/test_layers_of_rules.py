"""Which layer of rules holds where, and which wins."""

import pytest

from knowledge.life.layers import depth_of, holds_in, most_specific, name_of


@pytest.mark.parametrize(
    ("rule", "place", "holds"),
    [
        ("全国", "上海市/徐汇区", True),
        ("上海市", "上海市/徐汇区", True),
        ("上海市/徐汇区", "上海市/徐汇区", True),
        ("上海市徐汇区", "上海市/徐汇区", True),
        ("上海市/徐汇区", "上海市/静安区", False),
        ("上海市/徐汇区", "上海市", False),
        ("北京市", "上海市", False),
        ("长三角", "上海市/徐汇区", True),
        ("长三角", "浙江省", True),
        ("长三角", "北京市", False),
    ],
)
def test_a_rule_holds_in_its_region_and_below(rule: str, place: str, holds: bool) -> None:
    assert holds_in(rule, place) is holds


def test_the_more_local_the_more_specific() -> None:
    regions = ["全国", "长三角", "上海市", "上海市/徐汇区"]
    assert sorted(regions, key=depth_of) == regions
    assert name_of("上海市/徐汇区") == "徐汇区"
    assert name_of("全国") == "国家"


def test_the_most_specific_rule_on_a_subject_wins_and_other_subjects_stay() -> None:
    rules = [("犬", "上海市"), ("犬", "上海市/徐汇区"), ("猫", "上海市"), ("犬", "上海市/静安区")]

    def winning(place: str) -> tuple[tuple[str, str], ...]:
        return most_specific(rules, place, region_of=lambda rule: rule[1], subject_of=lambda rule: rule[0])

    assert winning("上海市/徐汇区") == (("犬", "上海市/徐汇区"), ("猫", "上海市"))
    assert winning("上海市/普陀区") == (("犬", "上海市"), ("猫", "上海市"))
