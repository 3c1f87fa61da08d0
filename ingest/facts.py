"""What an official document says about itself: number, issuer, title, dates of issue and effect, region."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.marks import is_date_line, is_title_like, mark_of
from ingest.rejoining import Paragraph

_HEAD = 40
_NUMBER = re.compile(
    r"((?:[一-鿿]{1,14}?)(?:发|字|函|办|规|令|告|通|规范|建管|计|改|审|复|电|规字|社|教|医|交|财|税|民|府|委|厅|局))\s?[〔\[［（(【]\s?(\d{4})\s?[〕\]］）)】]\s?第?\s?(\d{1,5})\s?号"
)
_ORDER = re.compile(r"((?:[一-鿿]{2,30}?)令)\s?[（(]?\s?第\s?(\d{1,4})\s?号")
_CHINESE_DIGITS = {ord(a): b for a, b in zip("〇零○O一二三四五六七八九", "0000123456789", strict=True)}
_DAY = r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"
_DATE = re.compile(_DAY)
_CHINESE_DATE = re.compile(
    r"([二一][〇零○O一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_PROMULGATED = re.compile(rf"{_DAY}(?:[^。；\n]{{0,60}}?)(?:通过|公布|发布|修订|修正|印发|批准|施行)")
_EFFECT = re.compile(rf"自\s?{_DAY}\s?(?:零时)?(?:起|开始)[^。；]{{0,8}}?(?:施行|实施|执行|生效|试行)")
_EFFECT_ON_ISSUE = re.compile(
    r"自(?:公布|发布|印发|下发|通过|颁布|发文)之日起[^。；\d]{0,8}?(?:施行|实施|执行|生效|试行)"
)
_UNTIL = re.compile(rf"(?:有效期(?:限)?(?:至|到|为[^。；]{{0,30}}?至)|(?:施行|执行|实施)(?:至|到))\s?{_DAY}")
_FOR_YEARS = re.compile(
    r"(?:施行|实施|执行|试行)[^。；]{0,6}?[，,][^。；]{0,8}?有效期(?:限)?(?:为)?\s?([一二三四五六七八九十\d]{1,2})\s?年|(?:本|该)(?:办法|规定|细则|通知|意见|方案|标准)[^。；]{0,6}有效期(?:限)?(?:为)?\s?([一二三四五六七八九十\d]{1,2})\s?年"
)
_SELF = re.compile(r"(?:本|该)(?:办法|规定|细则|通知|意见|方案|条例|标准|指南|规则|决定|措施|要点|计划)")
_ORGANISATION = re.compile(
    r"[一-鿿]{2,40}?(?:人民政府办公厅|人民政府办公室|人民政府|办公厅|委员会办公室|委员会|管理局|办公室|政府|国务院|公安部|局|委|厅|部|院|中心|大会|署|行)"
)
_LETTERHEAD = re.compile(r"^([^:：>]{4,60}?)文件$")
_ADOPTED_BY = re.compile(r"([一-鿿]{2,20}?)(?:第[一-鿿]{1,4}届)?(人民代表大会(?:常务委员会)?)")
_TITLED_ISSUER = re.compile(
    r"^([一-鿿、\s]{4,60}?(?:政府|办公厅|办公室|委员会|局|委|厅|部|院|中心))(?:等\S{1,6}部门)?(?:关于|印发|转发)"
)
_SPACE = re.compile(r"\s+")
_CITY_OF_PREFIX = {
    "沪": "上海市",
    "京": "北京市",
    "津": "天津市",
    "渝": "重庆市",
    "粤": "广东省",
    "苏": "江苏省",
    "浙": "浙江省",
    "皖": "安徽省",
}
_NATIONAL = re.compile(
    r"^(?:国务院|中华人民共和国|全国人民代表大会|国家|国办|国发|公安部|财政部|教育部|人力资源社会保障部|民政部|住房城乡建设部|最高人民)"
)
_LED = re.compile(r"^(?:已由|关于|解读|印发|转发|调整|进一步|做好|加强|开展|实施|批准|日|经|由|《)+")
_REGION = re.compile(r"^([一-鿿]{2,7}?(?:省|自治区|市))(?!级|区|场|民|直|委|政府)")
_HAN_NAME = re.compile(r"[一-鿿]{2}")
_SENTENCE_MARK = re.compile(r"[。；，：]")
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 8, 45
_TITLE_LABEL = re.compile(r"^(?:[■●◆▲★\s]+|(?:名\s?称|标\s?题|题\s?名|文件名称)\s?[:：]\s?)")
_NO_TITLE = re.compile(r"□|首页|位置|政务公开|网上|>|https?:|附件|[?？!！]$|：")
_UNWORDED = re.compile(r"[\W_]+")
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What was found; None where the document does not say. `effective_to` is the last day in force."""

    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    effective_from: date | None
    effective_to: date | None
    region: str


