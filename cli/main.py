"""`xiaoshen`: the commands, and the one place where an error becomes a sentence and an exit status.

0 done · 1 done but something failed, named on stderr · 2 wrong usage.
"""

import sys
from collections.abc import Sequence

import typer

from cli import (
    ask,
    audit,
    doctor,
    evaluate,
    handoff,
    ingest,
    knowledge,
    people,
    prefill_report,
    prepare,
    register_example,
    serve,
    switch,
)
from cli.failures import sentence_for, unforeseen

app = typer.Typer(
    name="xiaoshen",
    help="Xiao Shen (小申): a government-service assistant that answers only what it can prove.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("serve")(serve.serve)
app.command("ask")(ask.ask)
app.command("ingest")(ingest.ingest)
app.command("prepare")(prepare.prepare)
app.command("doctor")(doctor.doctor)
app.command("register-example")(register_example.register_example)
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(people.app, name="people")
app.add_typer(audit.app, name="audit")
app.add_typer(switch.app, name="switch")
app.add_typer(evaluate.app, name="eval")
app.add_typer(handoff.app, name="handoff")
app.add_typer(prefill_report.app, name="prefill")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the status is the return value. Typer itself answers wrong usage with 2."""
    try:
        app(args=list(arguments) if arguments is not None else None)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        print("Interrupted; what was finished is kept.", file=sys.stderr)  # noqa: T201
        return 130
    except Exception as error:  # noqa: BLE001  an operator reads one line, whatever it was
        print(sentence_for(error) or unforeseen(error), file=sys.stderr)  # noqa: T201
        return 1
    return 0
