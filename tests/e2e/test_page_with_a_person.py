"""What a citizen sees who wants a person: waits, chooses, talks, loses the line, rates. The clerk is a real desk."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.happenings import Outcome
from assistant.handoff.promise import Promise
from assistant.handoff.talking import Saying
from assistant.storage.migrating import upgrade_to_head
from assistant.web.handoff_parts import HandoffParts
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.browser import Visit
from tests.fakes.handoff_product import handoff_app
from tests.fakes.scripted_product import serving

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def office(engine: Engine) -> Iterator[tuple[str, HandoffParts]]:
    app, parts = handoff_app(engine, promise=Promise(lease=timedelta(minutes=5), first_words=timedelta(minutes=2)))
    with serving(app) as address:
        yield address, parts
    for clerk in parts.handoff.roster.all():
        parts.handoff.roster.set_duty(clerk.id, Duty.OFF)


def on_duty(parts: HandoffParts, name: str = "王老师") -> None:
    parts.handoff.roster.enlist("wang", name, Skills())
    parts.handoff.roster.set_duty("wang", Duty.ON)


def taken(parts: HandoffParts) -> str:
    """The clerk takes whoever waits."""
    while (ticket := parts.handoff.queue.claim_next("wang")) is None:
        pass
    return ticket.id


def says(parts: HandoffParts, ticket: str, text: str) -> None:
    parts.handoff.talking.clerk_says(ticket, "wang", Saying(client_id=text, text=text))


def test_a_citizen_waits_talks_with_a_person_and_rates_in_two_taps(
    visiting: Visiting, office: tuple[str, HandoffParts]
) -> None:
    address, parts = office
    on_duty(parts)
    visit = visiting(address)
    page = visit.open()
    page.get_by_role("button", name="转人工").click()
    expect(page.locator(".person")).to_contain_text(re.compile("正在接通|前面有"))
    ticket = taken(parts)
    expect(page.locator(".head")).to_contain_text("王老师")
    expect(page.locator(".head.is-person")).to_be_visible()
    says(parts, ticket, "您好，我看到您的问题了。")
    expect(page.get_by_text("您好，我看到您的问题了。")).to_be_visible()
    page.fill("#question", "我的电话是13812345678")
    page.press("#question", "Enter")
    expect(page.locator(".person-line.is-mine")).to_contain_text("〔电话〕")
    expect(page.get_by_text("小申不作答").last).to_be_visible()
    assert visit.violations() == []
    assert visit.overflow() == []
    parts.handoff.talking.resolve(ticket, "wang", Outcome.SOLVED)
    page.get_by_role("button", name="很满意", exact=True).click()
    page.get_by_role("button", name="说得清楚").click()
    expect(page.get_by_text("已记下您的评价")).to_be_visible()
    assert parts.handoff.ratings.all()[0].stars == 5


def test_after_a_broken_line_what_was_said_meanwhile_is_there_once(
    visiting: Visiting, office: tuple[str, HandoffParts]
) -> None:
    address, parts = office
    on_duty(parts)
    visit = visiting(address)
    page = visit.open()
    page.get_by_role("button", name="转人工").click()
    expect(page.locator(".person")).to_be_visible()
    ticket = taken(parts)
    says(parts, ticket, "第一句")
    expect(page.get_by_text("第一句")).to_be_visible()
    page.reload()
    says(parts, ticket, "断线时说的")
    expect(page.get_by_text("断线时说的")).to_have_count(1)
    expect(page.get_by_text("第一句")).to_have_count(1)
    visit.context.set_offline(True)
    page.fill("#question", "没有网的时候写的")
    page.press("#question", "Enter")
    expect(page.locator(".is-unsent")).to_be_visible()
    visit.context.set_offline(False)
    expect(page.locator(".person-line.is-mine:not(.is-unsent)")).to_contain_text("没有网的时候写的", timeout=20_000)
    assert sum("没有网" in (one.text or "") for one in parts.handoff.log.after(ticket, 0)) == 1


def test_where_nobody_is_there_a_call_or_a_window_can_be_booked(
    visiting: Visiting, office: tuple[str, HandoffParts]
) -> None:
    address, parts = office
    visit = visiting(address)
    page = visit.open("/?mode=elder")
    page.get_by_role("button", name="转人工").click()
    page.get_by_role("button", name="约个时间，给我回电话").click()
    page.get_by_label("您的电话").fill("021-12345678")
    assert visit.violations() == []
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".person-notice")).to_contain_text("给您打电话")
    page.get_by_role("button", name="约个时间，我去窗口").click()
    page.get_by_label("怎么称呼您").fill("陈女士")
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".person-notice")).to_contain_text("去窗口")
    known = [one.contact for one in parts.handoff.visits.listed()]
    assert [(one.called, one.phone) for one in known if one] == [("陈女士", "02112345678")]
    page.get_by_role("button", name="不去窗口了").click()
    expect(page.locator(".person-notice")).to_contain_text("已取消去窗口的预约")
