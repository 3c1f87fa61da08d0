"""A case that was sent back twice offers a person by itself; an item that people handle goes to one at once."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from assistant.cases import happenings as h
from assistant.cases.building import build_handling, build_talking
from assistant.cases.handling import Handled, Handling
from assistant.cases.keeping import MemoryCases
from assistant.cases.reply import Because
from assistant.dialogue import Question, Speaker, Utterance
from assistant.events import Status, Why
from assistant.handoff.reasons import Reason
from assistant.phrases import phrases_for
from assistant.steps.handle import tell_case
from assistant.steps.tell import Telling
from assistant.web import schemas as wire
from assistant.web.conversations import Turn
from assistant.web.handoff_story import cause_of
from assistant.web.sse import stored_wire
from guardrails.outbound import OutboundGuard
from knowledge.items import ServiceItem
from tests.fakes.small_knowledge import SmallKnowledge, an_item

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class WithClerkOnly(SmallKnowledge):
    """The small knowledge, where one item is given to people."""

    given: frozenset[str] = field(default=frozenset({"hukou_move"}))

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        """All items."""
        return tuple(replace(an_item(slug, name), clerk_only=slug in self.given) for slug, name in sorted(self.names))


@pytest.fixture
def handling() -> Handling:
    return build_handling(WithClerkOnly(), MemoryCases(), lambda: NOW)


def asked(text: str, *told: str) -> Question:
    history = tuple(Utterance(Speaker.XIAOSHEN, one) for one in told)
    return Question(text=text, as_of=TODAY, holder="holder", history=history, language="zh")


def sent_back(handling: Handling, times: int) -> Handled:
    handled = handling.open("holder", [an_item("id_loss", "居民身份证挂失补领")], "上海市")
    for _ in range(times):
        handled = handling.add(handled.case, [h.Returned("还缺居民户口簿。")])
    return handled


def test_a_case_sent_back_twice_offers_a_person_and_says_so_once(handling: Handling) -> None:
    sent_back(handling, 2)
    talking = build_talking(handling)
    reply = talking.hear(asked("我的办件到哪一步了"), "我的办件到哪一步了")
    assert reply is not None
    assert (reply.person, reply.because) == (True, Because.RETURNED_TWICE)
    assert "退回两次" in reply.says[-1].text
    again = talking.hear(asked("我的办件到哪一步了", reply.says[-1].text), "我的办件到哪一步了")
    assert again is not None
    assert again.person
    assert not any("退回两次" in said.text for said in again.says)


def test_a_case_sent_back_once_is_mended_without_a_person(handling: Handling) -> None:
    sent_back(handling, 1)
    reply = build_talking(handling).hear(asked("我的办件到哪一步了"), "我的办件到哪一步了")
    assert reply is not None
    assert (reply.person, reply.because) == (False, Because.HANDLING)


def test_an_item_that_people_handle_goes_to_a_person_at_once(handling: Handling) -> None:
    item = replace(an_item("hukou_move", "户口迁移"), clerk_only=True)
    reply = build_talking(handling).begin(asked("帮我办户口迁移"), "帮我办户口迁移", [item])
    assert reply is not None
    guard = OutboundGuard()
    end = list(tell_case(reply, Telling(guard, phrases_for("zh"), ()), guard, "zh"))[-1]
    assert (getattr(end, "status", None), getattr(end, "why", None)) == (Status.HANDOFF, Why.CLERK_ONLY)
    assert handling.mine("holder") == ()


@pytest.mark.parametrize(
    ("why", "reason"), [(Why.CLERK_ONLY, Reason.CLERK_ONLY), (Why.RETURNED_TWICE, Reason.RETURNED_TWICE)]
)
def test_who_presses_the_button_a_turn_later_still_comes_for_that_reason(why: Why, reason: Reason) -> None:
    def turn(number: int, why: Why) -> Turn:
        end = wire.TurnFinishedEvent(
            status=Status.ANSWERED, why=why, item="hukou_move", composer="grounded", degraded=False
        )
        return Turn(client_id=f"m{number}", text="户口迁移", at=NOW, events=(stored_wire(end),))

    assert cause_of([turn(1, why)]).reason is reason
    assert cause_of([turn(1, why), turn(2, Why.GROUNDED)]).reason is reason
    assert cause_of([turn(1, why), *(turn(n, Why.GROUNDED) for n in range(2, 6))]).reason is Reason.ASKED
