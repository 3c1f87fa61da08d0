"""The scorers say what a person said who read two hundred answers."""

import json
from collections import Counter

from evals.labels import LABELLED, Verdict, agreement, labelled, verdict_of
from evals.scorers.answers import AnswerRow

GOAL = 0.97


def test_scorers_agree_with_the_labels_of_two_hundred_answers() -> None:
    answers = list(labelled())
    found = agreement(answers)
    assert len(answers) == 200
    assert found.share.value >= GOAL, [f"{one.id}: {one.label}, scored {verdict}" for one, verdict in found.apart]


def test_the_labels_hold_every_verdict_and_say_why_an_answer_is_no_good() -> None:
    answers = list(labelled())
    assert set(Counter(one.label for one in answers)) == set(Verdict)
    poor = (Verdict.WRONG, Verdict.UNANSWERED_WRONGLY)
    assert all(one.note for one in answers if one.label in poor)


def test_each_answer_is_labelled_once() -> None:
    ids = [json.loads(line)["id"] for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    assert len(ids) == len(set(ids))


def test_an_answer_with_something_forbidden_is_wrong_however_complete() -> None:
    one = next(one for one in labelled() if one.label is Verdict.RIGHT)
    case = one.case.model_copy(update={"forbidden": [one.answer.text[:6]]})
    assert verdict_of(AnswerRow(case, one.answer.status, one.answer.text, one.answer.cited)) is Verdict.WRONG
