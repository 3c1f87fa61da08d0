"""What one message says to a case that asked: read once, as typed candidates, of which the clearest are taken.

A free field takes a message only where nothing fits better and it is no question, command or value of another kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.cases.answering import answer_of, called_first
from assistant.cases.candidates import Candidate, Means, best_of
from assistant.cases.correcting import Meant, corrected_value, is_free, moved_time, named_values, value_of_its_own
from assistant.cases.handling import Handled
from assistant.cases.passing import told_in_passing
from assistant.cases.roles import Listener
from assistant.cases.standing import Standing, StandingField
from assistant.cases.unsaid import is_misheard, name_alone, names_itself, says_no_value
from assistant.cases.whose import for_the_asked, numbers_beside, of_whom
from assistant.cases.wishes import CLAUSES, asks_something, corrects
from prefill.facts import Fact
from prefill.forms import FieldType, form_of
from prefill.said.speech import fold

_DOUBTED = 0.92
"""What was read less clearly than this gives way to a plain answer to what was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message in its conversation, and the field that was asked for; `by_the_way`: it told of the situation."""

    text: str
    before: tuple[str, ...]
    asked: StandingField | None
    by_the_way: bool = False


class Interpreting:
    """Reads messages for values. Whom a value is of, and what a value is taken back for, is settled here."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def values(self, handled: Handled, said: Said, today: date) -> list[Candidate]:
        """The values that the message gives, at most one a field."""
        stands, text = handled.standing, said.text
        asked = of_whom(said.asked, stands, text, said.before)
        heard = self._heard(stands, said, asked, today)
        named = _named(handled, text, heard, today)
        corrected = [] if named or heard else _taken_back(handled, text, today)
        if asked is not None and not named and not corrected and not corrects(text):
            heard = _turned(asked, stands, heard)
        found = [*named, *corrected, *heard]
        answered = _answered(asked, stands, said, found, today) if asked is not None else []
        found = _without_doubtful(found, answered) + answered
        if (moved := moved_time(stands, text)) is not None:
            found.append(Candidate(field=moved.field, value=moved.value, means=Means.CORRECTED))
        if not asks_something(text) and not corrected:
            names = {one.field.field.name for one in found}
            passing = [c for c in told_in_passing(stands, text, today, names) if c.field.field.name not in names]
            found = _settled(found, passing, asked)
        best = best_of([*found, *_beside(asked, stands, text, found, today)])
        return [replace(one, value=name_alone(one.field.field, one.value)) for one in best]

    def recalled(self, stands: Standing, messages: Sequence[str], today: date) -> list[Candidate]:
        """What was said before the case was begun, as the conversation has it."""
        facts: dict[str, Fact] = {}
        for item in stands.handled:
            for end in range(1, len(messages) + 1):
                facts |= {f.key: f for f in self._listener.facts(form_of(item), messages[:end], today, None)}
        return [one for one in _candidates(stands, list(facts.values())) if one.field.value is None]

    def _heard(self, stands: Standing, said: Said, asked: StandingField | None, today: date) -> list[Candidate]:
        """What the whole conversation says for fields, as far as the last message is news."""
        name = asked.field.name if asked else None
        messages = [*said.before, said.text]
        facts = [f for item in stands.handled for f in self._listener.facts(form_of(item), messages, today, name)]
        if asked is not None and asked.value is not None:  # what stands there is no news
            facts = [f for f in facts if f.field != name or f.value != asked.value]
        return _candidates(stands, list({(f.key, f.value): f for f in facts}.values()))


def _candidates(stands: Standing, facts: Sequence[Fact]) -> list[Candidate]:
    by_name = {f.field.name: f for f in reversed(stands.fields)}
    return [
        Candidate(
            field=by_name[fact.field],
            value=name_alone(by_name[fact.field].field, fact.value or ""),
            means=Means.HEARD,
            fact=replace(fact, value=name_alone(by_name[fact.field].field, fact.value)) if fact.value else fact,
            score=fact.provenance.confidence,
        )
        for fact in facts
        if fact.field in by_name and not is_misheard(by_name[fact.field].field, fact)
    ]


def _of(meant: Sequence[Meant], means: Means) -> list[Candidate]:
    return [Candidate(field=one.field, value=one.value, means=means) for one in meant]


def _named(handled: Handled, text: str, heard: Sequence[Candidate], today: date) -> list[Candidate]:
    """Values of fields that the message names; what was heard of them counts, where it is no free text."""
    if asks_something(text):
        return []
    known = {one.field.field.name for one in heard}
    meant = named_values(handled.standing, text, today)
    return _of([m for m in meant if m.field.field.name not in known or is_free(m.field.field)], Means.NAMED)


