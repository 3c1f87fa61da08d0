"""Citizen and clerk fill a form together over HTTP: agreed, proposed, decided by the citizen, taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.desk_product import DeskProduct, desk_product
from tests.fakes.handoff_product import PASSWORD
from tests.fakes.small_knowledge import an_item

Json = dict[str, Any]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def product(engine: Engine) -> DeskProduct:
    return desk_product(engine, "wang", "li")


class Both:
    """A citizen with a case who talks with clerk wang."""

    def __init__(self, product: DeskProduct) -> None:
        self.page, self.desk = TestClient(product.app), TestClient(product.app)
        signed = self.desk.post("/api/staff/session", json={"account": "wang", "password": PASSWORD}).json()
        self.desk.headers["x-csrf-token"] = signed["csrf_token"]
        self.page.headers["x-csrf-token"] = self.page.post("/api/citizen/session").json()["csrf_token"]
        self.conversation = self.page.post("/api/conversations").json()["id"]
        self.desk.put("/api/desk/duty", json={"duty": "on"})
        asked = self.page.post(f"/api/conversations/{self.conversation}/handoff", json={})
        self.ticket = asked.json()["ticket"]
        self.asks("POST", "accept")
        case = product.handling.open("another device", [an_item("id_loss", "居民身份证挂失补领")], "上海市").case
        self.case = self.page.post("/api/cases/resume", json={"code": case.code}).json()["id"]

    def asks(self, method: str, path: str, body: Json | None = None, status: int = 200) -> Any:
        answer = self.desk.request(method, f"/api/desk/tickets/{self.ticket}/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def says(self, path: str, body: Json | None = None, status: int = 200) -> Any:
        answer = self.page.post(f"/api/cases/{self.case}/{path}", json=body or {})
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def view(self) -> Json:
        found: Json = self.page.get(f"/api/cases/{self.case}").json()
        return found

    def agrees(self) -> None:
        self.says("sharing", {"version": self.view()["version"], "conversation": self.conversation})

    def open_field(self) -> Json:
        found: Json = next(f for f in self.asks("GET", "form")["fields"] if not f["locked"] and f["type"] == "string")
        return found

    def proposes(self, value: str, field: Json | None = None, status: int = 200) -> Any:
        field = field or self.open_field()
        return self.asks("POST", "form/proposals", {"key": field["key"], "value": value, "mark": field["mark"]}, status)

    def proposals(self) -> list[Json]:
        found: list[Json] = self.page.get(f"/api/cases/{self.case}/sharing").json()["proposals"]
        return found

    def decides(self, *, taken: bool, status: int = 200) -> Any:
        wanted = {"version": self.view()["version"], "taken": taken}
        return self.says(f"proposals/{self.proposals()[0]['id']}", wanted, status)


@pytest.fixture
def both(product: DeskProduct) -> Iterator[Both]:
    one = Both(product)
    yield one
    one.asks("POST", "end", {"outcome": "solved"})


def test_a_clerk_sees_no_form_before_the_citizen_agreed(both: Both) -> None:
    assert both.asks("GET", "form", status=409)["error"]["code"] == "form_not_shared"
    both.asks("POST", "form/asked", status=204)
    both.asks("GET", "form", status=409)
    both.agrees()
    assert both.asks("GET", "form")["case"] == both.case


def test_a_ticket_opens_no_files_of_a_case_that_its_conversation_never_moved(both: Both) -> None:
    asked = {"file": "any", "ticket": both.ticket}
    answer = both.desk.get(f"/api/desk/cases/{both.case}/document", params=asked)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_case")
    strange = both.desk.get(f"/api/desk/cases/{both.case}/document", params={**asked, "ticket": "no ticket"})
    assert strange.status_code == 404


def test_a_proposal_stands_in_no_field_before_the_citizen_takes_it(both: Both) -> None:
    both.agrees()
    field = both.open_field()
    both.proposes("沪发", field)
    before = next(f for f in both.view()["fields"] if f["key"] == field["key"])
    assert before["value"] == ""
    both.decides(taken=True)
    after = next(f for f in both.view()["fields"] if f["key"] == field["key"])
    assert after["value"] == "沪发"
    assert both.proposals() == []


def test_a_declined_proposal_changes_nothing_and_the_clerk_is_told(both: Both) -> None:
    both.agrees()
    both.proposes("别的")
    both.decides(taken=False)
    lines = both.desk.get(f"/api/desk/tickets/{both.ticket}").json()["lines"]
    assert lines[-1]["word"] == "declined"
    assert all(f["value"] != "别的" for f in both.view()["fields"])


def test_what_the_citizen_changed_meanwhile_is_never_overwritten(both: Both) -> None:
    both.agrees()
    field = both.open_field()
    both.proposes("工作人员写的", field)
    both.says("fields", {"version": both.view()["version"], "values": {field["key"]: "本人写的"}})
    assert both.proposals()[0]["is_stale"]
    assert both.decides(taken=True, status=409)["error"]["code"] == "field_changed"
    assert both.proposes("又一次", field, status=409)["error"]["code"] == "field_changed"
    assert next(f for f in both.view()["fields"] if f["key"] == field["key"])["value"] == "本人写的"


def test_an_agreement_that_is_taken_back_closes_the_form_at_once(both: Both) -> None:
    both.agrees()
    both.proposes("还没决定的")
    both.says("sharing/ended")
    both.asks("GET", "form", status=409)
    assert both.proposals() == []
    told = [moment["text"] for moment in both.view()["timeline"]]
    assert "同意和工作人员一起填表" in told
    assert "停止和工作人员一起填表" in told


def test_a_value_that_does_not_fit_or_is_an_order_cannot_be_proposed(both: Both) -> None:
    both.agrees()
    both.proposes("<script>alert(1)</script>", status=422)


def test_an_agreement_ends_with_the_conversation_it_was_given_in(product: DeskProduct) -> None:
    both = Both(product)
    both.agrees()
    both.asks("POST", "end", {"outcome": "solved"})
    both.asks("GET", "form", status=409)
    both.page.post(f"/api/conversations/{both.conversation}/handoff/reopen")
    both.asks("POST", "accept")
    both.asks("GET", "form", status=409)
    both.asks("POST", "end", {"outcome": "solved"})


def test_each_step_is_on_record(product: DeskProduct, both: Both) -> None:
    both.asks("POST", "form/asked", status=204)
    both.agrees()
    both.proposes("记录")
    both.decides(taken=True)
    recorded = {act.action for act in getattr(product.staff.audit, "acts", ())}
    assert {"form.asked", "form.shared", "form.proposed", "form.taken"} <= recorded
