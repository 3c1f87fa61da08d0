"""Citizens: a session without a name, signing in at a real OpenID Connect provider, and whose things are whose."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from app import create_app
from assistant.audit.acts import MemoryAudit
from assistant.identity.citizens import ANONYMOUS_IDLE, IDLE, LONGEST, SqlCitizens
from assistant.identity.objects import NotYours, require_handed, require_mine
from assistant.identity.oidc import OidcProvider, OidcSettings, local_path
from assistant.identity.people import Person, Role
from assistant.outgoing import PlaceNotAllowed, outgoing
from assistant.storage.migrating import upgrade_to_head
from assistant.web.citizen import COOKIE, CSRF_HEADER, Citizens
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.identity_provider import CLIENT_ID, Provider, identity_provider
from tests.fakes.scripted_product import scripted_services

HERE = "http://127.0.0.1:8000"
SECRET = "the secret of the client"


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def provider(served: Provider) -> Provider:
    served.claims, served.algorithm, served.subject = {}, "RS256", "3101-subject"
    return served


@dataclass(frozen=True, slots=True)
class Browser:
    """A citizen's browser that follows the way to the provider by hand."""

    client: httpx.AsyncClient
    audit: MemoryAudit

    @property
    def token(self) -> str:
        return str(self.client.cookies[COOKIE])

    async def to_the_provider(self, return_to: str = "/") -> str:
        """Go there; the address it sends the browser back to."""
        left = await self.client.get("/api/citizen/sign-in", params={"return_to": return_to})
        assert left.status_code == 303, left.text
        async with httpx.AsyncClient(trust_env=False) as outside:
            back = await outside.get(left.headers["location"])
        return str(back.headers["location"])

    async def sign_in(self, return_to: str = "/") -> httpx.Response:
        return await self.client.get(await self.to_the_provider(return_to))

    async def who(self) -> dict[str, object]:
        answer = await self.client.get("/api/citizen/session")
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found


@asynccontextmanager
async def a_browser(home: Path, provider: Provider | None) -> AsyncIterator[Browser]:
    engine = open_engine(sqlite_url(home))
    upgrade_to_head(engine)
    secrets, audit = count(), MemoryAudit()
    known = None
    if provider is not None:
        settings = OidcSettings(
            issuer=provider.issuer,
            client_id=CLIENT_ID,
            client_secret=SecretStr(SECRET),
            redirect_uri=f"{HERE}/api/citizen/sign-in/return",
        )
        known = OidcProvider(settings)
    citizens = Citizens(
        sessions=SqlCitizens(engine, b"key", lambda: f"secret-{next(secrets)}"),
        provider=known,
        audit=audit,
        clock=lambda: datetime.now(UTC),
        secure=False,
    )
    transport = httpx.ASGITransport(create_app(scripted_services(), citizens=citizens))
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
        yield Browser(client, audit)
    engine.dispose()


async def test_somebody_signs_in_and_is_shown_by_the_first_sign_of_the_name(tmp_path: Path, provider: Provider) -> None:
    async with a_browser(tmp_path, provider) as browser:
        back = await browser.sign_in("/?item=id-card")
        assert (back.status_code, back.headers["location"]) == (303, "/?item=id-card")
        who = await browser.who()
        assert (who["signed_in"], who["shown_as"]) == (True, "张＊")
        assert [act.action for act in browser.audit.acts] == ["citizen.signed_in"]


async def test_the_session_is_a_new_one_after_signing_in_and_the_old_token_is_worth_nothing(
    tmp_path: Path, provider: Provider
) -> None:
    async with a_browser(tmp_path, provider) as browser:
        assert (await browser.client.post("/api/citizen/session")).status_code == 201
        before = browser.token
        await browser.sign_in()
        assert browser.token != before
        browser.client.cookies.clear()
        old = await browser.client.get("/api/citizen/session", headers={"cookie": f"{COOKIE}={before}"})
        assert old.status_code == 401