def _taken_back(handled: Handled, text: str, today: date) -> list[Candidate]:
    if asks_something(text) or not corrects(text):
        return []
    taken_back = corrected_value(handled.case, handled.standing, text, today)
    return _of([taken_back], Means.CORRECTED) if taken_back is not None else []


def _turned(asked: StandingField, stands: Standing, heard: Sequence[Candidate]) -> list[Candidate]:
    """What was heard, a name for a field that has one already turned to the name that was asked for."""
    return _candidates(stands, for_the_asked(asked, stands, [one.fact for one in heard if one.fact is not None]))


def _answered(
    asked: StandingField, stands: Standing, said: Said, found: Sequence[Candidate], today: date
) -> list[Candidate]:
    """The message as the answer to what was asked for."""
    if (plain := _several(asked, said, today) or _called(asked, said)) is not None:
        return [plain]
    if any(one.field.key == asked.key for one in found):
        return []
    if is_free(asked.field):
        return _free(asked, said, found, today)
    if any(one.weight >= _DOUBTED for one in found) and not asked.field.choices:
        return []
    value = answer_of(asked.field, said.text, today, asked.parts)
    if value is not None:
        return [Candidate(field=asked, value=value, means=Means.ANSWERED)]
    own = value_of_its_own(stands, said.text, today) if not found else None
    return _of([own], Means.OWN_KIND) if own is not None else []


def _free(asked: StandingField, said: Said, found: Sequence[Candidate], today: date) -> list[Candidate]:
    """Any words as the answer: all of the message, or the one clause that nothing was heard in and that names it."""
    text = said.text
    if found:
        left = [c for c in CLAUSES.split(text) if c and not any(_is_from(one, c) for one in found)]
        text = left[0] if len(left) == 1 and names_itself(asked.field, left[0]) else ""
    if not text or said.by_the_way or says_no_value(asked.field, text):
        return []
    value = answer_of(asked.field, text, today, asked.parts)
    return [Candidate(field=asked, value=value, means=Means.FREE)] if value is not None else []


def _is_from(one: Candidate, clause: str) -> bool:
    """Whether a value was read out of a clause."""
    evidence = one.fact.provenance.evidence or "" if one.fact is not None else ""
    return one.value in clause or fold(clause) in evidence or (bool(evidence) and evidence in fold(clause))


def _called(asked: StandingField, said: Said) -> Candidate | None:
    """The name that the first of several clauses gives: it goes before names in the others."""
    called = called_first(asked.field, said.text)
    return Candidate(field=asked, value=called, means=Means.NAMED, score=0.99) if called is not None else None


def _several(asked: StandingField, said: Said, today: date) -> Candidate | None:
    """What an answer selects of several choices goes before what was heard: all but one, the first two."""
    if asked.field.type not in (FieldType.CHOICES, FieldType.SEVERAL) or asks_something(said.text):
        return None
    value = answer_of(asked.field, said.text, today, asked.parts)
    return Candidate(field=asked, value=value, means=Means.NAMED, score=1.0) if value is not None else None


def _without_doubtful(found: Sequence[Candidate], answered: Sequence[Candidate]) -> list[Candidate]:
    """What was found, without doubtful readings of a plain answer for something else: 36 is the months asked for."""
    plain = {one.value for one in answered if one.means is Means.ANSWERED}
    return [one for one in found if one.weight >= _DOUBTED or one.value not in plain]


def _settled(found: Sequence[Candidate], passing: Sequence[Candidate], asked: StandingField | None) -> list[Candidate]:
    """With what was told in passing: it takes the place of free words, not of a value in the form asked for."""
    values = {one.value for one in found if one.means is not Means.FREE}
    told = [c for c in passing if c.value not in values]
    if asked is not None and any(c.means is Means.ANSWERED for c in found):
        told = [c for c in told if c.field.field.type is not asked.field.type]
    if not any(c.field.key != (asked.key if asked else "") for c in told):
        return [*found, *told]
    return [*(one for one in found if one.means is not Means.FREE), *told]


def _beside(
    asked: StandingField | None, stands: Standing, text: str, found: Sequence[Candidate], today: date
) -> list[Candidate]:
    """The partner's identity number said with the partner's name."""
    if asked is None or not any(one.field.key == asked.key for one in found):
        return []
    heard = {one.field.field.name for one in found}
    return _of(numbers_beside(asked, stands, text, heard, today), Means.OWN_KIND)
