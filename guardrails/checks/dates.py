"""Dates and times of day: each one in a sentence stands in its evidence, however it is written."""

from guardrails.calendar_dates import dates, times
from guardrails.claims import Claim, Problem

_DAY = 24 * 60


def look(claim: Claim) -> Problem | None:
    """Return the first date or time the evidence does not hold; a part of a date (2026年7月) is held by the whole."""
    sentence = claim.without_contacts
    for wanted in dates(sentence):
        if not any(wanted.says_no_more_than(held) for held in dates(claim.evidence)):
            return Problem("dates", f"依据里没有“{wanted.written.strip()}”这个日期。")
    for time in times(sentence):
        if time.minutes % _DAY not in {t.minutes % _DAY for t in times(claim.evidence)}:
            return Problem("dates", f"依据里没有“{time.written.strip()}”这个时间。")
    return None
