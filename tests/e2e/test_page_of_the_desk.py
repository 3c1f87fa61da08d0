"""A clerk's whole conversation at the desk, by keyboard, in a real browser; the citizen is on the other side."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from assistant.handoff.choosing import Chosen, Contact
from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.happenings import Choice, Outcome
from assistant.handoff.talking import Saying
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.browser import Visit
from tests.fakes.desk_product import DeskProduct, desk_product
from tests.fakes.handoff_product import PASSWORD
from tests.fakes.scripted_product import serving
from tests.fakes.small_knowledge import an_item

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def product(engine: Engine) -> DeskProduct:
    return desk_product(engine, "wang")


@pytest.fixture(scope="module")
def address(product: DeskProduct) -> Iterator[str]:
    with serving(product.app) as served:
        yield served


def signed_in(visit: Visit, name: str, until: str) -> Page:
    page = visit.page
    page.goto(f"{visit.base}/desk")
    page.fill("#account", name)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_selector(until)
    return page


def waiting(client: TestClient) -> tuple[str, str]:
    """A citizen who asked something and wants a person: conversation and ticket."""
    conversation = client.post("/api/conversations").json()["id"]
    client.post(f"/api/conversations/{conversation}/messages", json={"text": "身份证丢了怎么办？", "client_id": "m1"})
    ticket = client.post(f"/api/conversations/{conversation}/handoff", json={}).json()["ticket"]
    return conversation, ticket


def test_a_clerk_takes_answers_and_ends_a_conversation_without_the_mouse(
    visiting: Visiting, product: DeskProduct, address: str
) -> None:
    page = signed_in(visit := visiting(address, **DESK), "wang", ".queue")
    conversation, ticket = waiting(client := TestClient(product.app))
    page.get_by_role("button", name="上岗").press("Enter")
    expect(page.locator(".ticket")).to_have_count(1)
    page.keyboard.press("a")
    expect(page.locator(".suggested-text")).to_contain_text("60日")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    expect(page.locator(".clause-version")).to_contain_text("现行有效")
    page.keyboard.press("Escape")
    expect(page.locator(".clause-box")).to_have_count(0)
    page.keyboard.press("s")
    expect(page.locator(".said.is-clerk")).to_contain_text("60日")
    product.handoff.handoff.talking.citizen_says(ticket, Saying(client_id="c2", text="那要带什么？"))
    expect(page.locator(".said.is-citizen").last).to_contain_text("那要带什么")
    page.keyboard.press("r")
    page.keyboard.type("带户口簿就可以。")
    page.keyboard.press("Enter")
    expect(page.locator(".said.is-clerk").last).to_contain_text("带户口簿就可以")
    assert visit.violations() == []
    assert visit.overflow() == []
    page.keyboard.press("Escape")
    page.keyboard.press(".")
    page.get_by_role("button", name="已解决").press("Enter")
    expect(page.get_by_text("手上没有对话")).to_be_visible()
    rated = client.post(f"/api/conversations/{conversation}/handoff/rating", json={"stars": 5, "reasons": ["说得清楚"]})
    assert rated.json().get("stars") == 5, rated.text


def with_a_case(product: DeskProduct, visit: Visit) -> Page:
    """A citizen's page with a case that came from another device, its owner in line for a person."""
    case = product.handling.open("another device", [an_item("id_loss", "居民身份证挂失补领")], "上海市").case
    page = visit.open()
    page.get_by_role("button", name="接续码").click()
    page.fill(".case-resume input", case.code)
    page.press(".case-resume input", "Enter")
    expect(page.locator(".case-work")).to_be_visible()
    page.get_by_role("button", name="转人工").first.click()
    expect(page.locator(".person")).to_be_visible()
    return page


