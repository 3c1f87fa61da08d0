"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings

Home = Annotated[Path | None, typer.Option("--home", help="Data directory; default XIAOSHEN_HOME or var/.")]
JsonFile = Annotated[
    str | None, typer.Option("--json", metavar="FILE", help="Write the machine-readable result; - is standard output.")
]


def settings_for(home: Path | None) -> Settings:
    """The settings of the environment, with the home a command names."""
    settings = Settings()
    return settings if home is None else settings.model_copy(update={"home": home})


def parse_day(text: str) -> date:
    """An ISO date. Raises BadParameter with an example."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2026-11-22.") from None
