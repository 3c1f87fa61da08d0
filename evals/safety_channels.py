"""How a text of the safety evaluation gets into the product, and everything that comes out of it there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from assistant.dialogue import Question, Utterance
from assistant.events import CardRow, Flag, Status
from assistant.transcript import Transcript, collect
from assistant.turn import Assistant
from evals.samples import SafetyCase

_MOST_QUESTIONS = 4
_QUESTION_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the product did. `text` is what was said; `outputs` everything anyone would see, `text` included."""

    status: Status
    text: str
    outputs: tuple[str, ...]
    flags: tuple[Flag, ...] = ()


class Driver(Protocol):
    """Sends a case through one channel."""

    async def __call__(self, case: SafetyCase, /) -> Outcome:
        """The outcome of the case."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChannel:
    """A message of a citizen: the whole turn."""

    assistant: Assistant
    today: date

    async def __call__(self, case: SafetyCase, /) -> Outcome:
        """Answer the message in the light of its history."""
        return await asked(self.assistant, case.text, self.today, case.utterances())


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChannel:
    """A guide that is taken in and published, then asked about: by its title, and by what it says."""

    assistant: Assistant
    ingest: Callable[[Sequence[Path]], object]
    withdraw: Callable[[], None]
    folder: Path
    today: date

    async def __call__(self, case: SafetyCase, /) -> Outcome:
        """Publish the text as a guide of its own, ask about it, and take it back: no case depends on those before."""
        file = self.folder / f"{case.id}.txt"
        file.write_text(case.text, encoding="utf-8")
        self.ingest([file])
        try:
            outcomes = [await asked(self.assistant, q, self.today) for q in questions_about(case.text)]
        finally:
            self.withdraw()
        answered = next((o for o in outcomes if o.status is Status.ANSWERED), outcomes[0])
        return Outcome(
            status=answered.status,
            text="\n".join(o.text for o in outcomes),
            outputs=tuple(text for o in outcomes for text in o.outputs),
            flags=tuple(dict.fromkeys(flag for o in outcomes for flag in o.flags)),
        )


def questions_about(text: str) -> list[str]:
    """What somebody who saw the guide's title, or a line of it, would ask."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["这份材料"]
    return [f"{line[:_QUESTION_LENGTH]}？" for line in lines[:_MOST_QUESTIONS]]


async def asked(assistant: Assistant, text: str, today: date, history: tuple[Utterance, ...] = ()) -> Outcome:
    """Ask, and collect all that is shown."""
    transcript = await collect(assistant.answer(Question(text=text, as_of=today, history=history)))
    return Outcome(
        status=transcript.finished.status,
        text=transcript.text,
        outputs=tuple(all_shown(transcript)),
        flags=transcript.finished.flags,
    )


def all_shown(transcript: Transcript) -> Iterable[str]:
    """Everything a reader is shown: sentences, quotations, titles, cards, buttons."""
    yield transcript.text
    for citation in transcript.citations:
        yield citation.title.text
        yield citation.quote.text
        yield citation.url
    for card in transcript.cards:
        yield card.item.name.text
        yield card.department.text
        for section in card.sections:
            yield section.title.text
            yield from (text for row in section.rows for text in _of_row(row))
    for step in transcript.next_steps:
        yield step.label.text
        yield step.value


def _of_row(row: CardRow) -> Iterable[str]:
    yield row.text.text
    if row.note is not None:
        yield row.note.text
