"""A key that was held down is no question."""

import pytest

from guardrails.inbound import InboundAction, screen


@pytest.mark.parametrize("text", ["一" * 2000, "1," * 1000, "a1" * 900, "哈" * 60])
def test_one_thing_over_and_over_is_asked_to_be_said_again(text: str) -> None:
    assert screen(text).action is InboundAction.UNREADABLE


@pytest.mark.parametrize("text", ["哈哈哈", "1111", "身份证丢了" * 10])
def test_short_repeats_and_repeated_questions_are_read(text: str) -> None:
    assert screen(text).action is InboundAction.GO_ON
