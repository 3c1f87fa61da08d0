"""A clerk's whole conversation at the desk, by keyboard, in a real browser; the citizen is on the other side."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

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


def waiting(product: DeskProduct) -> tuple[str, str]:
    """A citizen who asked something and wants a person: conversation and ticket."""
    client = TestClient(product.app)
    conversation = client.post("/api/conversations").json()["id"]
    client.post(f"/api/conversations/{conversation}/messages", json={"text": "身份证丢了怎么办？", "client_id": "m1"})
    ticket = client.post(f"/api/conversations/{conversation}/handoff", json={}).json()["ticket"]
    return conversation, ticket


def test_a_clerk_takes_answers_and_ends_a_conversation_without_the_mouse(
    visiting: Visiting, product: DeskProduct, address: str
) -> None:
    page = signed_in(visit := visiting(address, **DESK), "wang", ".queue")
    conversation, ticket = waiting(product)
    page.get_by_role("button", name="上岗").press("Enter")
    expect(page.locator(".ticket")).to_have_count(1)
    page.keyboard.press("a")
    expect(page.locator(".suggested-text")).to_contain_text("60日")
    page.keyboard.press("Escape")
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
    client = TestClient(product.app)
    rated = client.post(f"/api/conversations/{conversation}/handoff/rating", json={"stars": 5, "reasons": ["说得清楚"]})
    assert rated.json()["stars"] == 5


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


def test_the_wall_shows_the_minute_to_everybody_in_the_room(visiting: Visiting, address: str) -> None:
    page = signed_in(visit := visiting(address, **DESK), "boss", ".figures")
    assert visit.violations() == []
    page.get_by_role("link", name="大屏").click()
    expect(page.locator(".tile")).to_have_count(6)
    size = page.locator(".tile dd").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 100  # of 900 lines on a screen of a metre: read from five metres
