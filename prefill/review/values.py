"""Reading single values as people write them: numbers with units, dates, names, addresses, and what is left open."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from guardrails.calendar_dates import ENGLISH_MONTHS
from guardrails.numerals import HAN, value_of
from prefill.check_digits import birth_date
from prefill.review.application import Value

LONG_TERM = date.max
"""A document without an end (长期)."""

_NUMBER = re.compile(
    r"[约共满计￥¥]?(-?\d[\d,]*(?:\.\d+)?)\s*"
    r"(万美元|万欧元|万港元|美元|万元|万|元/月|元|个月|月|天|日|周岁|岁|人|名|套|次|只|件|起|辆|份|张|平方米|㎡|m2|m²|年|米|米以上|%|小时|家|个|分|条|孩|胎)?"
)
_IN_CHARACTERS = re.compile(
    rf"(?:人民币)?([{HAN}万亿点]+)(?:(?:元|圆)(?:([{HAN}])角)?零?(?:([{HAN}])分)?)?[整正]?"
    r"(?:个月|月|天|日|年|人|名|周岁|岁|次|套|平方米|孩|胎)?"
)
_YEARS_AND_MONTHS = re.compile(r"(\d+)年(?:零|又)?(\d+)个?月")
_BIRTHS = {"单胎": 1.0, "双胎": 2.0, "双胞胎": 2.0, "三胎": 3.0, "三胞胎": 3.0}
_AFTER_A_TIME = re.compile(r"(?<=[年月])\([^()]*\)$")
_BEFORE_A_NUMBER = re.compile(
    r"^(?:(?:已|共|累计|连续|登记|居住|缴纳|缴存|缴费|参保|合计|总计|实缴|满|计|为|建成|竣工|交付|大修后|通车|投用)+)(?=\d)"
)
_SURELY_SINGLE = 10_000
_LARGEST = 1e15  # nothing in an application is counted beyond; the tables calculate with 28 digits
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_COMPACT_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(0?[1-9]|1[0-2])月?$")
_MONTHS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[-/.年](0?[1-9]|1[0-2])月?\s*(?:/|至|到|~|—|–|-)+\s*((?:19|20)\d{2})[-/.年](0?[1-9]|1[0-2])月?(?![-/.\d])"
)
_MONTHS_OF_THE_YEAR = tuple(month[:3].upper() for month in ENGLISH_MONTHS)
_ENGLISH_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})[ /-]?({'|'.join(_MONTHS_OF_THE_YEAR)})[A-Z]*[ /,-]*(\d{{4}})(?!\d)")
_IN_CHARACTERS_DATE = re.compile(
    r"([〇零○O一二三四五六七八九]{4})年(正|[一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_PLACE = re.compile(r"^(?:中国)?(?:上海市|上海)?(?:市辖区)?")
_DISTRICT = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:新区|区|县)")
_UNIT_OF_ADDRESS = re.compile(r"[弄号室楼层幢栋座单元支\-—#、()（）\s]")


def plain(value: Value) -> str:  # noqa: PLR0911 - one return a kind of value
    """The value as one line of text without odd widths and outer blanks; nothing for None, lists joined."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return str(int(value))
        case str():
            return unicodedata.normalize("NFKC", value).strip()
        case Mapping():
            return "、".join(f"{key}:{plain(part)}" for key, part in value.items())
        case int() | float():
            return str(value)
        case _:
            return "、".join(plain(part) for part in value)