def read_facts(paragraphs: Sequence[Paragraph], *, named: str | None, file_name: str, region: str) -> DocumentFacts:
    """`named` is the title that the format itself carries, `region` the one where the document names none.

    An official document with a number and no date of effect is in effect from its date of issue.
    """
    texts = [p.text.text.strip() for p in paragraphs]
    head = texts[:_HEAD]
    number = _number(head)
    title = (
        _title(paragraphs, number, f"{named or ''} {_stem(file_name)}")
        or _trimmed(named)
        or _fallback_title(texts, file_name)
    )
    issued = _issued_on(texts, regulation=_is_regulation(texts))
    begins, ends = _effect(texts, issued)
    if begins is None and number is not None:
        begins = issued
    issuer = _issuer(texts, title)
    return DocumentFacts(
        title=title,
        number=number,
        issuer=issuer,
        issued_on=issued,
        effective_from=begins,
        effective_to=ends,
        region=_region(issuer, title, number) or region,
    )


def _number(head: Sequence[str]) -> str | None:
    """A line of its own first; then a number at the end of a short line. A number in running text is a reference."""
    for text in head:
        bare = _SPACE.sub("", text)
        whole = _NUMBER.fullmatch(bare)
        if whole:
            return f"{whole.group(1)}〔{whole.group(2)}〕{whole.group(3)}号"
    for text in head:
        bare = _SPACE.sub("", text)
        order = _ORDER.fullmatch(bare) or (_ORDER.match(bare) if len(bare) < 30 else None)  # noqa: PLR2004 - a line, not a sentence
        if order:
            return f"{order.group(1)}第{order.group(2)}号"
        found = _NUMBER.search(bare)
        if found and found.end() == len(bare) and len(bare) <= len(found.group()) + 12 and "根据" not in bare:
            return f"{found.group(1)}〔{found.group(2)}〕{found.group(3)}号"
    return None


def _title(paragraphs: Sequence[Paragraph], number: str | None, wanted: str) -> str | None:
    """Among lines that look like the name of a document: the one that the file's name or the page's title also has,
    then one that says what it is about, then the first. An order's own name (令) comes after what it orders."""
    head = [p for p in paragraphs[:_HEAD] if p.text.text.strip()]
    likely = [found for p in head if (found := _likely_title(p.text.text)) is not None]
    known = _bare(wanted)
    for title in likely:
        bare = _bare(title)
        if len(bare) >= _SHORTEST_HEADLINE and (bare in known or known in bare and len(known) >= _SHORTEST_HEADLINE):
            return title
    about = next((t for t in likely if "关于" in t), None)
    named = next((t for t in likely if not t.endswith(("令", "目录", "说明"))), None)
    first = about or named or (likely[0] if likely else None)
    return first or (None if number else _headline(head))


def _likely_title(text: str) -> str | None:
    bare = _SPACE.sub("", _TITLE_LABEL.sub("", text.strip()))
    usable = is_title_like(bare) and len(bare) > 4 and mark_of(bare) is None and not _NO_TITLE.search(bare)  # noqa: PLR2004 - 通知 alone is no title
    return bare if usable else None


def _bare(title: str) -> str:
    return _UNWORDED.sub("", title)


def _headline(head: Sequence[Paragraph]) -> str | None:
    """The first heading, or the first short line without a stop."""
    for paragraph in head:
        text = paragraph.text.text.strip()
        if paragraph.level and "□" not in text:
            return _trimmed(_SPACE.sub(" ", text))
    first = head[0].text.text.strip() if head else ""
    short = 4 <= len(first) <= 50 and not any(ch in first for ch in "。；：□") and mark_of(first) is None  # noqa: PLR2004
    return first if short else None


def _fallback_title(texts: Sequence[str], file_name: str) -> str:
    """The file's name where it says something; else the line without a stop that is most about the text."""
    stem = _stem(file_name)
    if _HAN_NAME.search(stem):
        return stem
    whole = "".join(texts)
    counts = Counter(whole[i : i + 2] for i in range(len(whole) - 1))
    lines = [" ".join(t.replace("□", " ").split()) for t in texts if t.count("□") <= 2 and not _SENTENCE_MARK.search(t)]
    lines = [line for line in lines if _SHORTEST_HEADLINE <= len(line) <= _LONGEST_HEADLINE and _HAN_NAME.search(line)]
    return max(lines, key=lambda line: _aboutness(line, counts), default=stem)


def _aboutness(line: str, counts: Counter[str]) -> float:
    return sum(counts[line[i : i + 2]] for i in range(len(line) - 1)) / len(line) ** 0.5


def _trimmed(title: str | None) -> str | None:
    bare = _SPACE.sub(" ", title or "").strip()
    return bare[:_LONGEST_TITLE] or None