def test_a_form_is_filled_together_and_only_the_citizen_writes_in_it(
    visiting: Visiting, product: DeskProduct, address: str
) -> None:
    citizen = with_a_case(product, there := visiting(address, locale="zh-CN"))
    desk = signed_in(here := visiting(address, **DESK), "wang", ".queue")
    if desk.get_by_role("button", name="上岗").count():
        desk.get_by_role("button", name="上岗").press("Enter")
    expect(desk.locator(".ticket.is-ringing")).to_have_count(1)
    desk.keyboard.press("a")
    expect(desk.locator("#reply")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("f")
    citizen.get_by_role("button", name="同意一起填").click()
    expect(desk.locator(".form-box")).to_be_visible()
    desk.keyboard.press("f")
    desk.keyboard.press("Enter")
    desk.keyboard.type("王小明")
    desk.keyboard.press("Enter")
    expect(citizen.locator(".form-together li")).to_contain_text("王小明")
    expect(desk.locator(".form-value").first).not_to_contain_text("王小明")
    assert here.violations() == there.violations() == []
    citizen.get_by_role("button", name="采纳", exact=True).click()
    expect(desk.locator(".form-value").first).to_contain_text("王小明")
    citizen.get_by_role("button", name="停止").click()
    expect(desk.locator(".form-box")).to_have_count(0)
    desk.keyboard.press("Escape")
    desk.locator(".talk-lines").focus()
    desk.keyboard.press("c")
    citizen.get_by_role("button", name="约个时间，给我回电话").click()
    citizen.get_by_label("您的电话").fill("021-12345678")
    citizen.get_by_role("button", name="确定", exact=True).click()
    expect(desk.get_by_role("region", name="约好的回电").locator(".ticket")).to_have_count(1)
    assert here.overflow() == there.overflow() == []


NO_SOCKETS = """
window.WebSocket = class {
  static OPEN = 1;
  readyState = 3;
  constructor() { setTimeout(() => this.onclose && this.onclose({}), 0); }
  send() {}
  close() {}
};
"""


def test_where_no_socket_opens_each_line_is_shown_once_and_a_colleague_is_asked_in_by_key(
    visiting: Visiting, product: DeskProduct, address: str
) -> None:
    visit = visiting(address, **DESK)
    visit.context.add_init_script(NO_SOCKETS)
    page = signed_in(visit, "wang", ".queue")
    product.handoff.handoff.roster.enlist("li", "李老师", Skills())
    product.handoff.handoff.roster.set_duty("li", Duty.BREAK)
    product.handoff.handoff.roster.beat(["li"])
    _, ticket = waiting(TestClient(product.app))
    if page.get_by_role("button", name="上岗").count():
        page.get_by_role("button", name="上岗").press("Enter")
    page.keyboard.press("n")
    expect(page.locator("#reply")).to_be_focused()
    says = product.handoff.handoff.talking.citizen_says
    says(ticket, Saying(client_id="e1", text="没有插座也能看到"))
    expect(page.locator(".talk-lines").get_by_text("没有插座也能看到")).to_have_count(1)
    visit.context.set_offline(True)
    says(ticket, Saying(client_id="e2", text="断线时说的"))
    visit.context.set_offline(False)
    expect(page.locator(".talk-lines").get_by_text("断线时说的")).to_have_count(1)
    expect(page.locator(".talk-lines").get_by_text("没有插座也能看到")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    page.keyboard.type("李老师")
    expect(page.get_by_role("option", name="李老师")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".talk-head")).to_contain_text("和李老师一起接待")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator(".talk-lines").focus()
    page.keyboard.press(".")
    expect(page.get_by_role("button", name="已解决")).to_be_focused()
    page.keyboard.press("1")
    expect(page.get_by_text("手上没有对话")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("o")
    expect(page.locator(".talk-lines")).to_contain_text("重新接上了对话")
    product.handoff.handoff.talking.resolve(ticket, "wang", Outcome.SOLVED)


def test_a_case_opens_at_the_counter_on_a_phone(visiting: Visiting, product: DeskProduct, address: str) -> None:
    case = product.handling.open("holder", [an_item("id_loss", "居民身份证挂失补领")], "上海市").case
    page = signed_in(visit := visiting(address, locale="zh-CN"), "wang", ".queue")
    page.get_by_role("link", name="窗口接续").click()
    page.fill("#code", case.code)
    page.press("#code", "Enter")
    expect(page.get_by_text("还缺", exact=True)).to_be_visible()
    expect(page.locator(".suggested-text")).to_contain_text("居民户口簿")
    assert visit.overflow() == []
    assert visit.violations() == []
    _, ticket = waiting(TestClient(product.app))
    choosing = product.handoff.handoff.choosing
    contact = Contact(phone="", called="陈女士")
    choosing.choose(ticket, Chosen(choice=Choice.WINDOW, at=choosing.slots()[0], contact=contact))
    page.get_by_role("button", name="换一件").click()
    expect(page.locator(".visits")).to_contain_text("陈女士")
    assert visit.overflow() == []
    assert visit.violations() == []
    page.get_by_role("button", name="到了，接待").first.press("Enter")
    expect(page.locator(".told")).to_contain_text("身份证丢了怎么办")
    assert visit.violations() == []
    page.get_by_role("button", name="换一件").press("Enter")
    expect(page.locator(".visits")).to_contain_text("来了")


def test_the_wall_shows_the_minute_to_everybody_in_the_room(visiting: Visiting, address: str) -> None:
    page = signed_in(visit := visiting(address, **DESK), "boss", ".figures")
    assert visit.violations() == []
    page.get_by_role("link", name="大屏").click()
    expect(page.locator(".tile")).to_have_count(6)
    size = page.locator(".tile dd").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 100  # of 900 lines on a screen of a metre: read from five metres
