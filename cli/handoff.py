"""`xiaoshen handoff`: load on the real queue, and how many helpers a day needs."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cli.handoff_plan import plan
from cli.options import JsonFile
from cli.output import console_for, write_json

app = typer.Typer(help="A person within one minute: simulate load, plan helpers.", no_args_is_help=True)
app.command()(plan)


@app.command()
def simulate(
    clerks: Annotated[int, typer.Option(min=0, help="Simulated clerks.")],
    arrivals_per_minute: Annotated[
        float, typer.Option(min=0.01, help="Mean arrivals; two waves from 0.4 to 1.6 of it.")
    ],
    minutes: Annotated[float, typer.Option(min=0.1, help="Simulated minutes.")],
    json_file: JsonFile = None,
    seed: Annotated[int, typer.Option(help="The same seed is the same day.")] = 1,
    at_once: Annotated[int, typer.Option(min=1, help="Conversations of a clerk at once.")] = 3,
    talk: Annotated[float, typer.Option(min=1, help="Mean length of a conversation, in seconds.")] = 120,
    kill_every: Annotated[float, typer.Option(min=0, help="Seconds between deaths of a process; 0: none.")] = 20,
    real_time: Annotated[
        bool, typer.Option("--real-time", help="Wait instead of jumping from event to event.")
    ] = False,
    database: Annotated[
        str | None, typer.Option(help="URL of an EMPTY database to use; default a SQLite file that is thrown away.")
    ] = None,
) -> None:
    """Simulated citizens and clerks on the real queue; says whether everybody had a person or a choice in a minute."""
    from assistant.storage.migrating import upgrade_to_head
    from evals.handoff_people import Habits
    from evals.handoff_simulation import Scenario
    from evals.handoff_simulation import simulate as run
    from knowledge.storage.engine import open_engine, sqlite_url

    console = console_for(json_file)
    habits = Habits(at_once=at_once, talk=talk)
    scenario = Scenario(
        clerks=clerks,
        arrivals_per_minute=arrivals_per_minute,
        minutes=minutes,
        seed=seed,
        killed_every=kill_every,
        real_time=real_time,
        habits=habits,
    )
    with tempfile.TemporaryDirectory(prefix="xiaoshen-handoff-") as folder:
        engine = open_engine(database or sqlite_url(Path(folder)))
        try:
            upgrade_to_head(engine)
            result = run(engine, scenario).as_json()
        finally:
            engine.dispose()
    for part in ("metrics", "details"):
        for name, value in dict(result[part]).items():  # type: ignore[call-overload]
            console.print(f"{name}: {value}")
    write_json(result, json_file)


@app.command()
def page(
    simulated: Annotated[list[Path], typer.Argument(help="Results of `simulate --json`.")],
    siege: Annotated[Path | None, typer.Option(help="Result of scripts.handoff_siege.")] = None,
    load: Annotated[Path | None, typer.Option(help="Result of scripts.handoff_load.")] = None,
    target: Annotated[Path, typer.Option(help="The page.")] = Path("docs/handoff.md"),
) -> None:
    """Write measured numbers into the page on handoff."""
    from evals.handoff_page import update_page

    update_page(target, simulated, siege, load)
