"""Values as the rest of the product writes them: ISO dates, numbers without spaces, names without their neighbors."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from guardrails.normalizing import normalize
from prefill.check_digits import is_company_code
from prefill.documents.kinds import ValueType

LONG_TERM: Final = "长期"
_DAY = re.compile(r"(\d{4})\s*[年.\-/·,，]?\s*(\d{1,2})\s*(?:月|[.\-/·,，])\s*(\d{1,2})\s*日?")
_SOLID_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_ABROAD = re.compile(r"(?<!\d)(\d{1,2})\s*(\d{1,2})\s*月(?:/?[A-Z]{3})?\s*(\d{4})")
_MONTH = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})")
_OPEN = re.compile(r"长期|永久|不约定|无固定")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff][\u3400-\u9fff\U00020000-\U0002ffff·]{1,19}")
_ANY_NAME = re.compile(r"[A-Za-z\u3400-\u9fff][A-Za-z\u3400-\u9fff·,.' -]{1,60}")
_PERSON = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")
_COMPANY = re.compile(r"(?<![0-9A-Za-z])([0-9A-Z]{18})(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<!\d)(\d{12,19})(?!\d)")
_PASSPORT = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}\d{7,8}|\d{8,9})(?![A-Z0-9])")
_FRAME = re.compile(r"(?<![A-Z0-9])([A-HJ-NPR-Z0-9]{17})(?![A-Z0-9])")
_PLATE = re.compile(r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·.\s-]?([A-Z0-9]{5,6})")
_MONEY = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BANK = re.compile(r"[\u4e00-\u9fff]{2,10}?银行|[\u4e00-\u9fff]{2,8}信用社|[\u4e00-\u9fff]{2,6}农商行")
_NATIONS = re.compile(r"[\u4e00-\u9fff]{1,5}")
_MISREAD_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "〇": "0"})
_MISREAD_CODE = str.maketrans({"O": "0", "I": "1"})
_LEAD = " :：;；,，。.、_—-|()（）\t"


def read_value(type_: ValueType, raw: str) -> str:
    """The value, or nothing where the text holds none of that type."""
    text = normalize(raw).strip(_LEAD)
    return _READERS[type_](text) if text else ""


def days_in(text: str) -> list[str]:
    """All days of a text in their order, ISO."""
    found = [(m.start(), _iso(m.group(1), m.group(2), m.group(3))) for m in _DAY.finditer(text)]
    if not any(day for _, day in found):
        found = [(m.start(), _iso(m.group(1), m.group(2), m.group(3))) for m in _SOLID_DAY.finditer(text)]
    if not any(day for _, day in found):
        found = [(m.start(), _iso(m.group(3), m.group(2), m.group(1))) for m in _ABROAD.finditer(text)]
    return [day for _, day in sorted(found) if day]


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _first(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = pattern.search(text)
        return (found.group(1) if pattern.groups else found.group()) if found else ""

    return read


def _day(text: str) -> str:
    return next(iter(days_in(text)), "")


def _until(text: str) -> str:
    if _OPEN.search(text):
        return LONG_TERM
    days = days_in(text)
    return days[-1] if days else ""


def _month(text: str) -> str:
    found = _MONTH.search(text)
    return f"{found.group(1)}-{int(found.group(2)):02d}" if found else ""


def _solid(text: str) -> str:
    return "".join(text.split())


def _person_number(text: str) -> str:
    return _first(_PERSON)(re.sub(r"[\s.]", "", text).translate(_MISREAD_DIGITS)).upper()


def _company_number(text: str) -> str:
    solid = re.sub(r"\s", "", text).upper()
    for candidate in (solid, solid.translate(_MISREAD_CODE)):
        found = _first(_COMPANY)(candidate)
        if found and (candidate is not solid or is_company_code(found)):
            return found
    return _first(_COMPANY)(solid)


def _money(text: str) -> str:
    found = _MONEY.search(text.replace("，", ","))
    if not found:
        return ""
    try:
        amount = Decimal(found.group().replace(",", ""))
    except InvalidOperation:
        return ""
    if "万元" in text[found.end() : found.end() + 3]:
        amount *= 10_000
    return f"{amount.normalize():f}" if amount == amount.to_integral_value() else f"{amount}"


def _company(text: str) -> str:
    return _solid(re.split(r"统一社会|纳税人|[;；]", text)[0]).strip(_LEAD)


def _plate(text: str) -> str:
    found = _PLATE.search(_solid(text).upper())
    return found.group(1) + found.group(2) if found else ""


def _party(text: str) -> str:
    """A person or a company."""
    solid = _solid(re.split(r"[,，;；]|身份证|统一社会|\s{2,}", text)[0]).strip(_LEAD)
    company = re.match(r".{2,40}?(?:公司|厂|店|中心|合伙企业|合作社|工作室|银行|学校|医院)(?:\(.{1,10}\))?", solid)
    return company.group() if company else _first(_HAN_NAME)(solid)


def _text(text: str) -> str:
    return _solid(text).strip(_LEAD.replace("(", "").replace(")", ""))


def _address(text: str) -> str:
    """Up to what the sentence says next."""
    return re.split(r"[,;。]|建筑面积|房屋用途", _solid(text))[0].removeprefix("于").removeprefix("在").strip(_LEAD)


def _code(text: str) -> str:
    return _solid(text).strip(" :：;；,，。、_")


_READERS: Mapping[ValueType, Callable[[str], str]] = {
    ValueType.NAME: lambda text: _first(_HAN_NAME)(_solid(text)),
    ValueType.NAMES: lambda text: re.sub(r"[,，;；\s]+", "、", text).strip(_LEAD),
    ValueType.ANY_NAME: lambda text: _first(_ANY_NAME)(text).strip(),
    ValueType.PARTY: _party,
    ValueType.COMPANY: _company,
    ValueType.SEX: _first(re.compile(r"[男女]")),
    ValueType.NATION: lambda text: _first(_NATIONS)(text).removesuffix("族"),
    ValueType.DATE: _day,
    ValueType.DATE_FROM: _day,
    ValueType.DATE_UNTIL: _until,
    ValueType.MONTH: _month,
    ValueType.ADDRESS: _address,
    ValueType.TEXT: _text,
    ValueType.PARAGRAPH: _text,
    ValueType.PERSON_NUMBER: _person_number,
    ValueType.COMPANY_NUMBER: _company_number,
    ValueType.CARD_NUMBER: lambda text: _first(_CARD)(re.sub(r"[\s-]", "", text).translate(_MISREAD_DIGITS)),
    ValueType.PASSPORT_NUMBER: lambda text: _first(_PASSPORT)(_solid(text).upper()),
    ValueType.FRAME_NUMBER: lambda text: _first(_FRAME)(_solid(text).upper()),
    ValueType.PLATE: _plate,
    ValueType.BANK: _first(_BANK),
    ValueType.DIGITS: _first(re.compile(r"\d{4,}")),
    ValueType.CODE: _code,
    ValueType.MONEY: _money,
    ValueType.AREA: _money,
}
