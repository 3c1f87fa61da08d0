"""Which value takes an earlier one's place: 不对,是…, 改成…, this year's for last year's, a day for its month."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from prefill.said.mentions import Kind, Mention
from prefill.said.speech import Clause

_LAST_TIME: Final = re.compile("(?:涨价?|降价?|调整)之?前|去年|上届|往年|上次|以前|之前|原来|早先|前年")
_THIS_TIME: Final = re.compile("今年|这次|这回|现在|本次|这届|目前|如今")
_CORRECTION: Final = re.compile(
    "报错|看错|弄错|口误|不不|划掉|^(?:哦|噢|唔|嗯|呃|啊|诶|哎)+(?:就|还是|先)?(?:写|填|是|报)|^那就?(?=[0-9一二三四五六七八九十下明后元])|就写|就填|^填|最后填|先填|^唔$|^嗯+$|还是写|不对|说错|记错|写错|搞错|打错|错了|哦不是|噢不是|啊不是|^不是|改成|改叫|改为|换成|涨到|降到|增到|增资到|减到|砍到|砍价到|还价到|还到|谈到|谈成|压到|加到|后来|最终|最后(?!一天|上班|工作|一次|干)|变成|调到|调成|改到|纠正|更正|应该是|应为|准确说|呃"
)
_IN_FUTURE: Final = re.compile("以后|将来|今后|(?:打算|准备|计划|考虑)(?:再|要)?$")
_HOLIDAYS: Final = re.compile("(?:今年|去年|前年|明年)?的?(?:国庆|春节|五一|十一|元旦|中秋|清明|端午)(?:节|那天|当天)?")
_HOLIDAY_DAYS: Final = 8
_MONEY: Final = frozenset({"", "元", "块", "块钱", "万元"})
_MANY: Final = 10
_COUNTED: Final = 1000


def corrections(mentions: Sequence[Mention], clauses: Sequence[Clause]) -> dict[int, int]:
    """Which mention corrects which earlier one of its kind."""
    links: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        told = _told_month(index, mentions)
        if told is not None:
            links[index] = told
            continue
        marker = _marker_before(mention, clauses) or _contrast(mention, clauses)
        if marker is None:
            continue
        for earlier in range(index - 1, -1, -1):
            other = mentions[earlier]
            apart = mention.kind is Kind.PERSON and (clauses[other.clause].message != clauses[mention.clause].message)
            if (
                other.kind is mention.kind
                and _is_comparable(mention, other)
                and not apart
                and (other.clause, other.start) < marker
                and other.value != mention.value
            ):
                if other.owner in {None, mention.owner} or mention.owner is None:
                    links[index] = earlier
                break
    return links


def with_units(mentions: Sequence[Mention], links: dict[int, int]) -> Iterator[Mention]:
    """A bare number that takes another's place has its unit: 最多48座,那就40."""
    for index, mention in enumerate(mentions):
        other = mentions[links[index]] if index in links else mention
        small = mention.number is not None and mention.number < _COUNTED
        bare = mention.kind is Kind.AMOUNT and small and not mention.unit and other.unit not in _MONEY
        yield replace(mention, unit=other.unit) if bare else mention


def _told_month(index: int, mentions: Sequence[Mention]) -> int | None:
    """The month or holidays that a day tells more exactly: 2027年12月开始领,那就12月20日吧."""
    day = mentions[index].day
    if day is None or not day.has_day:
        return None
    for earlier in range(index - 1, -1, -1):
        other = mentions[earlier].day
        if other is None:
            continue
        in_month = not other.has_day and other.past == day.past.replace(day=1) and other.past == other.future
        holidays = _HOLIDAYS.fullmatch(other.written) and not _HOLIDAYS.fullmatch(day.written)
        if in_month or (holidays and abs(day.past - other.past).days <= _HOLIDAY_DAYS):
            return earlier
    return None


def _is_comparable(mention: Mention, other: Mention) -> bool:
    """Whether one amount can take the other's place: years never stand for money (五年内实缴,改成30万)."""
    if mention.kind is not Kind.AMOUNT or mention.unit == other.unit or {mention.unit, other.unit} <= _MONEY:
        return True
    return not mention.unit and mention.number is not None and mention.number >= _MANY


def _contrast(mention: Mention, clauses: Sequence[Clause]) -> tuple[int, int] | None:
    """Where this time (今年按4500) is set against last time (去年来了8000人), in the clause before."""
    text = clauses[mention.clause].text
    now = _THIS_TIME.search(text[: mention.start])
    if mention.kind is not Kind.AMOUNT or now is None or not mention.clause:
        return None
    return (mention.clause, now.start()) if _LAST_TIME.search(clauses[mention.clause - 1].text) else None


def _marker_before(mention: Mention, clauses: Sequence[Clause]) -> tuple[int, int] | None:
    """Where a word of correction stands before a value, at most a few clauses back."""
    for clause in reversed(clauses[max(0, mention.clause - 2) : mention.clause + 1]):
        limit = mention.start if clause.number == mention.clause else len(clause.text)
        found = [m for m in _CORRECTION.finditer(clause.text) if m.end() <= limit]
        if found and _IN_FUTURE.search(clause.text[: found[-1].start()]):
            return None  # 以后打算增到五百万
        if found:
            return clause.number, found[-1].start()
    return None
