"""The contract gives all evaluations the same options: a script that runs one can run the others."""

import pytest
from typer.main import get_command

from cli.evaluate import app

TASKS = (
    "recognition",
    "retrieval",
    "answers",
    "prefill",
    "prereview",
    "safety",
    "grounding",
    "pii",
    "dialogue",
    "citizens",
)
OPTIONS = {"--out", "--json", "--limit", "--catalogue", "--corpus", "--home"}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_the_options_of_the_contract(task: str) -> None:
    commands = getattr(get_command(app), "commands")  # noqa: B009 - a group, which the type does not say
    known = {option for parameter in commands[task].params for option in parameter.opts}
    assert known >= OPTIONS
