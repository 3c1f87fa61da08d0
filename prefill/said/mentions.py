"""A value somebody mentioned: what kind it is, where it was said and whose it is."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from prefill.said.days import Day
from prefill.said.people import Person


class Kind(StrEnum):
    """Kinds of values that are recognized by their shape."""

    MOBILE = "mobile"
    IDENTITY = "identity"
    COMPANY_CODE = "company_code"
    CARD = "card"
    VIN = "vin"
    PLATE = "plate"
    CODE = "code"
    AMOUNT = "amount"
    DAY = "day"
    TIME = "time"
    ADDRESS = "address"
    PERSON = "person"
    ORGANISATION = "organisation"
    BANK = "bank"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One value in one clause. `owner` is None where nobody is named.

    `number` and `unit` are set for amounts (a bank's branch is its unit), `vague` where one was only estimated;
    `day` for days, `minutes` for times of day.
    """

    kind: Kind
    value: str
    clause: int
    start: int
    end: int
    owner: Person | None = None
    number: Fraction | None = None
    unit: str = ""
    day: Day | None = None
    minutes: int = 0
    vague: bool = False
