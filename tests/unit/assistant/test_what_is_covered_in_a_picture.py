"""Which lines of a picture in a conversation are covered before anybody looks at it."""

import pytest

from assistant.handoff.previewing import identifies


@pytest.mark.parametrize(
    "line",
    [
        "公民身份号码 310101199003072316",
        "3101 0119 9003 0723 16",
        "电话：13812345678",
        "卡号 6222 0210 0111 1111 111",
        "31010119900307231",  # a digit was not read
    ],
)
def test_a_line_with_a_number_that_identifies_somebody_is_covered(line: str) -> None:
    assert identifies(line)


@pytest.mark.parametrize("line", ["姓名 王小明", "有效期限 2015.03.07-2035.03.07", "收件编号 2026-118", "费用 20元"])
def test_other_lines_stay_readable(line: str) -> None:
    assert not identifies(line)
