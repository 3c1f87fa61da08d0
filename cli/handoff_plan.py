"""`xiaoshen handoff plan`: how many helpers each half-hour needs, beside who is planned."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.options import Home, JsonFile, settings_for
from cli.output import STDOUT, console_for, write_json


def plan(
    arrivals: Annotated[
        str | None, typer.Option(metavar="FILE", help="Lines like `09:30 24`, or 48 numbers; - reads stdin.")
    ] = None,
    talk: Annotated[float | None, typer.Option(min=1, help="Mean seconds of a conversation; default history.")] = None,
    at_once: Annotated[int, typer.Option(min=1, help="Conversations of a helper at once.")] = 3,
    shrinkage: Annotated[float, typer.Option(min=0, max=90, help="Breaks, training, absence, in percent.")] = 15,
    share: Annotated[float, typer.Option(min=50, max=99.9, help="Percent to be answered in time.")] = 95,
    within: Annotated[float, typer.Option(min=1, help="Seconds that are in time.")] = 60,
    days: Annotated[int, typer.Option(min=1, max=60, help="Working days of history.")] = 10,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the table.")] = None,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """How many helpers each half-hour needs (Erlang C), beside who is planned by the teams' hours."""
    from assistant.handoff.arrivals import ArrivalsUnreadable, begins, from_text
    from assistant.handoff.building import build_handoff
    from assistant.handoff.counting import Counting
    from assistant.handoff.hours import OFFICE_TIME, parse_hours
    from assistant.handoff.shifts import ShiftsAsked, as_table, shifts
    from assistant.storage.migrating import upgrade_to_head
    from knowledge.storage.engine import open_engine, sqlite_url

    console = console_for(json_file)
    settings = settings_for(home)
    try:
        typed = from_text(_read(arrivals)) if arrivals is not None else None
    except ArrivalsUnreadable as wrong:
        raise typer.BadParameter(str(wrong)) from None
    engine = open_engine(settings.database_url or sqlite_url(settings.home))
    try:
        upgrade_to_head(engine)
        handoff = build_handoff(engine, lambda: datetime.now(OFFICE_TIME), hours=parse_hours(settings.handoff_hours))
        asked = ShiftsAsked(
            arrivals=typed,
            talk=talk,
            at_once=at_once,
            present=1 - shrinkage / 100,
            within=within,
            share=share / 100,
            days=days,
        )
        found = shifts(handoff, Counting(engine), asked)
    finally:
        engine.dispose()
    day = found.plan
    for n, one in enumerate(day.half_hours):
        if one.need.arrivals or one.planned:
            console.print(
                f"{begins(n)}  {one.need.arrivals:6.1f} asked  {one.need.helpers:3} needed  {one.planned:3} planned  "
                f"{one.reached:6.1%} in time"
            )
    console.print(f"{day.helper_hours:g} helper hours needed, {day.planned_hours:g} planned.")
    if csv_file is not None:
        csv_file.write_text(as_table(day), encoding="utf-8")
    half_hours = [
        {"begins": begins(n), "arrivals": h.need.arrivals, "helpers": h.need.helpers, "planned": h.planned}
        | {"share": h.need.share, "reached": h.reached}
        for n, h in enumerate(day.half_hours)
    ]
    based = {"days": found.arrivals.days, "talks": found.talks, "talk_seconds": found.by.talk}
    write_json({"based_on": based, "reached": day.reached, "half_hours": half_hours}, json_file)


def _read(name: str) -> str:
    return sys.stdin.read() if name == STDOUT else Path(name).read_text(encoding="utf-8")
