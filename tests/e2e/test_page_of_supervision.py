"""A supervisor's morning in a real browser: reports, a bad rating, tomorrow's shifts, a team's hours."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.happenings import Outcome
from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.talking import Saying
from assistant.handoff.ticket import Subject
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.browser import Visit
from tests.fakes.handoff_product import PASSWORD, handoff_app
from tests.fakes.scripted_product import serving

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def address(engine: Engine) -> Iterator[str]:
    app, parts = handoff_app(engine, "wang")
    handoff = parts.handoff
    handoff.roster.enlist("wang", "王敏", Skills(), team="一组")
    handoff.roster.set_duty("wang", Duty.ON)
    ticket = handoff.queue.request(Request(id="t1", conversation="c1", subject=Subject(reason=Reason.ASKED)))
    handoff.queue.accept(ticket.id, "wang")
    handoff.talking.clerk_says(ticket.id, "wang", Saying(client_id="m1", text="您好"))
    handoff.talking.resolve(ticket.id, "wang", Outcome.SOLVED)
    handoff.ratings.rate(ticket.id, 1, ("等得太久",), "等了半个小时")
    with serving(app) as served:
        yield served


def test_a_supervisor_reads_judges_and_plans(visiting: Visiting, address: str) -> None:
    visit = visiting(address, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = visit.page
    page.goto(f"{visit.base}/desk")
    page.fill("#account", "boss")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.get_by_role("link", name="报表").click()
    expect(page.get_by_role("row", name="本人要求")).to_be_visible()
    assert visit.violations() == []

    page.get_by_role("link", name="好差评").click()
    page.get_by_role("button", name="属实，我来办").click()
    page.get_by_label("回访时市民怎么说").fill("市民说中午没人接")
    page.get_by_role("button", name="已回访").click()
    expect(page.locator(".steps-taken")).to_contain_text("中午没人接")
    expect(page.get_by_label("做了什么整改")).to_be_visible()
    assert visit.violations() == []

    page.get_by_role("link", name="人员与班次").click()
    page.get_by_label("一组的时间").fill("daily 08:00-20:00")
    page.get_by_role("listitem").filter(has_text="一组").get_by_role("button", name="保存").first.click()
    expect(page.get_by_label("一组的时间")).to_have_value("daily 08:00-20:00")
    page.locator("details summary").click()
    assert visit.violations() == []

    page.get_by_role("link", name="排班测算").click()
    page.get_by_label("平均处理时长").fill("180")
    page.get_by_label("自己填到达量").fill("09:00 60\n09:30 200")
    page.get_by_role("button", name="测算").click()
    expect(page.get_by_role("row", name="09:30")).to_contain_text("还差")
    assert visit.violations() == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")  # wide tables scroll by themselves
