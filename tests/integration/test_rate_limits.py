"""Quotas per person and place: in memory for one process, in the database for several."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from limits import parse_many
from limits.storage import MemoryStorage, Storage

from app import create_app
from assistant.operation.rate_counts import SqlRateStorage
from assistant.settings import Settings
from assistant.storage.migrating import upgrade_to_head
from assistant.web.rates import Kind, Quotas, Rates, kind_of, quotas_of
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.databases import postgresql
from tests.fakes.scripted_product import scripted_services

FAR = "203.0.113.7"
FEW = Quotas(
    message_person=tuple(parse_many("2/minute")),
    message_place=tuple(parse_many("5/minute")),
    upload_person=tuple(parse_many("1/minute")),
    upload_place=tuple(parse_many("3/minute")),
    other_place=tuple(parse_many("4/minute")),
)


@pytest.fixture(scope="module", params=["memory", "sqlite", "postgresql"])
def any_storage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    home = tmp_path_factory.mktemp("home")
    if request.param == "memory":
        yield MemoryStorage()
        return
    if request.param == "sqlite":
        yield from _in_a_database(sqlite_url(home))
        return
    with postgresql(home) as url:
        yield from _in_a_database(url)


@pytest.fixture
def storage(any_storage: Storage) -> Storage:
    any_storage.reset()
    return any_storage


def _in_a_database(url: str) -> Iterator[Storage]:
    engine = open_engine(url)
    upgrade_to_head(engine)
    yield SqlRateStorage(engine)
    engine.dispose()


def test_a_person_and_a_place_have_quotas_of_their_own(storage: Storage) -> None:
    rates = Rates(FEW, storage)
    assert [rates.wait_for(Kind.MESSAGE, "a", FAR) is None for _ in range(3)] == [True, True, False]
    assert rates.wait_for(Kind.MESSAGE, "b", FAR) is None
    assert [rates.wait_for(Kind.MESSAGE, None, FAR) is None for _ in range(3)] == [True, True, False]
    assert rates.wait_for(Kind.UPLOAD, "a", FAR) is None
    assert rates.wait_for(Kind.MESSAGE, "c", "198.51.100.1") is None


def test_who_has_to_wait_is_told_how_long(storage: Storage) -> None:
    rates = Rates(FEW, storage)
    rates.wait_for(Kind.UPLOAD, "a", FAR)
    wait = rates.wait_for(Kind.UPLOAD, "a", FAR)
    assert wait is not None
    assert 1 <= wait <= 60


def test_this_machine_has_no_quota_as_a_place_but_its_sessions_have(storage: Storage) -> None:
    rates = Rates(FEW, storage)
    assert all(rates.wait_for(Kind.OTHER, None, "127.0.0.1") is None for _ in range(20))
    assert [rates.wait_for(Kind.MESSAGE, "a", "127.0.0.1") is None for _ in range(3)] == [True, True, False]


def test_several_processes_share_the_counts_in_a_database(tmp_path: Path) -> None:
    engines = [open_engine(sqlite_url(tmp_path)) for _ in range(2)]
    upgrade_to_head(engines[0])
    one, other = (Rates(FEW, SqlRateStorage(engine)) for engine in engines)
    assert one.wait_for(Kind.MESSAGE, "a", FAR) is None
    assert other.wait_for(Kind.MESSAGE, "a", FAR) is None
    assert one.wait_for(Kind.MESSAGE, "a", FAR) is not None
    for engine in engines:
        engine.dispose()


def test_a_count_begins_anew_when_its_window_has_ended(tmp_path: Path) -> None:
    engine, clock = open_engine(sqlite_url(tmp_path)), [100.0]
    upgrade_to_head(engine)
    counts = SqlRateStorage(engine, lambda: clock[0])
    assert [counts.incr("key", 60) for _ in range(3)] == [1, 2, 3]
    assert (counts.get("key"), counts.get_expiry("key")) == (3, 160.0)
    clock[0] = 161.0
    assert counts.get("key") == 0
    assert counts.incr("key", 60) == 1
    counts.clear("key")
    assert counts.get("key") == 0
    counts.incr("key", 60)
    clock[0] = 900.0
    counts.forget_ended()
    assert counts.check()
    engine.dispose()


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/api/conversations/a/messages", Kind.MESSAGE),
        ("POST", "/v1/chat/completions", Kind.MESSAGE),
        ("POST", "/api/console/uploads", Kind.UPLOAD),
        ("POST", "/api/cases/7/files", Kind.UPLOAD),
        ("PUT", "/api/cases/7/files/8", Kind.UPLOAD),
        ("GET", "/api/cases/7/files/8", Kind.OTHER),
        ("POST", "/api/conversations", Kind.OTHER),
    ],
)
def test_requests_are_told_apart_by_what_they_cost(method: str, path: str, kind: Kind) -> None:
    assert kind_of(method, path) is kind


async def test_too_many_requests_are_answered_calmly_with_when_to_come_back() -> None:
    app = create_app(scripted_services(), rates=Rates(FEW))
    transport = httpx.ASGITransport(app, client=(FAR, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for _ in range(4):
            assert (await client.get("/api/suggestions")).status_code == 200
        braked = await client.get("/api/suggestions")
        assert (braked.status_code, braked.json()["error"]["code"]) == (429, "too_many_requests")
        assert int(braked.headers["retry-after"]) > 0
        assert braked.headers["x-content-type-options"] == "nosniff"
        assert (await client.get("/api/health")).status_code == 200


async def test_a_header_that_anybody_can_write_does_not_make_another_place() -> None:
    app = create_app(scripted_services(), rates=Rates(FEW))
    transport = httpx.ASGITransport(app, client=(FAR, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answers = [
            await client.get("/api/suggestions", headers={"x-forwarded-for": f"198.51.100.{number}"})
            for number in range(6)
        ]
        assert answers[-1].status_code == 429


async def test_a_cookie_that_is_none_is_a_place_like_any_other() -> None:
    app = create_app(scripted_services(), rates=Rates(replace(FEW, other_place=tuple(parse_many("100/minute")))))
    transport = httpx.ASGITransport(app, client=(FAR, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for cookie in ("=", ";;;", "xiaoshen_citizen", "a=\x01", "x" * 9000, "xiaoshen_citizen=" + "y" * 500):
            assert (await client.get("/api/suggestions", headers={"cookie": cookie})).status_code == 200


def test_the_quotas_of_the_settings_can_be_read() -> None:
    assert len(quotas_of(Settings()).message_person) == 2
    with pytest.raises(ValueError, match="rate_messages"):
        Settings(rate_messages="as many as you like")
