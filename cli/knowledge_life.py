"""`xiaoshen knowledge …`: work lists, what is due, impact, and the steps of a version's life."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Home, JsonFile, parse_day, settings_for
from cli.output import console_for, write_json
from knowledge.life.work import WorkKind, WorkState

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.product import Keeping

Version = Annotated[str, typer.Argument(help="The id of a version; xiaoshen knowledge versions lists them.")]
By = Annotated[str, typer.Option("--by", help="Who does it: a person's name, as the log will have it.")]
Why = Annotated[str, typer.Option("--why", help="The reason, as the log will have it.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The day to look at; default today.")]

_WAITING = (WorkState.OPEN, WorkState.TAKEN)


def conflicts(json_file: JsonFile = None, home: Home = None) -> None:
    """Sources in force that disagree: on a number, a material, or two versions of one law."""
    _work_list(WorkKind.CONFLICT, json_file, home)


def stale(json_file: JsonFile = None, home: Home = None) -> None:
    """What grew old: a basis replaced or repealed, a check too long ago, a reference that leads nowhere."""
    _work_list(WorkKind.STALE, json_file, home)


def gaps(json_file: JsonFile = None, home: Home = None) -> None:
    """What citizens asked and got no answer to, by meaning, with how often."""
    _work_list(WorkKind.GAP, json_file, home)


def due(json_file: JsonFile = None, home: Home = None, as_of: AsOf = None) -> None:
    """What takes effect and has to be answerable one working day before; exit 1 where something is late."""
    from datetime import datetime, time

    from assistant.bootstrap import open_keeping
    from assistant.product import OFFICE_TIME
    from cli.knowledge_output import due_as_json, show_due

    console = console_for(json_file)
    with open_keeping(settings_for(home), say=_quiet) as keeping:
        moment = datetime.combine(parse_day(as_of), time(12), OFFICE_TIME) if as_of else keeping.now()
        found = keeping.life.due(moment)
    show_due(found, console)
    write_json(due_as_json(found), json_file)
    late = [one for one in found if one.is_alarming]
    console.print(f"{len(late)} late." if late else "Nothing is late.")
    if late:
        raise typer.Exit(1)


def impact(
    target: Annotated[
        str,
        typer.Argument(
            help="documents/<file>, with 第十条 behind it for a clause; items/<slug>; or words: a law with or "
            "without an article, a 文号, a material, a department."
        ),
    ],
    as_of: AsOf = None,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """This changed: which items, forms, rules, answers and bundles have to be looked at again."""
    from assistant.bootstrap import open_keeping
    from cli.knowledge_output import impact_as_json, show_impact

    console = console_for(json_file)
    with open_keeping(settings_for(home), say=_quiet) as keeping:
        found = keeping.life.impact(target, parse_day(as_of) if as_of else keeping.today())
    show_impact(found, console)
    write_json(impact_as_json(found), json_file)


def difference(before: Version, after: Version, json_file: JsonFile = None, home: Home = None) -> None:
    """What changed between two versions, clause by clause."""
    from assistant.bootstrap import open_keeping
    from cli.knowledge_output import difference_as_json, show_difference

    console = console_for(json_file)
    with open_keeping(settings_for(home), say=_quiet) as keeping:
        found = keeping.life.difference(before, after)
    show_difference(found, console)
    write_json(difference_as_json(found), json_file)


def review(version: Version, by: By, why: Why = "", home: Home = None) -> None:
    """Say that a draft is right. Not for who saved or corrected it."""
    _step(home, lambda k: k.knowledge.documents.review(version, now=k.now(), actor=by, why=why), "Reviewed.")


def publish(version: Version, by: By, why: Why, home: Home = None) -> None:
    """Let answers rest on a version. Who wrote it needs another person's review first."""

    def go(keeping: "Keeping") -> None:
        keeping.knowledge.documents.publish(version, now=keeping.now(), actor=by, why=why)
        keeping.life.settle_drafted(keeping.now())

    _step(home, go, "Published.")


def withdraw(version: Version, by: By, why: Why, home: Home = None) -> None:
    """Take a version back, for every day: it is never cited again."""
    _step(home, lambda k: k.knowledge.documents.withdraw(version, now=k.now(), actor=by, why=why), "Withdrawn.")


def supersede(
    version: Version,
    successor: Annotated[str, typer.Argument(help="The id of the version, of another document, that takes over.")],
    by: By,
    why: Why,
    home: Home = None,
) -> None:
    """Let a document end where another one begins, as ingestion's newer_version offers; the days before stay."""

    def go(keeping: "Keeping") -> None:
        keeping.knowledge.documents.supersede(version, successor=successor, now=keeping.now(), actor=by, why=why)

    _step(home, go, "Superseded.")


def restore(version: Version, by: By, why: Why, home: Home = None) -> None:
    """Go back to an earlier version: its text as a new draft, in force from today once it is published."""
    from assistant.bootstrap import open_keeping

    with open_keeping(settings_for(home), say=_quiet) as keeping:
        saved = keeping.knowledge.documents.restore(version, now=keeping.now(), actor=by, why=why)
    console_for(None).print(f"Draft {saved.version_id}: another person reviews or publishes it.")


def _step(home: "Path | None", step: Callable[["Keeping"], object], done: str) -> None:
    from assistant.bootstrap import open_keeping

    with open_keeping(settings_for(home), say=_quiet) as keeping:
        step(keeping)
        keeping.knowledge.refresh()
        keeping.index.refresh()
    console_for(None).print(done)


def _work_list(kind: WorkKind, json_file: str | None, home: "Path | None") -> None:
    from assistant.bootstrap import open_keeping
    from cli.knowledge_output import show_work, work_as_json

    console = console_for(json_file)
    with open_keeping(settings_for(home), say=_quiet) as keeping:
        life = keeping.life
        life.look(keeping.now(), (kind,))
        found = life.work.list(kind, states=_WAITING)
    show_work(found, console)
    write_json(work_as_json(found), json_file)


def _quiet(_line: str) -> None:
    """The result is what is wanted here, not how the product starts."""
