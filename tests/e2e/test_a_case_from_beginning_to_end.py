"""A whole case on the page, on the real product with the example registers: from a wish to the office, by phone."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app import create_app
from assistant.bootstrap import build_product
from assistant.settings import Settings
from assistant.web.example_register import create_example_register
from prefill.documents.specimens.catalogue import specimen
from tests.fakes.browser import Visit, missing
from tests.fakes.scripted_product import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visiting = Callable[..., Visit]
READING_MS = 30_000


@dataclass(frozen=True, slots=True)
class Served:
    """Where the product is."""

    address: str


@pytest.fixture(scope="module")
def handling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product with cases, and registers of invented people."""
    if (why := missing()) is not None:
        pytest.skip(why)
    home: Path = tmp_path_factory.mktemp("home")
    with serving(create_example_register(date.today())) as registers:  # noqa: DTZ011 - the register's own day
        settings = Settings(home=home, registers_url=registers)
        with build_product(settings, say=lambda _: None) as product:
            citizens = product.citizens()
            app = create_app(product.services(), citizens=citizens, cases=product.cases(citizens))
            with serving(app) as address:
                yield Served(address)


def begin(visit: Visit, wish: str) -> Page:
    visit.open()
    visit.ask(wish)
    expect(visit.page.locator(".case-strip")).to_be_visible()
    return visit.page


def fill_what_is_asked(page: Page, values: dict[str, str]) -> None:
    """Fill the cards of the form one after the other until none is left."""
    for _ in range(8):
        asked = page.locator("form.case-card")
        if asked.count() == 0:
            return
        names = asked.locator("label").all_inner_texts()
        for name in names:
            plain = name.replace("必填", "").strip()
            if plain in values:
                field = asked.get_by_label(plain, exact=False).first
                if field.evaluate("element => element.tagName") == "SELECT":
                    field.select_option(values[plain])
                else:
                    field.fill(values[plain])
        before = page.locator(".case-strip-count").inner_text()
        asked.get_by_role("button", name="保存，下一步").click()
        expect(page.locator(".case-strip-count")).not_to_have_text(before)
        expect(page.locator(".case-work")).to_have_attribute("aria-busy", "false")


