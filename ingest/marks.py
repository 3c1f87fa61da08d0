"""The marks by which official Chinese text shows its structure: 第一条, 一、, （一）, 1., dates, signatures."""

import re
from dataclasses import dataclass

_NUMERAL = "一二三四五六七八九十百千零〇两"


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered beginning. `rank` orders the kinds, the outermost smallest; `label` is the mark as it is cited."""

    rank: int
    label: str
    length: int


PART, CHAPTER, SECTION, ARTICLE = 10, 11, 12, 19
FIRST, SECOND, THIRD, FOURTH, FIFTH = 20, 21, 22, 23, 24

_MARKS = (
    (PART, re.compile(rf"第[{_NUMERAL}\d]{{1,6}}编(?=[\s　]|$)")),
    (CHAPTER, re.compile(rf"第[{_NUMERAL}\d]{{1,6}}章(?=[\s　]|$|[^，。]{{1,20}}$)")),
    (SECTION, re.compile(rf"第[{_NUMERAL}\d]{{1,6}}节(?=[\s　]|$|[^，。]{{1,20}}$)")),
    (
        ARTICLE,
        re.compile(
            rf"第\s?[{_NUMERAL}\d]{{1,8}}\s?条(?:之[{_NUMERAL}]{{1,3}})?"
            r"(?=[\s　:：（(【]|$|[^，。、的第至和与及或规之所]|本)"
        ),
    ),
    (FIRST, re.compile(rf"[{_NUMERAL}]{{1,4}}[、.．](?=\S)|[{_NUMERAL}]{{1,3}}\s(?=[^\s，。、]{{2,}})")),
    (SECOND, re.compile(rf"[（(]\s?[{_NUMERAL}]{{1,4}}\s?[）)]")),
    (THIRD, re.compile(r"\d{1,2}[.．、](?!\d)\s?(?=\S)")),
    (FOURTH, re.compile(r"[（(]\s?\d{1,3}\s?[）)](?=\s?[^\s，。、；）)])|\d{1,2}[)）]")),
    (FIFTH, re.compile(r"[①-⑳⑴-⒇]")),
)
_OPENINGS = frozenset(f"第（({_NUMERAL}0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
_SPACE = re.compile(r"[\s　]+")
_DATE = re.compile(
    r"^(?:\d{4}|[二〇○零O一三四五六七八九]{4})年\d{1,2}月\d{1,2}日$|^[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$"
)
_NUMBER_LINE = re.compile(r"^[一-鿿、\s]{1,20}[〔\[（(【]\s?\d{4}\s?[〕\]）)】]\s?第?\s?\d{1,5}\s?号$")
_ADDRESSEE = re.compile(r"^(?:各|致|市|区|县|省|国务院|本市|全体|有关|中央)[^。！？；]{2,160}[:：]$")
_BYLINE = re.compile(
    r"^(?:[（(]?(?:本报|本刊)?(?:首席|见习|特约|通讯员|实习)?记者[：:\s]\s?[^，。：]{2,20}|[（(]?新华社\S{1,8}\d{1,2}月\d{1,2}日电[）)]?|本报记者$)"
)
_SIGNED = re.compile(
    r"(?:本报|本刊|新华社)(?:首席|见习)?记者[\s：:]{0,3}[一-鿿]{2,4}(?:\s[一-鿿]{2,4}){0,3}(?:\s?摄影?|\s?摄影报道|\s?文)?$|摄影报道$"
)
_LEAD = re.compile(r"^(?:[（(]?本报讯|新华社\S{1,8}\d{1,2}月\d{1,2}日电|据新华社)")
_QUESTION = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]\s?)?(?:问|Q|提问|问题)\s?\d{0,3}\s?[:：.、]|^\d{1,3}[、.．]\s?问[:：]"
)
_ANSWER = re.compile(r"^(?:答|A|答复|回答|解答)\s?\d{0,3}\s?[:：]")
_BULLET = re.compile(r"^(?:[■●◆▲★□○◇△▪•·※►➢✓√]|[-*+]\s)")
_CLOSING = re.compile(
    r"^(?:各区、各|各有关(?:部门|单位)|各部门、|各地区|特此|以上(?:通知|意见)|附件|附[:：]|附表|抄送|主送|本(?:办法|方案|意见|通知|规定|细则|条例|指南)自|此页无正文)"
)
_KIND = (
    "通知|办法|方案|意见|规定|条例|细则|要点|公告|决定|指南|通告|批复|规划|计划|纲要|标准|规范"
    "|目录|清单|制度|规则|章程|措施|指引|须知|解读|答记者问|函|说明|报告|令|法"
)
_TITLE_END = re.compile(rf"(?:{_KIND})(?:[（(][^（）()]{{1,20}}[）)])?[》”]?$")
_GUIDE_SECTION = re.compile(
    r"^(?:(?:服务|办理|审批|政务服务)?(?:事项(?:名称|编码|类型)|对象)|适用(?:范围|对象)|(?:设定|实施|法律|审批|办理|政策)依据"
    r"|(?:实施|受理|决定|审批|办理|责任|联办)(?:机构|机关|主体|部门|单位)|(?:受理|申请|办理|申报|准予批准的?|审批|享受)条件"
    r"|禁止性要求|(?:申请|申报|办理|所需|提交|应交)材料(?:目录|清单)?|(?:办理|申请|申报|审批)?(?:基本)?(?:流程|程序|步骤|环节)"
    r"|(?:办理|办事|申请|申请接收|受理)(?:方式|渠道|途径|地点|地址|窗口|时间|时间和地点)"
    r"|(?:法定|承诺|办理|办结|审批)(?:办结)?(?:时限|期限)"
    r"|(?:是否)?收费(?:标准|依据|情况|依据及标准|标准及依据)?|(?:审批|办理)?结果(?:名称|送达|样本|查询)?|送达方式"
    r"|(?:咨询|监督|投诉|监督投诉|联系)(?:方式|电话|途径|渠道)|办公(?:地址|时间|地址和时间|地点和时间)"
    r"|(?:办理)?进[度程](?:及结果)?(?:查询|公开查询)|行政救济(?:途径)?|申请人权利和义务|常见问题(?:解答)?|注意事项)$"
)
_STOPS = "。！？；!?;"
_LONGEST_TITLE = 90
_LONGEST_SECTION = 16


def mark_of(text: str) -> Mark | None:
    """The numbered beginning of a paragraph, or None."""
    if text[:1] not in _OPENINGS:
        return None
    for rank, pattern in _MARKS:
        found = pattern.match(text)
        if found:
            label = _SPACE.sub("", found.group()).rstrip("、.．").replace("(", "（").replace(")", "）")
            return Mark(rank, label + ("、" if rank == FIRST else "." if rank == THIRD else ""), found.end())
    return None


def is_date_line(text: str) -> bool:
    """A line that is only a date."""
    return bool(_DATE.match(_SPACE.sub("", text)))


def is_number_line(text: str) -> bool:
    """A line that is only a document number: 沪府办发〔2022〕1号."""
    return bool(_NUMBER_LINE.match(text.strip()))


def is_addressee(text: str) -> bool:
    """The line that names the recipients and ends with a colon."""
    return bool(_ADDRESSEE.match(text.strip()))


def is_byline(text: str) -> bool:
    """A reporter's signature on its own: it ends an article."""
    return bool(_BYLINE.match(text.strip())) and len(text.strip()) <= 30  # noqa: PLR2004 - a sentence that names a reporter is longer


