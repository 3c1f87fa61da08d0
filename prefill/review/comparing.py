"""Is a value in one place the same as in another? By meaning: amounts as numbers, days as days, addresses as places."""

import re
from dataclasses import dataclass
from datetime import date

from guardrails.numerals import HAN, value_of
from prefill.review.evidence import Evidence, Found
from prefill.review.numbers import is_possible, kind_of_key
from prefill.review.rules import Agreement
from prefill.review.values import date_in, last_date_in, number_in, plain, same_address, same_text, shared_pairs
from prefill.review.vocabulary import bare_key

_ADDRESS = re.compile(r"地址|路段|住址|坐落|座落|住所|场所$|驻在")
_AMOUNT = re.compile(
    r"金额|价|款$|面积|租金|月数|资本|人数|出资|数$|基数|期限\(月\)|总额|额$|年限|合计|工资|津贴|费用$|投资|收入$|利息|资金|产值|税款|占比|比例"
)
_OF_PEOPLE = re.compile(r"姓名|人$|方$|者$|户主|户名|买受人|权利人|所有人")
_RELATIONS = (
    re.compile(r"父子|父女|母子|母女|子女|^之?[子女]$|之[子女]$|儿子|女儿|长[子女]|次[子女]|父亲|母亲|^[父母]$"),
    re.compile(r"夫妻|配偶|丈夫|妻子|^[夫妻]$|之[夫妻]$"),
    re.compile(r"兄|弟|姐|妹"),
)
_ROLE = re.compile(r"配偶|对方")
_DENIES = re.compile(r"[非不无未]")
_SOMEBODY_ELSE = re.compile(r"已故|去世|过世|之[父母子女妻夫兄弟姐妹](亲|$|\()")
_AND = re.compile(r"[、,;/]|和|及|与")
_LOOSE = re.compile(r"开户行|银行|学历|类别|种类|犬种|车型|经营项目|岗位")
_GRADED = re.compile(r"(?:等级|级别)$")
_GRADE = re.compile(rf"[^{HAN}\d]*(\d{{1,2}}|[{HAN}]{{1,2}})级?")
_WITH_REMARK = re.compile(r"\d[\d,.]*\s*[万亿千元㎡平米个月年人]*\s*[(（,，;；]")
_LEAST_DIGITS = 6
_HALF_A_CENT = 0.005


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison; `impossible` where one side is a number that cannot exist; `rights`: all that it might equal."""

    left: Found
    right: Found
    equal: bool
    impossible: bool
    rights: tuple[Found, ...] = ()


def compare(evidence: Evidence, agreement: Agreement) -> Compared | None:
    """The left value against the alternatives on the right; none where a side is missing or left open."""
    left = evidence.find_written(agreement.left.where, agreement.left.names)
    if left is None:
        return None
    others = [found for place in agreement.rights if (found := evidence.find_written(place.where, place.names))]
    others = [found for found in others if found.seen != left.seen]
    if not others:
        return None
    for right in others:
        if same(left, right):
            return Compared(left, right, equal=True, impossible=False)
    if evidence.vocabulary.is_unsure(left.value) or is_of_somebody_else(left) or _tells_nothing(left, others):
        return None
    nearest = max(others, key=lambda right: shared_pairs(plain(left.value), plain(right.value)))
    is_impossible = _is_impossible(left) or _is_impossible(nearest)
    return Compared(left, nearest, equal=False, impossible=is_impossible, rights=tuple(others))


def same(left: Found, right: Found) -> bool:  # noqa: PLR0911 - one return a kind of value
    """Do the two say the same?"""
    one, other = _bare_text(left), _bare_text(right)
    if "*" in one or "*" in other:
        return _masked_alike(one, other)
    if _ADDRESS.search(bare_key(left.key)) or _ADDRESS.search(bare_key(right.key)):
        return same_address(one, other)
    grades = grade_of(left), grade_of(right)
    if grades[0] is not None and grades[1] is not None:
        return grades[0] == grades[1]
    months = _months(left, right), _months(right, left)
    if months[0] is not None and months[1] is not None:
        return months[0] == months[1]
    if _AMOUNT.search(left.key) or _AMOUNT.search(right.key):
        numbers = _in_units(left), _in_units(right)
        if numbers[0] is not None and numbers[1] is not None:
            return abs(numbers[0] - numbers[1]) < _HALF_A_CENT or _is_counted_alike(left, right)
    days = (date_in(left.value), last_date_in(left.value)), (date_in(right.value), last_date_in(right.value))
    if days[0][0] and days[1][0] and not _is_number(one) and not _is_number(other):
        return days[0] == days[1] or _is_the_end_of(*days)
    if _is_among(left, right) or _is_same_relation(left, right):
        return True
    if (_LOOSE.search(left.key) or _LOOSE.search(right.key)) and _is_fuller(*sorted((one, other), key=len)):
        return True
    return same_text(one, other)


def _is_the_end_of(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """A single day beside a span: the day on which it ends."""
    single, span = sorted((one, other), key=lambda days: days[0] != days[1])
    return single[0] == single[1] and span[0] != span[1] and single[1] == span[1]


def _bare_text(found: Found) -> str:
    """汉 and 汉族 are one people."""
    text = plain(found.value)
    return text.removesuffix("族") if bare_key(found.key).endswith("民族") else text


def grade_of(found: Found) -> int | None:
    """3, 三级 and 残疾三级 under the name of a grade; none for 一级甲等, which says more."""
    written = _GRADE.fullmatch(plain(found.value)) if _GRADED.search(bare_key(found.key)) else None
    if written is None:
        return None
    value = int(written.group(1)) if written.group(1).isdigit() else value_of(written.group(1))
    return None if value is None else int(value)


def _is_fuller(shorter: str, longer: str) -> bool:
    """听力 and 听力残疾: the longer says the same at more length, and does not deny it (非居住)."""
    return shorter in longer and not _DENIES.search(longer.replace(shorter, "", 1))


def is_of_somebody_else(found: Found) -> bool:
    """张三之母(已故): who stands there is told by another, and whether that one may act is for a person."""
    return bool(_OF_PEOPLE.search(bare_key(found.key)) and _SOMEBODY_ELSE.search(plain(found.value)))


def _is_among(left: Found, right: Found) -> bool:
    """One name among the several that the other place gives: an owner among the owners."""
    if not (_OF_PEOPLE.search(bare_key(left.key)) or _OF_PEOPLE.search(bare_key(right.key))):
        return False
    several = [[part for part in _AND.split(plain(found.value)) if part] for found in (left, right)]
    fewer, more = sorted(several, key=len)
    return len(fewer) == 1 < len(more) and any(same_text(fewer[0], part) for part in more)


def _is_same_relation(left: Found, right: Found) -> bool:
    """之子 and 父子: one relation, seen from either end."""
    if not all(bare_key(found.key).endswith("关系") for found in (left, right)):
        return False
    return any(all(_speaks_of(found, words) for found in (left, right)) for words in _RELATIONS)


def _speaks_of(found: Found, words: re.Pattern[str]) -> bool:
    return bool(words.search(plain(found.value)))


def _months(found: Found, other: Found) -> float | None:
    """A length of time in months, where one of the two speaks of months or years."""
    text = plain(found.value)
    if written := re.fullmatch(r"(?:(\d+)年)?(?:(\d+)个?月)?", text):
        years, months = (int(part or 0) for part in written.groups())
        return float(years * 12 + months)
    if "月" in found.key + other.key and re.fullmatch(r"\d+", text):
        return float(text) if "月" in found.key else None
    return None


def _tells_nothing(left: Found, others: list[Found]) -> bool:
    """The spouse's number where the form names none, or a remark beside numbers: nothing that could be compared."""
    if len(others) == 1 and _is_of_another_role(left, others[0]):
        return True
    return bool(_AMOUNT.search(left.key)) and all(_is_counted(left) is not _is_counted(right) for right in others)


