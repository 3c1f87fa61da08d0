"""A message as the answer to one field that was just asked for: its value in the contract's format, or none."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from assistant.cases.choosing_value import choice_of
from assistant.cases.english import bank_in, in_chinese, speaks_english, without_lead
from assistant.cases.wishes import asks_something
from guardrails.calendar_dates import times
from prefill.forms import FieldType, FormField
from prefill.said.amounts import amounts, plain
from prefill.said.days import Day, days, shifted
from prefill.said.lexicon import shipped
from prefill.said.mentions import Kind
from prefill.said.places import addresses
from prefill.said.shapes import shaped
from prefill.said.speech import fold
from prefill.said.worth import clock
from prefill.schema import fits

_LEAD = re.compile(
    r"^(?:[那就我们的本人他她它这是叫填写选要为应该大概呃嗯好啊,，。:： ]|就是|应该是|写的?是|选择|就写|就填|"
    r"写|填|名字|姓名|"
    r"地址|号码|电话|手机)+"
)
_CORRECTION = re.compile(
    r"^(?:不对|不是|错了|写错了|填错了|说错了|更正一?下?|改一下|哦不)[,，。、 ]*(?:应该是|是|改成|改为|换成)?"
)
# 三千八，哦不对，三千六: what stands behind counts
_TAKEN_BACK = re.compile(
    r"^.*\S[,，、。… ]*(?:[哦噢啊]不对?|不对|[说写填记搞]错了?|no wait|sorry|i mean)[,，、。… :：]*"
    r"(?:应该|是)*(?=\S)",
    re.I,
)
_TAIL = re.compile(r"[\s。.!！,，~～]*(?:吧|呀|啊|哦|呢|的|了)?[\s。.!！,，~～]*$")
_YES = re.compile(
    r"^(?:是|有|要|对|需要|愿意|参加|同意|可以|好|行|嗯|(?:yes|yep|yeah|sure|correct|of course)\b)|"
    r"^(?:早就|已经|都)?做(?:过|好|了)",
    re.I,
)
_NO = re.compile(r"^(?:还|都|也)?(?:不|没|否|无|未)|^(?:no|nope|not)\b", re.I)
_PLACE = re.compile(
    r"(?:\d|[一二三四五六七八九十]+)\s*[号弄室栋楼幢单]|[\u4e00-\u9fff]{2,}(?:路|街|大道|巷|村|镇|乡|小区|苑|园|坊|公寓|花园|宿舍|大厦|广场)|"
    r"\d+.{0,12}\b(?:road|rd|street|st|lane|avenue)\b",
    re.I,
)
_LIVES = re.compile(r"^(?:我|我们|现在|就|家)*(?:住在|住|在)\s*(?=\S{2})")
_ABOUT = re.compile(r"(?<=[十百千万])来(?=[个平岁人块元张天㎡])")
_UNITS = (
    (
        re.compile(r"租金|金额|款|价|额|资本|工资|基数|收入|费用|利息|投资"),
        {"元", "块", "块钱", "万元", "美元", "美金", "万美元", "万美金"},
    ),
    (re.compile(r"面积|㎡"), {"平", "平米", "平方", "平方米", "㎡", "m2", "个平方", "个平米", "个平方米"}),
    (re.compile(r"月|年限|期限|龄"), {"月", "个月", "个半月", "年", "岁", "天", "周"}),
    (re.compile(r"人数|人口|成员|职工"), {"人", "个人", "名", "位", "口", "个"}),
    (re.compile(r"胎|孩"), {"胎", "孩", "个"}),
)
_NO_PLACE = re.compile(r"证号|编号|卡号|单号|账号|手机号|号码|找找|我要|想要|不知道|寄到|寄给")
_LENGTHS = {
    FieldType.ID_NUMBER: re.compile(r"\D*\d{17}[\dXx]"),
    FieldType.COMPANY_CODE: re.compile(r"\W*[0-9A-Za-z]{18}"),
    FieldType.BANK_CARD: re.compile(r"\D*\d{16,19}"),
}
_LONGEST = 200
_PERSON = re.compile(r"(?:姓名|负责人|管理员|药师|联系人|权利人)$")
_CALLED = re.compile(r"(?<!小名)叫([\u4e00-\u9fff]{2,4})$")
_YEAR_MONTH = 7
_MONTHS_OF_A_YEAR = 12

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
    FieldType.DATE_TIME: "请说哪天几点，比如12月3日上午9点。",
    FieldType.MONTH_RANGE: "请说从哪年哪月到哪年哪月。",
    FieldType.FILE: "这一项要在表格里上传文件。",
    FieldType.VIN: "请说17位车辆识别代号，行驶证上有。",
    FieldType.YES_NO: "请说“是”或“否”。",
}


def answer_of(field: FormField, message: str, today: date, items: Sequence[str] = ()) -> str | None:
    """The value, or None where the message cannot be one for this field. `items`: whose forms the field stands on."""
    said = _TAIL.sub("", _CORRECTION.sub("", _TAKEN_BACK.sub("", fold(message).strip())))
    if not said or len(said) > _LONGEST:
        return None
    chosen = choice_of(field, said, items)
    if field.choices or chosen is not None:
        return chosen or (_free_text(said) if _is_own_choice(field, said) else None)
    reader = _READERS.get(field.type)
    return reader(field, in_chinese(said, today), today) if reader else _free(field, said, today)


def _is_own_choice(field: FormField, said: str) -> bool:
    """Whether words beside the list may stand in a field whose list is open."""
    return field.other_choices and not any(c.isdigit() for c in said) and not speaks_english(said)


def has_slipped(field: FormField, message: str) -> bool:
    """Whether an answer is a number as long as the field's, of which a digit is wrong."""
    length = _LENGTHS.get(field.type)
    return length is not None and length.fullmatch(re.sub(r"[\s-]", "", fold(message)).strip("。.")) is not None


