"""A suggested reply: what it says, what it rests on, and what a clerk can do with it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from assistant.events import Citation
from guardrails.approved import Approved


class SuggestionKind(StrEnum):
    """Where a suggestion comes from."""

    ANSWER = "answer"  # the turn's answer to what the citizen said last, with its sources
    QUESTION = "question"  # the one question that the turn would ask back
    CASE = "case"  # what the case still lacks, in one complete notice
    GREETING = "greeting"  # nothing was said yet
    CANNED = "canned"  # an answer that colleagues keep ready


class Rejection(StrEnum):
    """Why a clerk does not use a suggestion; typed, so that it can be counted and mended."""

    WRONG = "wrong"
    NOT_ASKED = "not_asked"
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    TONE = "tone"
    SAID_ALREADY = "said_already"
    NEEDS_A_PERSON = "needs_a_person"


REJECTIONS = {
    Rejection.WRONG: "内容不对",
    Rejection.NOT_ASKED: "答非所问",
    Rejection.OUTDATED: "已经过时",
    Rejection.INCOMPLETE: "不完整",
    Rejection.UNCLEAR: "不好懂",
    Rejection.TONE: "语气不合适",
    Rejection.SAID_ALREADY: "已经说过",
    Rejection.NEEDS_A_PERSON: "要人判断",
}


class Outcome(StrEnum):
    """What a clerk did with a suggestion."""

    SENT = "sent"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A reply that a clerk may send. Every line of it is approved; `citations` are what it rests on."""

    id: str
    kind: SuggestionKind
    lines: tuple[Approved, ...]
    citations: tuple[Citation, ...] = ()

    @property
    def text(self) -> str:
        """The reply as the clerk would send it."""
        return "\n".join(line.text for line in self.lines)


def suggestion_of(
    ticket: str, kind: SuggestionKind, lines: tuple[Approved, ...], citations: tuple[Citation, ...] = ()
) -> Suggestion:
    """A suggestion with the id that its words have at this ticket: the same words are the same suggestion."""
    text = "\n".join(line.text for line in lines)
    return Suggestion(id=id_of(ticket, kind, text), kind=kind, lines=lines, citations=citations)


def id_of(ticket: str, kind: SuggestionKind, text: str) -> str:
    """What a suggestion is called. Whoever has the words can tell whether they were changed."""
    return hashlib.sha256(f"{ticket}\n{kind.value}\n{text}".encode()).hexdigest()[:32]
