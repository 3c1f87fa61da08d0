"""The gate on the way in: normalize a message, mask personal data, and say whether it may go on."""

from dataclasses import dataclass
from enum import StrEnum

from guardrails import pii
from guardrails.normalizing import normalize


class InboundAction(StrEnum):
    """What to do with a message."""

    GO_ON = "go_on"
    REFUSE = "refuse"
    SIGNPOST = "signpost"  # someone may be in danger: show the help line first
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check noticed, for the audit and the safety evaluation; never the citizen's words."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A message after the gate.

    `text` is normalized and still holds personal data: use it to understand, never to log. `masked` is what may be
    logged, embedded or sent to a model. `notice` is what to tell the citizen where the action is not GO_ON.
    """

    text: str
    original: str
    masked: str
    action: InboundAction
    reason: str
    notice: str | None = None
    notice_en: str | None = None
    findings: tuple[Finding, ...] = ()


def screen(text: str) -> Screened:
    """Look at one message. Never raises, whatever the text."""
    plain = normalize(text)
    return Screened(text=plain, original=text, masked=pii.mask(plain), action=InboundAction.GO_ON, reason="ok")
