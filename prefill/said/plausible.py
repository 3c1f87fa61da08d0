"""What cannot be so is not taken: a father with a woman's number, a spouse of one's own name, a child too old."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from prefill.check_digits import birth_date, is_identity_number, sex
from prefill.facts import Fact

_OTHERS_NUMBER: Final = re.compile("^(?:父亲|母亲|女职工|配偶|对方).*(?:身份号码|证件号码)$")
_OTHERS_NAME: Final = re.compile("^(?:配偶|对方|逝者|被继承人|子女|被收养人).*姓名$")
_PART_OF_PRICE: Final = ("首付款", "申请贷款额")
_PRICE: Final = "购房总价"
_LEAST_AGE: Final = 12
"""Years between somebody and their child below which one of the two days was misheard."""


def plausible(facts: Sequence[Fact], known: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts without values that contradict what is known of the applicant, or each other."""
    values = {f.field: f.value for f in facts if f.field and f.value}
    own = next((f.value for f in known if f.key == "身份证.公民身份号码" and f.value), None)
    name = next((f.value for f in known if f.key == "身份证.姓名" and f.value), None)
    return tuple(f for f in facts if not f.value or not _contradicts(f.field or "", f.value, values, own, name))


def _contradicts(field: str, value: str, values: dict[str, str], own: str | None, name: str | None) -> bool:
    if _OTHERS_NUMBER.search(field):
        return _is_nobodys_number(field, value, own)
    if _OTHERS_NAME.search(field):
        return value == name
    if field in {"子女出生日期", "被收养人出生日期"}:
        return _is_too_early(value, values.get("子女证件号/出生证编号"), own)
    price = values.get(_PRICE)
    return field in _PART_OF_PRICE and price is not None and Fraction(value) > Fraction(price)


def _is_nobodys_number(field: str, number: str, own: str | None) -> bool:
    """Whether the number's sex is not the relative's; a couple are a man and a woman."""
    wanted = {"父": "男", "母": "女", "女": "女"}.get(field[0])
    if wanted is None and own and is_identity_number(own):
        wanted = "女" if sex(own) == "男" else "男"
    return wanted is not None and is_identity_number(number) and sex(number) != wanted


def _is_too_early(born: str, number: str | None, own: str | None) -> bool:
    day = date.fromisoformat(born)
    certified = birth_date(number) if number and is_identity_number(number) else None
    if certified is not None and certified != day:
        return True
    parent = birth_date(own) if own and is_identity_number(own) else None
    return parent is not None and day.year - parent.year < _LEAST_AGE
