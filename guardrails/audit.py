"""What is kept of a stop: which check, why, and a fingerprint of the text; never the text itself."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from guardrails.approved import Stopped
from guardrails.inbound import InboundAction, Screened


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecord:
    """One stop. `fingerprint` tells whether two stops concern the same text, to those who hold the key."""

    at: datetime
    gate: str
    check: str
    reason: str
    fingerprint: str
    sources: tuple[str, ...] = ()


def record_of_stop(stopped: Stopped, *, at: datetime, key: bytes) -> StopRecord:
    """Record a sentence that was not let out. The reason is left to the check's name: it may quote the sentence."""
    return StopRecord(
        at=at,
        gate="outbound",
        check=stopped.check,
        reason=stopped.check,
        fingerprint=fingerprint(stopped.draft.text, key),
        sources=tuple(dict.fromkeys(e.source for e in stopped.draft.evidence)),
    )


def record_of_refusal(screened: Screened, *, at: datetime, key: bytes) -> StopRecord | None:
    """Record a message that did not go on; None where it did."""
    if screened.action is InboundAction.GO_ON:
        return None
    return StopRecord(
        at=at,
        gate="inbound",
        check=screened.action.value,
        reason=screened.reason,
        fingerprint=fingerprint(screened.text, key),
    )


def fingerprint(text: str, key: bytes) -> str:
    """Return a keyed hash: without the key, nobody can try which identity number gives it."""
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
