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
from knowledge.items import ServiceItem
from tests.fakes.fuzzing import STAFF, Fuzz
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

    def handles(self, item: ServiceItem) -> bool:
        """Whether the item is handled to the end."""
        return self.product.handling.desk.reviewer.handles(item)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home: Path = tmp_path_factory.mktemp("home")
    with build_product(Settings(home=home), say=lambda _: None) as product:
        accounts, now = SqlAccounts(product.engine), datetime.now(UTC)
        everybody = {"all": frozenset(Role), **{role.value: frozenset({role}) for role in Role}}
        for name, roles in everybody.items():
            accounts.save(account_of(Person(name, name, roles), PASSWORD, CHEAP), now)
        services, given, citizens = product.services(), product.staff(), product.citizens()
        staff = replace(given, sign_in=SignIn(accounts, CHEAP, lambda: product.services().new_id()))
        handoff = product.handoff()
        app = create_app(
            services,
            staff,
            product.console(services, staff),
            product.operating(staff),
            citizens=citizens,
            cases=product.cases(citizens),
            handoff=handoff,
            clerk=product.clerk(services, staff, handoff),
        )
        with serving(app) as address:
            yield Served(_fuzz(address, product), product)


def _fuzz(address: str, product: Product) -> Fuzz:
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
        headers=_signed_in(address, "all"),
        citizen_headers={
            "cookie": f"xiaoshen_citizen={citizen.cookies['xiaoshen_citizen']}",
            "x-csrf-token": str(citizen.json()["csrf_token"]),
        },
        examples=3,
        known={"conversation_id": [conversation], "client_id": ["m1"], "slug": slugs},
        skipped=ENDS_THE_SESSION | ENDLESS,
        afterwards=switches_on,
    )


def _signed_in(address: str, account: str) -> dict[str, str]:
    begun = httpx.post(f"{address}/api/staff/session", json={"account": account, "password": PASSWORD})
    return {"cookie": f"xiaoshen_staff={begun.cookies['xiaoshen_staff']}", "x-csrf-token": begun.json()["csrf_token"]}


def _asked(served: Served) -> dict[str, list[str]]:
    """A conversation in which a person was asked for, and a case: their ids. Earlier ones may have been deleted."""
    fuzz = served.fuzz
    with httpx.Client(base_url=fuzz.address, headers=dict(fuzz.citizen_headers), timeout=60) as citizen:
        conversation = str(citizen.post("/api/conversations").json()["id"])
        asked = citizen.post(f"/api/conversations/{conversation}/handoff", json={})
        item = next(i.slug for i in served.product.knowledge.items(served.product.today()) if served.handles(i))
        begun = citizen.post("/api/cases", json={"item": item})
    known = {name: list(values) for name, values in fuzz.known.items()}
    ids = {"conversation_id": [conversation], "ticket": [asked.json()["ticket"]], "case_id": [begun.json()["id"]]}
    return {**known, **ids}


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
    known = {**_asked(served), "version_id": [version], "name": ["规定.txt"], "version": [version]}
    assert list(replace(served.fuzz, examples=40, known=known).failures()) == []


@pytest.mark.fuzz
@pytest.mark.parametrize("role", list(Role))
def test_no_route_fails_for_any_role(served: Served, role: Role) -> None:
    fuzz = replace(served.fuzz, headers=_signed_in(served.fuzz.address, role.value), known=_asked(served), examples=5)
    assert list(replace(fuzz, only=STAFF).failures()) == []


@pytest.mark.fuzz
def test_no_route_fails_when_nobody_is_signed_in(served: Served) -> None:
    assert list(replace(served.fuzz, headers={}, citizen_headers={}, examples=30, skipped=frozenset()).failures()) == []
