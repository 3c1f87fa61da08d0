"""Dialogues that handle: a scripted citizen walks a case to its end, through the whole turn."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.cases.building import build_talking
from assistant.cases.handling import Handling
from assistant.cases.keeping import MemoryCases
from assistant.cases.registers import KeptRegisters
from assistant.turn import Assistant
from evals.dialogue_samples import DialogueRun
from evals.harness.runs import Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import CaseFile
from evals.scorers.dialogue import DialogueRow, check_all, dialogue_metrics, questions_asked
from evals.scripted_citizen import ScriptedCitizen
from evals.walk_record import WalkRecord, as_json, from_json, recorded
from evals.walking import PreparedReader, Walk, registers_of

TASK = "dialogue"


def rehearsal(handling: Handling, seed: str = TASK) -> Handling:
    """The same handling on cases and registers of its own: nothing of an evaluation touches the real ones.

    Codes and ids are drawn from the seed: a case says the same whenever it is walked.
    """
    reader, chance = PreparedReader(handling.desk.reader), random.Random(seed)  # noqa: S311 - reproducible, no secret
    return Handling(
        replace(
            handling.desk,
            cases=MemoryCases(),
            registers=KeptRegisters(),
            reader=reader,
            choose=chance.choice,
            new_id=lambda: f"{chance.getrandbits(128):032x}",
        )
    )


def run(
    assistant: Assistant,
    handling: Handling,
    cases: CaseFile[DialogueRun],
    config: Row,
    progress: Progress,
    *,
    folder: Path | None = None,
) -> RunResult:
    """Walk every case, one after the other, each with a desk of its own."""

    async def produce(case: DialogueRun) -> Row:
        rehearsed = rehearsal(handling, case.id)
        staged = assistant.with_cases(build_talking(rehearsed))
        walk = await walked(staged, rehearsed, case)
        return _as_json(case, recorded(walk, with_papers="papers" in json.dumps(case.checks)))

    return run_cases(SCORING, cases, produce, config=config, progress=progress, folder=folder, at_once=1)


def score(pairs: Sequence[Pair[DialogueRun]]) -> Scored:
    """The measures, and each case with its checks."""
    rows = [_scored_row(case, from_json(row.get("record"))) for case, row in pairs]
    return Scored(metrics=dialogue_metrics(rows), scores=[_scores(row) for row in rows])


SCORING = Scoring(task=TASK, case=DialogueRun, score=score, cluster=lambda case: case.goal)


async def walked(assistant: Assistant, handling: Handling, run_: DialogueRun) -> Walk:
    """One case from its first sentence to its end."""
    registers_of(handling).know(run_.id, run_.registers)
    walk = Walk(
        assistant=assistant,
        handling=handling,
        holder=f"script-{run_.id}",
        subject=run_.id if run_.registers else "",
        language=run_.language,
    )
    for turn in run_.turns:
        await walk.do(turn)
    if run_.goes_on:
        await ScriptedCitizen(answers=run_.answers, materials=run_.materials).finish(walk)
    return walk


def _scored_row(case: DialogueRun, walk: WalkRecord) -> DialogueRow:
    """What the walk shows."""
    asked = [step for step in walk.steps if step.startswith("field:")]
    return DialogueRow(
        id=case.id,
        checks=check_all(case.checks, walk),
        turns=len(walk.turns),
        questions=questions_asked(walk.steps),
        asked_again=len(asked) - len(set(asked)),
        prefilled=walk.filled_by_themselves,
        fields=walk.filled,
        outcome=walk.outcome,
        state=walk.state,
    )


def _as_json(case: DialogueRun, walk: WalkRecord) -> Row:
    return {
        "id": case.id,
        "goal": case.goal,
        "item": walk.item or None,
        "state": walk.state,
        "outcome": walk.outcome,
        "record": as_json(walk),
        "latency_ms": round(sum(turn.milliseconds for turn in walk.turns), 2),
    }


def _scores(row: DialogueRow) -> Row:
    """The case's own part of each measure, and what each check found."""
    known = [c.result for c in row.checks if c.result is not None]
    scores: Row = {
        "turns": float(row.turns),
        "questions": float(row.questions),
        "asked_again": float(row.asked_again),
        "checks": [{"kind": c.kind, "result": c.result, "detail": c.detail} for c in row.checks],
    }
    if known:
        scores |= {"cases_passed": float(row.passed), "checks_passed": round(sum(known) / len(known), 4)}
    if row.fields:
        scores["prefill_ratio"] = round(row.prefilled / row.fields, 4)
    return scores
