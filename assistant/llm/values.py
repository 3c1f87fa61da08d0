"""Finds the values in a text that a model must neither write nor change: numbers, dates, amounts, links, laws."""

import re
from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """What a value is; the word a model reads in its place."""

    LINK = "网址"
    LAW = "法规"
    CLAUSE = "条款"
    DATE = "日期"
    CLOCK = "时间"
    MONEY = "金额"
    PERIOD = "期限"
    AGE = "年龄"
    SHARE = "比例"
    PHONE = "电话"
    NUMBER = "数字"


@dataclass(frozen=True, slots=True)
class Value:
    """A value at text[start:end]."""

    start: int
    end: int
    kind: ValueKind


_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?"
_HAN = r"[零〇一二两三四五六七八九十百千万亿半]+"
_COUNT = rf"(?:{_ARABIC}[十百千万亿]*|{_HAN})"
_TO = r"(?:\s*[-–—~～至到]\s*)"
_PERIOD_UNIT = (
    r"(?:个?(?:工作日|自然日|月|季度|星期|小时|学期)|日|天|周(?!岁)|年(?!龄)|分钟|"
    r"(?:working |business |calendar )?days?|weeks?|months?|years?|hours?|minutes?)"
)
_MONEY_UNIT = r"(?:元|块钱?|角|人民币|yuan|RMB)"
_LAW_TAIL = (
    r"(?:法|法典|条例|办法|规定|细则|通知|意见|规则|公告|决定|解释|标准|方案|目录|指南|规范|政策|措施|通告|批复|"
    r"纲要|规划|章程|协定|公约)"
)
_LINK_END = r"[^\s,，。;；、)）》】\]]"
_MEASURE = r"(?:个|人|户|件|份|次|项|种|家|名|只|张|寸|级|分|套|平方米|㎡)"

_KINDS: tuple[tuple[ValueKind, str], ...] = (
    (
        ValueKind.LINK,
        rf"(?:https?://|www\.){_LINK_END}+|[\w.+-]+@[\w-]+\.[\w.-]+|"
        rf"(?<![\w.])(?:[a-z0-9-]+\.)+(?:gov|com|cn|org|net|edu)(?:\.cn)?(?![a-z])(?:/{_LINK_END}*)?",
    ),
    (
        ValueKind.LAW,
        rf"《[^《》]*{_LAW_TAIL}(?:[(（〔][^()（）〔〕《》]*[)）〕])*》|[^\s,，。;；、《》]{{1,8}}[〔\[]\d{{4}}[〕\]]\s*第?\d+号",
    ),
    (
        ValueKind.CLAUSE,
        rf"第{_COUNT}(?:条|款|项|章|节|号|类|目)(?:之{_HAN})?(?:第{_COUNT}(?:款|项|目))*|Article \d+",
    ),
    (
        ValueKind.DATE,
        rf"(?:\d{{4}}|[零〇一二三四五六七八九]{{4}})年(?:{_COUNT}月(?:{_COUNT}[日号])?)?|"
        rf"\d{{4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|{_COUNT}月(?:{_COUNT}[日号]|底|初)",
    ),
    (
        ValueKind.CLOCK,
        r"\d{1,2}[:：]\d{2}(?:\s*[-–—~～至]\s*\d{1,2}[:：]\d{2})?|(?:[上下]午)?\d{1,2}(?:时|点)(?!间)(?:\d{1,2}分|半)?",
    ),
    (ValueKind.AGE, rf"(?:{_COUNT}{_TO})?{_COUNT}周?岁|{_ARABIC}\s*years? old"),
    (ValueKind.SHARE, rf"(?:{_COUNT}[%％‰]?{_TO})?{_ARABIC}\s*[%％‰]|百分之{_HAN}|{_HAN}分之{_HAN}"),
    (ValueKind.MONEY, rf"[¥￥$]\s*{_COUNT}|(?:{_COUNT}{_TO})?{_COUNT}\s*[余多]?{_MONEY_UNIT}"),
    (ValueKind.PERIOD, rf"(?:{_COUNT}{_TO})?{_COUNT}\s*{_PERIOD_UNIT}"),
    (
        ValueKind.PHONE,
        r"(?<!\d)(?:\d{3,4}-)?(?:1\d{10}|\d{7,8}|12\d{3}|9\d{4,5}|110|119|120|122)(?!\d)(?!\s*[个人户件份次项种家名])",
    ),
    (
        ValueKind.NUMBER,
        rf"(?:{_ARABIC}{_TO})?{_ARABIC}[十百千万亿]*\s*{_MEASURE}?|"
        r"[二两三四五六七八九十百千万]+(?:次|人|户|份|张|只|名|级|个(?!人)|平方米)|[①-⑳⑴-⒇㈠-㈩]",
    ),
)
_VALUE = re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _KINDS), re.IGNORECASE)


def values_in(text: str) -> tuple[Value, ...]:
    """The values in order, without overlaps; the longest reading that starts first wins by the order of kinds."""
    return tuple(
        Value(found.start(), found.end(), ValueKind[found.lastgroup])
        for found in _VALUE.finditer(text)
        if found.lastgroup is not None and found.end() > found.start()
    )