def _stem(file_name: str) -> str:
    base = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = base.rpartition(".")
    return (stem if dot and len(suffix) <= 5 and stem else base) or "未命名文件"  # noqa: PLR2004 - longer is no suffix


def _is_regulation(texts: Sequence[str]) -> bool:
    return any(text.startswith("第一条") for text in texts)


def _issued_on(texts: Sequence[str], *, regulation: bool) -> date | None:
    """The date that stands alone under the text; of a regulation the last one named before its first article."""
    if regulation:
        preamble: list[str] = []
        for text in texts:
            if text.startswith("第一条"):
                break
            preamble.append(text)
        dates = [found for text in preamble for match in _PROMULGATED.finditer(text) if (found := _day(match.groups()))]
        if dates:
            return max(dates)
    for text in texts:
        if is_date_line(text):
            found = date_in(text)
            if found:
                return found
    for text in reversed(texts[-15:]):
        if text.endswith("印发"):
            return date_in(text)
    tail = [text for text in texts[-8:] if len(text) <= 60]  # noqa: PLR2004 - a signature with its date, not a sentence
    return next((found for text in reversed(tail) if (found := date_in(text)) and text.rstrip().endswith("日")), None)


def _effect(texts: Sequence[str], issued: date | None) -> tuple[date | None, date | None]:
    """The last sentence that speaks of this document's own effect decides; others cite other documents."""
    begins: date | None = None
    ends: date | None = None
    for text in texts:
        for sentence in re.split(r"[。；]", text):
            found = _EFFECT.search(sentence)
            own = _SELF.search(sentence) or len(sentence) <= 60  # noqa: PLR2004 - short ones speak of themselves
            if found and own:
                begins = _day(found.groups()) or begins
            elif _EFFECT_ON_ISSUE.search(sentence) and own:
                begins = issued or begins
            until = _UNTIL.search(sentence)
            if until and own:
                ends = _day(until.groups()) or ends
            years = _FOR_YEARS.search(sentence)
            if years and begins is not None:
                ends = _after_years(begins, years.group(1) or years.group(2)) or ends
    return begins, ends if ends is None or begins is None or ends >= begins else None


def _issuer(texts: Sequence[str], title: str) -> str | None:
    for text in texts[:8]:
        bare = _SPACE.sub("", text)
        letterhead = _LETTERHEAD.match(bare)
        found = _ORGANISATION.search(letterhead.group(1)) if letterhead else None
        if found:
            return found.group()
    titled = _TITLED_ISSUER.match(title)
    if titled:
        return _SPACE.sub("、", titled.group(1).strip())
    for text in texts[:12]:
        adopted = _ADOPTED_BY.search(text) if re.search(r"通过|公布|修订|批准", text) else None
        if adopted:
            return _LED.sub("", adopted.group(1)) + adopted.group(2)
    return _signature(texts)


def _signature(texts: Sequence[str]) -> str | None:
    """The organisation on the line above the date."""
    for before, after in zip(texts, texts[1:], strict=False):
        bare = _SPACE.sub("", before)
        if is_date_line(after) and len(bare) <= 40 and _ORGANISATION.fullmatch(bare):  # noqa: PLR2004 - a name, not a sentence
            return bare
    return None


def _region(issuer: str | None, title: str, number: str | None) -> str | None:
    if number and number[0] in _CITY_OF_PREFIX:
        return _CITY_OF_PREFIX[number[0]]
    for text in (issuer, title, number):
        if text and _NATIONAL.match(text):
            return "全国"
        found = _REGION.match(_LED.sub("", text or ""))
        if found:
            return found.group(1)
    return None


def date_in(text: str) -> date | None:
    """The first date in the text, in Arabic or Chinese numerals."""
    bare = _SPACE.sub("", text)
    found = _DATE.search(bare)
    if found:
        return _day(found.groups())
    chinese = _CHINESE_DATE.search(bare)
    if chinese:
        year = chinese.group(1).translate(_CHINESE_DIGITS)
        return _day((year, str(_small(chinese.group(2))), str(_small(chinese.group(3)))))
    return None


def _day(parts: Sequence[str | None]) -> date | None:
    try:
        return date(*(int(part or "") for part in parts[:3]))
    except (ValueError, TypeError):
        return None


def _small(numeral: str) -> int:
    """Numerals up to 99: 十二, 二十, 三十一."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    value = "零一二三四五六七八九"
    head = (value.index(tens) if tens else 1) if ten else 0
    return head * 10 + (value.index(ones) if ones in value else 0 if not ones else 0)


def _after_years(begins: date, years: str) -> date | None:
    try:
        last = begins.replace(year=begins.year + _small(years))
    except ValueError:
        return None
    return date.fromordinal(last.toordinal() - 1)
