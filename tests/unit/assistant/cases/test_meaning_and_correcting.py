"""What is read beyond fixed words: a reason beside a yes, wishes by sense where the step allows them, several items."""

from datetime import date

import pytest

from assistant.cases.beginning import delegates, refuses_to_begin
from assistant.cases.guiding import StepKind
from assistant.cases.intents import Intent, Reading, Unread, shipped_weights
from assistant.cases.meaning import Meaning
from assistant.cases.naming import meant_condition, numbered
from assistant.cases.wishes import Wish
from assistant.phrases.handling import handling_phrases
from assistant.steps.wished import wished_items
from knowledge.items import ServiceItem
from prefill.said.worth import in_the_same_month
from tests.fakes.case_product import shipped_items

ZH = handling_phrases("zh")


class Reads:
    """Reads every message as the one intent it was made with."""

    def __init__(self, intent: Intent, share: float) -> None:
        self._reading = Reading(intent=intent, share=share, shares={intent: share, Intent.TELL: 1 - share})

    def read(self, text: str) -> Reading:
        return self._reading


def test_a_wish_is_read_where_the_step_allows_it_and_a_value_never_is_one() -> None:
    meaning = Meaning(Reads(Intent.LATER, 0.9))
    assert meaning.wish("我要去接小孩", ZH, StepKind.FIELD) is Wish.LATER
    assert meaning.wish("晚点退", ZH, StepKind.SITUATION, answers=True) is None
    assert meaning.wish("13911112222", ZH, StepKind.FIELD) is None
    assert meaning.wish("不对,是言语", ZH, StepKind.FIELD) is None
    assert Meaning(Reads(Intent.BRING, 0.9)).wish("那份我给柜台", ZH, StepKind.CONSENT) is None


def test_without_a_reader_fixed_words_decide() -> None:
    meaning = Meaning(Unread())
    assert meaning.wish("我要去接小孩", ZH, StepKind.FIELD) is None
    assert meaning.wish("先到这", ZH, StepKind.FIELD) is Wish.LATER
    assert not meaning.begins("家里敲了墙,一堆砖头")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("都符合,一直在缴", True),
        ("合同签好了,符合的", True),
        ("都符合,就是还差两个月", False),
        ("好,那帮我办", False),
        ("符合吗", False),
    ],
)
def test_a_yes_with_a_reason_is_a_yes(text: str, *, holds: bool) -> None:
    assert Meaning(Unread()).assents(text) is holds


@pytest.mark.parametrize(("text", "begins"), [("可以,现在就开始办", True), ("好的", False)])
def test_what_was_talked_about_is_begun_in_a_clause(text: str, *, begins: bool) -> None:
    assert Meaning(Unread()).begins_this(text) is begins


def test_who_tells_us_to_do_it_wishes_whatever_else_is_asked() -> None:
    assert delegates("公租房申请,帮我弄,顺便问下租金多少")
    assert not delegates("我想办护照,要带什么材料")
    assert refuses_to_begin("如果搬家要重新登记")


def test_a_condition_is_meant_by_its_number_its_figure_or_its_words() -> None:
    conditions = ["收养人年满30周岁", "有抚养能力", "无犯罪记录"]
    assert numbered("最后一条", conditions) == {"无犯罪记录"}
    assert meant_condition("我二十八,不满三十", conditions) == {"收养人年满30周岁"}
    assert meant_condition("抚养能力我说不好", conditions) == {"有抚养能力"}
    assert meant_condition("不清楚", conditions) == set()


def test_each_part_of_a_wish_may_mean_an_item_and_what_only_happened_means_none() -> None:
    items = shipped_items()
    known = {
        "护照": "passport_first",
        "港澳通行证": "hk_macau_pass",
        "工伤": "injury_identify",
        "鉴定": "labor_ability",
    }

    def item_of(part: str) -> ServiceItem | None:
        return next((items[slug] for word, slug in known.items() if word in part), None)

    def begins(part: str) -> bool:
        return "想" in part or "做" in part

    found = wished_items("我想办护照和港澳通行证", item_of, begins)
    assert [item.slug for item in found] == ["passport_first", "hk_macau_pass"]
    assert wished_items("工伤认定下来了,做劳动能力鉴定", item_of, begins) == ()


def test_a_bare_day_that_corrects_a_date_keeps_its_month() -> None:
    assert in_the_same_month("2026-10-20", date(2026, 11, 21).isoformat(), "21日去世") == "2026-10-21"
    assert in_the_same_month("2026-10-20", "2026-11-21", "11月21日") == "2026-11-21"


def test_the_weights_that_ship_know_every_intent() -> None:
    assert set(shipped_weights().intents) == set(Intent)
