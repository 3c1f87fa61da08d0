"""Verified values cannot be changed on the way: not in the form, not at submission, not behind the server's back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from assistant.cases.consenting import in_force
from assistant.storage.case_tables import CaseEventRow
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url, writing
from tests.fakes.case_product import LIN, Browser, CaseProduct, Json, case_product

NAME, NUMBER = "姓名", "公民身份号码"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def product(engine: Engine) -> CaseProduct:
    return case_product(engine)


@pytest.fixture
def browser(product: CaseProduct) -> Browser:
    """A citizen whose identity card was looked up."""
    browser = Browser(product)
    browser.begin("id_loss")
    browser.step("conditions", answers={c["id"]: True for c in browser.case["conditions"]})
    cases = product.handling.desk.cases
    product.handling.identify(cases.case(browser.case["id"]), "lin", "test")
    browser.case = browser.get(f"/{browser.case['id']}")
    browser.step("consents", registers=["身份证"])
    return browser


def field(case: Json, key: str) -> Json:
    return next(one for one in case["fields"] if one["key"] == key)


def ready(browser: Browser) -> None:
    while browser.case["step"] in ("field", "form"):
        values = {key: value(field(browser.case, key)) for key in browser.case["step_fields"]}
        browser.step("fields", values=values)
    for material in browser.case["materials"]:
        if material["needed"] and not material["made_here"]:
            browser.step("materials", part=material["part"], material=material["material"], how="bring")
    browser.step("review")
    assert browser.case["state"] == "ready", browser.case["review"]


def value(one: Json) -> str:
    examples = {"mobile": "13900000000", "date": "2026-11-01", "bool": "否", "address": "上海市杨浦区国和支路1号"}
    return str(one["choices"][0] if one["choices"] else examples.get(one["type"], "样例"))


def test_a_verified_value_is_shown_shortened_with_its_source_and_locked(browser: Browser) -> None:
    number = field(browser.case, NUMBER)
    assert (number["locked"], number["source"]) == (True, "身份证")
    assert number["value"] != LIN["身份证.公民身份号码"]
    assert number["value"].endswith("3021")


def test_a_verified_value_cannot_be_overwritten_in_the_form(browser: Browser) -> None:
    told = browser.step("fields", values={NAME: "林别人"}, status=409)
    assert told["error"]["code"] == "locked_value"
    assert "不能手工改动" in told["error"]["message"]
    browser.step("fields", values={NAME: LIN["身份证.姓名"], "联系电话": "13900000000"}, status=422)  # no such field
    assert field(browser.get(f"/{browser.case['id']}"), NAME)["value"] == "林示例"


def test_a_submission_with_a_changed_verified_value_is_refused(browser: Browser) -> None:
    ready(browser)
    shown = {one["key"]: one["value"] for one in browser.case["fields"] if one["value"]}
    told = browser.step("submission", values={**shown, NAME: "林别人"}, status=409)
    assert told["error"]["code"] == "locked_value"
    told = browser.step("submission", values={**shown, NUMBER: "310101199003078515"}, status=409)
    assert told["error"]["code"] == "locked_value"
    assert browser.step("submission", values=shown)["state"] == "submitted"


@pytest.mark.parametrize("kind", ["facts_kept", "reviewed"])
def test_a_value_changed_in_storage_is_not_handed_in(browser: Browser, engine: Engine, kind: str) -> None:
    ready(browser)
    with writing(engine) as session:
        mine = (CaseEventRow.case_id == browser.case["id"], CaseEventRow.kind == kind)
        row = session.scalars(select(CaseEventRow).where(*mine).order_by(CaseEventRow.number)).first()
        assert row is not None
        if kind == "reviewed":
            row.payload = {**row.payload, "seal": "0" * 64}
        else:
            facts: list[Json] = row.payload["facts"]  # type: ignore[assignment]
            changed = [{**f, "value": "林别人" if f["key"] == "身份证.姓名" else f["value"]} for f in facts]
            row.payload = {**row.payload, "facts": changed}
    told = browser.step("submission", status=409)
    assert told["error"]["code"] == "value_tampered"
    assert "没有提交" in told["error"]["message"]
    assert browser.get(f"/{browser.case['id']}")["state"] == "ready"


def test_taking_the_consent_back_makes_the_value_the_citizens_own(browser: Browser) -> None:
    told = browser.step("consents/revoked", registers=["身份证"])
    assert not field(told, NAME)["locked"]
    assert field(browser.step("fields", values={NAME: "林别人"}), NAME)["value"] == "林别人"


def test_a_consent_taken_back_and_given_again_fills_and_locks_again(browser: Browser) -> None:
    told = browser.step("consents/revoked", registers=["身份证"])
    assert (field(told, NAME)["value"], told["consents"]) == ("", [])
    assert [register["name"] for register in told["declined"]] == ["身份证"]
    again = browser.step("consents", registers=["身份证"])
    assert [(c["name"], field(again, NAME)["value"], field(again, NAME)["locked"]) for c in again["consents"]] == [
        ("身份证", "林示例", True)
    ]
    assert again["declined"] == []
    ready(browser)
    assert browser.step("submission")["state"] == "submitted"


def test_what_was_told_under_a_consent_ends_with_its_last_day(product: CaseProduct, browser: Browser) -> None:
    handling, case = product.handling, product.handling.desk.cases.case(browser.case["id"])
    last = case.consents[0].until
    assert in_force(case, last) is case
    over = in_force(case, last + timedelta(days=1))
    assert (over.consents, [f for f in over.facts if f.reference == "身份证"]) == ((), [])
    before, product.clock.now = product.clock.now, product.clock.now + timedelta(days=31)
    stands = handling.look(case)
    product.clock.now = before
    name = stands.standing.field(NAME)
    assert name is not None
    assert (name.value, stands.step.registers) == (None, ("身份证",))
