"""`xiaoshen doctor`: what is configured, what works, what does not and how to mend it."""

from typing import Annotated

import typer

from cli.options import Home, JsonFile, settings_for
from cli.output import console_for, write_json


def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Rebuild what can be rebuilt from the truth.")] = False,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """Check tools, model files, database, indexes, page and language model; exit 1 where something is broken."""
    from assistant.diagnosis import examine

    console = console_for(json_file)
    findings = examine(settings_for(home), repair=repair)
    for f in findings:
        mark = {"ok": "ok  ", "note": "note", "broken": "FAIL"}[f.level.value]
        console.print(f"{mark}  {f.part}: {f.message}", markup=False)
        if f.mend:
            console.print(f"      → {f.mend}", markup=False)
    write_json(
        [{"level": f.level.value, "part": f.part, "message": f.message, "mend": f.mend} for f in findings], json_file
    )
    if any(f.level.value == "broken" for f in findings):
        raise typer.Exit(1)
