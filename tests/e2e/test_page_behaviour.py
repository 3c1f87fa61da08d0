"""What a person does with the page: asks, reads the source, stops, loses the line, comes back, uses the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from app import create_app
from tests.fakes.browser import Visit
from tests.fakes.scripted_assistant import SCRIPTS
from tests.fakes.scripted_product import scripted_services, serving

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]

ANSWERED = "身份证丢了怎么办？"


def sentences(visit: Visit) -> list[str]:
    """What the last answer says, without its source marks."""
    said: list[str] = visit.page.locator(".turn:last-of-type .sentences > p").evaluate_all(
        "all => all.map(p => p.firstChild.textContent)"
    )
    return said


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    one = visiting()
    one.open()
    return one


def test_a_suggested_question_is_answered_with_card_and_sources(visit: Visit) -> None:
    visit.page.get_by_role("button", name=ANSWERED).click()
    visit.page.wait_for_selector("[data-phase=done]")
    assert sentences(visit)[0].startswith("身份证丢了，可以申请补领新证")
    expect(visit.page.get_by_role("heading", name="居民身份证挂失补领")).to_be_visible()
    expect(visit.page.get_by_role("checkbox", name="居民户口簿")).to_be_visible()
    expect(visit.page.get_by_text("有电子证照的免交")).to_be_visible()


def test_a_second_answer_is_read_from_its_beginning_without_scrolling(visit: Visit) -> None:
    visit.ask(ANSWERED)
    visit.page.fill("#question", ANSWERED)
    visit.page.press("#question", "Enter")
    last = visit.page.locator(".turn").nth(1)
    expect(last.and_(visit.page.locator("[data-phase=done]"))).to_be_attached()
    visit.page.wait_for_timeout(1200)  # the smooth scroll has come to rest
    first, input_box = (
        last.locator(".sentences > p").first.bounding_box(),
        visit.page.locator("#question").bounding_box(),
    )
    assert first is not None
    assert input_box is not None
    assert 0 < first["y"] < first["y"] + first["height"] < input_box["y"]


def test_a_situation_of_life_opens_to_its_questions(visit: Visit) -> None:
    button = visit.page.get_by_role("button", name="开店创业")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(visit.page.get_by_role("list", name="开店创业").get_by_role("button")).to_have_count(4)


def test_sentences_appear_while_the_answer_is_still_coming(visit: Visit) -> None:
    visit.ask("慢慢回答", "[data-phase=streaming] .sentences > p")
    assert len(sentences(visit)) >= 1
    expect(visit.page.get_by_role("button", name="停止")).to_be_visible()


def test_thinking_shows_only_when_it_takes_longer_than_people_notice(visit: Visit) -> None:
    visit.page.fill("#question", "慢慢回答")
    visit.page.press("#question", "Enter")
    visit.page.wait_for_selector("[data-phase=asking]")
    assert visit.page.locator(".thinking").count() == 0
    visit.page.wait_for_selector(".thinking")


def test_stop_keeps_what_was_said_and_lets_the_next_question_through(visit: Visit) -> None:
    visit.ask("慢慢回答", "[data-phase=streaming] .sentences > p")
    visit.page.get_by_role("button", name="停止").click()
    expect(visit.page.get_by_text("已停止回答。").first).to_be_visible()
    visit.ask(ANSWERED)
    assert len(sentences(visit)) == 3


def test_a_source_mark_opens_the_source_at_the_clause_and_gives_the_focus_back(visit: Visit) -> None:
    visit.ask(ANSWERED)
    mark = visit.page.get_by_role("button", name="来源 2").first
    mark.focus()
    visit.page.keyboard.press("Enter")
    sheet = visit.page.get_by_role("dialog")
    expect(sheet.get_by_text("现行有效")).to_be_visible()
    expect(sheet.get_by_text("2011-10-29 起")).to_be_visible()
    expect(sheet.locator(".is-cited")).to_contain_text("60日")
    expect(sheet.locator(".is-cited")).to_contain_text("第十二条")
    visit.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_taken_back_sentence_is_gone_and_the_reason_is_said(visit: Visit) -> None:
    visit.ask("答错再改")
    assert "补领只要3天。" not in visit.page.locator("main").inner_text()
    expect(visit.page.locator(".is-replaced")).to_contain_text("已经撤回")


def test_a_choice_is_sent_as_the_next_message(visit: Visit) -> None:
    visit.ask("办证")
    visit.page.get_by_role("button", name="丢了，要补一张").click()
    visit.page.wait_for_selector(".turn >> nth=1")
    visit.page.wait_for_selector(".turn:last-of-type[data-phase=done]")
    expect(visit.page.locator(".turn:last-of-type .asked")).to_contain_text(ANSWERED)
    expect(visit.page.locator(".turn >> nth=0").get_by_role("button", name="丢了，要补一张")).to_be_disabled()


def test_in_a_crisis_the_help_line_is_one_tap_away(visit: Visit) -> None:
    visit.ask("我不想活了")
    expect(visit.page.get_by_role("link", name="拨打12356心理援助热线")).to_have_attribute("href", "tel:12356")


def test_a_person_is_asked_for_from_the_header(visit: Visit) -> None:
    visit.page.get_by_role("button", name="转人工").click()
    visit.page.wait_for_selector("[data-phase=done]")
    expect(visit.page.get_by_role("link", name="拨打12345")).to_have_attribute("href", "tel:12345")


def test_what_was_written_offline_is_sent_when_the_line_is_back(visit: Visit) -> None:
    visit.context.set_offline(True)
    visit.ask(ANSWERED, ".line-note[data-line=offline]")
    expect(visit.page.get_by_text("网络断了。您写的内容还在，连上后会自动发送。")).to_be_visible()
    expect(visit.page.get_by_text("等网络恢复后发送")).to_be_visible()
    visit.context.set_offline(False)
    visit.page.wait_for_selector("[data-phase=done]")
    expect(visit.page.locator(".line-note")).to_be_empty()


def test_what_was_written_offline_survives_closing_the_page(visit: Visit) -> None:
    visit.page.route("**/api/conversations", lambda route: route.abort())
    visit.ask(ANSWERED, ".line-note[data-line=reconnecting]")
    visit.page.unroute("**/api/conversations")
    visit.page.reload()
    visit.page.wait_for_selector("[data-phase=done]")
    assert len(sentences(visit)) == 3


def test_a_broken_line_goes_on_where_it_stopped_and_nothing_is_asked_twice(visiting: Visiting) -> None:
    services = scripted_services()
    with serving(create_app(services)) as address:
        visit = visiting(address)
        visit.open()
        broken = {"left": 2}

        def break_off(route: object) -> None:
            if broken["left"]:
                broken["left"] -= 1
                route.abort("connectionreset")  # type: ignore[attr-defined]  # playwright's Route
            else:
                route.continue_()  # type: ignore[attr-defined]

        visit.page.route("**/messages", break_off)
        visit.ask(ANSWERED)
        visit.page.reload()
        visit.page.wait_for_selector("[data-phase=done]")
        assert len(sentences(visit)) == 3
        assert visit.page.locator(".turn").count() == 1


def test_a_server_error_keeps_the_question_and_offers_to_retry(visit: Visit) -> None:
    visit.ask("坏掉", "[data-phase=failed]")
    expect(visit.page.locator(".is-error")).to_contain_text("您的问题没有丢")
    visit.page.get_by_role("button", name="重试").click()
    visit.page.wait_for_selector("[data-phase=failed]")
    assert visit.page.locator(".turn").count() == 1


def test_the_conversation_is_there_again_after_a_reload(visit: Visit) -> None:
    visit.ask(ANSWERED)
    visit.ask("办证")
    visit.page.reload()
    visit.page.wait_for_selector(".turn >> nth=1")
    expect(visit.page.get_by_text("已接着上次的对话。")).to_be_visible()
    assert visit.page.locator(".turn").count() == 2


def test_a_new_conversation_leaves_the_old_one_behind(visit: Visit) -> None:
    visit.ask(ANSWERED)
    visit.page.get_by_role("button", name="新对话").click()
    expect(visit.page.get_by_role("heading", name="您好，我是小申")).to_be_visible()
    visit.page.reload()
    expect(visit.page.get_by_role("heading", name="您好，我是小申")).to_be_visible()


def test_a_conversation_that_the_server_lost_is_begun_anew(visiting: Visiting, browser: Browser) -> None:
    with serving(create_app(scripted_services())) as address:
        visit = visiting(address)
        visit.open()
        visit.page.evaluate("localStorage.setItem('xiaoshen.conversation', 'gone')")
        visit.page.reload()
        visit.ask(ANSWERED)
        assert len(sentences(visit)) == 3


def test_the_page_works_where_storage_is_blocked(visiting: Visiting) -> None:
    visit = visiting()
    visit.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    visit.open()
    visit.ask(ANSWERED)
    assert len(sentences(visit)) == 3
    assert visit.console == []


def test_copying_takes_the_answer_its_sources_and_the_label(visiting: Visiting) -> None:
    visit = visiting(permissions=["clipboard-read", "clipboard-write"])
    visit.open()
    visit.ask(ANSWERED)
    visit.page.get_by_role("button", name="复制").click()
    expect(visit.page.get_by_text("已复制，附有AI标识")).to_be_visible()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(ANSWERED)
    assert "AI生成，内容依据所列来源" in copied
    assert "[2] 居民身份证法（2011修正） 第十二条" in copied


def test_what_is_ticked_off_stays_ticked_on_this_device(visit: Visit) -> None:
    visit.ask(ANSWERED)
    visit.page.get_by_role("checkbox", name="居民户口簿").check()
    expect(visit.page.get_by_text("已备 1 / 2")).to_be_visible()
    visit.page.reload()
    expect(visit.page.get_by_role("checkbox", name="居民户口簿")).to_be_checked()


def test_the_ai_label_is_always_visible(visit: Visit) -> None:
    expect(visit.page.locator(".composer .label")).to_have_text("AI生成，内容依据所列来源")
    visit.ask(ANSWERED)
    expect(visit.page.locator(".composer .label")).to_be_in_viewport()
    expect(visit.page.locator(".tools .label")).to_have_text("AI生成，内容依据所列来源")


def test_elderly_mode_comes_by_address_and_is_remembered(visiting: Visiting) -> None:
    visit = visiting()
    visit.open("/?mode=elder")
    visit.open("/")
    assert visit.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"
    expect(visit.page.get_by_role("link", name="拨打12345")).to_be_visible()
    visit.ask(ANSWERED)
    expect(visit.page.get_by_role("button", name="读给我听")).to_be_visible()
    small = visit.page.evaluate(
        """[...document.querySelectorAll('button, a, label, textarea')]
          .filter(e => e.checkVisibility() && !e.closest('.skip') && e.getBoundingClientRect().height < 56)
          .map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_elderly_mode_shows_one_question_at_a_time(visiting: Visiting) -> None:
    visit = visiting()
    visit.open("/?mode=elder")
    visit.ask(ANSWERED)
    visit.ask("办证")
    assert visit.page.locator(".turn").count() == 1
    visit.page.get_by_role("button", name="看前面的 1 个问题").click()
    assert visit.page.locator(".turn").count() == 2


