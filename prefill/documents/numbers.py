"""Check digits: identity numbers (GB 11643), company codes (GB 32100), bank cards (Luhn), machine lines (ICAO 9303)."""

from datetime import date

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from prefill.documents.document import NumberCheck
from prefill.documents.kinds import ValueType

_WEIGHTS = (7, 3, 1)
_PERSON = 18


def check(type_: ValueType, value: str) -> NumberCheck:
    """Whether a value fits its own check digit; NOT_CHECKED for what carries none."""
    match type_:
        case ValueType.PERSON_NUMBER:
            fits = is_person_number(value)
        case ValueType.COMPANY_NUMBER:
            fits = is_company_number(value)
        case ValueType.CARD_NUMBER:
            fits = luhn.is_valid(value)
        case _:
            return NumberCheck.NOT_CHECKED
    return NumberCheck.VALID if fits else NumberCheck.INVALID


def is_person_number(number: str) -> bool:
    """Check digit and a birthday that exists; whether the region was ever assigned is for the register to say."""
    if len(number) != _PERSON or not number[:-1].isdigit():
        return False
    return born_on(number) is not None and ric.calc_check_digit(number) == number[-1]


def born_on(number: str) -> date | None:
    """The birthday in an identity number."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_company_number(number: str) -> bool:
    """Check digit of GB 32100."""
    try:
        return len(number) == _PERSON and uscc.calc_check_digit(number) == number[-1]
    except (ValidationError, ValueError, KeyError):
        return False


def machine_digit(text: str) -> str:
    """The check digit of a field of a machine line."""
    values = [int(c) if c.isdigit() else 0 if c == "<" else ord(c) - ord("A") + 10 for c in text]
    return str(sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)
