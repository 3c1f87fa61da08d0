"""Check digits: identity numbers (GB 11643), company codes (GB 32100), bank cards (Luhn), machine lines (ICAO 9303)."""

from stdnum import luhn

from prefill.check_digits import is_company_code, is_identity_number
from prefill.documents.document import NumberCheck
from prefill.documents.kinds import ValueType

_WEIGHTS = (7, 3, 1)


def check(type_: ValueType, value: str) -> NumberCheck:
    """Whether a value fits its own check digit; NOT_CHECKED for what carries none."""
    match type_:
        case ValueType.PERSON_NUMBER:
            fits = is_identity_number(value)
        case ValueType.COMPANY_NUMBER:
            fits = is_company_code(value)
        case ValueType.CARD_NUMBER:
            fits = luhn.is_valid(value)
        case _:
            return NumberCheck.NOT_CHECKED
    return NumberCheck.VALID if fits else NumberCheck.INVALID


def machine_digit(text: str) -> str:
    """The check digit of a field of a machine line."""
    values = [int(c) if c.isdigit() else 0 if c == "<" else ord(c) - ord("A") + 10 for c in text]
    return str(sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)
