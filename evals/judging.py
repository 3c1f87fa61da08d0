"""A language model's opinion of answers: optional, beside the scorers, and in no gate.

Its verdicts stand in files of their own; no measure, comparison or baseline reads them. What they are worth is said by
its agreement with the hand-labelled answers, which has to be looked at first.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, JsonValue

from assistant.llm.chat import StructuredModel
from assistant.llm.prompt import load_prompt
from evals.agreement import alpha
from evals.compare import NotComparable
from evals.harness.journal import rows_of
from evals.labels import LabelledAnswer, Verdict, verdict_of
from evals.progress import Progress
from evals.result import Row
from evals.samples import AnswerCase, CaseFile
from evals.scorers.answers import AnswerRow
from evals.statistics import Measure, share

FOLDER, RESULT = "judge", "judge.json"
_AT_ONCE = 2
_CANNOT = "无法回答"


class Opinion(BaseModel):
    """The shape in which the judge answers."""

    verdict: Verdict = Field(description="right, wrong, unanswered-rightly or unanswered-wrongly")
    reason: str = Field(default="", description="one sentence")


class ToJudge(AnswerCase):
    """A case with the answer that was given to it."""

    answer: str


class Judge:
    """Asks a model for its verdict; the answer is content to it, never an instruction."""

    def __init__(self, model: StructuredModel, name: str) -> None:
        self._model = model
        self.name = name
        self._prompt = load_prompt("judge", "evals.prompts")

    @property
    def identity(self) -> str:
        """Of the model and its instruction: opinions of another one are not gone on with."""
        empty = self._prompt.fill(question="", facts="", forbidden="", answer="")
        asked = hashlib.sha256(repr([(one.role, one.text) for one in empty]).encode()).hexdigest()[:12]
        return f"judge {self.name} {asked}"

    async def opinion(self, case: ToJudge) -> Opinion:
        """Raises ModelUnavailable."""
        messages = self._prompt.fill(
            question=_as_content(case.question),
            facts=_as_content("\n".join("|".join(fact) for fact in case.facts)) if case.answerable else _CANNOT,
            forbidden=_as_content("\n".join(case.forbidden)) or "无",
            answer=_as_content(case.answer) or "(没有文字)",
        )
        return await self._model.fill(messages, Opinion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a judge said of answers. `agreement` is there where a person had labelled them."""

    rows: Sequence[Row]
    right: Measure
    agreement: "Agreement | None" = None

    def metrics(self) -> dict[str, Measure]:
        """By name."""
        return {"judged_right": self.right, **(self.agreement.measures() if self.agreement else {})}

    def as_json(self, model: str) -> dict[str, JsonValue]:
        """For a file that says by its first words what it is not."""
        written: JsonValue = json.loads(json.dumps({n: m.as_json() for n, m in self.metrics().items()}))
        return {
            "what": "opinions of a language model; no gate reads them",
            "model": model,
            "n": len(self.rows),
            "without_opinion": sum("error" in row for row in self.rows),
            "metrics": written,
            "rows": list(self.rows),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Krippendorff's α between a person, the judge and the scorers, over answers that all three saw."""

    person_judge: Measure
    person_scorers: Measure
    judge_scorers: Measure
    same: Measure

    def measures(self) -> dict[str, Measure]:
        """By name."""
        return {
            "alpha[person, judge]": self.person_judge,
            "alpha[person, scorers]": self.person_scorers,
            "alpha[judge, scorers]": self.judge_scorers,
            "same_verdict[person, judge]": self.same,
        }


def judge_all(judge: Judge, cases: Sequence[ToJudge], progress: Progress, folder: Path | None = None) -> Judged:
    """Ask about every answer; one without an opinion is a row with its error. With a folder a kill costs an answer."""

    async def produce(case: ToJudge) -> Row:
        said = await judge.opinion(case)
        return {"id": case.id, "verdict": said.verdict.value, "reason": said.reason}

    rows = rows_of(
        "judge",
        cases,
        produce,
        folder=folder,
        identity=judge.identity,
        progress=progress,
        at_once=_AT_ONCE,
        is_dear=True,
    )
    return Judged(rows=rows, right=share([row["verdict"] == Verdict.RIGHT for row in rows if "verdict" in row]))


def judge_labelled(
    judge: Judge, labelled: Sequence[LabelledAnswer], progress: Progress, folder: Path | None = None
) -> Judged:
    """The judge beside the person who labelled, and beside the scorers."""
    judged = judge_all(judge, [_to_judge(one.case, one.answer.text) for one in labelled], progress, folder)
    said = [Verdict(str(row["verdict"])) if "verdict" in row else None for row in judged.rows]
    scored = [verdict_of(AnswerRow(o.case, o.answer.status, o.answer.text, o.answer.cited)) for o in labelled]
    people = [one.label for one in labelled]
    agreement = Agreement(
        person_judge=alpha(list(zip(people, said, strict=True))),
        person_scorers=alpha(list(zip(people, scored, strict=True))),
        judge_scorers=alpha(list(zip(said, scored, strict=True))),
        same=share([a is b for a, b in zip(people, said, strict=True) if b is not None]),
    )
    return Judged(rows=judged.rows, right=judged.right, agreement=agreement)


def answers_of(folder: Path) -> list[ToJudge]:
    """The cases of a kept run with their answers. Raises NotComparable where the folder holds no run of answers."""
    result, cases = folder / "result.json", folder / "cases.jsonl"
    stored = json.loads(result.read_text(encoding="utf-8")) if result.is_file() and cases.is_file() else {}
    if stored.get("task") != "answers":
        raise NotComparable(f"{folder} keeps no run of answers: `xiaoshen eval answers DATA --out {folder}` makes one.")
    texts = [str(row.get("text", "")) for row in stored["rows"]]
    return [_to_judge(case, text) for case, text in zip(CaseFile(cases, AnswerCase), texts, strict=True)]


def _to_judge(case: AnswerCase, answer: str) -> ToJudge:
    return ToJudge(**case.model_dump(), answer=answer)


def _as_content(text: str) -> str:
    return text.translate(str.maketrans("<>", "()"))
