"""The gate on the way out: the only place where a text becomes Approved."""

from guardrails.approved import Approved, Draft, Verdict, Wording, seal


class OutboundGuard:
    """Decides for one sentence at a time whether it may leave."""

    def check(self, draft: Draft) -> Verdict:
        """Return Approved, or Stopped with the check that stopped it."""
        return seal(draft.text, draft.wording)


def notice(text: str) -> Approved:
    """Approve one of our own fixed texts, reviewed with the code. Never pass citizen, model or source text here."""
    return seal(text, Wording.NOTICE)


def quote(text: str, source: str) -> Approved:
    """Approve a verbatim excerpt of a source for showing: safe markup, personal data masked."""
    return seal(text, Wording.QUOTED)