def is_incomparable(left: Found, right: Found) -> bool:
    """520万(含车位另计) and 5200000: an amount, and beside it one with a remark that nobody can reckon with."""
    counted = [found for found in (left, right) if _is_counted(found)]
    others = [found for found in (left, right) if found not in counted]
    is_an_amount = bool(_AMOUNT.search(left.key)) and bool(_AMOUNT.search(right.key))
    return is_an_amount and len(counted) == 1 and bool(_WITH_REMARK.match(plain(others[0].value)))


def _is_of_another_role(one: Found, other: Found) -> bool:
    """Does the first name somebody by a role (配偶) that the second does not have?"""
    role = _ROLE.match(bare_key(one.key))
    return role is not None and role.group() not in other.key and not _ROLE.match(bare_key(other.key))


def _is_counted(found: Found) -> bool:
    return number_in(found.value, found.key) is not None


def _is_counted_alike(left: Found, right: Found) -> bool:
    """注册资本(万元) 30 and 注册资本 30: the form counts in ten thousands, the document does not say in what."""
    if ("万" in left.key) is ("万" in right.key):
        return False
    unsaid = right if "万" in left.key else left
    amounts = [number_in(plain(found.value), "万") for found in (left, right)]
    return plain(unsaid.value).replace(".", "").isdigit() and amounts[0] == amounts[1]


def _in_units(found: Found) -> float | None:
    """The amount in single units, whether the field counts in them or in ten thousands."""
    number = number_in(found.value, found.key)
    return number * 10_000 if number is not None and "万" in found.key else number


def _masked_alike(one: str, other: str) -> bool:
    """`310***0518` against the whole number: every sign that is shown must fit."""
    if len(one) != len(other):
        return one.strip("*")[:1] == other.strip("*")[:1]
    return all(a == b or "*" in (a, b) for a, b in zip(one, other, strict=True))


def _is_number(text: str) -> bool:
    return text.isalnum() and sum(sign.isdigit() for sign in text) > _LEAST_DIGITS + 2


def _is_impossible(found: Found) -> bool:
    kind = kind_of_key(found.key)
    return kind is not None and not is_possible(kind, plain(found.value))
