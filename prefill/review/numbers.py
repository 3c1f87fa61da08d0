"""Are identity, company, card, vehicle and telephone numbers possible at all?"""

import re
from enum import StrEnum

from stdnum import luhn

from prefill.check_digits import is_company_code, is_identity_number
from prefill.review.vocabulary import bare_key

_IDENTITY_KEY = re.compile(r"(身份号码|身份证号|身份证号码|证件号码|证件号)$")
_ROLE_KEY = re.compile(
    r"^(男方|女方|父亲|母亲|申请人|对方|配偶|持证人|法定代表人|监护人|承办人|投保人|职工|本人|子女|逝者|买方|卖方|转让方|受让方)?(号码|身份号)$"
)
_CARD_KEY = re.compile(r"(卡号|收款银行账号|收款账号|银行账号)$")
_VEHICLE_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VEHICLE_LETTERS = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_SHORTEST_CARD, _LONGEST_CARD = 15, 19


class NumberKind(StrEnum):
    """The kinds of number that can be checked, with the name people know."""

    IDENTITY = "公民身份号码"
    COMPANY = "统一社会信用代码"
    CARD = "银行卡号"
    VEHICLE = "车辆识别代号"
    MOBILE = "手机号码"


_KIND_OF_TYPE = {
    "idcard18": NumberKind.IDENTITY,
    "uscc18": NumberKind.COMPANY,
    "bankcard": NumberKind.CARD,
    "vin17": NumberKind.VEHICLE,
    "mobile": NumberKind.MOBILE,
}


def kind_of_field(field_type: str) -> NumberKind | None:
    """The kind by a form field's type."""
    return _KIND_OF_TYPE.get(field_type)


def kind_of_key(key: str) -> NumberKind | None:
    """The kind by the name of a material's field."""
    name = bare_key(key)
    if "护照" in name or "单位银行" in name:
        return None
    if "信用代码" in name:
        return NumberKind.COMPANY
    if "车辆识别" in name or name.upper().startswith("VIN"):
        return NumberKind.VEHICLE
    if _CARD_KEY.search(name):
        return NumberKind.CARD
    return NumberKind.IDENTITY if _IDENTITY_KEY.search(name) or _ROLE_KEY.match(name) else None


def is_possible(kind: NumberKind, text: str) -> bool:
    """Can such a number exist? A text that is plainly of another kind (a passport number) is not judged."""
    number = re.sub(r"[\s\-·]", "", text).upper()
    match kind:
        case NumberKind.IDENTITY:
            return _is_identity(number)
        case NumberKind.COMPANY:
            return _is_company(number)
        case NumberKind.CARD:
            return not number.isdigit() or not _is_card_length(number) or luhn.is_valid(number)
        case NumberKind.VEHICLE:
            return _is_vehicle(number)
        case NumberKind.MOBILE:
            return bool(re.fullmatch(r"(\+?86)?1[3-9]\d{9}", number))


def _is_card_length(number: str) -> bool:
    return _SHORTEST_CARD <= len(number) <= _LONGEST_CARD


def _is_identity(number: str) -> bool:
    """GB 11643 by date and check digit; the table of places is left out, it knows too few of the older ones."""
    if "*" in number:
        return True
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return not re.fullmatch(r"\d{12,}[\dX]?", number) and len(number) != 18  # noqa: PLR2004 - GB 11643 has 18
    return is_identity_number(number)


def _is_company(number: str) -> bool:
    return "*" in number or is_company_code(number)


def _is_vehicle(number: str) -> bool:
    """GB 16735: 17 places without I, O and Q, the ninth a check digit."""
    if not re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", number):
        return False
    total = sum(
        weight * (int(sign) if sign.isdigit() else _VEHICLE_LETTERS[sign])
        for sign, weight in zip(number, _VEHICLE_WEIGHTS, strict=True)
    )
    return number[8] == "0123456789X"[total % 11]
