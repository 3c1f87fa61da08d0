"""Citizens: whole conversations by simulated people with a goal each; how many are settled, and by whom."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.turn import Assistant
from evals.citizen_wording import ScriptedWording, Wording
from evals.harness.runs import Cases, Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import AnswerCase
from evals.simulated_citizen import Resolution, SimulatedCitizen
from evals.statistics import Measure, mean, share

TASK = "citizens"
_SCRIPT = ScriptedWording()
_MEASURES = {
    "resolved_alone": Resolution.ALONE,
    "resolved_with_a_person": Resolution.PERSON,
    "unresolved": Resolution.UNRESOLVED,
    "reopened": Resolution.REOPENED,
}


def run(
    assistant: Assistant,
    cases: Cases[AnswerCase],
    today: date,
    config: Row,
    progress: Progress,
    *,
    wording: Wording = _SCRIPT,
    folder: Path | None = None,
) -> RunResult:
    """Let a citizen talk about the question of every case."""

    async def produce(case: AnswerCase) -> Row:
        citizen = SimulatedCitizen(assistant=assistant, case=case, day=today, wording=wording)
        resolution = await citizen.talk()
        return {
            "id": case.id,
            "resolution": resolution.value,
            "dialogue": [
                {"citizen": one.citizen, "xiaoshen": one.xiaoshen, "status": one.status} for one in citizen.said
            ],
            "latency_ms": round(sum(one.milliseconds for one in citizen.said), 2),
        }

    told: Row = {**config, "citizens": wording.name}
    return run_cases(SCORING, cases, produce, config=told, progress=progress, folder=folder)


def score(pairs: Sequence[Pair[AnswerCase]]) -> Scored:
    """Shares of conversations; those whose question can be answered at all once more by themselves."""
    ended = [(case, _resolution(row), _turns(row)) for case, row in pairs]
    metrics: dict[str, Measure] = {
        name: share([found is wanted for _, found, _ in ended]) for name, wanted in _MEASURES.items()
    }
    answerable = [found for case, found, _ in ended if case.answerable]
    metrics["resolved"] = share([found in (Resolution.ALONE, Resolution.PERSON) for _, found, _ in ended])
    metrics["turns"] = mean([float(turns) for _, _, turns in ended])
    metrics |= {
        f"{name}[answerable]": share([found is wanted for found in answerable]) for name, wanted in _MEASURES.items()
    }
    return Scored(metrics=metrics, scores=[_scores(found, turns) for _, found, turns in ended])


SCORING = Scoring(task=TASK, case=AnswerCase, score=score, cluster=lambda case: " ".join(case.citations[:1]))


def _resolution(row: Row) -> Resolution:
    return Resolution(str(row.get("resolution", Resolution.UNRESOLVED.value)))


def _turns(row: Row) -> int:
    said = row.get("dialogue")
    return len(said) if isinstance(said, list) else 0


def _scores(found: Resolution, turns: int) -> Row:
    scores: Row = {name: float(found is wanted) for name, wanted in _MEASURES.items()}
    scores["resolved"] = float(found in (Resolution.ALONE, Resolution.PERSON))
    return scores | {"turns": float(turns)}
