"""What was said so far at a handoff, before the person came and since, as suggestions are drawn from it."""

from dataclasses import dataclass

from assistant.dialogue import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The dialogue so far. `open_question` is what waits for an answer; notes of clerks are no part of it, ever.

    `last_answer` is the last thing that Xiao Shen answered, `unanswered` how many messages it had no answer to.
    """

    ticket: str
    seq: int = 0
    history: tuple[Utterance, ...] = ()
    open_question: str | None = None
    item: str | None = None
    region: str | None = None
    language: str | None = None
    questions: tuple[str, ...] = ()
    last_answer: str | None = None
    unanswered: int = 0
    person_has_spoken: bool = False
    case: str | None = None
