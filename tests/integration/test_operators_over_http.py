"""What operators and auditors do over HTTP, and that what staff do is on record before it is done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from app import create_app
from assistant.audit.reading import AuditTrail, Wanted
from assistant.identity.accounts import SqlAccounts
from assistant.identity.passwords import Passwords
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import EXAMPLE_PASSWORD, SignIn, keep_examples
from assistant.operation.operating import Operation
from assistant.operation.switches import Capability
from assistant.storage.migrating import upgrade_to_head
from assistant.web.operation_parts import Operating
from assistant.web.staff import CSRF_HEADER, Staff
from assistant.web.switched import capability_of
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.scripted_console import scripted_console
from tests.fakes.scripted_operation import an_operation
from tests.fakes.scripted_product import scripted_services

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass(frozen=True, slots=True)
class Office:
    """A browser, and what stands behind the page."""

    client: httpx.AsyncClient
    operation: Operation

    async def sign_in(self, account: str) -> dict[str, str]:
        answer = await self.client.post("/api/staff/session", json={"account": account, "password": EXAMPLE_PASSWORD})
        assert answer.status_code == 201, answer.text
        return {CSRF_HEADER: str(answer.json()["csrf_token"])}

    def recorded(self) -> list[tuple[str, str, str]]:
        entries = AuditTrail(self.operation.audit.engine).all(Wanted())
        return [(told.entry.link.actor, told.entry.link.action, told.entry.link.subject) for told in entries]


@asynccontextmanager
async def an_office(home: Path, client: tuple[str, int] = ("127.0.0.1", 1)) -> AsyncIterator[Office]:
    engine = open_engine(sqlite_url(home))
    upgrade_to_head(engine)
    accounts, secrets = SqlAccounts(engine), count()
    keep_examples(accounts, CHEAP, NOW)
    operation = an_operation(engine, lambda: NOW)
    staff = Staff(
        sign_in=SignIn(accounts, CHEAP, lambda: f"secret-{next(secrets)}"),
        permissions=Permissions(),
        clock=lambda: NOW,
        examples=True,
        audit=operation.audit,
    )
    services = replace(scripted_services(), switches=operation.switches)
    operating = Operating(staff=staff, operation=operation, trail=AuditTrail(engine))
    app = create_app(services, staff, scripted_console(services, staff, engine), operating)
    transport = httpx.ASGITransport(app, client=client)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        yield Office(browser, operation)
    engine.dispose()


async def test_an_operator_turns_a_switch_and_everybody_can_read_why(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        token = await office.sign_in("operator")
        off = {"on": False, "reason": "发现回答有误"}
        answer = await office.client.put("/api/operation/switches/model", json=off, headers=token)
        assert (answer.status_code, answer.json()["on"], answer.json()["by"]) == (200, False, "operator")
        assert not office.operation.switches.is_on(Capability.MODEL)
        told = {one["capability"]: one for one in (await office.client.get("/api/operation/switches")).json()}
        assert told["model"]["reason"] == "发现回答有误"
        assert told["uploads"]["on"]
        assert ("operator", "switch.turned_off", "switch/model") in office.recorded()


async def test_only_operators_turn_switches_and_the_attempt_is_on_record(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        token = await office.sign_in("editor")
        off = {"on": False, "reason": "我想试一试"}
        assert (await office.client.put("/api/operation/switches/model", json=off, headers=token)).status_code == 403
        assert office.recorded()[-1] == ("editor", "staff.refused", "operation/switches/model")


async def test_publishing_and_uploads_can_be_closed_while_reading_stays_open(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        for capability in (Capability.UPLOADS, Capability.PUBLISHING):
            office.operation.switches.set(capability, on=False, reason="系统迁移中", by="operator", now=NOW)
        token = await office.sign_in("editor")
        closed = await office.client.post("/api/console/uploads?name=a.txt", content=b"x", headers=token)
        assert (closed.status_code, closed.json()["error"]["code"]) == (503, "switched_off")
        assert (await office.client.get("/api/console/jobs")).status_code == 200
        assert (await office.client.get("/api/suggestions")).status_code == 200
        token = await office.sign_in("reviewer")
        closed = await office.client.post("/api/console/versions/v/publish", json={"why": "好"}, headers=token)
        assert (closed.status_code, closed.json()["error"]["code"]) == (503, "switched_off")


@pytest.mark.parametrize(
    ("method", "path", "capability"),
    [
        ("POST", "/api/cases", Capability.HANDLING),
        ("PUT", "/api/cases/7/fields", Capability.HANDLING),
        ("GET", "/api/cases/7", None),
        ("DELETE", "/api/cases/7", None),
        ("POST", "/api/cases/7/withdrawal", None),
        ("POST", "/api/cases/7/consents/revoked", None),
        ("POST", "/api/cases/7/consents", Capability.HANDLING),
        ("POST", "/api/cases/7/files", Capability.UPLOADS),
        ("POST", "/api/console/uploads", Capability.UPLOADS),
        ("POST", "/api/handoff/files", Capability.UPLOADS),
        ("POST", "/api/conversations/c/handoff", Capability.HANDOFF),
        ("POST", "/api/conversations/c/handoff/messages", Capability.HANDOFF),
        ("POST", "/api/conversations/c/handoff/end", None),
        ("POST", "/api/conversations/c/messages", None),
        ("POST", "/api/desk/tickets/t/messages", None),
    ],
)
def test_a_switch_closes_what_begins_and_never_what_ends(method: str, path: str, capability: Capability | None) -> None:
    assert capability_of(method, path) is capability


@pytest.mark.parametrize("capability", list(Capability))
def test_no_switch_stands_in_front_of_itself(capability: Capability) -> None:
    assert capability_of("PUT", f"/api/operation/switches/{capability}") is None


async def test_a_change_is_on_record_before_it_is_made_and_again_when_it_fails(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        token = await office.sign_in("reviewer")
        why = {"why": "核对过原文"}
        answer = await office.client.post("/api/console/versions/unknown/review", json=why, headers=token)
        assert answer.status_code == 404
        assert [line[1:] for line in office.recorded()[-2:]] == [
            ("knowledge.review", "console/versions/unknown/review"),
            ("knowledge.review.failed", "console/versions/unknown/review"),
        ]


async def test_signing_in_and_failing_to_is_on_record_without_what_was_typed(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        wrong = {"account": "my-secret-password", "password": "not this one"}
        assert (await office.client.post("/api/staff/session", json=wrong)).status_code == 401
        token = await office.sign_in("auditor")
        page = (await office.client.get("/api/operation/audit?action=staff")).json()
        assert [entry["action"] for entry in page["entries"]] == ["staff.signed_in", "staff.sign_in_refused"]
        assert "my-secret-password" not in str(page)
        assert page["entries"][0]["details"] == {"place": "127.0.0.1"}
        verdict = (await office.client.post("/api/operation/audit/verify", headers=token)).json()
        assert verdict["whole"] is True
        assert ("auditor", "audit.read.seen", "operation/audit") in office.recorded()


async def test_pages_of_the_audit_are_turned(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        for _ in range(3):
            await office.sign_in("auditor")
        first = (await office.client.get("/api/operation/audit?limit=2&action=staff.signed_in")).json()
        rest = (await office.client.get(f"/api/operation/audit?before={first['next']}&action=staff.signed_in")).json()
        assert [entry["number"] for entry in first["entries"]] == [3, 2]
        assert [entry["number"] for entry in rest["entries"]] == [1]
        assert rest["next"] is None


async def test_the_numbers_are_for_this_machine_and_for_those_who_watch(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        text = (await office.client.get("/metrics")).text
        assert "xiaoshen_turns" in text
        through_a_proxy = await office.client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
        assert through_a_proxy.status_code == 401


async def test_the_numbers_are_closed_to_other_machines_until_somebody_signs_in(tmp_path: Path) -> None:
    async with an_office(tmp_path, client=("203.0.113.9", 4000)) as office:
        assert (await office.client.get("/metrics")).status_code == 401
        await office.sign_in("operator")  # the cookie goes to addresses under /api only
        assert (await office.client.get("/api/operation/metrics")).status_code == 200


async def test_risks_are_shown_to_those_who_watch(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        await office.sign_in("editor")
        assert (await office.client.get("/api/operation/risks")).status_code == 403
        await office.sign_in("quality")
        assert (await office.client.get("/api/operation/risks")).json() == {"turns": 0, "sudden": 0, "lines": []}
