"""Finds numbers that belong to a person: identity cards, telephones, bank cards, travel documents, plates, mail.

Works on folded text (half width, same length), so that positions are those of the original.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from guardrails.personal.span import Span

_GAP = r"(?:[ \-.·‐-―\u200b-\u200d\u2060\ufeff]|\r?\n)?"  # a number may be broken by the end of a line
_NOT_IN_WORD = r"(?<![0-9A-Za-z])"
_WORD_ENDS = r"(?![0-9A-Za-z])"

_ID18 = re.compile(rf"{_NOT_IN_WORD}(?=([1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx]){_WORD_ENDS})")
_ID15 = re.compile(rf"{_NOT_IN_WORD}(?=([1-9](?:{_GAP}\d){{14}}){_WORD_ENDS})")
_REGIONS = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
    ]
)
_ID_NAMED = re.compile(r"身份|证号|证件|公民|[,，]\s?[男女][,，]|\(\s?\Z|idcard|id_?no|ID|identity", re.IGNORECASE)

_MOBILE = re.compile(rf"{_NOT_IN_WORD}(?=((?:(?:\+|00)?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}){_WORD_ENDS})")
_SPOKEN = "〇零洞一幺么二两三四五六七拐八九勾壹贰叁肆伍陆柒捌玖o\\d"  # 洞拐勾: as the radio says them
_SPOKEN_MOBILE = re.compile(
    rf"(?<![{_SPOKEN}A-Za-z])[一幺1壹]{_GAP}[三四五六七拐八九勾叁肆伍陆柒捌玖3-9](?:{_GAP}[{_SPOKEN}]){{9}}(?![{_SPOKEN}])"
)
_SPOKEN_ID = re.compile(rf"(?<![{_SPOKEN}A-Za-z])(?:[{_SPOKEN}]{_GAP}){{17}}[{_SPOKEN}XxＸ叉](?![{_SPOKEN}])")
_SPOKEN_DIGITS = str.maketrans(
    "〇零洞o一幺么二两三四五六七拐八九勾壹贰叁肆伍陆柒捌玖叉", "000011122345677899123456789X"
)
_AREA = r"(?:\(0\d{2,3}\) ?|0\d{2,3}[- ]?)"
_HOME_LINE = re.compile(
    r"(?:(?:家里|家庭|住宅|家中|屋里|宅)的?(?:固定)?(?:电话|座机|固话|号码)|(?<![口心厅关位局司室院校])(?:座机|固话))"
    rf"[:： 是为号码]{{0,4}}({_AREA}?\d{{7,8}})(?!\d)"
)
_LAND_LINE = re.compile(r"(?<![\d(])((?:\(0\d{2,3}\) ?|0\d{2,3}[- ])[2-8]\d{6,7})(?![\d-])")
_OF_AN_OFFICE = re.compile(
    "咨询|热线|窗口|中心|大厅|服务|派出所|局|公司|单位|总机|监督|投诉|举报|办公|传真|值班|医院|学校|受理|街道|居委|"
    "银行|部门|官方|客服|预约|政务|法院|检察|税务|社保|企业|前台|报名|查询|电话[:：]|店|馆|所|会|处|科"
)

_OFFICE_SAID = re.compile(
    "咨询|热线|窗口|中心|大厅|派出所|局|公司|单位|总机|传真|医院|学校|街道|居委|银行|部门|官方|客服|政务|法院|检察|税务|企业|前台|店|馆|所|处|科"
)

_CARD = re.compile(rf"{_NOT_IN_WORD}(?=([3-6](?:{_GAP}\d){{15,18}}){_WORD_ENDS})")
_CARD_NAMED = re.compile(r"卡|账号|账户|帐号|帐户|account|acct", re.IGNORECASE)
_OTHER_NUMBER = re.compile(r"单号|订单|工单|编码|编号|流水|快递|运单|案号|条码|追溯|监管码|取号|发票|专利|批次")

_PASSPORT = re.compile(
    rf"{_NOT_IN_WORD}(?=((?:[DEGKPS][ \-]?[A-HJ-NP-Z]?|[A-Z][ \-]?[A-Z]?)(?:[ \-]?\d){{7,8}}){_WORD_ENDS})",
    re.IGNORECASE,
)
_PASSPORT_ALONE = re.compile(r"(?:E[A-HJ-NP-Z]\d{7}|[EG]\d{8}|[DSP]E\d{7})\Z", re.IGNORECASE)
_PASSPORT_NAMED = re.compile(r"护照|passport", re.IGNORECASE)
_PASSPORT_DIGITS = re.compile(
    r"(?:护照(?:号码?|编号)?|passport(?: ?(?:no\.?|number|#))?)[:： 是为]{0,3}(\d{8,9})(?!\d)", re.IGNORECASE
)
_PERMIT = re.compile(rf"{_NOT_IN_WORD}(?=([HMCW][ \-]?[A-Z]?(?:[ \-]?\d){{7,10}}){_WORD_ENDS})", re.IGNORECASE)
_PERMIT_ALONE = re.compile(r"[HM]\d{8}(?:\d{2})?\Z")
_PERMIT_NAMED = re.compile(r"回乡证|通行证|港澳|香港|澳门|港人|来往内地|往来内地")
_TAIWAN = re.compile(
    r"(?:(?:台胞证|台湾居民来往大陆通行证|大陆通行证)[号码:： 是为]{0,5}(?=\d)|"
    r"(?:台胞|台湾居民|台湾同胞)[^。\n\d]{0,10}[,，(]\s?(?:证件?|通行证|台胞证)号?码?[:： 是为]{0,3}(?=\d)|"
    r"(?:往来|来往)?台湾通行证[号码:： 是为]{0,5}(?=T))([Tt]?\d{8}(?:\d{2})?)(?!\d)"
)
_FOREIGNER = re.compile(rf"{_NOT_IN_WORD}[A-Z]{{3}}\d{{12}}{_WORD_ENDS}")

_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[ ·\-.]?[A-HJ-NP-Z][ ·\-.]?(?=[A-Z]{0,3}\d|\d)([A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警港澳挂试]|"
    "[A-HJ-NP-Z0-9]{6})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}"
    r" ?(?:@|[\[(【〔]\s?at\s?[\])】〕]|#at#| at |艾特|圈a) ?"
    r"[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:(?:\.| \. | ?[\[(【]dot[\])】] ?| dot |点)[A-Za-z0-9-]{2,63}){1,4}",
    re.IGNORECASE,
)
_WECHAT = re.compile(
    r"(?:微信|薇信|(?<![A-Za-z])(?:wechat|weixin|vx|wx|V信))(?:号码?|账号|id|名)?"
    r"(?:[:： ,，是为叫吧呢哦呀]|搜|我|联系|可以加|请加|加){0,4}([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_@-])",
    re.IGNORECASE,
)
_QQ = re.compile(r"QQ号?[:： 是为]{0,3}([1-9]\d{4,10})(?!\d)", re.IGNORECASE)

# 受理号, 办件编号, 电梯注册代码: long numbers that may look like an identity card or a bank card
_CASE_NUMBER = re.compile(
    r"(?:(?<!证)(?<!件)(?<!身份)(?:编号|编码|代码)|单号|单元号|流水号?|(?:受理|办件|办理|"
    r"业务|登记|申请|备案|注册|案件|事项|预约|取件|缴费|学籍|准考证?|"
    r"报名|社保|保单|"
    r"合同|回执|凭证|设备|档案|病历|住院|就诊|门诊|会员|客户|批次|系统|文)(?:号码?|号)|"
    r"户号|条码|追溯码|监管码|案号|考号|学号|工号)[:： 是为]{0,3}\Z"
)
# 比如E12345678那样的: an example is nobody's number
_SAMPLE_BEFORE = re.compile(
    "(?:比如|例如|譬如|诸如|样例|示例|范例|样本|形如|类似|格式[如为是]?|就像|像)"
    "(?:身份证|护照|卡|证件|车牌|通行证)?号?码?[:： ]{0,2}\\Z"
)
_SAMPLE_AFTER = re.compile("[那这]样|[这那]种|之类|(?:的|这个|这一)?(?:格式|样式)")
_SAMPLED = frozenset(["id_card", "passport", "bank_card", "hk_macau_permit", "taiwan_permit", "plate"])
_PERSON = re.compile("(?:举报|投诉|咨询|受理|预约|查询|报名|服务|监督|办公|值班)(?:人|者|对象|方)")

_NEAR = 14  # characters before a number in which a word may say what it is


def find_numbers(folded: str) -> Iterator[Span]:
    """Yield spans, most certain kind first; they may overlap. Examples of how a number looks are left out."""
    for found in _all_numbers(folded):
        near = _before(folded, found.start)
        sample = _SAMPLE_BEFORE.search(near) or _SAMPLE_AFTER.match(folded, found.end)
        if not (sample and found.type in _SAMPLED):
            yield found


def _all_numbers(folded: str) -> Iterator[Span]:
    yield from (Span(m.start(), m.end(), "email") for m in _MAIL.finditer(folded))
    if any(c.isdigit() for c in folded):
        yield from _identity_cards(folded)
        yield from _captured(_MOBILE, folded, "phone")
        yield from _bank_cards(folded)
        yield from _travel_documents(folded)
        yield from (Span(m.start(), m.end(), "plate") for m in _PLATE.finditer(folded))
        yield from _captured(_HOME_LINE, folded, "phone")
        yield from _captured(_QQ, folded, "qq")
    yield from (Span(m.start(), m.end(), "phone") for m in _SPOKEN_MOBILE.finditer(folded))
    for spoken in _SPOKEN_ID.finditer(folded):
        case = _CASE_NUMBER.search(_before(folded, spoken.start()))
        if not case and _is_identity_number(_plain(spoken.group().translate(_SPOKEN_DIGITS))):
            yield Span(spoken.start(), spoken.end(), "id_card")
    yield from _captured(_WECHAT, folded, "wechat")


def find_land_lines(text: str, names: Sequence[Span] = ()) -> Iterator[Span]:
    """Lines with an area code that nothing says are an office's; after somebody's name they are theirs."""
    for found in _LAND_LINE.finditer(text):
        before = _PERSON.sub("", _before(text, found.start()))
        if not _OF_AN_OFFICE.search(before) or _is_theirs(text, found.start(), names):
            yield Span(found.start(1), found.end(1), "phone")


def _is_theirs(text: str, start: int, names: Sequence[Span]) -> bool:
    """Return whether somebody was named earlier in the sentence, and no office between."""
    ends = [name.end for name in names if name.end <= start]
    between = text[max(ends) : start] if ends else "。"
    return re.search(r"[。!?\n]", between) is None and _OFFICE_SAID.search(between) is None


def _captured(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield Span(found.start(1), found.end(1), kind)


def _before(text: str, start: int) -> str:
    return text[max(0, start - _NEAR) : start]


def _plain(number: str) -> str:
    return "".join(c for c in number if c.isalnum()).upper()


def _identity_cards(text: str) -> Iterator[Span]:
    for found in _ID18.finditer(text):
        if _is_identity_number(_plain(found.group(1))) and not _CASE_NUMBER.search(_before(text, found.start())):
            yield Span(found.start(1), found.end(1), "id_card")
    for found in _ID15.finditer(text):
        number = _plain(found.group(1))
        if not _has_birthday(number[:2], "19" + number[6:12]):
            continue
        near = _before(text, found.start())
        other = _CASE_NUMBER.search(near) or _OTHER_NUMBER.search(near)
        if _ID_NAMED.search(near) or (not other and _is_of_a_place(number)):
            yield Span(found.start(1), found.end(1), "id_card")


def _is_identity_number(number: str) -> bool:
    """Return whether it is built like one; a wrong check digit is a typing mistake, and still somebody's number."""
    try:
        ric.validate(number)
    except (ValidationError, KeyError):  # the latter where only the province is known
        return _has_birthday(number[:2], number[6:14])
    return True


