"""The events of one turn gathered into what a reader is left with: for the command line, evaluations and storage."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from assistant.events import (
    CaseCard,
    CaseMoved,
    Citation,
    Event,
    ItemCard,
    ItemRecognized,
    NextStep,
    QuestionBack,
    Sentence,
    SentencesReplaced,
    SourcesFound,
    TurnFinished,
)

CHOICE_MARK = "· "
"""Begins each line of a question back that is a choice; reading a typed answer relies on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A finished turn. `sentences` are those still standing after replacements; `citations` only those they use."""

    recognized: ItemRecognized | None
    citations: tuple[Citation, ...]
    sentences: tuple[Sentence, ...]
    cards: tuple[ItemCard, ...]
    question: QuestionBack | None
    next_steps: tuple[NextStep, ...]
    finished: TurnFinished
    case: CaseMoved | None = None
    case_cards: tuple[CaseCard, ...] = ()

    @property
    def text(self) -> str:
        """All that was said, one sentence a line; a question back with its choices at the end."""
        lines = [s.text.text for s in self.sentences]
        if self.question is not None:
            lines.append(self.question.text.text)
            lines.extend(f"{CHOICE_MARK}{choice.label.text}" for choice in self.question.choices)
        return "\n".join(lines)


async def collect(events: AsyncIterator[Event]) -> Transcript:
    """Read a turn to its end."""
    return transcript_of([event async for event in events])


def transcript_of(events: Iterable[Event]) -> Transcript:
    """The transcript of a finished turn's events. Raises ValueError where the turn has no end."""
    seen = tuple(events)
    finished = [e for e in seen if isinstance(e, TurnFinished)]
    if len(finished) != 1:
        raise ValueError(f"A turn ends exactly once; this one ended {len(finished)} times.")
    gone = {i for e in seen if isinstance(e, SentencesReplaced) for i in e.ids}
    sentences = tuple(e for e in seen if isinstance(e, Sentence) and e.id not in gone)
    used = {number for s in sentences for number in s.citations}
    offered = {c.number: c for e in seen if isinstance(e, SourcesFound) for c in e.citations}
    return Transcript(
        recognized=next((e for e in seen if isinstance(e, ItemRecognized)), None),
        citations=tuple(c for number, c in sorted(offered.items()) if number in used),
        sentences=sentences,
        cards=tuple(e for e in seen if isinstance(e, ItemCard)),
        question=next((e for e in seen if isinstance(e, QuestionBack)), None),
        next_steps=tuple(e for e in seen if isinstance(e, NextStep)),
        finished=finished[0],
        case=next((e for e in reversed(seen) if isinstance(e, CaseMoved)), None),
        case_cards=tuple(e for e in seen if isinstance(e, CaseCard)),
    )
