"""Every router there is, around the scripted assistant and one real database, with somebody of each kind signed in.

For tests that go through all routes: who may what, and what is put on record.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import yaml
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import create_app
from assistant.audit.keeping import SqlAudit
from assistant.audit.reading import AuditTrail, Wanted
from assistant.cases import happenings as h
from assistant.cases.building import build_handling
from assistant.cases.handling import Handling
from assistant.cases.happenings import Actor, ActorKind
from assistant.clerk.building import build_desk
from assistant.handoff.hours import parse_hours
from assistant.handoff.promise import Promise
from assistant.handoff.ticket import Ticket
from assistant.identity.accounts import Account, SqlAccounts
from assistant.identity.passwords import Passwords
from assistant.identity.people import Person, Role
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import SignIn
from assistant.storage.cases import SqlCases
from assistant.storage.conversations import SqlConversations
from assistant.storage.migrating import upgrade_to_head
from assistant.web.case_routes import CaseParts
from assistant.web.citizen import COOKIE as CITIZEN_COOKIE
from assistant.web.citizen import Citizens
from assistant.web.clerk_parts import ClerkParts
from assistant.web.handoff_parts import HandoffParts
from assistant.web.staff import COOKIE as STAFF_COOKIE
from assistant.web.staff import Staff
from knowledge.corpus.item_sheets import read_item
from knowledge.items import ServiceItem
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.handoff_product import PASSWORD, handoff_parts_of, now
from tests.fakes.scripted_console import scripted_console
from tests.fakes.scripted_operation import an_operation, scripted_citizens, scripted_operating
from tests.fakes.scripted_product import scripted_services
from tests.fakes.small_knowledge import SmallKnowledge

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
STEADY = Promise(lease=timedelta(minutes=5), first_words=timedelta(minutes=5), offer=timedelta(minutes=5))
PICTURE = b"\x89PNG\r\n\x1a\n"


SHEET = Path(__file__).parents[2] / "corpus" / "items" / "no_crime_cert.yaml"


HANDLED = read_item(yaml.safe_load(SHEET.read_text(encoding="utf-8")))


class OneHandled(SmallKnowledge):
    """The small knowledge base, with one item of the shipped corpus that is handled to the end."""

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        """See `KnowledgeBase`."""
        return (*SmallKnowledge.items(self, as_of), HANDLED)

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        """See `KnowledgeBase`."""
        return HANDLED if slug == HANDLED.slug else SmallKnowledge.item(self, slug, as_of)


class Who(StrEnum):
    """Those who try: the order of the statuses in `routes.yaml`."""

    NOBODY = "nobody"
    OTHER = "other citizen"
    OWNER = "owner"
    STRANGER = "clerk to whom it was not handed"
    HANDED = "clerk to whom it was handed"
    AUDITOR = "auditor"
    OFFICE = "editor, reviewer, quality engineer and operator in one"


_STAFF: Mapping[Who, Person] = {
    Who.STRANGER: Person("stranger", "陌", frozenset({Role.CLERK})),
    Who.HANDED: Person("handed", "李", frozenset({Role.CLERK})),
    Who.AUDITOR: Person("auditor", "审", frozenset({Role.AUDITOR})),
    Who.OFFICE: Person("office", "全", frozenset({Role.EDITOR, Role.REVIEWER, Role.QUALITY, Role.OPERATOR})),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeProduct:
    """The application, and what a test needs to make objects and to look at the record."""

    app: FastAPI
    client: TestClient
    engine: Engine
    handling: Handling
    handoff: HandoffParts
    citizens: Citizens
    headers: Mapping[Who, Mapping[str, str]]
    trail: AuditTrail

    def objects(self) -> dict[str, str]:
        """A fresh conversation with a ticket and a case: the owner's, handed to one clerk. Values by parameter name."""
        for who, duty in ((Who.STRANGER, "off"), (Who.HANDED, "on")):
            self.client.put("/api/desk/duty", json={"duty": duty}, headers=self.headers[who])
        conversation = self._post("/api/conversations", Who.OWNER, {})["id"]
        said = {"client_id": "m1", "text": "身份证丢了怎么办？"}
        self._post(f"/api/conversations/{conversation}/messages", Who.OWNER, said)
        ticket = self._post(f"/api/conversations/{conversation}/handoff", Who.OWNER, {})["ticket"]
        case = self._case()
        self._post(f"/api/desk/tickets/{ticket}/accept", Who.HANDED, {})
        return {
            "conversation_id": str(conversation),
            "conversation": str(conversation),
            "client_id": "m1",
            "ticket": str(ticket),
            "case_id": case,
            "case": case,
            "file_id": "none",
            "slug": self.item,
            "source": f"items/{self.item}",
        }

    def over(self, objects: Mapping[str, str]) -> None:
        """The conversation is over: a desk takes a few at a time."""
        path = f"/api/conversations/{objects['conversation_id']}/handoff/end"
        self.client.post(path, headers=self.headers[Who.OWNER])

    @property
    def item(self) -> str:
        """A service item that is handled here."""
        return SHEET.stem

    def version_of(self, case_id: str) -> int:
        """At which version the case is."""
        return self.handling.desk.cases.case(case_id).version

    def code_of(self, case_id: str) -> str:
        """Its continuation code."""
        return self.handling.desk.cases.case(case_id).code

    def ticket(self, ticket_id: str) -> Ticket:
        """A ticket as it is kept."""
        return self.handoff.look(ticket_id, 0).ticket

    def newest(self) -> int:
        """The number of the newest entry on record."""
        found = self.trail.newest(Wanted(), limit=1)
        return found[0].entry.link.number if found else 0

    def recorded_after(self, number: int) -> list[tuple[str, str]]:
        """Who did what since."""
        found = self.trail.newest(Wanted(), limit=30)
        return [(one.entry.link.actor, one.entry.link.action) for one in found if one.entry.link.number > number]

    def _case(self) -> str:
        made = self._post("/api/cases", Who.OWNER, {"item": self.item})["id"]
        case = self.handling.desk.cases.case(str(made))
        self.handling.add(case, [h.HandedTo("handed")], Actor(ActorKind.CLERK, "handed"))
        return str(made)

    def _post(self, path: str, who: Who, body: dict[str, str]) -> dict[str, object]:
        answer = self.client.post(path, json=body, headers=self.headers[who])
        assert answer.status_code < 300, f"{path}: {answer.status_code} {answer.text[:300]}"
        is_json = answer.headers["content-type"].startswith("application/json")
        return dict(answer.json()) if is_json else {}


