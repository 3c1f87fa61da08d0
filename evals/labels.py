"""Labels that a person gave to answers, and how often the scorers say the same."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel

from assistant.events import Status
from evals.samples import AnswerCase
from evals.scorers.answers import AnswerRow
from evals.statistics import SEED, Measure, share

LABELLED = Path(__file__).parent / "datasets" / "answers_labelled.jsonl"


class Verdict(StrEnum):
    """What an answer is, to its reader."""

    RIGHT = "right"
    WRONG = "wrong"
    UNANSWERED_RIGHTLY = "unanswered-rightly"
    UNANSWERED_WRONGLY = "unanswered-wrongly"


class RecordedAnswer(BaseModel):
    """What the product said when the label was given."""

    status: Status
    why: str
    text: str
    cited: tuple[str, ...]


class LabelledAnswer(BaseModel):
    """An answer with the label of somebody who read it; the note says why where that is not plain to see."""

    id: str
    case: AnswerCase
    answer: RecordedAnswer
    label: Verdict
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the scorers say what the person said, and where they do not."""

    share: Measure
    apart: tuple[tuple[LabelledAnswer, Verdict], ...]


def labelled(file: Path = LABELLED) -> Iterator[LabelledAnswer]:
    """The labelled answers."""
    for line in file.read_text(encoding="utf-8").splitlines():
        yield LabelledAnswer.model_validate_json(line)


def drawn(answers: Sequence[LabelledAnswer], count: int | None) -> list[LabelledAnswer]:
    """So many by lot, always the same; a larger sample begins with the smaller one. None takes all, in order."""
    if count is None:
        return list(answers)
    mixed = list(answers)
    random.Random(SEED).shuffle(mixed)  # noqa: S311 - reproducible, no secret
    return mixed[:count]


def verdict_of(row: AnswerRow) -> Verdict:
    """What the scorers make of an answer: right is complete and holds nothing forbidden."""
    if not row.is_answered:
        return Verdict.UNANSWERED_WRONGLY if row.case.answerable else Verdict.UNANSWERED_RIGHTLY
    is_right = row.case.answerable and row.is_complete and not row.forbidden_found
    return Verdict.RIGHT if is_right else Verdict.WRONG


def agreement(answers: Sequence[LabelledAnswer]) -> Agreement:
    """Between the labels and the scorers as they are now."""
    said = [(one, verdict_of(_row(one))) for one in answers]
    return Agreement(
        share=share([one.label is verdict for one, verdict in said]),
        apart=tuple((one, verdict) for one, verdict in said if one.label is not verdict),
    )


def _row(one: LabelledAnswer) -> AnswerRow:
    return AnswerRow(one.case, one.answer.status, one.answer.text, one.answer.cited)
