"""Every route of the real product, asked what its OpenAPI document allows and what not: no error of ours, no surprise.

`make test` asks each route a few times; `make fuzz` (marker fuzz) often, also as nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from app import create_app
from assistant.bootstrap import build_product
from assistant.identity.accounts import SqlAccounts
from assistant.identity.passwords import Passwords
from assistant.identity.people import Person, Role
from assistant.identity.sign_in import SignIn, account_of
from assistant.operation.switches import Capability
from assistant.product import Product
from assistant.settings import Settings
from tests.fakes.fuzzing import Fuzz
from tests.fakes.scripted_product import serving

# schemathesis draws with `random` inside its strategies; the runs are seeded all the same
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the .random. module:Warning")

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "long enough to guess"
ENDS_THE_SESSION = frozenset({"DELETE /api/staff/session", "DELETE /api/citizen/session"})
# A stream of a signed-in clerk goes on until they leave; the tests of the desk listen to it.
ENDLESS = frozenset({"GET /api/desk/events"})
# Looking through the whole knowledge base: half a second each, so `make test` leaves them to `make fuzz`.
SLOW = frozenset({"GET /api/console/impact", "POST /api/console/work/{kind}/look"})
RULES = "星桥办〔2026〕3号\n\n养蜂备案办理规定\n\n第一条 养蜂备案时限为4个工作日。\n\n第二条 提交身份证件。\n"


@dataclass(frozen=True, slots=True)
class Served:
    """The product on an address, with somebody signed in who may do everything."""

    fuzz: Fuzz
    product: Product


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home: Path = tmp_path_factory.mktemp("home")
    with build_product(Settings(home=home), say=lambda _: None) as product:
        accounts, now = SqlAccounts(product.engine), datetime.now(UTC)
        accounts.save(account_of(Person("all", "全能", frozenset(Role)), PASSWORD, CHEAP), now)
        services, given, citizens = product.services(), product.staff(), product.citizens()
        staff = replace(given, sign_in=SignIn(accounts, CHEAP, lambda: product.services().new_id()))
        app = create_app(
            services,
            staff,
            product.console(services, staff),
            product.operating(staff),
            citizens=citizens,
            cases=product.cases(citizens),
            handoff=product.handoff(),
        )
        with serving(app) as address:
            yield Served(_fuzz(address, product), product)


def _fuzz(address: str, product: Product) -> Fuzz:
    signed_in = httpx.post(f"{address}/api/staff/session", json={"account": "all", "password": PASSWORD})
    cookie, token = signed_in.cookies["xiaoshen_staff"], signed_in.json()["csrf_token"]
    citizen = httpx.post(f"{address}/api/citizen/session")
    conversation = str(httpx.post(f"{address}/api/conversations").json()["id"])
    said = {"client_id": "m1", "text": "你好"}
    httpx.post(f"{address}/api/conversations/{conversation}/messages", json=said, timeout=60)
    slugs = [item.slug for item in product.knowledge.items(product.today())][:2]

    def switches_on() -> None:
        for switch in product.operation.switches.all():
            if not switch.is_on:
                capability: Capability = switch.capability
                product.operation.switches.set(capability, on=True, reason="after asking", by="test", now=product.now())

    return Fuzz(
        address=address,
        headers={"cookie": f"xiaoshen_staff={cookie}", "x-csrf-token": token},
        citizen_headers={
            "cookie": f"xiaoshen_citizen={citizen.cookies['xiaoshen_citizen']}",
            "x-csrf-token": str(citizen.json()["csrf_token"]),
        },
        examples=3,
        known={"conversation_id": [conversation], "client_id": ["m1"], "slug": slugs},
        skipped=ENDS_THE_SESSION | ENDLESS,
        afterwards=switches_on,
    )


def test_no_route_fails_or_answers_what_its_document_does_not_say(served: Served) -> None:
    fuzz = replace(served.fuzz, skipped=served.fuzz.skipped | SLOW)
    assert len(fuzz.labels()) > 50
    assert list(fuzz.failures()) == []


@pytest.mark.fuzz
def test_no_route_fails_when_it_is_asked_often(served: Served, tmp_path: Path) -> None:
    rules = tmp_path / "规定.txt"
    rules.write_text(RULES, encoding="utf-8")
    served.product.ingest([rules], publish=True)
    version = served.product.knowledge.published_documents()[0].id
    known = {**served.fuzz.known, "version_id": [version], "name": ["规定.txt"], "version": [version]}
    assert list(replace(served.fuzz, examples=40, known=known).failures()) == []


@pytest.mark.fuzz
def test_no_route_fails_when_nobody_is_signed_in(served: Served) -> None:
    assert list(replace(served.fuzz, headers={}, citizen_headers={}, examples=30, skipped=frozenset()).failures()) == []
