"""Values read out of words that cannot be so are left to be asked."""

import pytest

from prefill.facts import Fact, Provenance, SourceKind, register_facts
from prefill.said.plausible import plausible

WOMAN, MAN, CHILD = "310104199104123625", "320504198806172172", "340104201705112337"
KNOWN = register_facts({"身份证.姓名": "姜若彤", "身份证.公民身份号码": WOMAN})


def said(**values: str) -> tuple[Fact, ...]:
    """Facts as read out of words."""
    heard = Provenance(kind=SourceKind.SAID, source="您在对话中说的")
    return tuple(Fact(key=f"表单.{name}", value=value, provenance=heard) for name, value in values.items())


def kept(**values: str) -> set[str | None]:
    """The fields that are left."""
    return {fact.field for fact in plausible(said(**values), KNOWN)}


@pytest.mark.parametrize(
    "values",
    [
        {"父亲身份号码": "310107196608302286"},
        {"母亲身份号码": MAN},
        {"对方身份号码": "310107196608302286"},
        {"配偶姓名": "姜若彤"},
        {"子女出生日期": "1999-05-06"},
    ],
)
def test_what_cannot_be_so_is_left_to_be_asked(values: dict[str, str]) -> None:
    assert kept(**values) == set()


def test_what_can_be_so_stays() -> None:
    values = {"父亲身份号码": MAN, "配偶证件号码": MAN, "配偶姓名": "时光", "子女出生日期": "2025-05-06"}
    assert kept(**values) == set(values)


def test_a_childs_day_of_birth_is_the_one_its_number_states() -> None:
    number = {"子女证件号/出生证编号": CHILD}
    assert "子女出生日期" in kept(子女出生日期="2017-05-11", **number)
    assert "子女出生日期" not in kept(子女出生日期="2017-05-12", **number)


def test_no_first_payment_is_more_than_the_price() -> None:
    assert kept(购房总价="3800000", 首付款="28000000") == {"购房总价"}