def test_english_changes_the_whole_interface_and_asks_for_english_answers(visiting: Visiting) -> None:
    services = scripted_services()
    with serving(create_app(services)) as address:
        visit = visiting(address)
        visit.open()
        visit.page.get_by_role("button", name="EN, English").click()
        expect(visit.page.get_by_role("heading", name="Hello, I am Xiao Shen 小申")).to_be_visible()
        assert visit.page.evaluate("document.documentElement.lang") == "en"
        visit.page.wait_for_selector("text=A new child")
        visible = visit.page.locator("main").inner_text()
        assert "您" not in visible
        visit.ask(ANSWERED)
        asked = services.assistant.asked  # type: ignore[attr-defined]  # the scripted assistant records
        assert [question.language for question in asked] == ["en"]
    assert SCRIPTS  # the scripts are shared: nothing above may have changed them


def test_everything_can_be_done_with_the_keyboard(visit: Visit) -> None:
    visit.page.keyboard.press("Tab")
    expect(visit.page.get_by_role("link", name="跳到输入框")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#question")).to_be_focused()
    visit.page.keyboard.type(ANSWERED)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("[data-phase=done]")
    expect(visit.page.locator("#question")).to_be_focused()
    for _ in range(60):
        visit.page.keyboard.press("Shift+Tab")
        if visit.page.evaluate("document.activeElement.textContent") == "要多久":
            break
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".turn >> nth=1")
    visit.page.wait_for_function("document.activeElement.matches('.turn:last-of-type .asked')")