def test_a_wish_becomes_a_submitted_case_on_a_phone(visiting: Visiting, handling: Served) -> None:
    visit = visiting(handling.address)
    page = begin(visit, "我想提公积金付房租")
    page.get_by_role("button", name="都符合").click()
    page.get_by_text("演示：用虚构人员的身份试试").click()
    page.get_by_role("button", name="林示例").click()
    expect(page.get_by_role("heading", name="要不要帮您查？")).to_be_visible()
    assert visit.violations() == []
    page.get_by_role("button", name="同意并查询").click()
    expect(page.locator("form.case-card label")).to_have_count(1)
    fill_what_is_asked(page, {"备案编号": "ZL2026110099", "月租金": "4200", "提取月份": "2026-10"})
    expect(page.locator(".case-work h3").first).to_contain_text("房屋租赁合同")
    picture = io.BytesIO()
    specimen("lease").image.convert("RGB").save(picture, "JPEG")
    page.set_input_files(
        "input[type=file]", {"name": "租赁合同.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    expect(page.get_by_role("heading", name="请核对")).to_be_visible(timeout=READING_MS)
    expect(page.get_by_text("看到的是：房屋租赁合同")).to_be_visible()
    assert visit.overflow() == []
    assert visit.violations() == []
    page.get_by_label("我承诺").check()
    page.get_by_role("button", name="确认并预审").click()
    expect(page.locator(".case-card[data-outcome]")).to_be_visible()
    marked = page.locator(".marked-photo").first
    marked.get_by_role("button", name="看整张").click()
    expect(marked.get_by_role("button", name="只看这一处")).to_have_attribute("aria-expanded", "true")
    assert visit.overflow() == []
    assert visit.violations() == []
    assert visit.console == []


def test_a_case_goes_on_on_another_device_by_its_code(visiting: Visiting, handling: Served) -> None:
    first = visiting(handling.address)
    page = begin(first, "帮我补办身份证")
    page.get_by_role("button", name="看办件").click()
    code = page.locator(".case-code-signs").inner_text()
    second = visiting(handling.address)
    second.open()
    second.page.get_by_role("button", name="用接续码接着办").click()
    second.page.get_by_label("接续码").fill(code.lower())
    second.page.get_by_role("button", name="打开").click()
    expect(second.page.locator(".case-strip")).to_contain_text("居民身份证挂失补领")
    assert second.violations() == []


def test_two_tabs_lose_no_update(visiting: Visiting, handling: Served) -> None:
    visit = visiting(handling.address)
    page = begin(visit, "帮我补办身份证")
    page.get_by_role("button", name="都符合").click()
    other = visit.context.new_page()
    other.goto(page.url)
    other.get_by_label("姓名").fill("甲示例")
    page.get_by_label("姓名").fill("乙示例")
    page.get_by_role("button", name="保存，下一步").click()
    expect(page.get_by_label("公民身份号码")).to_be_visible()
    other.get_by_role("button", name="保存，下一步").click()
    expect(other.locator(".case-work [role=alert]")).to_contain_text("别处更新过")
    expect(other.get_by_label("姓名")).to_have_value("甲示例")
    other.get_by_role("button", name="看最新内容").click()
    expect(other.locator(".case-work")).to_contain_text("您写的是“甲示例”，现在保存的是“乙示例”")
    other.get_by_role("button", name="用我写的").click()
    expect(other.get_by_role("heading", name="您写的和别处保存的不一样")).to_be_hidden()
    other.get_by_label("公民身份号码").fill("３１０１０１ 19880214 3022")
    other.get_by_role("button", name="保存，下一步").click()
    expect(other.get_by_label("公民身份号码")).to_be_focused()
    expect(other.locator(".case-wrong")).to_contain_text("18位")
    visit.context.set_offline(True)
    other.get_by_label("公民身份号码").fill("３１０１０１ 19880214 3021")
    other.get_by_role("button", name="保存，下一步").click()
    expect(other.locator(".case-work [role=alert]")).to_contain_text("网络断了")
    visit.context.set_offline(False)
    expect(other.get_by_label("公民身份号码")).to_be_hidden()
    other.get_by_role("button", name="几项一起填").click()
    expect(other.locator("form.case-card label").nth(1)).to_be_visible()


FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return '';
  const label = (e.id && document.querySelector(`label[for='${CSS.escape(e.id)}']`)) || e.closest('label') || e;
  return e.getAttribute('aria-label') || label.innerText || e.innerText || '';
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the keyboard is called so, as somebody without a mouse has to."""
    for _ in range(40):
        if name in str(page.evaluate(FOCUSED)):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard never came to {name!r}.")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def expect_the_keyboard_at(page: Page, heading: str) -> None:
    """Where a step is done, the keyboard stands at the head of the next, not at the top of the page again."""
    head = page.locator(".case-work h3", has_text=heading).first
    expect(head).to_be_focused()


def test_an_elderly_citizen_handles_a_whole_case_in_large_type_by_keyboard_alone(
    visiting: Visiting, handling: Served
) -> None:
    visit = visiting(handling.address)
    page = visit.open("/?mode=elder")
    tab_to(page, "写下您的问题")
    page.keyboard.type("帮我补办身份证")
    page.keyboard.press("Enter")
    expect(page.locator(".case-strip")).to_be_visible()
    press(page, "都符合")
    expect_the_keyboard_at(page, "请填这")
    assert visit.overflow() == []
    assert visit.violations() == []
    press(page, "演示")
    press(page, "林示例")
    expect_the_keyboard_at(page, "要不要帮您查？")
    press(page, "同意并查询")
    expect_the_keyboard_at(page, "请填这")
    tab_to(page, "丢失日期")
    page.keyboard.type("11182026")  # as the browser's own date field takes it in English
    press(page, "保存，下一步")
    expect_the_keyboard_at(page, "请核对")
    tab_to(page, "我承诺")
    page.keyboard.press("Space")
    press(page, "确认并预审")
    expect(page.locator(".case-card[data-outcome]")).to_be_visible()
    assert visit.overflow() == []
    assert visit.console == []
