"""Dialogues that handle: a scripted citizen walks a case to its end, through the whole turn."""

import asyncio
from dataclasses import replace

from assistant.cases.building import build_talking
from assistant.cases.handling import Handling
from assistant.cases.keeping import MemoryCases
from assistant.cases.registers import KeptRegisters
from assistant.turn import Assistant
from evals.dialogue_samples import DialogueRun
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import CaseFile
from evals.scorers.dialogue import DialogueRow, check_all, dialogue_metrics, questions_asked
from evals.scripted_citizen import ScriptedCitizen
from evals.walking import PreparedReader, Walk, registers_of

TASK = "dialogue"
_BY_THEMSELVES = {"register", "e-licence", "document", "earlier_case", "derived"}


def rehearsal(handling: Handling) -> Handling:
    """The same handling on cases and registers of its own: nothing of an evaluation touches the real ones."""
    reader = PreparedReader(handling.desk.reader)
    return Handling(replace(handling.desk, cases=MemoryCases(), registers=KeptRegisters(), reader=reader))


def run(
    assistant: Assistant, handling: Handling, cases: CaseFile[DialogueRun], config: Row, progress: Progress
) -> RunResult:
    """Walk every case, one after the other."""
    return asyncio.run(_run(assistant, rehearsal(handling), cases, config, progress))


async def _run(
    assistant: Assistant, handling: Handling, cases: CaseFile[DialogueRun], config: Row, progress: Progress
) -> RunResult:
    staged = assistant.with_cases(build_talking(handling))
    scored: list[DialogueRow] = []
    rows: list[Row] = []
    latencies: list[float] = []
    for run_ in progress(cases):
        walk = await walked(staged, handling, run_)
        row = scored_row(run_, walk)
        scored.append(row)
        rows.append(_as_json(run_, row, walk))
        latencies += [s.milliseconds for s in walk.said]
    return RunResult(
        task=TASK,
        dataset=str(cases.path),
        config=config,
        metrics=dialogue_metrics(scored),
        rows=rows,
        latencies=latencies,
        broken=cases.broken,
    )


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


def scored_row(run_: DialogueRun, walk: Walk) -> DialogueRow:
    """What the walk shows."""
    handled, case = walk.look(), walk.case()
    filled = [f for f in handled.standing.fields if f.filled is not None] if handled else []
    own = [f for f in filled if f.filled is not None and f.filled.provenance.kind in _BY_THEMSELVES]
    asked = [s.asked for s in walk.said if s.asked.startswith("field:")]
    return DialogueRow(
        id=run_.id,
        checks=check_all(run_.checks, walk),
        turns=len(walk.said),
        questions=questions_asked(walk),
        asked_again=len(asked) - len(set(asked)),
        prefilled=len(own),
        fields=len(filled),
        outcome=case.review.outcome if case and case.review else "",
        state=case.state.value if case else "",
    )


def _as_json(run_: DialogueRun, row: DialogueRow, walk: Walk) -> Row:
    case = walk.case()
    return {
        "id": row.id,
        "goal": run_.goal,
        "item": case.item if case else None,
        "state": row.state,
        "outcome": row.outcome,
        "turns": row.turns,
        "questions": row.questions,
        "passed": row.passed,
        "checks": [{"kind": c.kind, "result": c.result, "detail": c.detail} for c in row.checks],
        "unknown_checks": [c.kind for c in row.checks if c.result is None],
        "scores": {"cases_passed": float(row.passed)},
        "dialogue": [
            {
                "citizen": s.citizen,
                "xiaoshen": s.transcript.text if s.transcript else "",
                "asked": s.asked,
                "state": s.state,
            }
            for s in walk.said
        ],
        "latency_ms": round(sum(s.milliseconds for s in walk.said), 2),
    }
