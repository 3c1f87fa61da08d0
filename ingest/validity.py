"""The dates of a document: when it was issued, from when and until when it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.marks import is_date_line

_CHINESE_DIGITS = {ord(a): b for a, b in zip("〇零○O一二三四五六七八九", "0000123456789", strict=True)}
_DAY = r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"
_DATE = re.compile(_DAY)
_CHINESE_DATE = re.compile(
    r"([二一][〇零○O一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_PROMULGATED = re.compile(rf"{_DAY}(?:[^。；\n]{{0,60}}?)(?:通过|公布|发布|修订|修正|印发|批准)")
_EFFECT = re.compile(rf"自\s?{_DAY}\s?(?:零时)?(?:起|开始)[^。；]{{0,8}}?(?:施行|实施|执行|生效|试行)")
_EFFECT_ON_ISSUE = re.compile(
    r"自(?:公布|发布|印发|下发|通过|颁布|发文)之日起[^。；\d]{0,8}?(?:施行|实施|执行|生效|试行)"
)
_UNTIL = re.compile(rf"(?:有效期(?:限)?(?:至|到|为[^。；]{{0,30}}?至)|(?:施行|执行|实施)(?:至|到))\s?{_DAY}")
_FOR_YEARS = re.compile(r"有效期(?:限)?(?:为)?\s?([一二三四五六七八九十\d]{1,2})\s?年")
_SELF = re.compile(
    r"(?:本|该)(?:办法|规定|细则|通知|意见|方案|条例|标准|指南|规则|决定|措施|要点|计划|公告|通告|文件|规范)"
)
_SPEAKS_OF_EFFECT = re.compile(r"施行|试行|实施|执行|生效|有效期")
_SPEAKS_OF_EFFECT = re.compile(r"施行|试行|实施|执行|生效|有效期")
_SENTENCES = re.compile(r"[。；]")
_SPACE = re.compile(r"\s+")
_SHORT_SENTENCE = 60
_TAIL = 15


@dataclass(frozen=True, slots=True)
class Validity:
    """None where the document does not say; `ends` is the last day in force."""

    issued_on: date | None
    begins: date | None
    ends: date | None


def validity_of(texts: Sequence[str]) -> Validity:
    """From the paragraphs of a document, in order."""
    issued = _issued_on(texts)
    begins, ends = _effect(texts, issued)
    return Validity(issued, begins, ends)


def date_in(text: str) -> date | None:
    """The first date in the text, in Arabic or Chinese numerals."""
    bare = _SPACE.sub("", text)
    found = _DATE.search(bare)
    if found:
        return _day(found.groups())
    chinese = _CHINESE_DATE.search(bare)
    if chinese is None:
        return None
    year = chinese.group(1).translate(_CHINESE_DIGITS)
    return _day((year, str(_small(chinese.group(2))), str(_small(chinese.group(3)))))


def _issued_on(texts: Sequence[str]) -> date | None:
    """The date that stands alone under the text; of a regulation the last one named before its first article."""
    regulation = next((i for i, text in enumerate(texts) if text.startswith("第一条")), None)
    preamble = texts[:regulation] if regulation is not None else ()
    dates = [day for text in preamble for found in _PROMULGATED.finditer(text) if (day := _day(found.groups()))]
    if dates:
        return max(dates)
    alone = next((day for text in texts if is_date_line(text) and (day := date_in(text))), None)
    if alone is not None:
        return alone
    for text in reversed(texts[-_TAIL:]):
        if text.endswith("印发") or (text.endswith("日") and len(text) <= _SHORT_SENTENCE):
            return date_in(text)
    return None


def _effect(texts: Sequence[str], issued: date | None) -> tuple[date | None, date | None]:
    """The last sentence that speaks of this document's own effect decides; others cite other documents."""
    begins: date | None = None
    ends: date | None = None
    for text in texts:
        if not _SPEAKS_OF_EFFECT.search(text):
            continue
        for sentence in _SENTENCES.split(text):
            if not _SELF.search(sentence) and len(sentence) > _SHORT_SENTENCE:
                continue
            begins = _beginning(sentence, issued) or begins
            ends = _ending(sentence, begins) or ends
    return begins, ends if ends is None or begins is None or ends >= begins else None


def _beginning(sentence: str, issued: date | None) -> date | None:
    found = _EFFECT.search(sentence)
    if found:
        return _day(found.groups())
    return issued if _EFFECT_ON_ISSUE.search(sentence) else None


def _ending(sentence: str, begins: date | None) -> date | None:
    """An end is this document's own only beside its beginning or its name: certificates have periods too."""
    if begins is None and not _SELF.search(sentence):
        return None
    until = _UNTIL.search(sentence)
    if until:
        return _day(until.groups())
    years = _FOR_YEARS.search(sentence)
    own = any(pattern.search(sentence) for pattern in (_SELF, _EFFECT, _EFFECT_ON_ISSUE))
    return _after_years(begins, years.group(1)) if years and own and begins is not None else None


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
    last = max(0, value.find(ones)) if ones else 0
    return last + (10 * (value.find(tens) if tens else 1) if ten else 0)


def _after_years(begins: date, years: str) -> date | None:
    """The last day of so many years: five from 1 May 2020 end on 30 April 2025."""
    try:
        return begins.replace(year=begins.year + _small(years)) - timedelta(days=1)
    except ValueError:
        return None