def _is_of_a_place(number: str) -> bool:
    """Return whether an old number of 15 digits begins with a county that there was."""
    try:
        ric.get_birth_place(f"{number[:6]}19{number[6:]}")
    except (ValidationError, KeyError):  # the latter where only the province is known
        return False
    return True


def _has_birthday(region: str, day: str) -> bool:
    if region not in _REGIONS:
        return False
    try:
        return date(1880, 1, 1) <= date(int(day[:4]), int(day[4:6]), int(day[6:])) <= date(2099, 12, 31)
    except ValueError:
        return False


def _bank_cards(text: str) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        near = _before(text, found.start())
        other, named = _last(_OTHER_NUMBER, near), _last(_CARD_NAMED, near)
        if other > named or (named < 0 and _CASE_NUMBER.search(near)):
            continue
        if named >= 0 or luhn.is_valid(_plain(found.group(1))):
            yield Span(found.start(1), found.end(1), "bank_card")


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def _travel_documents(text: str) -> Iterator[Span]:
    for found in _PASSPORT.finditer(text):
        named = _PASSPORT_NAMED.search(_before(text, found.start()))
        if named or _PASSPORT_ALONE.match(found.group(1)):
            yield Span(found.start(1), found.end(1), "passport")
    for found in _PERMIT.finditer(text):
        near = _before(text, found.start())
        if _PERMIT_NAMED.search(near) or (
            _PERMIT_ALONE.match(found.group(1)) and re.search("证件号?码?[: 是为]{0,3}\\Z", near)
        ):
            yield Span(found.start(1), found.end(1), "hk_macau_permit")
    yield from _captured(_PASSPORT_DIGITS, text, "passport")
    yield from _captured(_TAIWAN, text, "taiwan_permit")
    yield from (Span(m.start(), m.end(), "residence_permit") for m in _FOREIGNER.finditer(text))