@contextmanager
def whole_product(home: Path, url: str | None = None) -> Iterator[WholeProduct]:
    """The product on a database of its own: SQLite in the folder, where no other is named."""
    engine = open_engine(url or sqlite_url(home))
    upgrade_to_head(engine)
    operation = an_operation(engine, now)
    conversations = SqlConversations(engine)
    services = replace(
        scripted_services(),
        knowledge=OneHandled(),
        conversations=conversations,
        clock=now,
        new_id=lambda: uuid.uuid4().hex,
    )
    staff = _staff(engine, operation.audit)
    handling = build_handling(services.knowledge, SqlCases(engine), now)
    citizens = scripted_citizens(staff, engine)
    handoff = handoff_parts_of(services, engine, promise=STEADY, hours=parse_hours("always"))
    desk = build_desk(engine, services.knowledge, services.assistant, handling)
    app = create_app(
        services,
        staff,
        scripted_console(services, staff, engine),
        scripted_operating(staff, engine),
        citizens=citizens,
        handoff=handoff,
        cases=CaseParts(handling=handling, citizens=citizens),
        clerk=ClerkParts(desk=desk, handoff=handoff, services=services, staff=staff),
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        headers = {Who.NOBODY: {}, Who.OTHER: _citizen(client), Who.OWNER: _citizen(client)}
        headers |= {who: _signed_in(client, person) for who, person in _STAFF.items()}
        yield WholeProduct(
            app=app,
            client=client,
            engine=engine,
            handling=handling,
            handoff=handoff,
            citizens=citizens,
            headers=headers,
            trail=AuditTrail(engine),
        )
    engine.dispose()


def _staff(engine: Engine, audit: SqlAudit) -> Staff:
    accounts = SqlAccounts(engine)
    hashed = QUICK.hash(PASSWORD)
    for person in _STAFF.values():
        accounts.save(Account(person=person, password_hash=hashed), now())
    sign_in = SignIn(accounts, QUICK, lambda: uuid.uuid4().hex)
    return Staff(sign_in=sign_in, permissions=Permissions(), clock=now, examples=False, audit=audit)


def _citizen(client: TestClient) -> dict[str, str]:
    client.cookies.clear()
    begun = client.post("/api/citizen/session")
    cookie = begun.cookies[CITIZEN_COOKIE]
    client.cookies.clear()
    return {"cookie": f"{CITIZEN_COOKIE}={cookie}", "x-csrf-token": begun.json()["csrf_token"]}


def _signed_in(client: TestClient, person: Person) -> dict[str, str]:
    client.cookies.clear()
    begun = client.post("/api/staff/session", json={"account": person.id, "password": PASSWORD})
    cookie = begun.cookies[STAFF_COOKIE]
    client.cookies.clear()
    return {"cookie": f"{STAFF_COOKIE}={cookie}", "x-csrf-token": begun.json()["csrf_token"]}