def test_a_screen_reader_hears_whole_sentences_once(visit: Visit) -> None:
    log = visit.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    visit.ask(ANSWERED)
    assert log.locator("p").all_inner_texts() == sentences(visit)


def test_a_line_break_does_not_send_and_an_empty_message_cannot_be_sent(visit: Visit) -> None:
    expect(visit.page.get_by_role("button", name="发送")).to_be_disabled()
    visit.page.fill("#question", "第一行")
    visit.page.press("#question", "Shift+Enter")
    assert visit.page.locator(".turn").count() == 0
    assert visit.page.input_value("#question") == "第一行\n"


def test_markup_in_a_message_stays_text(visit: Visit) -> None:
    visit.ask("<img src=x onerror=alert(1)><script>alert(2)</script>")
    expect(visit.page.locator(".asked")).to_contain_text("<img src=x onerror=alert(1)>")
    assert visit.console == []


def test_who_deletes_a_conversation_is_told_what_goes_and_it_is_gone_here_and_there(visit: Visit) -> None:
    visit.ask(ANSWERED)
    visit.page.get_by_role("button", name="删除对话").click()
    sure = visit.page.get_by_role("group", name="删除对话")
    expect(sure).to_contain_text("找不回来")
    expect(sure.get_by_role("button", name="确定删除")).to_be_focused()
    with visit.page.expect_response(lambda answer: answer.request.method == "DELETE") as gone:
        visit.page.keyboard.press("Enter")
    assert gone.value.status == 204
    expect(visit.page.locator(".turn")).to_have_count(0)
    expect(visit.page.locator("#question")).to_be_focused()
    assert visit.page.request.get(gone.value.url).status == 404
    visit.page.reload()
    expect(visit.page.locator("#question")).to_be_visible()
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_who_thinks_better_of_it_keeps_the_conversation(visit: Visit) -> None:
    visit.ask(ANSWERED)
    visit.page.get_by_role("button", name="删除对话").click()
    visit.page.get_by_role("group", name="删除对话").get_by_role("button").last.click()
    expect(visit.page.get_by_role("button", name="删除对话")).to_be_visible()
    expect(visit.page.locator(".turn")).to_have_count(1)
