"""The dialogue so far, and the question to be answered now."""

from dataclasses import dataclass
from datetime import date

from knowledge.recognition.decision import Speaker, Utterance

__all__ = ["Question", "Speaker", "Utterance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One message of a citizen, as it came.

    `as_of` is the day for which the answer has to hold. `region` is 上海市 or 上海市/徐汇区. `current` is the item of
    the last turn (`TurnFinished.item`), where the caller kept it; without it the turn reads it from the history.
    `language` is zh or en where the interface fixed it; otherwise the turn looks at the text. `holder` is the hash of
    the secret of who asks: cases are theirs alone; without it nothing is handled, only answered. `case` is the case the
    page shows, `message` what the browser calls this message.
    """

    text: str
    as_of: date
    history: tuple[Utterance, ...] = ()
    region: str = "上海市"
    audience: str | None = None
    current: str | None = None
    language: str | None = None
    holder: str | None = None
    case: str | None = None
    message: str | None = None
