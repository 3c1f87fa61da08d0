"""What an official document says about itself: number, issuer, title, dates of issue and effect, region."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ingest.districts import district_of
from ingest.marks import is_addressee, is_date_line
from ingest.rejoining import Paragraph
from ingest.titles import title_of
from ingest.validity import validity_of

_HEAD = 40
_NUMBER = re.compile(
    r"((?:[一-鿿]{1,14}?)(?:发|字|函|办|规|令|告|通|规范|建管|计|改|审|复|电|规字|社|教|医|交|财|税|民|府|委|厅|局))"
    r"\s?[〔\[［（(【]\s?(\d{4})\s?[〕\]］）)】]\s?第?\s?(\d{1,5})\s?号"
)
# On a line of its own any letters may stand before the year: 东社保〔2016〕21号.
_OWN_LINE = re.compile(r"([一-鿿]{2,20})[〔\[［（(【](\d{4})[〕\]］）)】]第?(\d{1,5})号")
_ORDER = re.compile(r"((?:[一-鿿]{2,30}?)令)\s?[（(]?\s?第\s?(\d{1,4})\s?号")
_ORGANISATION = re.compile(
    r"[一-鿿]{2,40}?(?:人民政府办公厅|人民政府办公室|人民政府|办公厅|委员会办公室|委员会|管理局|办公室|政府|国务院"
    r"|公安部|局|委|厅|部|院|中心|大会|署|行)"
)
_SIGNED_BY = re.compile(rf"(?:{_ORGANISATION.pattern})+")
_LETTERHEAD = re.compile(r"^([^:：>]{4,60}?)文件$")
_ADOPTED = re.compile(r"通过|公布|修订|批准")
_ADOPTED_BY = re.compile(r"([一-鿿]{2,20}?)(?:第[一-鿿]{1,4}届)?(人民代表大会(?:常务委员会)?)")
_TITLED_ISSUER = re.compile(
    r"^([一-鿿、\s]{4,60}?(?:政府|办公厅|办公室|委员会|局|委|厅|部|院|中心))(?:等\S{1,6}部门)?(?:关于|印发|转发)"
)
_SPACE = re.compile(r"\s+")
_PREFIXES = {"沪": "上海市", "京": "北京市", "津": "天津市", "渝": "重庆市"}
_PROVINCES = (
    "北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 "
    "湖北省 湖南省 广东省 海南省 四川省 贵州省 云南省 陕西省 甘肃省 青海省 "
    "内蒙古自治区 广西壮族自治区 西藏自治区 宁夏回族自治区 新疆维吾尔自治区"
)
_SHORT_NAMES = {name[: 3 if name[:2] in {"黑龙", "内蒙"} else 2]: name for name in _PROVINCES.split()}
_NATIONAL = re.compile(
    r"^(?:国务院|中华人民共和国|全国人民代表大会|国家|国办|国发|公安部|财政部|教育部|人力资源社会保障部|民政部|住房城乡建设部|最高人民)"
)
_LED = re.compile(r"^(?:已由|关于|解读|印发|转发|调整|进一步|做好|加强|开展|实施|批准|修订|日|经|由|《)+")
_REGION = re.compile(r"^([一-鿿]{2,7}?(?:省|自治区|市))(?!级|区|场|民|直|委|政府)")
_NAMES_AN_ORGANISATION = 40
_BETWEEN_ADDRESSEES = re.compile("[，,；;]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What was found; None where the document does not say. `effective_to` is the last day in force.

    `addressees` are those an official document is sent to, empty where it names none.
    """

    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    effective_from: date | None
    effective_to: date | None
    region: str
    addressees: tuple[str, ...] = ()


def read_facts(paragraphs: Sequence[Paragraph], *, named: str | None, file_name: str, region: str) -> DocumentFacts:
    """`named` is the title that the format itself carries, `region` the one where the document names none.

    An official document with a number and no date of effect is in effect from its date of issue.
    """
    texts = [p.text.text.strip() for p in paragraphs]
    number = _number(texts[:_HEAD])
    title = title_of(paragraphs, official=number is not None, named=named, file_name=file_name)
    validity = validity_of(texts)
    issuer = _issuer(texts, title)
    return DocumentFacts(
        title=title,
        number=number,
        issuer=issuer,
        issued_on=validity.issued_on,
        effective_from=validity.begins or (validity.issued_on if number is not None else None),
        effective_to=validity.ends,
        region=district_of(_region(issuer, title, number, file_name) or region, issuer, title),
        addressees=_addressees(texts[:_HEAD]),
    )


def _number(head: Sequence[str]) -> str | None:
    """A line of its own first; then a number at the end of a short line. A number in running text is a reference."""
    lines = [_SPACE.sub("", text) for text in head]
    whole = next((found for line in lines if (found := _OWN_LINE.fullmatch(line))), None)
    if whole is not None:
        return f"{whole.group(1)}〔{whole.group(2)}〕{whole.group(3)}号"
    for line in lines:
        order = _ORDER.match(line) if len(line) <= _NAMES_AN_ORGANISATION else None
        if order:
            return f"{order.group(1)}第{order.group(2)}号"
        found = _NUMBER.search(line)
        labelled = found is not None and found.end() == len(line) and found.start() <= len("文件编号：") + 1
        if found and labelled and "根据" not in line:
            return f"{found.group(1)}〔{found.group(2)}〕{found.group(3)}号"
    return None


def _addressees(head: Sequence[str]) -> tuple[str, ...]:
    """Whom the document is sent to: 各区人民政府, 市政府各委、办、局. A 、 joins the offices of one name."""
    line = next((text.strip() for text in head if is_addressee(text)), "")
    names = _BETWEEN_ADDRESSEES.split(_SPACE.sub("", line).rstrip(":："))
    return tuple(name for name in names if name)


def _issuer(texts: Sequence[str], title: str) -> str | None:
    for text in texts[:8]:
        letterhead = _LETTERHEAD.match(_SPACE.sub("", text))
        found = _ORGANISATION.search(letterhead.group(1)) if letterhead else None
        if found:
            return found.group()
    titled = _TITLED_ISSUER.match(title)
    if titled:
        return _SPACE.sub("、", titled.group(1).strip())
    for text in texts[:12]:
        adopted = _ADOPTED_BY.search(text) if _ADOPTED.search(text) else None
        if adopted:
            return _LED.sub("", adopted.group(1)) + adopted.group(2)
    return _signature(texts)


def _signature(texts: Sequence[str]) -> str | None:
    """The organisation, or several, on the line above the date."""
    for before, after in pairwise(texts):
        names = before.split()
        bare = "".join(names)
        if is_date_line(after) and len(bare) <= _NAMES_AN_ORGANISATION and _SIGNED_BY.fullmatch(bare):
            # 公 安 部 is one name with its letters spaced out.
            return ("" if max(map(len, names)) == 1 else "、").join(names)
    return None


def _region(issuer: str | None, title: str, number: str | None, file_name: str) -> str | None:
    if number and number[0] in _PREFIXES:
        return _PREFIXES[number[0]]
    for text in (issuer, title, number):
        if text and _NATIONAL.match(text):
            return "全国"
        found = _REGION.match(_LED.sub("", text or ""))
        if found:
            return found.group(1)
    return next((full for short, full in _SHORT_NAMES.items() if short in title or short in file_name), None)
