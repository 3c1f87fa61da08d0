"""A message as the answer to one field that was just asked for: its value in the contract's format, or none."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from rapidfuzz import fuzz, process

from assistant.cases.wishes import asks_something
from prefill.forms import FieldType, FormField
from prefill.said.amounts import amounts, plain
from prefill.said.days import days, shifted
from prefill.said.mentions import Kind
from prefill.said.places import addresses
from prefill.said.shapes import shaped
from prefill.said.speech import fold
from prefill.schema import fits

_LEAD = re.compile(
    r"^(?:[那就我们的本人他她它这是叫填写选要为应该大概呃嗯好啊,，。:： ]|就是|应该是|写的?是|选择|就写|就填|"
    r"写|填|名字|姓名|"
    r"地址|号码|电话|手机)+"
)
_CORRECTION = re.compile(
    r"^(?:不对|不是|错了|写错了|填错了|说错了|更正一?下?|改一下|哦不)[,，。、 ]*(?:应该是|是|改成|改为|换成)?"
)
_TAIL = re.compile(r"[\s。.!！,，~～]*(?:吧|呀|啊|哦|呢|的|了)?[\s。.!！,，~～]*$")
_YES = re.compile(r"^(?:是|有|要|对|需要|愿意|参加|同意|可以|好|行|嗯)")
_NO = re.compile(r"^(?:不|没|否|无|未)")
_AHEAD = re.compile(r"预计|拟|计划|起始|开始|开工|入学|入住|出境|举办|演出|生效|有效期至|截止|到期")
_PLACE = re.compile(
    r"[路街道弄巷村镇乡区县市省苑园坊楼号室栋幢]|小区|\d+.{0,12}\b(?:road|rd|street|st|lane|avenue)\b", re.I
)
_LONGEST = 200
_ALIKE = 80.0
_YEAR_MONTH = 7
_MONTHS_OF_A_YEAR = 12

_SAID_OTHERWISE: Mapping[str, re.Pattern[str]] = {
    "已婚": re.compile(
        r"^(?:我们?|早就|已经)?结(?:过婚|婚)?(?:了|$)|领(?:过|了)证|有(?:老公|老婆|爱人)|成家了|^married\b", re.I
    ),
    "未婚": re.compile(r"没(?:有)?结(?!果)|还没领证|单身|没成家|没对象|\b(?:single|unmarried|not married)\b", re.I),
    "离异": re.compile(r"离(?:过?婚|了|掉|$)|divorced", re.I),
    "离婚": re.compile(r"离(?:了|掉|$)|divorced", re.I),
    "丧偶": re.compile(r"(?:老伴|老公|老婆|爱人|先生|太太).{0,3}(?:走|没了?|过世|去世|不在)|widow", re.I),
    "男": re.compile(r"^(?:我是)?(?:先生|小伙|boy|male|man)", re.I),
    "女": re.compile(r"^(?:我是)?(?:女士|姑娘|小姐|girl|female|woman)", re.I),
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES_OF_MONTHS = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_ENGLISH_DAY = re.compile(
    rf"\b(?:(?P<month>{_NAMES_OF_MONTHS}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?|"
    rf"(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<after>{_NAMES_OF_MONTHS}))(?:,? (?P<year>\d{{4}}))?\b",
    re.I,
)

HINTS: Mapping[FieldType, str] = {
    FieldType.MOBILE: "请说11位手机号码。",
    FieldType.ID_NUMBER: "请说18位身份证号码，我会核对校验位。",
    FieldType.COMPANY_CODE: "请说18位统一社会信用代码，营业执照上有。",
    FieldType.BANK_CARD: "请说完整的银行卡号，16到19位数字。",
    FieldType.DATE: "请说年月日，比如2026年3月5日，也可以说“上周三”。",
    FieldType.MONTH: "请说哪年哪月，比如2026年10月，也可以说“上个月”。",
    FieldType.DECIMAL: "请说一个数字，比如3500。",
    FieldType.INTEGER: "请说一个整数。",
    FieldType.ADDRESS: "请说到区、路、门牌号和室号。",
    FieldType.DATE_RANGE: "请说从哪天到哪天。",
    FieldType.VIN: "请说17位车辆识别代号，行驶证上有。",
    FieldType.YES_NO: "请说“是”或“否”。",
}


def answer_of(field: FormField, message: str, today: date) -> str | None:
    """The value, or None where the message cannot be one for this field."""
    said = _TAIL.sub("", _CORRECTION.sub("", fold(message).strip()))
    if not said or len(said) > _LONGEST:
        return None
    if field.choices:
        return _chosen(field, said) or _as_people_say(field, said)
    said = _ENGLISH_DAY.sub(_in_chinese, said)
    reader = _READERS.get(field.type)
    return reader(field, said, today) if reader else _free(field, said, today)


def hint_of(field: FormField) -> str:
    """How the field can be answered, in one sentence."""
    if field.choices:
        return f"可以选：{'、'.join(field.choices)}。"
    return field.help or HINTS.get(field.type, "直接说内容就行；不清楚可以说“不知道”。")


def is_well_formed(field: FormField, value: str) -> bool:
    """True where a value entered by hand has the form that the field's schema asks for, on the page as here."""
    return fits(field, value)


