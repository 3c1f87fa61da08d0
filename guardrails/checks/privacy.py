"""Privacy: no output carries somebody's numbers, health or home; a contact only where the evidence publishes it."""

from guardrails import pii
from guardrails.claims import Claim, Problem

# Published contacts of an office are fine; these never are.
_NEVER = frozenset(
    {"id_card", "bank_card", "passport", "hk_macau_permit", "taiwan_permit", "residence_permit", "medical"}
)


def look(claim: Claim) -> Problem | None:
    """Return the first personal data. Names are read after words that announce them, so that this stays fast."""
    for span in pii.find_announced(claim.sentence):
        if span.type in _NEVER or claim.sentence[span.start : span.end] not in claim.evidence:
            return Problem("privacy", f"文字里有个人信息({span.type})。")
    return None