def number_in(value: Value, key: str = "") -> float | None:
    """The number, in the unit the key names; none where something else than number and unit is written."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < _LARGEST else None
    text = plain(value)
    if text in {"无", "零", "没有"}:
        return 0.0
    text = _BEFORE_A_NUMBER.sub("", _AFTER_A_TIME.sub("", text))
    found = _NUMBER.fullmatch(text)
    if not found:
        return _counted_otherwise(text, key)
    amount = float(found.group(1).replace(",", ""))
    if not abs(amount) < _LARGEST:
        return None
    return amount * 10_000 if (found.group(2) or "").startswith("万") and "万" not in key else amount


def _counted_otherwise(text: str, key: str) -> float | None:
    """2年3个月 counts in the years it begins with; 双胞胎 are two."""
    span = _YEARS_AND_MONTHS.fullmatch(text)
    if span:
        return int(span.group(1)) + int(span.group(2)) / 12
    return _BIRTHS[text] if text in _BIRTHS else _amount_in_characters(text, key)


def _amount_in_characters(text: str, key: str) -> float | None:
    """贰佰万元整, 三元伍角, 三个月: written in Chinese characters."""
    found = _IN_CHARACTERS.fullmatch(text)
    value = value_of(found.group(1)) if found else None
    if found is None or value is None:
        return None
    tenths, hundredths = (value_of(part) or 0 if part else 0 for part in found.group(2, 3))
    number = float(value) + float(tenths) / 10 + float(hundredths) / 100
    return number / 10_000 if "万" in key and number >= _SURELY_SINGLE else number


def date_in(value: Value) -> date | None:
    """The first date in the value; LONG_TERM for 长期; none where there is no whole date."""
    text = _in_digits(plain(value))
    if not text:
        return None
    found = _DATE.search(text) or _COMPACT_DATE.search(text)
    if found:
        year, month, day = (int(part) for part in found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None
    if english := _ENGLISH_DATE.search(text.upper()):
        return _english(english)
    return LONG_TERM if text.startswith(("长期", "永久", "无固定期限", "无期限")) else None


def _english(found: re.Match[str]) -> date | None:
    """06 MAY 1992, as passports write it."""
    try:
        return date(int(found.group(3)), _MONTHS_OF_THE_YEAR.index(found.group(2)) + 1, int(found.group(1)))
    except ValueError:
        return None


def _in_digits(text: str) -> str:
    """二〇二六年三月一日 as 2026年3月1日."""
    return _IN_CHARACTERS_DATE.sub(_date_in_digits, text) if "年" in text else text


def _date_in_digits(found: re.Match[str]) -> str:
    year = found.group(1).replace("O", "〇").replace("○", "〇").translate(_CHINESE_DIGITS)
    month, day = (1 if part == "正" else value_of(part) for part in found.group(2, 3))
    return f"{year}年{month}月{day}日"


def last_date_in(value: Value) -> date | None:
    """The end of a range; a single date is its own end, a month ends with its last day."""
    text = _in_digits(plain(value))
    found = _DATE.findall(text)
    if found:
        return date_in("-".join(found[-1]))
    month = _MONTH.search(text)
    if month:
        return months_after(date(int(month.group(1)), int(month.group(2)), 1), 1, less_days=1)
    return date_in(text)


def months_in(value: Value) -> tuple[date, date] | None:
    """The first day of the first month and the last day of the last of a range of months."""
    found = _MONTHS.search(plain(value))
    if found is None:
        return None
    first, last = (date(int(found.group(at)), int(found.group(at + 1)), 1) for at in (1, 3))
    return first, months_after(last, 1, less_days=1)


def months_after(day: date, months: int, *, less_days: int = 0) -> date:
    """The same day `months` later; where that month is shorter, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            found = date(year, month + 1, last)
            break
        except ValueError:
            continue
    else:
        found = date(year, month + 1, day.day)
    return date.fromordinal(found.toordinal() - less_days)


def months_between(start: date, day: date) -> int:
    """Completed months."""
    return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)


def birth_in_number(number: str) -> date | None:
    """The birth date in an identity number of 18 digits."""
    return birth_date(number) if re.fullmatch(r"\d{17}[\dX]", number.upper()) else None


def same_text(left: str, right: str) -> bool:
    """Equal but for blanks, dots in names, brackets' width, case and the zeros before a number."""
    return _bare(left) == _bare(right)


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s·•・.,，。、;；:：'\"“”‘’\-_()（）]", "", folded)


HALF = 0.5


def shared_pairs(text: str, other: str) -> float:
    """The share of the text's pairs of neighbouring signs that stand in the other."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    return sum(pair in other for pair in pairs) / len(pairs) if pairs else 0.0


def is_inside(text: str, whole: str) -> bool:
    """Does the text stand in the whole, whatever the zeros before numbers, the blanks and the province before it?"""
    folded = _PLACE.sub("", _bare(text))
    return _unpadded(folded) in _unpadded(_bare(whole))


def _unpadded(text: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", text)


def same_address(left: str, right: str) -> bool:
    """Equal in street and numbers; province and district count only where both name them."""
    one, other = _address(left), _address(right)
    if one.numbers != other.numbers:
        return False
    if one.district and other.district and one.district != other.district:
        return False
    return one.street == other.street or (bool(one.street and other.street) and _ends_alike(one.street, other.street))


def _ends_alike(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


class _Address:
    __slots__ = ("district", "numbers", "street")

    def __init__(self, text: str) -> None:
        folded = unicodedata.normalize("NFKC", text).translate(_CHINESE_DIGITS).strip()
        folded = _PLACE.sub("", folded)
        district = _DISTRICT.match(folded)
        self.district = district.group().replace("新区", "").rstrip("区县") if district else ""
        rest = folded[district.end() :] if district else folded
        self.numbers = tuple(part.lstrip("0") or "0" for part in re.findall(r"\d+|[A-Za-z]+", rest.upper()))
        self.street = _UNIT_OF_ADDRESS.sub("", re.sub(r"\d+|[A-Za-z]+", "", rest))


def _address(text: str) -> _Address:
    return _Address(text)