def _as_people_say(field: FormField, said: str) -> str | None:
    """The choice that people say otherwise: 「结了」 is 已婚."""
    fitting = [c for c in field.choices if (words := _SAID_OTHERWISE.get(c)) is not None and words.search(said)]
    return fitting[0] if len(fitting) == 1 else None


def _in_chinese(match: re.Match[str]) -> str:
    """An English date as Chinese writes it."""
    name, number = match["month"] or match["after"], match["day"] or match["before"]
    month = _MONTHS.index(name[:3].lower()) + 1
    year = f"{match['year']}年" if match["year"] else ""
    return f"{year}{month}月{number}日"


def _chosen(field: FormField, said: str) -> str | None:
    if field.type in (FieldType.CHOICES, FieldType.SEVERAL):
        several = [c for c in field.choices if c in said]
        return "、".join(several) or None
    named = sorted((c for c in field.choices if c in said), key=len, reverse=True)
    if named and not re.search(rf"(?:不是|不要|没){re.escape(named[0])}", said):
        return named[0]
    place = re.fullmatch(r"第?([一二三四五六七八九1-9])(?:个|项|种)?", said)
    if place is not None:
        index = "一二三四五六七八九".find(place[1]) if not place[1].isdigit() else int(place[1]) - 1
        return field.choices[index] if index < len(field.choices) else None
    best = process.extractOne(_LEAD.sub("", said), field.choices, scorer=fuzz.ratio)
    if best is not None and best[1] >= _ALIKE:
        return str(best[0])
    within = [c for c in field.choices if said in c] if len(said) > 1 else []
    if len(within) == 1:
        return within[0]
    return _free_text(said) if field.other_choices and not any(c.isdigit() for c in said) else None


def _shape(kind: Kind) -> Callable[[FormField, str, date], str | None]:
    def read(field: FormField, said: str, today: date) -> str | None:
        return next((m.value for m in shaped(said, 0) if m.kind is kind), None)

    return read


def _landline_or_mobile(field: FormField, said: str, today: date) -> str | None:
    found = _shape(Kind.MOBILE)(field, said, today)
    digits = re.sub(r"\D", "", said)
    return found or (digits if re.fullmatch(r"0\d{9,11}", digits) else None)


def _day(field: FormField, said: str, today: date) -> str | None:
    ahead = _AHEAD.search(field.name) is not None
    found = [d for d in days(said, today) if d.has_day]
    return found[-1].on(ahead=ahead).isoformat() if len(found) == 1 or found else None


def _month(field: FormField, said: str, today: date) -> str | None:
    found = days(said, today)
    if found:
        return found[-1].on(ahead=False).isoformat()[:_YEAR_MONTH]
    if re.search(r"^(?:就)?(?:这|本|当)个?月", said):
        return today.isoformat()[:_YEAR_MONTH]
    if re.search(r"上个?月", said):
        return shifted(today.replace(day=1), months=-1).isoformat()[:_YEAR_MONTH]
    return None


def _days_between(field: FormField, said: str, today: date) -> str | None:
    found = [d.on(ahead=False) for d in days(said, today) if d.has_day]
    return f"{found[0].isoformat()}/{found[1].isoformat()}" if len(found) == 2 else None  # noqa: PLR2004


def _amount(field: FormField, said: str, today: date) -> str | None:
    found = [m for m in amounts(said, 0) if m.number is not None]
    if len(found) != 1 or found[0].number is None:
        return None
    number = found[0].number * (_MONTHS_OF_A_YEAR if found[0].unit in ("年", "岁") and "月" in field.name else 1)
    if "万元" in field.name and found[0].unit in {"元", "块", "块钱", "万元", "万", ""} and number >= 10_000:  # noqa: PLR2004
        number = number / Fraction(10_000)
    if field.type is FieldType.INTEGER and number.denominator != 1:
        return None
    return plain(number)


def _yes_no(field: FormField, said: str, today: date) -> str | None:
    if _NO.search(said):
        return "否"
    return "是" if _YES.search(said) else None


def _address(field: FormField, said: str, today: date) -> str | None:
    found = list(addresses(said, 0))
    if found:
        return found[-1].value
    return _free(field, said, today) if _PLACE.search(said) else None


def _free(field: FormField, said: str, today: date) -> str | None:
    if field.name.endswith("姓名"):  # 「她叫…,身份证…」: the name is what stands first
        said = re.split(r"[,，;；。]", said)[0]
    own = said.removeprefix(field.name)  # 「子女姓名李小果」: the label is not the value
    return None if asks_something(said) else _free_text(own if own.strip() else said)


def _free_text(said: str) -> str | None:
    text = _LEAD.sub("", said).strip() or said.strip()
    return text if any(c.isalnum() for c in text) else None


_READERS: Mapping[FieldType, Callable[[FormField, str, date], str | None]] = {
    FieldType.MOBILE: _landline_or_mobile,
    FieldType.ID_NUMBER: _shape(Kind.IDENTITY),
    FieldType.COMPANY_CODE: _shape(Kind.COMPANY_CODE),
    FieldType.BANK_CARD: _shape(Kind.CARD),
    FieldType.VIN: _shape(Kind.VIN),
    FieldType.DATE: _day,
    FieldType.MONTH: _month,
    FieldType.DATE_RANGE: _days_between,
    FieldType.DECIMAL: _amount,
    FieldType.INTEGER: _amount,
    FieldType.YES_NO: _yes_no,
    FieldType.ADDRESS: _address,
}
