"""An age, a time, a sum, or what must not be: a condition that cannot be met is found in what was told."""

import pytest

from assistant.cases.falling_short import ruled_out
from assistant.cases.naming import affirms

AGE = "申请人年满30周岁、无子女或只有一名子女"
COUPLE = "男不早于22周岁、女不早于20周岁"
YEARS = "持有居住证累计满七年"
INSURED = "同期按规定参加社会保险累计满七年"
LOAN = "无公积金贷款、委托还贷等未结清业务"
FLAT = "本人及配偶在本市无自有住房"
CAPITAL = "注册资本不少于30万元"
BETWEEN = "申请人年龄18-60周岁"
DRIVER = "驾驶员年龄不超过60周岁"
EITHER = "未满十八周岁的由父母申请;年满十八周岁由本人申请"


@pytest.mark.parametrize(
    ("text", "conditions", "out"),
    [
        ("我才二十六", [AGE], [AGE]),
        ("我三十四岁", [AGE], []),
        ("我老婆刚十九岁", [COUPLE], [COUPLE]),
        ("她二十一岁", [COUPLE], []),
        ("居住证只办了4年", [YEARS, INSURED], [YEARS]),
        ("办了十年", [YEARS], []),
        ("我还背着公积金贷款", [LOAN, FLAT], [LOAN]),
        ("没有公积金贷款", [LOAN, FLAT], []),
        ("我老婆名下有套房子", [LOAN, FLAT], [FLAT]),
        ("注册资本才二十万", [CAPITAL], [CAPITAL]),
        ("注册资本一百万", [CAPITAL], []),
        ("我63岁", [BETWEEN], [BETWEEN]),
        ("司机老王64了", [DRIVER], [DRIVER]),
        ("还差一个月满30", [AGE], [AGE]),
        ("她才六岁", [EITHER], []),
        ("过了八十天了", ["自纳税义务发生之日起60日内申报"], ["自纳税义务发生之日起60日内申报"]),
        ("上个月买的", ["自纳税义务发生之日起60日内申报"], []),
        ("都交了五年了", ["单位应自终止之日起15日内备案"], []),
    ],
)
def test_a_fact_that_falls_short_is_found(text: str, conditions: list[str], out: list[str]) -> None:
    assert ruled_out(text, conditions) == set(out)


@pytest.mark.parametrize(
    ("text", "holds"),
    [("都结清了", True), ("材料全齐了", True), ("都没办好", False), ("才交了一半", False), ("税款已经结清", True)],
)
def test_what_is_said_of_the_only_condition_answers_it(text: str, *, holds: bool) -> None:
    assert affirms(text, ["注销前结清应纳税款、滞纳金、罚款"]) is holds
