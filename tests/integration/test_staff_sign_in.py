"""Signing in: sessions that end, guessing is slowed, changes cannot be forged, example accounts stay home."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Annotated

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import Depends, FastAPI
from sqlalchemy import Engine

from app import create_app
from assistant.identity.accounts import SqlAccounts
from assistant.identity.passwords import Passwords, PasswordTooWeak
from assistant.identity.people import Action, Person, Role
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import (
    EXAMPLE_PASSWORD,
    FAILURES_PER_ACCOUNT_AND_PLACE,
    IDLE,
    LONGEST,
    ExamplesBeyondLoopback,
    SignIn,
    TooManyAttempts,
    WrongNameOrPassword,
    account_of,
    keep_examples,
    refuse_beyond_loopback,
)
from assistant.storage.migrating import upgrade_to_head
from assistant.web.staff import CSRF_HEADER, Staff
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.databases import postgresql
from tests.fakes.scripted_product import scripted_services

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PASSWORD = "long enough to guess"
EDITOR = Person("li", "李老师", frozenset({Role.EDITOR}))
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    home = tmp_path_factory.mktemp("home")
    if request.param == "sqlite":
        engine = open_engine(sqlite_url(home))
        upgrade_to_head(engine)
        yield engine
        engine.dispose()
        return
    with postgresql(home) as url:
        engine = open_engine(url)
        upgrade_to_head(engine)
        yield engine
        engine.dispose()


def a_sign_in(engine: Engine, person: Person) -> SignIn:
    accounts = SqlAccounts(engine)
    accounts.save(account_of(person, PASSWORD, CHEAP), NOW)
    secrets = count()
    return SignIn(accounts, CHEAP, lambda: f"{person.id}-secret-{next(secrets)}")


def named(name: str) -> Person:
    return Person(name, name, frozenset({Role.EDITOR}))


def test_a_session_is_found_until_it_is_ended(engine: Engine) -> None:
    sign_in = a_sign_in(engine, named("a1"))
    token = sign_in.begin("a1", PASSWORD, place="here", now=NOW).token
    found = sign_in.find(token, NOW)
    assert found is not None
    assert found.person == named("a1")
    sign_in.end(token)
    assert sign_in.find(token, NOW) is None


def test_a_session_ends_when_it_is_not_used_and_after_a_working_day(engine: Engine) -> None:
    sign_in = a_sign_in(engine, named("a2"))
    idle = sign_in.begin("a2", PASSWORD, place="here", now=NOW).token
    used = sign_in.begin("a2", PASSWORD, place="here", now=NOW).token
    moment, step = NOW, IDLE - timedelta(minutes=1)
    while moment + step - NOW <= LONGEST:
        moment += step
        assert sign_in.find(used, moment) is not None
    assert sign_in.find(idle, NOW + IDLE + timedelta(seconds=1)) is None
    assert sign_in.find(used, NOW + LONGEST + timedelta(seconds=1)) is None


def test_an_unknown_account_and_a_wrong_password_are_told_alike(engine: Engine) -> None:
    sign_in = a_sign_in(engine, named("a3"))
    with pytest.raises(WrongNameOrPassword) as wrong:
        sign_in.begin("a3", "not the password", place="there", now=NOW)
    with pytest.raises(WrongNameOrPassword) as unknown:
        sign_in.begin("nobody-here", PASSWORD, place="there", now=NOW)
    assert str(wrong.value) == str(unknown.value)


def test_guessing_is_slowed_for_the_guesser_and_not_for_the_owner(engine: Engine) -> None:
    sign_in = a_sign_in(engine, named("a4"))
    for _ in range(FAILURES_PER_ACCOUNT_AND_PLACE):
        with pytest.raises(WrongNameOrPassword):
            sign_in.begin("a4", "a guess at it", place="elsewhere", now=NOW)
    with pytest.raises(TooManyAttempts):
        sign_in.begin("a4", PASSWORD, place="elsewhere", now=NOW)
    assert sign_in.begin("a4", PASSWORD, place="office", now=NOW).session.person.id == "a4"
    assert sign_in.begin("a4", PASSWORD, place="elsewhere", now=NOW + timedelta(minutes=16)).token


def test_a_disabled_account_is_out_at_once(engine: Engine) -> None:
    sign_in = a_sign_in(engine, named("a5"))
    token = sign_in.begin("a5", PASSWORD, place="here", now=NOW).token
    accounts = SqlAccounts(engine)
    kept = accounts.account("a5")
    assert kept is not None
    accounts.save(replace(kept, disabled=True), NOW)
    assert sign_in.find(token, NOW) is None
    with pytest.raises(WrongNameOrPassword):
        sign_in.begin("a5", PASSWORD, place="here", now=NOW)


def test_neither_the_password_nor_the_token_stands_in_the_database(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path))
    upgrade_to_head(engine)
    token = a_sign_in(engine, EDITOR).begin("li", PASSWORD, place="here", now=NOW).token
    engine.dispose()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert PASSWORD.encode() not in kept
    assert token.encode() not in kept


def test_a_short_password_cannot_be_set() -> None:
    with pytest.raises(PasswordTooWeak, match="10 to 200"):
        account_of(EDITOR, "short", CHEAP)


def test_the_first_real_account_removes_the_examples(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path))
    upgrade_to_head(engine)
    accounts = SqlAccounts(engine)
    assert keep_examples(accounts, CHEAP, NOW)
    assert keep_examples(accounts, CHEAP, NOW)
    accounts.save(account_of(EDITOR, PASSWORD, CHEAP), NOW)
    assert not keep_examples(accounts, CHEAP, NOW)
    assert [account.person.id for account in accounts.all()] == ["li"]
    engine.dispose()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "example.org"])  # noqa: S104
def test_examples_are_not_served_to_other_machines(host: str) -> None:
    with pytest.raises(ExamplesBeyondLoopback, match="people add"):
        refuse_beyond_loopback(host, examples=True)
    refuse_beyond_loopback(host, examples=False)


def test_examples_are_not_served_through_a_proxy_either() -> None:
    with pytest.raises(ExamplesBeyondLoopback, match="people add"):
        refuse_beyond_loopback("127.0.0.1", examples=True, public_url="https://xiaoshen.example.org")
    refuse_beyond_loopback("127.0.0.1", examples=True, public_url="http://localhost:8000")


def test_examples_are_served_on_loopback() -> None:
    for host in ("127.0.0.1", "::1", "localhost"):
        refuse_beyond_loopback(host, examples=True)


@asynccontextmanager
async def a_browser(home: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app with the example accounts, a page to read and a change to make."""
    engine = open_engine(sqlite_url(home))
    upgrade_to_head(engine)
    accounts, secrets = SqlAccounts(engine), count()
    keep_examples(accounts, CHEAP, NOW)
    staff = Staff(
        sign_in=SignIn(accounts, CHEAP, lambda: f"secret-{next(secrets)}"),
        permissions=Permissions(),
        clock=lambda: NOW,
        examples=True,
    )
    app = create_app(scripted_services(), staff)
    _add_guarded_routes(app, staff)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client
    engine.dispose()


