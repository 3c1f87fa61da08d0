"""The HTTP application with cases on the shipped catalogue and rules, and registers of invented people in memory."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import create_app
from assistant.cases.building import build_handling
from assistant.cases.handling import Handling
from assistant.cases.registers import KeptRegisters
from assistant.storage.cases import SqlCases
from assistant.web.case_routes import CaseParts
from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.items import ServiceItem
from tests.fakes.scripted_console import scripted_staff
from tests.fakes.scripted_operation import scripted_citizens
from tests.fakes.scripted_product import scripted_services
from tests.fakes.small_knowledge import SmallKnowledge

Json = dict[str, Any]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LIN = {"身份证.姓名": "林示例", "身份证.公民身份号码": "310101198802143021"}


@lru_cache(maxsize=1)
def shipped_items() -> dict[str, ServiceItem]:
    """The sheets that ship, by slug."""
    return {item.slug: item for item in load_catalogue(SHIPPED).items}


@dataclass(frozen=True, slots=True)
class ShippedKnowledge(SmallKnowledge):
    """The shipped sheets as a knowledge base."""

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        """All of them."""
        return tuple(shipped_items().values())

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        """One of them."""
        return shipped_items().get(slug)


@dataclass(slots=True)
class Ticking:
    """A clock that a test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProduct:
    """The application and the parts that a test looks into."""

    app: FastAPI
    handling: Handling
    clock: Ticking
    registers: KeptRegisters = field(default_factory=KeptRegisters)


def case_product(engine: Engine, cases: SqlCases | None = None) -> CaseProduct:
    """The application on a database."""
    clock, registers = Ticking(), KeptRegisters({"lin": LIN})
    services = replace(scripted_services(), clock=clock, new_id=lambda: uuid.uuid4().hex)
    staff = scripted_staff(services, engine)
    citizens = scripted_citizens(staff, engine)
    handling = build_handling(ShippedKnowledge(), cases or SqlCases(engine), clock, registers)
    parts = CaseParts(handling=handling, citizens=citizens, examples=True)
    app = create_app(services, staff, citizens=citizens, cases=parts)
    return CaseProduct(app=app, handling=handling, clock=clock, registers=registers)


class Browser:
    """A citizen's browser with a session of its own."""

    def __init__(self, product: CaseProduct) -> None:
        self.client = TestClient(product.app, raise_server_exceptions=False)
        self.token = self.client.post("/api/citizen/session").json()["csrf_token"]
        self.case: Json = {}

    def get(self, path: str, *, status: int = 200) -> Any:
        """Look."""
        answer = self.client.get(f"/api/cases{path}")
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, body: Json, *, status: int = 200) -> Json:
        """Change; what comes back as a case is the case in hand."""
        answer = self.client.post(f"/api/cases{path}", json=body, headers={"x-csrf-token": self.token})
        assert answer.status_code == status, answer.text
        told: Json = answer.json()
        if "version" in told:
            self.case = told
        return told

    def begin(self, item: str) -> Json:
        """Begin a case."""
        return self.post("", {"item": item}, status=201)

    def step(self, step: str, *, status: int = 200, **body: object) -> Json:
        """A change of the case in hand, on the version that this browser knows."""
        return self.post(f"/{self.case['id']}/{step}", {"version": self.case["version"], **body}, status=status)
