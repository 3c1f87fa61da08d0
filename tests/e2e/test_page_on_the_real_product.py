"""The page on the real product with the knowledge that ships: the main job, end to end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app import create_app
from assistant.bootstrap import build_product
from assistant.settings import Settings
from tests.fakes.browser import Visit, missing
from tests.fakes.scripted_product import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def real_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product on a home of its own, on a free port."""
    if (why := missing()) is not None:
        pytest.skip(why)
    home: Path = tmp_path_factory.mktemp("home")
    with (
        build_product(Settings(home=home), say=lambda _: None) as product,
        serving(create_app(product.services())) as address,
    ):
        yield address


def test_a_lost_identity_card_gets_the_right_item_a_cited_answer_and_a_way_on(
    visiting: Callable[..., Visit], real_address: str
) -> None:
    visit = visiting(real_address)
    visit.open()
    visit.ask("身份证丢了怎么办")
    expect(visit.page.get_by_role("heading", name="居民身份证挂失补领")).to_be_visible()
    mark = visit.page.locator(".sentences .source-mark").first
    mark.click()
    sheet = visit.page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="居民身份证挂失补领")).to_be_visible()
    expect(sheet.locator(".is-cited")).to_be_visible()
    expect(sheet.get_by_text("现行有效")).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".steps-on")).to_be_visible()
    assert visit.violations() == []
    assert visit.overflow() == []
    assert visit.console == []


def test_a_follow_up_stays_with_the_item(visiting: Callable[..., Visit], real_address: str) -> None:
    visit = visiting(real_address)
    visit.open()
    visit.ask("护照第一次怎么办")
    first = visit.page.locator(".turn:last-of-type .card h3").inner_text()
    visit.ask("要多久")
    assert visit.page.locator(".turn:last-of-type .card h3").inner_text() == first


def test_what_is_not_in_the_catalogue_is_said_and_a_way_on_is_offered(
    visiting: Callable[..., Visit], real_address: str
) -> None:
    visit = visiting(real_address)
    visit.open()
    visit.ask("帮我写一首关于月亮的诗")
    assert visit.page.locator(".turn .card").count() == 0
    assert visit.page.locator(".sentences p").count() >= 1


def test_every_suggested_question_finds_an_item(visiting: Callable[..., Visit], real_address: str) -> None:
    visit = visiting(real_address)
    visit.open()
    visit.page.wait_for_selector(".situations")
    questions: list[str] = visit.page.evaluate(
        "fetch('/api/suggestions').then(r => r.json()).then(s => s.situations.flatMap(x => x.questions))"
    )
    assert len(questions) == 24
    lost = []
    for question in questions:
        visit.ask(question, ".turn:last-of-type:is([data-phase=done], [data-phase=failed])")
        last = visit.page.locator(".turn:last-of-type")
        if last.locator(".card").count() == 0 and last.locator(".choices").count() == 0:
            lost.append(question)
    assert lost == []
