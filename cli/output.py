"""Where a command writes: people read stdout and stderr, `--json -` leaves stdout to the machine."""

import json
import sys
from pathlib import Path

from rich.console import Console

STDOUT = "-"


def console_for(json_file: str | None) -> Console:
    """The console for people: stderr when stdout belongs to JSON."""
    return Console(stderr=json_file == STDOUT, highlight=False, soft_wrap=True)


def write_json(content: object, json_file: str | None) -> None:
    """Write JSON to the file, or to stdout for `-`; nothing where no file was asked for."""
    if json_file is None:
        return
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    if json_file == STDOUT:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        Path(json_file).write_text(text, encoding="utf-8")
