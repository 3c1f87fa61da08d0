"""Does the evidence say it? A strict judgement of one free sentence by wording alone, without a model.

Judging free text after the fact is weak: wording gives little away. So this allows only what is close to the wording of
one place of the evidence, with the same numbers, modality, negation, actors and scope; whatever it cannot prove is said
in the composer's words, or quoted, instead.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guardrails.approved import Draft, Evidence, Wording
from guardrails.checks import amounts, dates, laws, links, numbers, phones, promises
from guardrails.claims import Claim, Problem, claim_of
from guardrails.meaning import MEANINGS, Meaning
from guardrails.normalizing import simplified


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sentence may be said, and why not."""

    allowed: bool
    reason: str


# Share of the sentence's character pairs that must stand in the evidence, and in its closest place.
LEAST_SHARED: Final = 0.50
LEAST_IN_ONE_PLACE: Final = 0.45
LEAST_OF_EACH_CLAUSE: Final = 0.45
_LEAST_OF_A_CLAUSE = 3
_CLAUSE_ENDS = re.compile(r"[,，;；:：。!！?？、\n]")

_TOKENS: Final[tuple[Callable[[Claim], Problem | None], ...]] = (
    links.look,
    phones.look,
    dates.look,
    amounts.look,
    laws.look,
    numbers.look,
    promises.look,
)
_CLAIMS = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+(?:个|日|天|年|月|元|份|张|岁)|应当|必须|不得|须|免费|"
    "收费|禁止|可以|需要|《|http|提供|提交|办理|受理|申请"
)
_COURTESY = re.compile(r"12345|随申办|一网通办|您好|谢谢|请问")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_PLACE_ENDS = re.compile(r"[。;;!?!?\n]")
_FILLERS = re.compile(
    "[您你我们咱的了呢吧啊吗嘛呀哦哈么地得着过就也还又再才都]|的话|这个|那个|一下|其实|一般|大概|"
    "只要|如果|要是|那么|以后|之后|的时候|时候"
)


def claims_something(sentence: str) -> bool:
    """Return whether a sentence states a fact or a rule, and not just a courtesy."""
    return _CLAIMS.search(_COURTESY.sub("", sentence)) is not None


def supported(sentence: str, evidence: Sequence[Evidence]) -> Judgement:
    """Judge one free sentence against its evidence: first its numbers, dates, names and contacts, then its wording."""
    claim = claim_of(Draft(text=sentence, wording=Wording.GENERATED, evidence=tuple(evidence)))
    if not claim.evidence.strip():
        return Judgement(False, "这句话没有依据。")
    for look in _TOKENS:
        problem = look(claim)
        if problem is not None:
            return Judgement(False, f"{problem.check}: {problem.reason}")
    return judge(claim)


def judge(claim: Claim) -> Judgement:
    """Judge the wording of a claim whose numbers, dates, names and contacts were already checked."""
    wanted = _pairs(claim.sentence)
    if not wanted:
        return (
            Judgement(True, "ok") if claim.sentence.isascii() else Judgement(False, "wording: 这句话没有可核对的内容。")
        )
    places = _places(claim.evidence)
    everywhere = _pairs(claim.evidence)
    shared = len(wanted & everywhere) / len(wanted)
    if shared < LEAST_SHARED:
        return Judgement(False, f"wording: 只有{shared:.0%}的用词在依据里，不能证明。")
    stray = _stray_clause(claim.sentence, everywhere)
    if stray is not None:
        return Judgement(False, f"clause: 依据里没有说“{stray}”。")
    closest = max(places, key=lambda place: len(wanted & _pairs(place)))
    in_one = len(wanted & _pairs(closest)) / len(wanted)
    if in_one < LEAST_IN_ONE_PLACE:
        return Judgement(False, "wording: 依据里没有哪一处单独说了这件事。")
    for meaning in MEANINGS:
        if _differs(meaning, claim.sentence, closest, claim.evidence):
            return Judgement(False, f"{meaning.name}: {meaning.explanation}")
    return Judgement(True, "ok")


def _stray_clause(sentence: str, held: frozenset[str]) -> str | None:
    """Return the first part of the sentence whose own words are not the evidence's: a claim hung on to a true one."""
    for clause in _CLAUSE_ENDS.split(sentence):
        wanted = _pairs(clause)
        if len(wanted) >= _LEAST_OF_A_CLAUSE and len(wanted & held) < LEAST_OF_EACH_CLAUSE * len(wanted):
            return clause.strip()
    return None


def _differs(meaning: Meaning, sentence: str, place: str, evidence: str) -> bool:
    said = meaning.found_in(sentence)
    if meaning.must_match_place:
        return said != meaning.found_in(place)
    return bool(said) and not said <= meaning.found_in(evidence)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    """Return the character pairs of the content words."""
    plain = _FILLERS.sub("", simplified(text))
    runs = _HAN_RUN.findall(plain)
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


@lru_cache(maxsize=2048)
def _places(evidence: str) -> tuple[str, ...]:
    """Return the sentences of the evidence."""
    return tuple(place for place in _PLACE_ENDS.split(evidence) if place.strip()) or (evidence,)
