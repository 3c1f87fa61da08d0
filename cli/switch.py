"""`xiaoshen switch`: turn parts of a running product off and on, without a restart."""

from datetime import datetime
from typing import Annotated

import typer

from assistant.operation.switches import Capability
from cli.options import Home, JsonFile, settings_for
from cli.output import console_for, write_json

app = typer.Typer(no_args_is_help=True, help="Emergency switches; every process follows within two seconds.")

_OPERATOR = "operator@command-line"


@app.command("list")
def list_switches(json_file: JsonFile = None, home: Home = None) -> None:
    """What is on and what is off, since when and why."""
    from assistant.bootstrap import open_audit
    from assistant.operation.switches import SqlSwitches

    console = console_for(json_file)
    with open_audit(settings_for(home)) as audit:
        found = SqlSwitches(audit.engine, audit).all()
    for each in found:
        since = f"  since {each.at.astimezone():%Y-%m-%d %H:%M}, {each.by}: {each.reason}" if each.at else ""
        console.print(f"{each.capability:<12} {'on' if each.is_on else 'OFF'}{since}", markup=False)
    write_json(
        [
            {
                "capability": s.capability,
                "on": s.is_on,
                "reason": s.reason,
                "by": s.by,
                "at": s.at.isoformat() if s.at else None,
            }
            for s in found
        ],
        json_file,
    )


@app.command("set")
def set_switch(
    capability: Annotated[Capability, typer.Argument(help="What to turn.")],
    state: Annotated[str, typer.Argument(metavar="on|off", help="on or off.")],
    why: Annotated[str, typer.Option(help="The reason; it is kept in the audit.")],
    home: Home = None,
) -> None:
    """Turn a switch."""
    from assistant.bootstrap import open_audit
    from assistant.operation.switches import SqlSwitches
    from assistant.product import OFFICE_TIME

    if state not in ("on", "off"):
        raise typer.BadParameter(f"{state!r} is neither on nor off.")
    with open_audit(settings_for(home)) as audit:
        switches = SqlSwitches(audit.engine, audit)
        switches.set(capability, on=state == "on", reason=why, by=_OPERATOR, now=datetime.now(OFFICE_TIME))
    console_for(None).print(f"{capability} is {state}.", markup=False)
