"""Reminders of cases: the right one on the right day, once, whatever stops the process; told on the page."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from assistant.cases import happenings as h
from assistant.cases.case import Case
from assistant.cases.happenings import Happening
from assistant.cases.reminding import Reminders
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.case_product import NOW, Browser, CaseProduct, case_product, shipped_items

DONE: list[Happening] = [h.ReviewBegun(), h.Reviewed(outcome="pass", notice="")]


@pytest.fixture
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseProduct]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield case_product(engine)
    engine.dispose()


def after(product: CaseProduct, days: float) -> int:
    product.clock.now = NOW + timedelta(days=days)
    return Reminders(product.handling).sweep()


def reminded(product: CaseProduct, case: Case) -> list[str]:
    found = product.handling.desk.cases.case(case.id)
    return [e.happening.why for e in found.events if isinstance(e.happening, h.Reminded)]


def a_case(product: CaseProduct, *happened: Happening) -> Case:
    case = product.handling.open("holder", [shipped_items()["id_loss"]], "上海市").case
    return product.handling.add(case, happened).case if happened else case


def test_a_case_left_standing_is_reminded_of_twice_and_then_left_in_peace(product: CaseProduct) -> None:
    case = a_case(product)
    assert [after(product, days) for days in (1, 3, 4, 9, 14, 15, 40, 400)] == [0, 1, 0, 0, 1, 0, 0, 0]
    assert reminded(product, case) == ["standing", "standing_long"]


@pytest.mark.parametrize(
    ("happened", "days", "why"),
    [
        (DONE, 1, "ready"),
        ([*DONE, h.Submitted(office="o", receipt="1")], 30, None),
        ([h.Returned("补照片。")], 3, "to_mend"),
        ([h.Returned("补照片。", date(2026, 12, 22))], 2, None),
        ([h.Returned("补照片。", date(2026, 11, 27))], 2, "mending_ends"),
        ([h.Returned("补照片。", date(2026, 11, 23))], 2, "mending_over"),
        ([*DONE, h.Submitted(office="o", receipt="1"), h.Accepted(date(2026, 12, 1))], 9, None),
        ([*DONE, h.Submitted(office="o", receipt="1"), h.Accepted(date(2026, 12, 1))], 10, "decision_late"),
        ([*DONE, h.Submitted(office="o", receipt="1"), h.Accepted()], 99, None),
        ([h.Withdrawn()], 99, None),
    ],
)
def test_each_state_has_its_reminder(
    product: CaseProduct, happened: list[Happening], days: int, why: str | None
) -> None:
    case = a_case(product, *happened)
    after(product, days)
    assert reminded(product, case) == ([why] if why else [])


def test_a_sweep_that_dies_between_any_two_cases_reminds_nobody_twice(product: CaseProduct) -> None:
    made = [a_case(product) for _ in range(5)]
    product.clock.now = NOW + timedelta(days=3)
    deaths = 0
    for stop in range(1, 7):

        def dying(case: Case, stop: int = stop) -> None:
            given = sum(len(reminded(product, one)) for one in made)
            if given >= stop:
                raise InterruptedError

        product.handling._hearers[:] = [dying]
        try:
            Reminders(product.handling).sweep()
        except InterruptedError:
            deaths += 1
    assert deaths == 5
    assert [reminded(product, case) for case in made] == [["standing"]] * 5


def test_work_after_a_reminder_begins_the_days_anew(product: CaseProduct) -> None:
    case = a_case(product)
    after(product, 3)
    now = product.handling.desk.cases.case(case.id)
    product.handling.enter(now, {"手机号码": "13900000000"})
    assert [after(product, days) for days in (4, 6)] == [0, 1]
    assert reminded(product, case) == ["standing", "standing"]


def test_the_page_shows_the_reminder_until_somebody_works_on_and_it_disturbs_no_open_form(product: CaseProduct) -> None:
    browser = Browser(product)
    seen = browser.begin("id_loss")
    assert seen["reminder"] == ""
    assert after(product, 3) == 1
    listed = browser.get("")["cases"][0]
    assert "放了几天" in listed["reminder"]
    assert "提醒" in browser.get(f"/{seen['id']}")["timeline"][-1]["text"]
    saved = browser.step("fields", values={"手机号码": "13900000000"})  # on the version from before the reminder
    assert saved["reminder"] == ""
    assert saved["version"] == seen["version"] + 2
