"""Keeps what a message tells: values of fields, answers about the situation, what it takes back. At any step."""

from assistant.cases import happenings as h
from assistant.cases.candidates import Candidate
from assistant.cases.choosing_situation import hear_by_the_way
from assistant.cases.handling import Handled, Handling
from assistant.cases.interpreting import Interpreting, Said
from assistant.cases.kept_facts import kept_of
from assistant.cases.roles import Listener
from assistant.cases.standing import StandingField
from assistant.dialogue import Question, Speaker

_BEFORE = 2
"""So many messages before a case begins still belong to it."""
Changes = list[tuple[StandingField, bool]]
"""Fields with a new value, and whether they had one before."""


class Taking:
    """Hears values, whatever was asked."""

    def __init__(self, handling: Handling, listener: Listener) -> None:
        self.handling = handling
        self._interpreting = Interpreting(listener)

    def keep(
        self, handled: Handled, question: Question, text: str, asked: StandingField | None
    ) -> tuple[Handled, Changes]:
        """What the message says about fields, kept; with each field that changed and whether it had a value before."""
        first, handled = handled, hear_by_the_way(self.handling, handled, text)
        by_the_way = first.case.version != handled.case.version
        values = self.read(handled, question, text, asked, by_the_way=by_the_way)
        entered = {one.field.key: one.value for one in values if one.fact is None}
        facts = [one.fact for one in values if one.fact is not None]
        if entered:
            handled = self.handling.enter(handled.case, entered, said=True)
        if facts:
            handled = self.handling.add(handled.case, [h.FactsKept(kept_of(facts))])
        return handled, _changes(first, handled)

    def recall(self, handled: Handled, question: Question) -> Handled:
        """A case that has just begun with what was said right before it was."""
        before = [u.text for u in question.history if u.speaker is Speaker.CITIZEN][-_BEFORE:]
        values = self._interpreting.recalled(handled.standing, before, self.handling.today()) if before else []
        facts = [one.fact for one in values if one.fact is not None and one.value]
        return self.handling.add(handled.case, [h.FactsKept(kept_of(facts))]) if facts else handled

    def read(
        self, handled: Handled, question: Question, text: str, asked: StandingField | None, *, by_the_way: bool = False
    ) -> list[Candidate]:
        """The values that the message gives, nothing kept."""
        before = tuple(u.text for u in question.history if u.speaker is Speaker.CITIZEN)
        said = Said(text=text, before=before, asked=asked, by_the_way=by_the_way)
        return self._interpreting.values(handled, said, self.handling.today())


def _changes(before: Handled, after: Handled) -> Changes:
    former = {f.key: f.value for f in before.standing.fields}
    return [
        (f, former.get(f.key) is not None) for f in after.standing.fields if f.value and f.value != former.get(f.key)
    ]
