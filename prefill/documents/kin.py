"""Papers of two people: whose name and number is whose; and the lines of a passport that are made for machines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from prefill.documents.document import NumberCheck
from prefill.documents.finding import Found
from prefill.documents.numbers import machine_digit

_PAIRS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "授权委托书": {"号码": ("委托人号码", "受托人号码")},
    "发票": {"名称": ("购买方", "销售方"), "税号": ("购买方税号", "销售方税号")},
}
_SPOUSE = {"结婚证": "配偶", "离婚证": "对方"}
_LOWER = re.compile(r"([A-Z0-9<]{9})(\d)([A-Z<]{3})(\d{6})(\d)[MF<X](\d{6})(\d)")
_CENTURY = 30  # years after today's century: a passport is not valid for longer


def told_apart(kind: str, found: Sequence[Found], text: str, *, this_year: int) -> list[Found]:
    """The fields of the kind in the words of the catalogue."""
    if kind in _SPOUSE:
        return _couple(found, _SPOUSE[kind])
    if kind in _PAIRS:
        return _in_order(found, _PAIRS[kind])
    if kind == "护照":
        return _passport(found, text, this_year)
    return list(found)


def _in_order(found: Sequence[Found], names: Mapping[str, tuple[str, ...]]) -> list[Found]:
    out: list[Found] = []
    for one in found:
        called = names.get(one.name)
        if called is None:
            out.append(one)
        elif one.order < len(called):
            out.append(replace(one, name=called[one.order], order=0))
    return out


def _couple(found: Sequence[Found], other: str) -> list[Found]:
    """The holder is named on top; of the two people below, the one of the same name is the holder."""
    out = [one for one in found if one.name not in {"姓名", "号码"}]
    holder = next((one.value for one in out if one.name == "持证人"), None)
    names = [one for one in found if one.name == "姓名"]
    numbers = [one for one in found if one.name == "号码"]
    for place, name in enumerate(names):
        number = numbers[place] if len(numbers) == len(names) else None
        if name.value == holder or (holder is None and place == 0):
            if holder is None:
                out.append(replace(name, name="持证人"))
            wanted = "持证人号码"
        else:
            out.append(replace(name, name=f"{other}姓名"))
            wanted = f"{other}号码"
        if number is not None:
            out.append(replace(number, name=wanted))
    return out


def _passport(found: Sequence[Found], text: str, this_year: int) -> list[Found]:
    """What the machine lines say, with their check digits, counts more than what is printed above."""
    lines = re.sub(r"[ «]", "", text.upper().replace("《", "<").replace("K<", "<<"))
    match = _LOWER.search(lines)
    if match is None:
        return list(found)
    number, digit, _, born, born_digit, until, until_digit = match.groups()
    right = machine_digit(number) == digit and machine_digit(born) == born_digit and machine_digit(until) == until_digit
    if not right:
        return list(found)
    said = {
        "护照号码": number.rstrip("<"),
        "出生日期": _day(born, latest=this_year),
        "有效期至": _day(until, latest=this_year + _CENTURY),
    }
    by_name = {one.name: one for one in found}
    out = [one for one in found if one.name not in said]
    for name, value in said.items():
        seen = by_name.get(name)
        if value:
            box = seen.box if seen is not None else None
            out.append(Found(name=name, value=value, confidence=0.99, box=box, check=NumberCheck.VALID))
        elif seen is not None:
            out.append(seen)
    return out


def _day(six: str, *, latest: int) -> str:
    year = 2000 + int(six[:2])
    try:
        return date(year if year <= latest else year - 100, int(six[2:4]), int(six[4:])).isoformat()
    except ValueError:
        return ""
