"""Measures of time: ages, spans, deadlines. The last day counts; a birthday counts from its morning."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from prefill.check_digits import age_on
from prefill.review.evidence import Found
from prefill.review.facts import NOTHING, Fact, Measure, Sources, date_of, day_at, day_found, first, first_of, read
from prefill.review.rules import FactRule
from prefill.review.values import LONG_TERM, date_in, last_date_in, months_after, months_between, months_in, plain

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[::时点]([0-5]\d)?")


def _age(rule: FactRule, sources: Sources) -> Fact:
    found = first(rule, sources)
    if found is None:
        return NOTHING
    birth = date_of(found)
    day, other = day_at(rule, sources, 1)
    if birth is None or day is None:
        return Fact(None, (found.seen,), doubtful=True)
    return Fact(float(age_on(birth, day)), (found.seen, *other))


def _months_old(rule: FactRule, sources: Sources) -> Fact:
    found = first(rule, sources)
    start = date_of(found)
    day, other = day_at(rule, sources, 1)
    if found is None or start is None or day is None:
        return read(found, None)
    return Fact(float(months_between(start, day)), (found.seen, *other))


def _days_between(rule: FactRule, sources: Sources) -> Fact:
    """Days from the first day to the second, or to today."""
    found = day_found(rule, sources)
    start = date_of(found)
    end, other = day_at(rule, sources, 1)
    if found is None or start is None or end is None:
        return read(found, None) if found and start is None else NOTHING
    return Fact(float((end - start).days), (found.seen, *other))


def _hours_between(rule: FactRule, sources: Sources) -> Fact:
    """Hours from the first moment to the second, or to today; where one tells no time of day, whole days."""
    found, other = day_found(rule, sources), first(rule, sources, 1)
    start, end = date_of(found), date_of(other) if other else sources.today
    if found is None or start is None or end is None:
        return read(found, None) if found and start is None else NOTHING
    hours = float((end - start).days * 24)
    times = _time_of_day(found), _time_of_day(other)
    if times[0] is not None and times[1] is not None:
        hours += times[1] - times[0]
    return Fact(hours, (found.seen, *((other.seen,) if other else ())))


def _time_of_day(found: Found | None) -> float | None:
    written = _CLOCK.search(plain(found.value)) if found else None
    return int(written.group(1)) + int(written.group(2) or 0) / 60 if written else None


def _days_until(rule: FactRule, sources: Sources) -> Fact:
    """Days from today to the day; what has no end has none."""
    found = first(rule, sources)
    day = date_of(found)
    if found is not None and day == LONG_TERM:
        return Fact(None, (found.seen,))
    if found is None or day is None:
        return read(found, None)
    return Fact(float((day - sources.today).days), (found.seen,))


def shifted(day: date, span: str, sign: int = 1) -> date:
    amount, unit = span.split()
    if day == LONG_TERM:
        return day
    match unit.rstrip("s"):
        case "day":
            return day + timedelta(days=sign * int(amount))
        case "month":
            return months_after(day, sign * int(amount))
        case _:
            return months_after(day, sign * 12 * int(amount))


def _deadline(rule: FactRule, sources: Sources) -> Fact:
    """Is the second day (or today) no later than the first day and the span? What lies ahead has not happened."""
    found = first(rule, sources)
    start = date_of(found)
    end, other = day_at(rule, sources, 1)
    if found is not None and start is not None and start > sources.today:
        return Fact(None, (found.seen,), doubtful=True)
    if found is None or start is None:
        return read(found, None)
    if end is None:
        return NOTHING
    return Fact(end <= shifted(start, rule.words[0]), (found.seen, *other))


def _ahead(rule: FactRule, sources: Sources) -> Fact:
    """Is the first day at least the span after the second day (or today)?"""
    found = first(rule, sources)
    day = date_of(found)
    start, other = day_at(rule, sources, 1)
    if found is None or day is None:
        return read(found, None)
    if start is None:
        return NOTHING
    return Fact(day >= shifted(start, rule.words[0]), (found.seen, *other))


def _lasts(rule: FactRule, sources: Sources) -> Fact:
    """Is the range no longer than the span?"""
    found = first_of(rule, sources)
    months = months_in(found.value) if found else None
    start, end = months or ((date_of(found), last_date_in(found.value)) if found else (None, None))
    if found is None or start is None or end is None:
        return read(found, None)
    return Fact(end <= shifted(start, rule.words[0]), (found.seen,))


def _months_covered(rule: FactRule, sources: Sources) -> Fact:
    """How many months a range of months covers, both included: 2026-07/2026-09 are three."""
    found = first_of(rule, sources)
    span = months_in(found.value) if found else None
    if found is None or span is None:
        return read(found, None)
    return Fact(float((span[1].year - span[0].year) * 12 + span[1].month - span[0].month + 1), (found.seen,))


def _ended_within(rule: FactRule, sources: Sources) -> Fact:
    """Is today no later than the end of the range and the span?"""
    found = first_of(rule, sources)
    end = last_date_in(found.value) if found else None
    if found is None or end is None:
        return read(found, None)
    return Fact(sources.today <= shifted(end, rule.words[0]), (found.seen,))


def _order(rule: FactRule, sources: Sources) -> Fact:
    """Is the first day no later than the end of the second?"""
    one, two = first(rule, sources), first(rule, sources, 1)
    if one is None or two is None:
        return NOTHING
    start, end = date_in(one.value), last_date_in(two.value)
    if start is None or end is None:
        return Fact(None, (one.seen, two.seen), doubtful=True)
    return Fact(start <= end, (one.seen, two.seen))


def _in_date(rule: FactRule, sources: Sources) -> Fact:
    """Has the end not passed on the second day, or today? The last day itself is in date."""
    found = first(rule, sources)
    end = last_date_in(found.value) if found else None
    day, other = day_at(rule, sources, 1)
    if found is None or end is None or day is None:
        return read(found, None)
    return Fact(end >= day, (found.seen, *other))


def _birth(rule: FactRule, sources: Sources) -> Fact:
    """The birthday in an identity number, or a date, as text: to be compared by a calculation."""
    found = first_of(rule, sources)
    day = date_of(found)
    return read(found, day.isoformat() if day else None)


DATE_MEASURES: Mapping[str, Measure] = {
    "age": _age,
    "months_old": _months_old,
    "days": _days_between,
    "hours": _hours_between,
    "days_until": _days_until,
    "deadline": _deadline,
    "ahead": _ahead,
    "lasts": _lasts,
    "months": _months_covered,
    "ended_within": _ended_within,
    "order": _order,
    "birth": _birth,
    "in_date": _in_date,
}
