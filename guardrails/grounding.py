"""Does the evidence say it? A strict proof of one free sentence by its wording and structure alone, without a model.

A sentence passes only if each of its clauses rests on one place of the evidence, and nothing that would turn it round
differs: modality, scope, actors, times, numbers, what a term is counted from, first and then. Whatever cannot be
proved is said in the composer's words, or quoted, instead.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from guardrails.approved import Draft, Evidence, Wording
from guardrails.checks import amounts, dates, laws, links, numbers, phones, promises
from guardrails.claims import Claim, Problem, claim_of
from guardrails.normalizing import simplified
from guardrails.proof import clauses as clause_looks
from guardrails.proof import sentences as sentence_looks
from guardrails.proof.alignment import align, clauses_of
from guardrails.proof.families import SIGNS
from guardrails.proof.instances import by_its_rule
from guardrails.proof.places import Ground, ground_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sentence may be said, and why not."""

    allowed: bool
    reason: str


_TOKENS: Final[tuple[Callable[[Claim], Problem | None], ...]] = (
    links.look,
    phones.look,
    dates.look,
    amounts.look,
    laws.look,
    numbers.look,
    promises.look,
)
LONGEST_PROVED: Final = 300  # characters; bounds the work for one sentence, and nobody reads longer ones
_CLAIMS = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+(?:个|日|天|年|月|元|份|张|岁)|应当|必须|不得|须|免费|"
    "收费|禁止|可以|需要|《|http|提供|提交|办理|受理|申请"
)
_COURTESY = re.compile(r"12345|随申办|一网通办|您好|谢谢|请问")
_WORD = re.compile(r"[\u4e00-\u9fff]")


def claims_something(sentence: str) -> bool:
    """Return whether a sentence states a fact or a rule, and not just a courtesy."""
    return _CLAIMS.search(_COURTESY.sub("", sentence)) is not None


def supported(sentence: str, evidence: Sequence[Evidence]) -> Judgement:
    """Judge one free sentence against its evidence: first its numbers, dates, names and contacts, then its wording."""
    claim = by_its_rule(claim_of(Draft(text=sentence, wording=Wording.GENERATED, evidence=tuple(evidence))))
    if not claim.evidence.strip():
        return Judgement(False, "这句话没有依据。")
    for look in _TOKENS:
        problem = look(claim)
        if problem is not None:
            return Judgement(False, f"{problem.check}: {problem.reason}")
    return judge(claim)


def judge(claim: Claim) -> Judgement:
    """Judge the wording of a claim whose numbers, dates, names and contacts were already checked."""
    sentence = simplified(claim.sentence)
    if not _WORD.search(sentence):
        return Judgement(True, "ok") if sentence.isascii() else Judgement(False, "words: 这句话没有可核对的内容。")
    if len(sentence) > LONGEST_PROVED:
        return Judgement(False, f"length: 一句话超过{LONGEST_PROVED}字，不能证明，请分成短句。")
    ground = _ground_of(claim)
    if not ground.places or SIGNS.search(sentence):
        return Judgement(False, "words: 这句话没有可核对的依据。")
    aligned = tuple(align(clause, sentence, ground) for clause in clauses_of(sentence))
    for look in clause_looks.LOOKS:
        for clause in aligned:
            reason = look(clause, sentence, ground)
            if reason is not None:
                return Judgement(False, f"{look.__name__}: {reason}")
    for check in sentence_looks.LOOKS:
        reason = check(sentence, aligned, ground)
        if reason is not None:
            return Judgement(False, f"{check.__name__}: {reason}")
    return Judgement(True, "ok")


def places_of(sentence: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the sentences of the evidence that the clauses of a sentence rest on, whether they prove it or not."""
    claim = by_its_rule(claim_of(Draft(text=sentence, wording=Wording.GENERATED, evidence=tuple(evidence))))
    said, ground = simplified(claim.sentence), _ground_of(claim)
    if not ground.places or not said.strip():
        return ()
    return tuple(dict.fromkeys(align(clause, said, ground).place.text for clause in clauses_of(said)))


def _ground_of(claim: Claim) -> Ground:
    return ground_of(tuple(SIGNS.sub("", simplified(source)) for source in claim.sources))
