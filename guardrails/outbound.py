"""The gate on the way out: the only place where a text becomes Approved. It fails closed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from guardrails import grounding, pii
from guardrails.approved import Approved, Draft, Stopped, Verdict, Wording, seal
from guardrails.checks import amounts, characters, dates, laws, links, markup, numbers, phones, privacy, promises
from guardrails.claims import Claim, Problem, claim_of
from guardrails.normalizing import normalize
from guardrails.orders import free_of_orders, steers
from guardrails.proof.instances import by_its_rule

Check = Callable[[Claim], Problem | None]

# What every text must be, whoever wrote it.
SAFE: Final[tuple[Check, ...]] = (characters.look, markup.look, privacy.look)
# What a sentence states must stand in its evidence, token by token.
PROVED: Final[tuple[Check, ...]] = (
    links.look,
    phones.look,
    dates.look,
    amounts.look,
    laws.look,
    numbers.look,
    promises.look,
)

LONGEST: Final = 10_000  # characters of one sentence or quotation; bounds the work of the checks
_STEERING_QUOTE: Final = "这段原文里有不该转述的内容，请打开来源查看。"
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]?")
_UNREADABLE_QUOTE: Final = "这段原文显示不完整，请打开来源查看。"
_NOISE = re.compile(r"[\s,。、;:!?()《》〈〉\"'“”‘’「」【】\[\]〔〕·\-—_*#|]")
_GAP = re.compile(r"…+|\.{3,}|⋯+")


class OutboundGuard:
    """Decides for one sentence at a time whether it may leave."""

    def __init__(self, safe: Sequence[Check] = SAFE, proved: Sequence[Check] = PROVED) -> None:
        self._safe = tuple(safe)
        self._proved = tuple(proved)

    def check(self, draft: Draft) -> Verdict:
        """Return Approved, or Stopped with the check that stopped it. A check that breaks stops the sentence."""
        if draft.wording is Wording.QUOTED:  # sources carry stray tags and zero-width spaces; the words stay
            draft = replace(draft, text=markup.harmless(characters.visible(draft.text)))
        try:
            problem = self._first_problem(draft)
        except Exception as error:  # noqa: BLE001 - whatever breaks in a check, the sentence must not leave
            problem = Problem("guard_failed", f"检查没有完成({type(error).__name__})，这句话不发出。")
        if problem is not None:
            return Stopped(check=problem.check, reason=problem.reason, draft=draft)
        return seal(draft.text, draft.wording)

    def _first_problem(self, draft: Draft) -> Problem | None:
        if not draft.text.strip():
            return Problem("empty", "没有文字。")
        if len(draft.text) > LONGEST:
            return Problem("too_long", f"一句话不能超过{LONGEST}字。")
        claim = claim_of(draft)
        match draft.wording:
            case Wording.NOTICE:
                checks: tuple[Check, ...] = self._safe
            case Wording.QUOTED:
                checks = (*self._safe, _stands_verbatim)
            case Wording.COMPOSED:
                checks = (*self._safe, _has_evidence, *self._proved)
            case Wording.GENERATED:
                checks = (*self._safe, _has_evidence, *self._proved, _is_supported)
                claim = by_its_rule(claim)
        return next((problem for check in checks if (problem := check(claim)) is not None), None)


def notice(text: str) -> Approved:
    """Approve one of our own fixed texts, reviewed with the code. Never pass citizen, model or source text here."""
    return seal(characters.visible(markup.harmless(text)), Wording.NOTICE)


def quote(text: str, source: str, *, suspicious: bool = False) -> Approved:
    """Approve a verbatim excerpt of a source for showing: nothing in it is markup, personal data is masked.

    A garbled excerpt is not shown; a fixed line says to open the source, which is named by `source` for the audit only.
    Nor is one that was reported as `suspicious` when it was taken in and shows no order now: the order was hidden.
    """
    if suspicious and not steers(text):
        return seal(_STEERING_QUOTE, Wording.QUOTED)
    if characters.is_garbled(text):
        return seal(_UNREADABLE_QUOTE, Wording.QUOTED)
    shown = markup.harmless(characters.visible(_without_orders(text)))
    private = [span for span in pii.find_announced(shown) if span.type in _MASKED_IN_QUOTES]
    return seal(pii.mask_spans(shown, private), Wording.QUOTED)


def _without_orders(text: str) -> str:
    """Leave out of an excerpt what speaks to a machine or sends people astray, and what stands beside it."""
    if not steers(text):
        return text
    rest = "……".join(free_of_orders([m.group() for m in _SENTENCE.finditer(text)]))
    return rest if rest.strip("… \n") and not steers(rest) else _STEERING_QUOTE


# An office's address, landline or mail in a source is what the citizen needs; these are somebody's own.
_MASKED_IN_QUOTES: Final = frozenset(
    {"id_card", "bank_card", "passport", "hk_macau_permit", "taiwan_permit", "residence_permit", "medical", "name"}
)


def _has_evidence(claim: Claim) -> Problem | None:
    """Stop a claim that rests on nothing. A sentence that claims nothing (您好) needs no evidence."""
    if claim.evidence.strip() or not grounding.claims_something(claim.sentence):
        return None
    return Problem("no_evidence", "这句话没有依据。")


def _stands_verbatim(claim: Claim) -> Problem | None:
    """Stop a quotation that does not stand in its source, spacing and punctuation aside."""
    held = _NOISE.sub("", markup.harmless(claim.evidence))
    position = 0
    for part in _GAP.split(markup.harmless(normalize(claim.raw))):
        wanted = _NOISE.sub("", part)
        found = held.find(wanted, position)
        if found < 0:
            return Problem("quotation", "引文和来源的原文不一致。")
        position = found + len(wanted)
    return None if position else Problem("quotation", "引文是空的。")


def _is_supported(claim: Claim) -> Problem | None:
    """Stop a free sentence that its evidence does not prove."""
    judgement = grounding.judge(claim)
    return None if judgement.allowed else Problem("grounding", judgement.reason)
