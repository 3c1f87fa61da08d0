"""Does the evidence say it? A strict judgement of one free sentence by wording alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guardrails.approved import Draft, Evidence, Wording
from guardrails.claims import Claim, claim_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sentence may be said, and why not."""

    allowed: bool
    reason: str


_CLAIMS = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+(?:个|日|天|年|月|元|份|张|岁)|应当|必须|不得|须|免费|收费|禁止|可以|需要|《|http|提供|提交|办理|受理|申请"
)


def claims_something(sentence: str) -> bool:
    """Return whether a sentence states a fact or a rule, and not just a courtesy."""
    return _CLAIMS.search(sentence.replace("12345", "")) is not None


def supported(sentence: str, evidence: Sequence[Evidence]) -> Judgement:
    """Judge one free sentence against its evidence."""
    return judge(claim_of(Draft(text=sentence, wording=Wording.GENERATED, evidence=tuple(evidence))))


def judge(claim: Claim) -> Judgement:
    """Judge a claim whose numbers, dates, names and contacts were already checked."""
    return Judgement(bool(claim.evidence), "ok")
