"""A whole case on the page, on the real product with the example registers: from a wish to the office, by phone."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from app import create_app
from assistant.bootstrap import build_product
from assistant.settings import Settings
from assistant.web.example_register import create_example_register
from prefill.documents.specimens.catalogue import specimen
from tests.fakes.browser import Visit, missing
from tests.fakes.office_files import a_pdf
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


def photo(name: str) -> bytes:
    packed = io.BytesIO()
    specimen(name).image.convert("RGB").save(packed, "JPEG")
    return packed.getvalue()


def scanned(name: str) -> bytes:
    """A PDF of scans: an empty page, then the document."""
    page, packed = specimen(name).image.convert("RGB"), io.BytesIO()
    Image.new("RGB", page.size, "white").save(packed, "PDF", save_all=True, append_images=[page])
    return packed.getvalue()


def hand_in(page: Page, name: str, content: bytes) -> None:
    kind = "image/jpeg" if name.endswith("jpg") else "application/pdf"
    page.set_input_files(".case-work input[type=file][aria-label]", {"name": name, "mimeType": kind, "buffer": content})


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
    page.locator(".case-registers input").first.uncheck()
    page.get_by_role("button", name="同意并查询").click()
    page.get_by_role("button", name="看办件").click()
    expect(page.get_by_role("heading", name="没有同意查询的登记数据")).to_be_visible()
    page.get_by_text("改主意了，同意查询").first.click()
    expect(page.get_by_role("heading", name="没有同意查询的登记数据")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("form.case-card label")).to_have_count(1)
    fill_what_is_asked(page, {"备案编号": "ZL2026110099", "月租金": "4200", "提取月份": "2026-10"})
    expect(page.locator(".case-work h3").first).to_contain_text("房屋租赁合同")
    for content, told in ((a_pdf([["合同"]], locked=True), "去掉密码"), (b"", "空的"), (b"%PDF-1.7 broken", "已损坏")):
        hand_in(page, "租赁合同.pdf", content)
        expect(page.locator(".case-work [role=alert]").first).to_contain_text(told, timeout=READING_MS)
        expect(page.locator(".case-work h3").first).to_contain_text("还需要：房屋租赁合同")
        expect(page.locator(".case-strip")).to_contain_text("已保存")
    hand_in(page, "付款.jpg", photo("bank_slip"))
    expect(page.locator(".case-work [role=alert]").first).to_contain_text(
        "这看起来是“银行转账凭证”", timeout=READING_MS
    )
    expect(page.get_by_role("button", name="带原件到窗口")).to_be_visible()
    hand_in(page, "租赁合同.pdf", scanned("lease"))
    expect(page.get_by_text("看到的是：房屋租赁合同")).to_be_visible(timeout=READING_MS)
    expect(page.get_by_role("heading", name="请核对")).to_be_visible()
    assert visit.overflow() == []
    assert visit.violations() == []
    page.get_by_label("我承诺").check()
    page.get_by_role("button", name="确认并预审").click()
    expect(page.locator(".case-card[data-outcome]")).to_be_visible()
    marked = page.locator(".marked-photo").first
    expect(marked.locator("figcaption")).to_contain_text("第 2 页")
    drawn = marked.locator("img")
    drawn.scroll_into_view_if_needed()
    page.wait_for_function("image => image.naturalWidth > 900", arg=drawn.element_handle())
    marked.get_by_role("button", name="看整张").click()
    expect(marked.get_by_role("button", name="只看这一处")).to_have_attribute("aria-expanded", "true")
    assert visit.overflow() == []
    assert visit.violations() == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert visit.overflow() == []
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".case-strip")).to_contain_text("Housing fund withdrawal for rent")
    expect(page.locator(".case-findings li").first).to_contain_text("Lease (房屋租赁合同)")
    assert visit.violations() == []
    assert [line for line in visit.console if "422" not in line] == []  # three files were refused, as they should be


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