def _add_guarded_routes(app: FastAPI, staff: Staff) -> None:
    async def read(person: Annotated[Person, Depends(staff.may(Action.READ_KNOWLEDGE))]) -> str:
        return person.id

    async def change(person: Annotated[Person, Depends(staff.may(Action.PUBLISH_KNOWLEDGE))]) -> str:
        return person.id

    app.add_api_route("/api/console/read", read)
    app.add_api_route("/api/console/change", change, methods=["POST"])
    app.router.routes.insert(0, app.router.routes.pop())  # before the page's own route, which takes every address
    app.router.routes.insert(0, app.router.routes.pop())


async def _sign_in(client: httpx.AsyncClient, account: str) -> str:
    answer = await client.post("/api/staff/session", json={"account": account, "password": EXAMPLE_PASSWORD})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["csrf_token"])


async def test_a_staff_address_is_closed_until_somebody_signs_in(tmp_path: Path) -> None:
    async with a_browser(tmp_path) as client:
        closed = await client.get("/api/console/read")
        assert (closed.status_code, closed.json()["error"]["code"]) == (401, "not_signed_in")
        await _sign_in(client, "editor")
        assert (await client.get("/api/console/read")).json() == "editor"
        me = (await client.get("/api/staff/session")).json()
        assert me["name"] == "李编辑(示例)"
        assert "knowledge:edit" in me["actions"]


async def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(tmp_path: Path) -> None:
    async with a_browser(tmp_path) as client:
        answer = await client.post("/api/staff/session", json={"account": "editor", "password": EXAMPLE_PASSWORD})
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie


async def test_a_change_needs_the_token_of_our_page_and_the_right_role(tmp_path: Path) -> None:
    async with a_browser(tmp_path) as client:
        token = await _sign_in(client, "reviewer")
        forged = await client.post("/api/console/change")
        assert (forged.status_code, forged.json()["error"]["code"]) == (403, "forged_request")
        assert (await client.post("/api/console/change", headers={CSRF_HEADER: token})).json() == "reviewer"
        token = await _sign_in(client, "editor")
        refused = await client.post("/api/console/change", headers={CSRF_HEADER: token})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")


async def test_signing_out_ends_the_session_on_the_server_too(tmp_path: Path) -> None:
    async with a_browser(tmp_path) as client:
        token = await _sign_in(client, "editor")
        cookie = client.cookies["xiaoshen_staff"]
        assert (await client.delete("/api/staff/session", headers={CSRF_HEADER: token})).status_code == 204
        again = await client.get("/api/console/read", headers={"cookie": f"xiaoshen_staff={cookie}"})
        assert again.status_code == 401


async def test_guessing_over_http_is_answered_with_what_to_do(tmp_path: Path) -> None:
    async with a_browser(tmp_path) as client:
        wrong = {"account": "editor", "password": "not this one"}
        for _ in range(FAILURES_PER_ACCOUNT_AND_PLACE):
            assert (await client.post("/api/staff/session", json=wrong)).status_code == 401
        braked = await client.post("/api/staff/session", json=wrong)
        assert braked.status_code == 429
        assert "十五分钟" in braked.json()["error"]["message"]
