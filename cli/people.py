"""`xiaoshen people`: the accounts of those who work here."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.identity.people import Role
from cli.options import Home, JsonFile, settings_for
from cli.output import console_for, write_json

app = typer.Typer(no_args_is_help=True, help="Accounts of clerks, editors, reviewers, operators and others.")

AccountId = Annotated[str, typer.Argument(metavar="ACCOUNT", help="What the person types to sign in.")]
NewPassword = Annotated[
    str,
    typer.Option(
        prompt="Password", hide_input=True, confirmation_prompt=True, envvar="XIAOSHEN_NEW_PASSWORD", help="Asked for."
    ),
]


@app.command()
def add(
    account: AccountId,
    role: Annotated[list[Role], typer.Option(help="May be given several times.")],
    password: NewPassword,
    name: Annotated[str | None, typer.Option(help="Name shown to colleagues; default the account.")] = None,
    home: Home = None,
) -> None:
    """Make an account, or give one a new password, name and roles. The first real one removes the examples."""
    from assistant.bootstrap import open_accounts
    from assistant.identity.passwords import Passwords
    from assistant.identity.people import Person
    from assistant.identity.sign_in import account_of, keep_examples

    passwords = Passwords()
    _record("people.saved", account, home, roles=", ".join(sorted(role)))
    with open_accounts(settings_for(home)) as (accounts, now):
        accounts.save(account_of(Person(account, name or account, frozenset(role)), password, passwords), now)
        keep_examples(accounts, passwords, now)
    console_for(None).print(f"{account} can sign in as {', '.join(role)}.", markup=False)


@app.command("list")
def list_accounts(json_file: JsonFile = None, home: Home = None) -> None:
    """Who has an account."""
    from assistant.bootstrap import open_accounts

    console = console_for(json_file)
    with open_accounts(settings_for(home)) as (accounts, _):
        found = accounts.all()
    for each in found:
        state = "disabled" if each.disabled else "example" if each.example else "active"
        console.print(
            f"{each.person.id}  {each.person.name}  {', '.join(sorted(each.person.roles))}  {state}", markup=False
        )
    write_json(
        [
            {"account": a.person.id, "name": a.person.name, "roles": sorted(a.person.roles), "disabled": a.disabled}
            for a in found
        ],
        json_file,
    )


@app.command()
def disable(account: AccountId, home: Home = None) -> None:
    """Stop an account from signing in and end its sessions; what it did stays in the log under its name."""
    from dataclasses import replace

    from assistant.bootstrap import open_accounts

    with open_accounts(settings_for(home)) as (accounts, now):
        found = accounts.account(account)
        if found is None:
            raise typer.BadParameter(f"There is no account {account!r}; `xiaoshen people list` shows them.")
        _record("people.disabled", account, home)
        accounts.save(replace(found, disabled=True), now)
    console_for(None).print(f"{account} cannot sign in any more.", markup=False)


def _record(action: str, account: str, home: Path | None, **details: str) -> None:
    from datetime import datetime

    from assistant.audit.acts import Act
    from assistant.bootstrap import open_audit
    from assistant.product import OFFICE_TIME

    with open_audit(settings_for(home)) as audit:
        act = Act(actor="operator@command-line", action=action, subject=f"account/{account}", details=details)
        audit.record(act, at=datetime.now(OFFICE_TIME))
