"""Check digits of identity numbers (GB 11643), company codes (GB 32100) and bank cards (Luhn)."""

from datetime import date
from typing import Final

from stdnum import luhn
from stdnum.cn import ric, uscc

_OLDEST: Final = 1900


def is_identity_number(number: str) -> bool:
    """Eighteen places with a valid birth date and check digit; provinces beyond the list of today are accepted."""
    return bool(len(number) == len("310101199001010000") and birth_date(number) and _has_right_digit(number))


def _has_right_digit(number: str) -> bool:
    return number[:17].isdigit() and ric.calc_check_digit(number) == number[17]


def is_company_code(code: str) -> bool:
    """A unified social credit code with a valid check digit."""
    return uscc.is_valid(code)


def is_bank_card(number: str) -> bool:
    """A card or account of 16 to 19 digits with Luhn's check digit."""
    return number.isdigit() and 16 <= len(number) <= 19 and luhn.is_valid(number)  # noqa: PLR2004 - ISO 7812


def birth_date(number: str) -> date | None:
    """The day of birth an identity number states, or None where it states none."""
    written = number[6:14]
    if not written.isdigit() or int(written[:4]) < _OLDEST:
        return None
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """男 or 女, from the seventeenth place."""
    return "男" if int(number[16]) % 2 else "女"


def age_on(born: date, day: date) -> int:
    """Completed years: the birthday itself counts, and one of 29 February comes on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
