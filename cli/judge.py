"""`xiaoshen eval judge`: a language model's opinion of answers, where one is configured."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.options import Home, JsonFile, settings_for
from cli.output import STDOUT, console_for, write_json
from evals.progress import Shown
from evals.report import interval, number

if TYPE_CHECKING:
    from evals.judging import Judged


def judge(
    folder: Annotated[
        Path | None, typer.Argument(help="A kept run of answers to judge; without one only the labelled answers are.")
    ] = None,
    labelled: Annotated[
        Path | None, typer.Option("--labelled", help="Hand-labelled answers; default those of the project.")
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", min=1, help="Only so many labelled answers, drawn by lot, always the same."),
    ] = None,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Folder to keep these opinions in: what was stopped goes on there.")
    ] = None,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """Ask a language model about answers, beside the scorers: first how far it agrees with people. No gate reads it."""
    from assistant.bootstrap import build_model
    from evals import judging
    from evals.labels import LABELLED, drawn
    from evals.labels import labelled as read_labelled

    settings = settings_for(home)
    model = build_model(settings)
    if model is None:
        console_for(STDOUT).print(
            "No language model is configured, so there is no judge: set XIAOSHEN_LLM_BASE_URL and XIAOSHEN_LLM_MODEL. "
            "The scorers need none."
        )
        raise typer.Exit(1)
    judge_ = judging.Judge(model, model.name)
    answers = drawn(list(read_labelled(labelled or LABELLED)), sample)
    beside = judging.judge_labelled(judge_, answers, Shown("labelled answers", len(answers)), keep)
    written = beside.as_json(model.name)
    _show(beside, model.name, json_file)
    failed = written["without_opinion"]
    if folder is not None:
        cases = judging.answers_of(folder)
        kept = folder / judging.FOLDER
        kept.mkdir(exist_ok=True)
        opinions = judging.judge_all(judge_, cases, Shown("judge", len(cases)), kept)
        judged = opinions.as_json(model.name)
        (kept / judging.RESULT).write_text(json.dumps(judged, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _show(opinions, model.name, json_file)
        written = {"labelled": written, "run": judged}
        failed = failed or judged["without_opinion"]
    write_json(written, json_file)
    if failed:
        console_for(STDOUT).print(f"{failed} answers got no opinion: see `error` in the rows.")
        raise typer.Exit(1)


def _show(judged: "Judged", model: str, json_file: str | None) -> None:
    table = Table(f"opinion of {model}", "value", "95 % interval", "n")
    for name, m in judged.metrics().items():
        table.add_row(Text(name), number(m), interval(m), str(m.n))
    console_for(json_file).print(table)
