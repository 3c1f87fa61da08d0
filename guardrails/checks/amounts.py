"""Amounts of money: every sum stands in the evidence, and so does every word that something is free."""

import re

from guardrails.claims import Claim, Problem
from guardrails.quantities import Quantity, quantities

_FREE = re.compile(
    (
        "免费|(?:不|免|无需|无须|不用|不必|没有)(?:再)?(?:收取?|缴纳?|交|付|花)?(?:任何)?(?:工本|"
        r"手续|办证|证书)?(?:费|钱)|不收(?:取)?(?:工本)?费|不花钱|(?<![\d.])0元|零元|free of charge|"
        "no fee"
    ),
    re.IGNORECASE,
)
_FREE_EVIDENCE = re.compile(
    r"免费|免收|免征|免交|免缴|不收|不花钱|(?<![\d.])0元|零元|无收费|收费[::]?\s?(?:否|无)|"
    "不需(?:要)?(?:缴|交|付)|无需(?:缴|交|付|支付)|无须(?:缴|交|付)|不用(?:缴|交|付)|财政(?:承担|"
    "负担)|停征|取消收费|由.{0,16}承担|由.{0,16}负担"
)


def look(claim: Claim) -> Problem | None:
    """Return the first sum, or claim of no charge, that the evidence does not hold."""
    for wanted in quantities(claim.without_contacts):
        if wanted.unit == "元" and not _is_held(wanted, claim.evidence):
            return Problem("amounts", f"依据里没有“{wanted.written.strip()}”这个金额。")
    if _FREE.search(claim.sentence) and not _says_free(claim.evidence):
        return Problem("amounts", "依据里没有说免费或不收费。")
    return None


def _is_held(wanted: Quantity, evidence: str) -> bool:
    known = {q.value for q in quantities(evidence) if q.unit in {"元", ""}}
    return wanted.value in known or (wanted.value == 0 and _says_free(evidence))


def _says_free(evidence: str) -> bool:
    return any(pattern.search(evidence) for pattern in (_FREE, _FREE_EVIDENCE))