def hint_of(field: FormField) -> str:
    """How the field can be answered, in one sentence."""
    if field.choices:
        return f"可以选：{'、'.join(field.choices)}。"
    return field.help or HINTS.get(field.type, "直接说内容就行；不清楚可以说“不知道”。")


def is_well_formed(field: FormField, value: str) -> bool:
    """True where a value entered by hand has the form that the field's schema asks for, on the page as here."""
    return fits(field, value)


def _shape(kind: Kind) -> Callable[[FormField, str, date], str | None]:
    def read(field: FormField, said: str, today: date) -> str | None:
        return next((m.value for m in shaped(said, 0) if m.kind is kind), None)

    return read


def _landline_or_mobile(field: FormField, said: str, today: date) -> str | None:
    found = _shape(Kind.MOBILE)(field, said, today)
    digits = re.sub(r"\D", "", said)
    return found or (digits if re.fullmatch(r"0\d{9,11}", digits) else None)


def _day(field: FormField, said: str, today: date) -> str | None:
    found = [d for d in days(said, today) if d.has_day]
    return _meant(field, found[-1], today).isoformat() if found else None


def _meant(field: FormField, day: Day, today: date) -> date:
    """The day meant: behind or ahead as the field says, else the nearer one."""
    ahead = shipped().of("", field.name).ahead
    if ahead is None:
        ahead = day.future - today < today - day.past
    return day.on(ahead=ahead)


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
    found = [d for d in days(said, today) if d.has_day]
    if len(found) != 2:  # noqa: PLR2004 - a beginning and an end
        return None
    first, last = (_meant(field, day, today) for day in found)
    if last < first:
        last = next((day for day in (found[1].past, found[1].future) if day >= first), shifted(last, months=12))
    return f"{first.isoformat()}/{last.isoformat()}"


