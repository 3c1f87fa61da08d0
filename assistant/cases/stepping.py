"""What a message says to the step that a case is at: an answer, a choice, a consent, a confirmation."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.cases import happenings as h
from assistant.cases.answering import answer_of
from assistant.cases.beginning import wants_to_begin
from assistant.cases.choosing_situation import answer_situation, hear_by_the_way, told_situation
from assistant.cases.correcting import Meant, corrected_value, is_free, named_values
from assistant.cases.guiding import StepKind
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Happening
from assistant.cases.kept_facts import kept_of
from assistant.cases.meaning import Meaning
from assistant.cases.naming import meant_condition, named, numbered, unmet_conditions
from assistant.cases.reply import CardKind, Option, Reply, Say, say
from assistant.cases.roles import Listener
from assistant.cases.standing import Settlement, StandingField
from assistant.cases.telling import Telling, spoken
from assistant.cases.wishes import Wish, asks_something, consents, corrects, gives_leave
from assistant.dialogue import Question, Speaker
from assistant.phrases.handling import handling_phrases
from prefill.facts import Fact
from prefill.forms import form_of

_WHICH = "conditions:which"


class Stepping:
    """Hears answers to steps. `None` means that the message is about something else."""

    def __init__(self, handling: Handling, listener: Listener) -> None:
        self.handling = handling
        self._listener = listener
        self._meaning = Meaning(handling.desk.intents)

    def hear(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        """What the message says to what was asked; None where it is about something else."""
        reply = self._heard(handled, question, text, wish, telling)
        return told_situation(self.handling, handled, reply, telling) if reply is not None else None

    def _heard(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        match handled.step.kind:
            case StepKind.PARTS:
                return self._parts(handled, question, text, wish)
            case StepKind.SITUATION:
                found = self._situation(handled, question, text, wish, telling)
            case StepKind.CONDITIONS:
                found = self._conditions(handled, question, text, wish, telling)
            case StepKind.CONSENT:
                found = self._consented(handled, question, text, wish, telling)
            case StepKind.FIELD | StepKind.FORM:
                return self._field(handled, question, text, wish, telling)
            case StepKind.MATERIAL:
                found = self._material(handled, question, wish, telling)
            case StepKind.CONFIRM | StepKind.REVIEW if wish in (Wish.YES, Wish.ALL, Wish.REVIEW, Wish.SUBMIT):
                return self._reviewed(handled, question, telling)
            case StepKind.SUBMIT if wish in (Wish.SUBMIT, Wish.YES):
                done = self.handling.submit(handled.case)
                told = say(telling.phrases.submitted, office=done.case.office, receipt=done.case.receipt)
                return Reply(
                    says=(told, say(telling.phrases.code, code=done.case.code)), card=CardKind.CODE, handled=done
                )
            case StepKind.SUBMIT if wish is Wish.PAPERS:
                return telling.reviewed(handled)
            case _:
                found = None
        return found or self._facts_only(handled, question, text, wish)

    def _parts(self, handled: Handled, question: Question, text: str, wish: Wish | None) -> Reply | None:
        members = handled.step.members
        phrases = self.telling(question).phrases
        chosen = named(text, [link.name for link in members])
        if wish in (Wish.ALL, Wish.YES):
            slugs = [link.slug for link in members]
        elif chosen:
            slugs = [link.slug for link in members if link.name in chosen]
        elif wish in (Wish.NO, Wish.NOT_KNOWN, Wish.GO_ON) or phrases.only_bundle in text:
            slugs = []
        else:
            return None
        parts = tuple(dict.fromkeys((handled.case.item, *slugs)))
        return self._onward(handled, [h.PartsChosen(parts)], question)

    def _situation(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        answered = answer_situation(self.handling, handled, text, wish)
        if answered is None:
            return None
        last = answered.case.situations[-1]
        if not last.label:
            return self.step(answered, question).after(say(telling.phrases.situation_open))
        return self.step(answered, question).after(say(telling.phrases.understood, facts=last.label))

    def _conditions(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        conditions, p = handled.step.conditions, telling.phrases
        wordings = [c.text for c in conditions]
        unmet = set() if asks_something(text) else unmet_conditions(text, wordings)
        holds = not unmet and self._meaning.assents(text)
        short = bool(unmet) or (wish is None and not holds and self._meaning.falls_short(text))
        if not unmet and handled.case.asked == _WHICH:
            unmet = numbered(text, wordings) or named(text, wordings) or meant_condition(text, wordings)
        elif not unmet and short:
            unmet = meant_condition(text, wordings)
        if not unmet and len(conditions) == 1 and (wish is Wish.NO or text.strip() == p.one_fails):
            unmet = set(wordings)  # "which one?" has one answer only
        if unmet:
            told = [h.ConditionAnswered(c.id, c.text not in unmet) for c in conditions]
            handled = self.handling.add(handled.case, told)
            why = [say(p.condition_fails, condition=text) for text in sorted(unmet)]
            more = [*why, say(p.ineligible_way_on), *telling.elsewhere(handled.standing.item)]
            options = (Option(p.go_on, p.go_on), Option(p.withdraw_yes, p.withdraw_yes))
            asked = self.handling.add(handled.case, [h.Asked(StepKind.CONDITIONS)])
            return Reply(says=tuple(more), handled=asked, person=True, offers=options)
        if wish in (Wish.YES, Wish.ALL, Wish.GO_ON):
            return self._onward(handled, [h.ConditionAnswered(c.id, True) for c in conditions], question)
        if holds:
            handled, changed = self.keep(handled, question, text, None)
            said = telling.understood(changed)
            return self._onward(handled, [h.ConditionAnswered(c.id, True) for c in conditions], question, *said)
        if wish is Wish.NOT_KNOWN or text.strip() == p.not_sure:
            return self._onward(handled, [h.ConditionAnswered(c.id, None) for c in conditions], question)
        if wish is Wish.NO or short or p.one_fails in text:
            asked = self.handling.add(handled.case, [h.Asked(_WHICH)])
            return telling.which_condition(asked)
        return None

    def _consented(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        registers, p = handled.step.registers, telling.phrases
        if wish in (Wish.NO, Wish.NOT_KNOWN):
            return self._onward(handled, [h.ConsentRefused(registers)], question, say(p.consent_refused))
        agreed = consents(text, wish) or wish is Wish.REVIEW  # 「查吧」
        chosen = registers if agreed else tuple(named(text, registers))
        if not chosen:
            return None
        before = {f.key for f in handled.standing.fields if f.value}
        told = self.handling.consent(handled.case, chosen)
        filled = [f for f in told.standing.fields if f.value and f.key not in before]
        silent = [c for c in chosen if not any(f.reference == c for f in told.case.facts)]
        says = [say(p.consent_told, count=str(len(filled)))] if filled else []
        says += [say(p.consent_silent, register=name) for name in silent]
        return self.early(told, self.step(told, question).after(*says), telling)

    def _field(  # noqa: PLR0911 - one line for each kind of answer
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        asked = handled.step.fields[0]
        if wish is Wish.NOT_KNOWN:
            unknown = self.handling.enter(handled.case, {asked.key: None}, said=True)
            if asked.key in unknown.case.left:  # asked again at the end, and still not known: a person sees to it
                told = say(telling.phrases.left_open, field=spoken(asked.field.name))
                return replace(self.step(unknown, question).after(told), person=True)
            return self.step(unknown, question).after(telling.help(asked))
        if asks_something(text) and wish is None:
            return None
        if is_free(asked.field) and (wish is not None or gives_leave(text)):  # 「同意」 is nobody's name
            return telling.not_understood(handled, asked)
        handled, changed = self.keep(handled, question, text, asked)
        if changed:
            return self.early(handled, self.step(handled, question).after(*telling.understood(changed)), telling)
        if wants_to_begin(text) and not corrects(text):
            return None
        locked = next(
            (f for f in handled.standing.fields if f.filled and f.filled.locked and f.field.name in text), None
        )
        if locked is not None and locked.filled is not None:
            source = locked.filled.provenance.source
            told = say(telling.phrases.locked, field=locked.field.name, source=source)
            return self.step(handled, question).after(told)
        return telling.not_understood(handled, asked)

    def _material(self, handled: Handled, question: Question, wish: Wish | None, telling: Telling) -> Reply | None:
        material = handled.step.material
        if material is None:
            return None
        part, number = material.uses[0]
        settled = say(telling.phrases.material_settled, material=material.name)
        if wish is Wish.BRING or (wish is Wish.LICENCE and material.material.exempt in ("yes", "partial")):
            how = Settlement.BRING if wish is Wish.BRING else Settlement.LICENCE
            done = self.handling.settle(handled.case, part, number, how)
            return self.step(done, question).after(settled)
        return telling.step(handled) if wish in (Wish.NO, Wish.NOT_KNOWN, Wish.UPLOADED, Wish.LICENCE) else None

    def _facts_only(self, handled: Handled, question: Question, text: str, wish: Wish | None) -> Reply | None:
        """At a step that wants no value: something about a field is still heard, a correction above all."""
        if asks_something(text):
            return None
        telling = self.telling(question, handled)
        if wish is None:
            handled, changed = self.keep(handled, question, text, None)
            if changed:
                return self.early(handled, self.step(handled, question).after(*telling.understood(changed)), telling)
        return None if wants_to_begin(text) else self.step(handled, question)

    def _reviewed(self, handled: Handled, question: Question, telling: Telling) -> Reply:
        confirmed = self.handling.confirm(handled.case)
        reviewed = self.handling.review(confirmed.case)
        return self.telling(question, reviewed).reviewed(reviewed)

    def keep(
        self, handled: Handled, question: Question, text: str, asked: StandingField | None
    ) -> tuple[Handled, list[tuple[StandingField, bool]]]:
        """What the message says about fields, kept; with each field that changed and whether it had a value before."""
        first, handled = handled, hear_by_the_way(self.handling, handled, text)
        by_the_way = first.case.version != handled.case.version
        today, before = self.handling.today(), handled.standing
        messages = [u.text for u in question.history if u.speaker is Speaker.CITIZEN]
        forms = [form_of(item) for item in before.handled]
        name = asked.field.name if asked else None
        facts = [f for form in forms for f in self._listener.facts(form, [*messages, text], today, name)]
        facts = list({(f.key, f.value): f for f in facts}.values())
        meant = self._meant(handled, text, facts)
        if not meant and asked is not None and not any(f.field == name for f in facts):
            hears = not by_the_way and (not facts or asked.field.choices)
            answer = answer_of(asked.field, text, today) if hears else None
            meant = [Meant(asked, answer)] if answer is not None else []
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

    def _onward(self, handled: Handled, happenings: Sequence[Happening], question: Question, *says: Say) -> Reply:
        after = self.handling.add(handled.case, happenings)
        reply = self.step(after, question)
        return reply.after(*says)

    def step(self, handled: Handled, question: Question) -> Reply:
        return self.telling(question, handled).step(handled)

    def early(self, handled: Handled, reply: Reply, telling: Telling) -> Reply:
        """Tell at once that a condition is ruled out, once, before the next question."""
        failed = handled.standing.failed_conditions
        if not failed or any(handled.case.conditions.get(point.id) is False for point in failed):
            return reply
        early = telling.ineligible(handled)
        told = self.handling.add(handled.case, [h.ConditionAnswered(point.id, False) for point in failed])
        return Reply(
            says=(*reply.says, *early.says),
            card=reply.card,
            rows=reply.rows,
            question=reply.question,
            options=reply.options,
            handled=told,
            person=True,
        )

    def telling(self, question: Question, handled: Handled | None = None) -> Telling:
        offered = self.handling.offered(handled.standing) if handled is not None else {}
        return Telling(handling_phrases(question.language or "zh"), offered)


def _changes(before: Handled, after: Handled) -> list[tuple[StandingField, bool]]:
    former = {f.key: f.value for f in before.standing.fields}
    return [
        (f, former.get(f.key) is not None) for f in after.standing.fields if f.value and f.value != former.get(f.key)
    ]
