"""What people say to each other: their own words, harmless on a page, numbers that identify somebody masked."""

from dataclasses import dataclass
from typing import Final

from guardrails import pii
from guardrails.checks.characters import visible
from guardrails.inbound import InboundAction, screen

IDENTIFYING: Final = frozenset(
    {
        "id_card",
        "phone",
        "bank_card",
        "passport",
        "hk_macau_permit",
        "taiwan_permit",
        "residence_permit",
        "email",
        "wechat",
        "qq",
    }
)
"""A person may say a name, an address or an illness to a person; numbers belong into the form, not into a chat."""
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Words:
    """What may be kept and shown of a message. `danger` names a sign that somebody may be in danger."""

    text: str
    masked: tuple[str, ...]
    danger: str | None = None


def words_of_a_person(text: str, *, from_citizen: bool) -> Words:
    """The message as both sides see it. Nothing is refused: between people, people decide."""
    shown = visible(text[:LONGEST]).strip()
    spans = [span for span in pii.find(shown) if span.type in IDENTIFYING]
    masked = tuple(sorted({span.type for span in spans}))
    danger = None
    if from_citizen:
        screened = screen(shown)
        danger = screened.reason if screened.action is InboundAction.SIGNPOST else None
    return Words(pii.mask_spans(shown, spans), masked, danger)
