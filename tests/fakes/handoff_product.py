"""The HTTP application with people who help, around the scripted assistant and a real database.

`python -m tests.fakes.handoff_product [folder or URL [port [clerk …]]]` serves it on http://127.0.0.1:8011 until
interrupted; clerks `wang` and `li` sign in with the password below.
"""

import sys
import tempfile
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from app import create_app
from assistant.handoff.hours import OpeningHours
from assistant.handoff.promise import Promise
from assistant.identity.accounts import Account, SqlAccounts
from assistant.identity.passwords import Passwords
from assistant.identity.people import Person, Role
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import SignIn
from assistant.storage.conversations import SqlConversations
from assistant.storage.migrating import upgrade_to_head
from assistant.web.handoff_building import build_handoff_parts
from assistant.web.handoff_parts import HandoffParts
from assistant.web.lean_sockets import LeanSockets
from assistant.web.services import DEFAULT_PAGES, Clock, Services
from assistant.web.staff import Staff
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.scripted_product import scripted_services

PASSWORD = "a password for tests"


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def staff_of(engine: Engine, *clerks: str, clock: Clock = now) -> Staff:
    """Clerks with accounts, and a supervisor `boss`."""
    accounts, passwords = SqlAccounts(engine), Passwords()
    hashed = passwords.hash(PASSWORD)
    for name in clerks:
        accounts.save(
            Account(person=Person(name, name.upper(), frozenset({Role.CLERK})), password_hash=hashed), clock()
        )
    boss = Person("boss", "主管", frozenset({Role.QUALITY}))
    accounts.save(Account(person=boss, password_hash=hashed), clock())
    return Staff(
        sign_in=SignIn(accounts, passwords, lambda: uuid.uuid4().hex),
        permissions=Permissions(),
        clock=clock,
        examples=False,
    )


def handoff_parts_of(
    services: Services, engine: Engine, *, promise: Promise | None = None, hours: OpeningHours | None = None
) -> HandoffParts:
    """Handoff beside these services."""
    return build_handoff_parts(
        engine,
        services.clock,
        services.new_id,
        knowledge=services.knowledge,
        hours=hours or OpeningHours(),
        promise=promise,
    )


def handoff_app(
    engine: Engine,
    *clerks: str,
    clock: Clock = now,
    promise: Promise | None = None,
    hours: OpeningHours | None = None,
    pages: Path = DEFAULT_PAGES,
    staff: Staff | None = None,
) -> tuple[FastAPI, HandoffParts]:
    """The application, and the parts of handoff it uses."""
    services = replace(
        scripted_services(),
        conversations=SqlConversations(engine),
        clock=clock,
        new_id=lambda: uuid.uuid4().hex,
        pages=pages,
    )
    parts = handoff_parts_of(services, engine, promise=promise, hours=hours)
    return create_app(services, staff or staff_of(engine, *clerks, clock=clock), handoff=parts), parts


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if one != "--accounts-exist"]
    place = arguments[0] if arguments else tempfile.mkdtemp()
    database = open_engine(place if "://" in place else sqlite_url(Path(place)))
    upgrade_to_head(database)
    port = int(arguments[1]) if len(arguments) > 1 else 8011
    names = () if "--accounts-exist" in sys.argv else arguments[2:] or ["wang", "li"]
    app = handoff_app(database, *names)[0]
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        ws=LeanSockets,
        ws_per_message_deflate=False,
        ws_ping_timeout=120,  # a machine on which everything is measured at once stalls
        log_level="warning",
    )
