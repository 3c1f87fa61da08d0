"""What people say while one thing is asked of them goes where it belongs: said_in_a_case.txt has the messages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cases import happenings as h
from assistant.cases.building import build_handling, build_talking
from assistant.cases.guiding import open_conditions
from assistant.cases.handling import Handled
from assistant.cases.happenings import PartsChosen
from assistant.cases.keeping import MemoryCases
from assistant.dialogue import Question, Speaker, Utterance
from tests.fakes.case_product import NOW, ShippedKnowledge, shipped_items

MESSAGES = Path(__file__).with_name("said_in_a_case.txt")
HANDLING = build_handling(ShippedKnowledge(), MemoryCases(), lambda: NOW)
TALKING = build_talking(HANDLING)


def written() -> Iterator[tuple[str, str, str, str]]:
    """Item, what is asked, the message, what shall come of it."""
    item = asked = ""
    for line in MESSAGES.read_text("utf-8").splitlines():
        if line.startswith("["):
            item, _, asked = line.strip("[]").partition(" @ ")
        elif line and not line.startswith("#"):
            message, _, wanted = line.partition(" => ")
            yield item, asked, message, wanted


def at(holder: str, item: str, asked: str) -> Handled:
    """A case of the item at which this is asked."""
    handled = HANDLING.open(holder, [shipped_items()[item]], "上海市")
    if asked == "parts":
        return handled
    handled = HANDLING.add(handled.case, [PartsChosen((item,))])
    conditions = open_conditions(handled.standing)
    if asked == "conditions":
        return handled
    handled = HANDLING.add(handled.case, [h.ConditionAnswered(c.id, True) for c in conditions])
    while handled.step.situation is not None:
        handled = HANDLING.situate(handled.case, handled.step.situation, None)
    others = [f.key for f in handled.standing.fields if f.is_asked and f.field.name != asked]
    return HANDLING.add(handled.case, [h.NotKnown(key) for key in others])


@pytest.mark.parametrize(("item", "asked", "message", "wanted"), list(written()))
def test_a_message_goes_where_it_belongs(item: str, asked: str, message: str, wanted: str) -> None:
    holder = f"{item} {asked} {message}"
    before = at(holder, item, asked)
    history = (Utterance(Speaker.CITIZEN, f"我要办{before.standing.item.name}"), Utterance(Speaker.XIAOSHEN, "…"))
    question = Question(text=message, as_of=NOW.date(), history=history, holder=holder)
    TALKING.hear(question, message)
    after = HANDLING.look(HANDLING.mine(holder)[0])
    form = {f.field.name: f.value or "" for f in after.standing.fields}
    for want in wanted.split(" ; "):
        if want.startswith("!"):
            assert form[want[1:]] == ""
        elif want.startswith("parts="):
            assert set(after.case.parts) - {item} == set(want.removeprefix("parts=").split(","))
        elif want == "met":
            assert set(after.case.conditions.values()) == {True}
        else:
            name, sign, value = re.split(r"([=~])", want, maxsplit=1)
            assert form[name] == value if sign == "=" else value in form[name]
