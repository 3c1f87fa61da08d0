"""Numbers: every duration, age, share and count of a sentence stands in its evidence, with the same unit."""

import re
from functools import lru_cache

from guardrails.calendar_dates import dates, times
from guardrails.claims import Claim, Problem, without_contacts
from guardrails.quantities import Quantity, quantities, stands_in

MONEY = "元"
_ONE_PERIOD = {"一年": "年", "一个月": "月", "一天": "日", "一日": "日", "一周": "周", "一季度": "季度"}
_TERM = re.compile(
    "一(?:年|个月|天|日|周)(?:以?内|之内|前|后|之前|之后|有效|期|的有效)|(?:有效期|期限|时限|满|"
    "不少于|至少|超过)(?:为|是)?一(?:年|个月|天|日|周)"
)


def look(claim: Claim) -> Problem | None:
    """Return the first count the evidence does not hold. 3日 and 3个工作日 differ; 半年 and 6个月 do not."""
    for wanted in _counted(claim.without_contacts):
        if wanted.unit == MONEY:
            continue
        if not stands_in(wanted, _counted(claim.evidence)) and not _is_rate(wanted, claim):
            return Problem("numbers", f"依据里没有“{wanted.written.strip()}”这个数(或单位不同)。")
    return None


def _is_rate(wanted: Quantity, claim: Claim) -> bool:
    """一个月领三百 is 每月三百, and a term (一个月内, 有效期一年) is not."""
    if wanted.written not in _ONE_PERIOD or _TERM.search(claim.sentence):
        return False
    return f"每{_ONE_PERIOD[wanted.written]}" in claim.evidence or f"按{_ONE_PERIOD[wanted.written]}" in claim.evidence


@lru_cache(maxsize=256)
def _counted(text: str) -> tuple[Quantity, ...]:
    """Quantities outside dates and times of day, which have their own check."""
    blanked = without_contacts(text)
    places = [(d.start, d.end) for d in dates(blanked)] + [(t.start, t.end) for t in times(blanked)]
    for start, end in places:
        blanked = blanked[:start] + " " * (end - start) + blanked[end:]
    return quantities(blanked)
