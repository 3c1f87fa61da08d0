"""The continuation code: read as it was meant, refused where a sign is wrong."""

import random

import pytest

from assistant.cases.code import code_in, new_code, read_code


def a_code(seed: int = 1) -> str:
    return new_code(random.Random(seed).choice)  # noqa: S311 - the same code in each run


def test_a_code_is_three_groups_of_four() -> None:
    assert [len(group) for group in a_code().split("-")] == [4, 4, 4]


@pytest.mark.parametrize(
    "spoil", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} ", lambda c: c.replace("-", " ")]
)
def test_a_code_is_read_however_it_was_typed(spoil: object) -> None:
    assert callable(spoil)
    assert read_code(spoil(a_code())) == a_code()


def test_every_single_wrong_sign_is_noticed() -> None:
    code = a_code()
    for place, sign in enumerate(code):
        if sign != "-":
            for other in set("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") - {sign}:
                assert read_code(code[:place] + other + code[place + 1 :]) is None


def test_a_code_is_found_in_a_message() -> None:
    assert code_in(f"我的接续码是{a_code()}，接着办") == a_code()
    assert code_in("身份证号 310101198802143021") is None