def is_signed(text: str) -> bool:
    """A line or paragraph that ends with the name of a reporter."""
    return is_byline(text) or bool(_SIGNED.search(text.rstrip()))


def is_lead(text: str) -> bool:
    """The opening words of a news article."""
    return bool(_LEAD.match(text.strip()))


def is_question(text: str) -> bool:
    """Does it open a question: 问：…."""
    return bool(_QUESTION.match(text.strip()))


def is_answer(text: str) -> bool:
    """Does it open an answer: 答：…."""
    return bool(_ANSWER.match(text.strip()))


def is_closing(text: str) -> bool:
    """The part after the last numbered item, which does not belong to it."""
    return bool(_CLOSING.match(text.strip()))


def is_title_like(text: str) -> bool:
    """A short line without a stop that ends like the name of an official document."""
    bare = text.strip()
    return len(bare) <= _LONGEST_TITLE and bool(_TITLE_END.search(bare)) and not any(stop in bare for stop in _STOPS)


def is_guide_section(text: str) -> bool:
    """A section's name in the official layout of service guides, alone on its line: 受理条件, 申请材料, 办理时限."""
    return len(text) <= _LONGEST_SECTION and bool(_GUIDE_SECTION.match(_SPACE.sub("", text).rstrip(":：")))


def begins_something(text: str) -> bool:
    """True where a line cannot be the rest of the sentence before it."""
    bare = text.strip()
    if mark_of(bare) is not None or _BULLET.match(bare):
        return True
    return any(
        claim(bare)
        for claim in (
            is_date_line,
            is_number_line,
            is_addressee,
            is_byline,
            is_lead,
            is_question,
            is_answer,
            is_closing,
            is_guide_section,
        )
    )
