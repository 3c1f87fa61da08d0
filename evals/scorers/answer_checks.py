"""What can be held against an answer without a judge: its sources' days, its numbers beside the sheet's, its way on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from evals.scorers.citation_spans import CitedClause, CitingSentence
from guardrails.quantities import quantities

_SAYS_OVER = re.compile(r"到期|结束|截止|过期|失效|停止|不再|已经过|废止|expired|ended|over\b", re.IGNORECASE)
_SAYS_COMING = re.compile(r"将于|尚未|还没|还未|起施行|起执行|起实施|开始|生效|will |from ", re.IGNORECASE)
_WAY_ON = re.compile(
    r"12345|窗口|人工|工作人员|受理中心|随申办|拨打|咨询|换个说法|再说|hotline|staff|counter|service centre",
    re.IGNORECASE,
)
_LIKE_FEE = re.compile(r"费|收取|工本|\bfees?\b|\bcosts?\b", re.IGNORECASE)
_NO_FEE_OF_THE_ITEM = re.compile(r"补贴|补助|津贴|奖励|罚|退费|工资|收入|保险费|缴费基数|每月")
_LIKE_TIME = re.compile(r"办结|时限|办好|办完|受理之日|工作日内|出证|working days?", re.IGNORECASE)
_NO_TIME_OF_THE_ITEM = re.compile(r"有效期|补正|提前|逾期|公示|以前|之前|[日月年]内申[请报]|内可申请|内提出|内登记")
_DURATIONS = frozenset({"工作日", "小时", "月"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One sentence of an answer and the sources it cites."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedVersion:
    """A version that was cited and the days on which it held."""

    source: str
    begins: date | None
    ends: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFact:
    """What the sheet of an item says with a source about its fee or its time."""

    source: str
    facet: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """What was recorded of an answer beside its text."""

    day: date | None = None
    sentences: Sequence[Told] = ()
    versions: Sequence[CitedVersion] = ()
    sheet: Sequence[SheetFact] = ()
    ways_on: Sequence[str] = ()
    tokens: int | None = None
    clauses: Sequence[CitedClause] = ()
    citing: Sequence[CitingSentence] = ()


def wrong_versions(record: AnswerRecord, text: str) -> tuple[str, ...]:
    """Cited sources that did not hold on the day of the question, unless the answer says just that."""
    day = record.day
    if day is None:
        return ()
    ahead = [v.source for v in record.versions if v.begins is not None and v.begins > day]
    over = [v.source for v in record.versions if v.ends is not None and v.ends < day]
    found = (*(() if _SAYS_COMING.search(text) else ahead), *(() if _SAYS_OVER.search(text) else over))
    return tuple(dict.fromkeys(found))


def contradictions(record: AnswerRecord) -> tuple[str, ...]:
    """Sentences that cite an item and state a fee or a time which the sourced facts of its sheet do not hold.

    Only what is surely such a statement counts: an amount beside a word for fees, a duration beside a word for being
    done. Grants, fines, validities and times for corrections are other things.
    """
    return tuple(told.text for told in record.sentences if _contradicts(told, record.sheet))


def offers_way_on(record: AnswerRecord, text: str) -> bool:
    """True where somebody who got no answer is told or offered what to do next."""
    return bool(record.ways_on) or _WAY_ON.search(text) is not None


def _contradicts(told: Told, sheet: Sequence[SheetFact]) -> bool:
    own = [fact for fact in sheet if fact.source in told.sources]
    for facet, like, unlike, units in (
        ("fee", _LIKE_FEE, _NO_FEE_OF_THE_ITEM, frozenset({"元"})),
        ("time_limit", _LIKE_TIME, _NO_TIME_OF_THE_ITEM, _DURATIONS),
    ):
        known = {amount for fact in own if fact.facet == facet for amount in _amounts(fact.text, units)}
        stated = _amounts(told.text, units)
        if known and stated and like.search(told.text) and not unlike.search(told.text) and not stated <= known:
            return True
    return False


def _amounts(text: str, units: frozenset[str]) -> set[tuple[Fraction, str]]:
    return {(q.value, q.unit) for q in quantities(text) if q.unit in units}
