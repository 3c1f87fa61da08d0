"""Takes what a message tells: values of fields, answers about the situation, what it takes back. Kept at any step."""

from collections.abc import Sequence

from assistant.cases import happenings as h
from assistant.cases.answering import answer_of
from assistant.cases.choosing_situation import hear_by_the_way
from assistant.cases.correcting import Meant, corrected_value, is_free, named_values, value_of_its_own
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Happening
from assistant.cases.kept_facts import kept_of
from assistant.cases.roles import Listener
from assistant.cases.standing import StandingField
from assistant.cases.whose import for_the_asked, numbers_beside, of_whom
from assistant.cases.wishes import asks_something, corrects
from assistant.dialogue import Question, Speaker
from prefill.facts import Fact
from prefill.forms import form_of

Changes = list[tuple[StandingField, bool]]
"""Fields with a new value, and whether they had one before."""


class Taking:
    """Hears values, whatever was asked."""

    def __init__(self, handling: Handling, listener: Listener) -> None:
        self.handling = handling
        self._listener = listener

    def keep(
        self, handled: Handled, question: Question, text: str, asked: StandingField | None
    ) -> tuple[Handled, Changes]:
        """What the message says about fields, kept; with each field that changed and whether it had a value before."""
        first, handled = handled, hear_by_the_way(self.handling, handled, text)
        by_the_way = first.case.version != handled.case.version
        today, before = self.handling.today(), handled.standing
        messages = [u.text for u in question.history if u.speaker is Speaker.CITIZEN]
        forms = [form_of(item) for item in before.handled]
        asked = of_whom(asked, before, text)
        name = asked.field.name if asked else None
        facts = [f for form in forms for f in self._listener.facts(form, [*messages, text], today, name)]
        facts = list({(f.key, f.value): f for f in facts}.values())
        if asked is not None and asked.value is not None:  # what stands there is no news
            facts = [f for f in facts if f.field != name or f.value != asked.value]
        meant = self._meant(handled, text, facts)
        if asked is not None and not meant and not corrects(text):
            facts = for_the_asked(asked, before, facts)
        if not meant and asked is not None and not any(f.field == name for f in facts):
            hears = not by_the_way and (not facts or asked.field.choices)
            answer = answer_of(asked.field, text, today) if hears else None
            meant = [Meant(asked, answer)] if answer is not None else []
            if not meant and not facts and (own := value_of_its_own(before, text, today)) is not None:
                meant = [own]
        if asked is not None and (any(one.field.key == asked.key for one in meant) or name in {f.field for f in facts}):
            meant = [*meant, *numbers_beside(asked, before, text, {fact.field for fact in facts}, today)]
        named = {one.field.field.name for one in meant}
        facts = [fact for fact in facts if fact.field not in named]
        if meant:
            handled = self.handling.enter(handled.case, {one.field.key: one.value for one in meant}, said=True)
        if not facts:
            return handled, _changes(first, handled)
        added: list[Happening] = [h.FactsKept(kept_of(facts))]
        kept = self.handling.add(handled.case, added)
        return kept, _changes(first, kept)

    def _meant(self, handled: Handled, text: str, facts: Sequence[Fact]) -> list[Meant]:
        """The values of fields that the message names and nobody heard, or the one that it takes back."""
        if asks_something(text):
            return []
        today, heard = self.handling.today(), {fact.field for fact in facts}
        named = named_values(handled.standing, text, today)
        found = [one for one in named if one.field.field.name not in heard or is_free(one.field.field)]
        if found or facts or not corrects(text):
            return found
        taken_back = corrected_value(handled.case, handled.standing, text, today)
        return [taken_back] if taken_back is not None else []


def _changes(before: Handled, after: Handled) -> Changes:
    former = {f.key: f.value for f in before.standing.fields}
    return [
        (f, former.get(f.key) is not None) for f in after.standing.fields if f.value and f.value != former.get(f.key)
    ]