def _amount(field: FormField, said: str, today: date) -> str | None:
    said = _ABOUT.sub("", said)
    dated = [(d.start, d.end) for d in days(said, today)]
    found = [
        m
        for m in amounts(said, 0)
        if m.number is not None and not any(start <= m.start < end for start, end in dated) and _is_of(field, m.unit)
    ]
    if len(found) != 1 or found[0].number is None:
        return None
    number = found[0].number * (_MONTHS_OF_A_YEAR if found[0].unit in ("年", "岁") and "月" in field.name else 1)
    if "万元" in field.name and found[0].unit in {"元", "块", "块钱", "万元", "万", ""} and number >= 10_000:  # noqa: PLR2004
        number = number / Fraction(10_000)
    if field.type is FieldType.INTEGER and number.denominator != 1:
        return None
    return plain(number)


def _is_of(field: FormField, unit: str) -> bool:
    """Whether an amount in this unit can stand in the field: no years for a rent, no metres for people."""
    mine = next((units for words, units in _UNITS if words.search(field.name)), None)
    known = any(unit in units for _, units in _UNITS)
    return not unit or mine is None or not known or unit in mine


def _yes_no(field: FormField, said: str, today: date) -> str | None:
    if _NO.search(said):
        return "否"
    return "是" if _YES.search(said) else None


def _address(field: FormField, said: str, today: date) -> str | None:
    found = list(addresses(said, 0))
    if found:
        return found[-1].value
    said = _LIVES.sub("", said)
    return _free(field, said, today) if _PLACE.search(said) and not _NO_PLACE.search(said) else None


def _free(field: FormField, said: str, today: date) -> str | None:
    if asks_something(said):
        return None
    if "银行" in field.name and (bank := bank_in(said)) is not None:
        return bank
    said = without_lead(said)
    if speaks_english(said):
        return _free_text(re.split(r"[,;]", said)[0] if _PERSON.search(field.name) else said)
    if _PERSON.search(field.name):  # 「她叫…,身份证…」: the name is what stands first
        return _name(said)
    own = said.removeprefix(field.name)  # 「子女姓名李小果」: the label is not the value
    return _free_text(own if own.strip() else said)


def _name(said: str) -> str | None:
    """The name in an answer: what somebody is called, the full one before the short one."""
    parts = [part for part in re.split(r"[,，;；。]", said) if part.strip()]
    full = next((part for part in parts if "大名" in part), parts[0] if parts else "")
    called = re.split(r"大名(?:叫|是)?|名字(?:就?叫|是)|姓名(?:是|为|:|：)?|(?:就|是)?叫做?|^.{1,8}?是", full)
    return _free_text(called[-1].strip() or full)


def called_first(field: FormField, message: str) -> str | None:
    """The name that the first of several clauses gives to who is asked for: 老人家叫宋怀远，我是他儿子宋立."""
    if not _PERSON.search(field.name):
        return None
    first, *rest = re.split(r"[,，;；。]", fold(message).strip())
    found = _CALLED.search(first)
    return found[1] if found is not None and rest else None


def _free_text(said: str) -> str | None:
    text = _LEAD.sub("", said).strip() or said.strip()
    return text if any(c.isalnum() for c in text) else None


def _moment(field: FormField, said: str, today: date) -> str | None:
    """A day with its time of day."""
    day, told = _day(field, said, today), times(said)
    return f"{day} {clock(told[0].minutes)}" if day is not None and told else None


def _months_between(field: FormField, said: str, today: date) -> str | None:
    found = [_meant(field, day, today).isoformat()[:_YEAR_MONTH] for day in days(said, today)]
    return f"{found[0]}/{found[1]}" if len(found) == 2 and found[0] <= found[1] else None  # noqa: PLR2004


def _nothing(field: FormField, said: str, today: date) -> str | None:
    """For what no words are the value of: a picture."""
    return None


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
    FieldType.DATE_TIME: _moment,
    FieldType.MONTH_RANGE: _months_between,
    FieldType.FILE: _nothing,
    FieldType.ADDRESS: _address,
}
