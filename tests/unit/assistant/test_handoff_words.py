"""What people say to each other, what citizens are told, and what goes into a spreadsheet."""

from dataclasses import replace

import pytest

from assistant.handoff.estimating import Line
from assistant.handoff.exporting import harmless
from assistant.handoff.happenings import Happening, Kind, Side
from assistant.handoff.promise import Promise
from assistant.handoff.reasons import IN_CHINESE, Reason
from assistant.handoff.screening import words_of_a_person
from assistant.handoff.sentences import how_it_stands, what_happened
from assistant.handoff.ticket import State, Subject, apply, begin
from guardrails.outbound import notice
from tests.fakes.handoffs import MONDAY

TICKET = begin("t1", "c1", Subject(reason=Reason.ASKED), MONDAY)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("身份证11010519491231002X", "身份证〔身份证号〕"),
        ("电话13812345678，找我女儿", "电话〔电话〕，找我女儿"),
        ("我住在延安中路1号", "我住在延安中路1号"),
        ("请带好材料到3号窗口", "请带好材料到3号窗口"),
    ],
)
def test_numbers_that_identify_somebody_are_masked_and_the_rest_is_a_persons_words(said: str, shown: str) -> None:
    assert words_of_a_person(said, from_citizen=True).text == shown


def test_danger_in_a_citizens_words_is_noticed_while_they_talk_to_a_person() -> None:
    assert words_of_a_person("我不想活了", from_citizen=True).danger
    assert words_of_a_person("我想问社保", from_citizen=True).danger is None


def test_every_state_has_a_sentence_that_may_leave() -> None:
    line = Line(places=("t0", "t1"), staying=(1.0, 1.0), seats=3, anybody=True)
    for state in State:
        told = how_it_stands(replace(TICKET, state=state, call_at=MONDAY), line, "王老师")
        assert notice(told).text == told
    assert "前面有1位" in how_it_stands(TICKET, line, None)


def test_every_reason_has_chinese_words() -> None:
    assert set(IN_CHINESE) == set(Reason)


def test_a_loss_is_told_and_what_people_say_is_not_put_into_other_words() -> None:
    lost = Happening(kind=Kind.CLERK_LOST, at=MONDAY, about="wang")
    assert "正在为您找下一位" in (what_happened(lost, "王老师") or "")
    assert what_happened(Happening(kind=Kind.MESSAGE, at=MONDAY, side=Side.CLERK, text="{named}"), "王") is None


def test_the_estimate_says_nothing_where_nobody_is_there_and_grows_with_the_line() -> None:
    nobody = Line(places=("a",), staying=(1.0,))
    assert nobody.estimate(1) is None
    busy = Line(
        places=tuple("abcdef"), staying=(1.0,) * 6, seats=2, anybody=True, going_on=(30.0, 90.0), talks=(120.0,) * 9
    )
    told = [busy.estimate(place) or 0 for place in range(1, 8)]
    assert told == sorted(told)
    assert told[0] < 60 < told[2]


def test_a_seat_that_is_free_is_told_as_seconds() -> None:
    free = Line(seats=2, anybody=True, pickups=(5.0, 6.0, 7.0, 6.0, 5.0))
    assert free.estimate_for_next() == 6


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@x", "\t=1", "＝cmd", "  =1"])
def test_no_cell_computes(cell: str) -> None:
    assert harmless(cell).startswith("'")
    assert harmless("市民政局") == "市民政局"


def test_the_choice_is_offered_before_the_minute_is_over() -> None:
    waiting = apply(TICKET, Happening(kind=Kind.QUEUED, at=MONDAY), Promise())
    assert waiting.choice_at is not None
    assert (waiting.choice_at - MONDAY).total_seconds() < 60
