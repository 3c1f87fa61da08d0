"""`xiaoshen audit`: check, read, export and prune the record of who did what."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.audit.chain import Head

from cli.options import Home, JsonFile, parse_day, settings_for
from cli.output import STDOUT, console_for, write_json

app = typer.Typer(no_args_is_help=True, help="The tamper-evident record of who did, saw or changed what.")

_OPERATOR = "operator@command-line"

Actor = Annotated[str | None, typer.Option(help="Only what this account did.")]
Action = Annotated[str | None, typer.Option(help="Only actions that begin like this, e.g. knowledge.")]
Since = Annotated[str | None, typer.Option(help="Only from this day on, e.g. 2026-11-22.")]


@app.command()
def verify(
    head: Annotated[
        str | None, typer.Option(metavar="NUMBER:HASH", help="A head that was noted elsewhere, as a witness.")
    ] = None,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """Check every entry: exit 1 names the first that was edited, deleted, moved or cut off."""
    from assistant.audit.verifying import verify as walk
    from assistant.bootstrap import open_audit

    console = console_for(json_file)
    with open_audit(settings_for(home)) as audit:
        found = walk(audit.engine, audit.sealing, _witness(head))
    broken = {"number": found.broken.number, "what": found.broken.what} if found.broken else None
    content = {"entries": found.entries, "head": found.head, "forgotten": found.forgotten, "broken": broken}
    write_json(content, json_file)
    if found.broken is not None:
        console_error = f"The audit chain is broken at entry {found.broken.number}: {found.broken.what}."
        print(console_error, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1)
    console.print(f"{found.entries} entries, whole. Details of {found.forgotten} were deleted with a record.")
    console.print(f"Head {found.entries}:{found.head}", markup=False)


@app.command()
def show(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 30,
    actor: Actor = None,
    action: Action = None,
    since: Since = None,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """The newest entries."""
    from assistant.audit.reading import AuditTrail, Wanted, as_line
    from assistant.bootstrap import open_audit

    console = console_for(json_file)
    with open_audit(settings_for(home)) as audit:
        wanted = Wanted(actor=actor, action=action, since=_since(since))
        found = AuditTrail(audit.engine).newest(wanted, limit=limit)
    for told in found:
        link = told.entry.link
        details = json.dumps(told.details, ensure_ascii=False) if told.details else ""
        moment = link.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        console.print(f"{link.number}  {moment}  {link.actor}  {link.action}  {link.subject}  {details}", markup=False)
    write_json([as_line(told) for told in found], json_file)


@app.command()
def export(
    file: Annotated[str, typer.Argument(help="Where to write JSON lines; - is standard output.")],
    actor: Actor = None,
    action: Action = None,
    since: Since = None,
    home: Home = None,
) -> None:
    """All entries as JSON lines, with what is needed to check the hashes again. The export itself is recorded."""
    from assistant.audit.acts import Act
    from assistant.audit.reading import AuditTrail, Wanted, as_line
    from assistant.bootstrap import open_audit

    with open_audit(settings_for(home)) as audit:
        where = "-" if file == STDOUT else Path(file).name
        audit.record(Act(actor=_OPERATOR, action="audit.exported", subject=f"file/{where}"), at=_now())
        lines = (
            json.dumps(as_line(told), ensure_ascii=False) + "\n"
            for told in AuditTrail(audit.engine).all(Wanted(actor=actor, action=action, since=_since(since)))
        )
        if file == STDOUT:
            sys.stdout.writelines(lines)
        else:
            with Path(file).open("w", encoding="utf-8") as target:
                target.writelines(lines)


@app.command()
def forget(
    about: Annotated[str, typer.Argument(metavar="WHOSE", help="The session or citizen whose details to delete.")],
    why: Annotated[str, typer.Option(help="The reason, e.g. the request's number; it is kept.")],
    home: Home = None,
) -> None:
    """Delete all details about somebody, at their request. The chain stays, and records the deletion."""
    from assistant.audit.forgetting import forget as delete
    from assistant.bootstrap import open_audit

    with open_audit(settings_for(home)) as audit:
        deleted = delete(audit, about, actor=_OPERATOR, why=why, now=_now())
    console_for(None).print(f"The details of {deleted} entries were deleted.")


@app.command()
def sweep(json_file: JsonFile = None, home: Home = None) -> None:
    """Delete what is older than the retention: conversations, cases, details of the audit. A server does so daily."""
    from assistant.bootstrap import open_audit
    from assistant.operation.retention import retention_of
    from assistant.operation.retention import sweep as prune

    settings = settings_for(home)
    with open_audit(settings) as audit:
        swept = prune(audit, retention_of(settings), now=_now(), actor=_OPERATOR)
    console_for(json_file).print(
        f"Deleted: {swept.conversations} conversations, words of {swept.talks} talks with people, "
        f"{swept.cases} cases, {swept.details} details of the audit."
    )
    write_json(asdict(swept), json_file)


@app.command()
def erase(
    what: Annotated[str, typer.Argument(metavar="KIND/ID", help="conversation/ID or case/ID.")],
    why: Annotated[str, typer.Option(help="The reason, e.g. the request's number; it is kept.")],
    home: Home = None,
) -> None:
    """Delete a conversation with what was said to people, or a case that no office has, at a citizen's request."""
    from assistant.bootstrap import open_audit
    from assistant.operation.erasing import erase as delete

    with open_audit(settings_for(home)) as audit:
        delete(audit, what, actor=_OPERATOR, why=why, now=_now())
    console_for(None).print(f"{what} was deleted; that it was is on record.", markup=False)


def _witness(head: str | None) -> "Head | None":
    from assistant.audit.chain import Head

    if head is None:
        return None
    number, _, digest = head.partition(":")
    if not number.isdigit() or not digest:
        raise typer.BadParameter("A head is written as NUMBER:HASH, as `xiaoshen audit verify` prints it.")
    return Head(number=int(number), hash=digest, seal="")


def _since(day: str | None) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(parse_day(day), datetime.min.time()).astimezone()


def _now() -> datetime:
    from assistant.product import OFFICE_TIME

    return datetime.now(OFFICE_TIME)