async def test_a_way_back_that_another_browser_set_out_on_signs_nobody_in(tmp_path: Path, provider: Provider) -> None:
    async with a_browser(tmp_path, provider) as browser:
        way_back = await browser.to_the_provider()
        browser.client.cookies.clear()
        await browser.client.post("/api/citizen/session")
        stolen = await browser.client.get(way_back)
        assert stolen.headers["location"] == "/?sign_in=failed"
        assert (await browser.who())["signed_in"] is False


async def test_a_way_back_can_be_walked_once(tmp_path: Path, provider: Provider) -> None:
    async with a_browser(tmp_path, provider) as browser:
        way_back = await browser.to_the_provider()
        assert (await browser.client.get(way_back)).headers["location"] == "/"
        assert (await browser.client.get(way_back)).headers["location"] == "/?sign_in=failed"


async def test_a_code_of_another_sign_in_does_not_fit_its_verifier(tmp_path: Path, provider: Provider) -> None:
    async with a_browser(tmp_path, provider) as browser:
        other = parse_qs(urlsplit(await browser.to_the_provider()).query)["code"][0]
        state = parse_qs(urlsplit(await browser.to_the_provider()).query)["state"][0]
        mixed = await browser.client.get("/api/citizen/sign-in/return", params={"code": other, "state": state})
        assert mixed.headers["location"] == "/?sign_in=failed"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://somebody-else.example"},
        {"aud": "another-client"},
        {"aud": [CLIENT_ID, "another-client"], "azp": "another-client"},
        {"nonce": "another"},
        {"exp": 1},
        {"sub": ""},
        {"sub": 7},
        {"at_hash": "wrong"},
    ],
    ids=str,
)
async def test_an_id_token_that_does_not_hold_signs_nobody_in(
    tmp_path: Path, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    async with a_browser(tmp_path, provider) as browser:
        assert (await browser.sign_in()).headers["location"] == "/?sign_in=failed"
        assert (await browser.who())["signed_in"] is False


async def test_a_token_signed_with_the_public_key_as_a_shared_secret_signs_nobody_in(
    tmp_path: Path, provider: Provider
) -> None:
    provider.algorithm = "HS256"
    async with a_browser(tmp_path, provider) as browser:
        assert (await browser.sign_in()).headers["location"] == "/?sign_in=failed"


async def test_a_new_key_of_the_provider_is_looked_up(tmp_path: Path, provider: Provider) -> None:
    async with a_browser(tmp_path, provider) as browser:
        await browser.sign_in()
        provider.turn_key()
        assert (await browser.sign_in()).headers["location"] == "/"


async def test_without_a_provider_nobody_signs_in_and_a_session_still_begins(tmp_path: Path) -> None:
    async with a_browser(tmp_path, None) as browser:
        assert (await browser.client.get("/api/citizen/sign-in")).status_code == 404
        begun = await browser.client.post("/api/citizen/session")
        assert begun.json()["can_sign_in"] is False
        cookie = begun.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        token = browser.token
        assert (await browser.client.post("/api/citizen/session")).status_code == 201
        assert browser.token == token


async def test_a_change_needs_the_token_of_our_page(tmp_path: Path) -> None:
    async with a_browser(tmp_path, None) as browser:
        begun = await browser.client.post("/api/citizen/session")
        assert (await browser.client.delete("/api/citizen/session")).status_code == 403
        token = {CSRF_HEADER: begun.json()["csrf_token"]}
        assert (await browser.client.delete("/api/citizen/session", headers=token)).status_code == 204
        assert (await browser.client.get("/api/citizen/session")).status_code == 401


async def test_no_secret_of_the_sign_in_stands_in_the_log_or_in_the_database(
    tmp_path: Path, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.claims = {"nonce": "another"}
    with caplog.at_level(logging.DEBUG):
        async with a_browser(tmp_path, provider) as browser:
            way_back = await browser.to_the_provider()
            await browser.client.get(way_back)
            token = browser.token
    code = parse_qs(urlsplit(way_back).query)["code"][0]
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("assistant"))
    assert "sign-in failed" in said
    for secret in (SECRET, token, code, provider.subject):
        assert secret not in said
    kept = await asyncio.to_thread(lambda: b"".join(file.read_bytes() for file in tmp_path.iterdir()))
    for secret in (SECRET, token, provider.subject, "张三"):
        assert secret.encode() not in kept


NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[SqlCitizens]:
    engine = open_engine(sqlite_url(tmp_path))
    upgrade_to_head(engine)
    secrets = count()
    yield SqlCitizens(engine, b"key", lambda: f"secret-{next(secrets)}")
    engine.dispose()


def test_sessions_end_unused_and_after_a_working_day(sessions: SqlCitizens) -> None:
    nameless = sessions.begin(NOW).token
    named = sessions.sign_in(None, "issuer\0subject", "张＊", NOW).token
    assert sessions.find(named, NOW + IDLE) is not None
    assert sessions.find(named, NOW + IDLE + IDLE + timedelta(minutes=1)) is None
    used = sessions.sign_in(None, "issuer\0subject", "张＊", NOW).token
    moment = NOW
    while moment + IDLE - NOW <= LONGEST:
        moment += IDLE
        assert sessions.find(used, moment) is not None
    assert sessions.find(used, NOW + LONGEST + timedelta(seconds=1)) is None
    assert sessions.find(nameless, NOW + timedelta(days=2)) is not None
    sessions.forget_ended(NOW + timedelta(days=3) + ANONYMOUS_IDLE)
    assert sessions.find(nameless, NOW + timedelta(days=3)) is None


def test_the_same_person_has_the_same_things_on_every_device_and_what_they_began_before(sessions: SqlCitizens) -> None:
    before = sessions.begin(NOW)
    here = sessions.sign_in(before.token, "issuer\0li", "李＊", NOW).citizen
    there = sessions.sign_in(None, "issuer\0li", "李＊", NOW).citizen
    somebody = sessions.sign_in(None, "issuer\0wang", "王＊", NOW).citizen
    assert here.owner == there.owner != somebody.owner
    assert before.citizen.owner in here.owners
    assert before.citizen.owner not in there.owners


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of somebody's."""

    owners: frozenset[str]
    handed_to: frozenset[str] = frozenset()


def test_mine_is_only_mine_and_a_clerk_sees_what_was_handed_to_them(sessions: SqlCitizens) -> None:
    me, other = sessions.begin(NOW).citizen, sessions.begin(NOW).citizen
    mine = Thing(frozenset({me.owner}), frozenset({"clerk"}))
    require_mine(me, mine)
    require_handed(Person("clerk", "周", frozenset({Role.CLERK})), mine)
    for citizen, thing in ((other, mine), (me, None)):
        with pytest.raises(NotYours):
            require_mine(citizen, thing)
    with pytest.raises(NotYours):
        require_handed(Person("clerk2", "吴", frozenset({Role.CLERK})), mine)


@pytest.mark.parametrize(
    ("wanted", "gone_to"),
    [
        ("/cases/7?a=b", "/cases/7?a=b"),
        (None, "/"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/ok\r\nset-cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\\b", "/"),
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(wanted: str | None, gone_to: str) -> None:
    assert local_path(wanted) == gone_to


@pytest.mark.parametrize("issuer", ["http://id.example.org", "ftp://id.example.org", "id.example.org"])
def test_a_provider_without_https_is_refused(issuer: str) -> None:
    with pytest.raises(ValueError, match="http"):
        OidcSettings(issuer=issuer, client_id="x", client_secret=None, redirect_uri="https://us.example.org/")


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest/meta-data", "http://127.0.0.1:1/", "https://model.example.org.evil.example/"],
)
async def test_nothing_is_sent_to_a_place_that_nobody_configured(address: str) -> None:
    async with outgoing("https://model.example.org/v1") as client:
        with pytest.raises(PlaceNotAllowed):
            await client.get(address)
