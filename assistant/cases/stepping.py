"""What a message says to the step that a case is at: an answer, a choice, a consent, a confirmation."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.cases import happenings as h
from assistant.cases.answering import has_slipped
from assistant.cases.beginning import wants_to_begin
from assistant.cases.candidates import Means
from assistant.cases.checking_conditions import check_conditions, take_conditions
from assistant.cases.choosing_parts import parts_chosen
from assistant.cases.choosing_situation import answer_situation, hear_by_the_way, told_situation
from assistant.cases.correcting import field_to_change, is_free
from assistant.cases.guiding import Step, StepKind
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Happening
from assistant.cases.leave import consents, gives_leave, gives_some
from assistant.cases.meaning import Meaning
from assistant.cases.naming import named
from assistant.cases.reply import CardKind, Reply, Say, say
from assistant.cases.roles import Listener
from assistant.cases.standing import Settlement, StandingField
from assistant.cases.taking import Taking
from assistant.cases.telling import Telling, spoken
from assistant.cases.wishes import CLAUSES, Wish, asks_something, corrects, meets_conditions
from assistant.dialogue import Question, Speaker
from assistant.phrases.handling import handling_phrases

_NUMBERED_UNMET = re.compile(r"第[一二三四五六七八九\d]+[条个项点][^,，]{0,4}(?:不符合|不满足|不够|不行|没)")
_ANEW = "anew:"
"""A field that the citizen wants to change, asked for once more."""


class Stepping:
    """Hears answers to steps. `None` means that the message is about something else."""

    def __init__(self, handling: Handling, listener: Listener) -> None:
        self.handling = handling
        self._taking = Taking(handling, listener)
        self._meaning = Meaning(handling.desk.intents)

    def hear(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        """What the message says to what was asked; None where it is about something else."""
        handled = _as_asked(handled, question)
        reply = self._heard(handled, question, text, wish, telling)
        return told_situation(self.handling, handled, reply, telling) if reply is not None else None

    def _heard(  # noqa: PLR0911 - one line for each step
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        match handled.step.kind:
            case StepKind.PARTS:
                return self._parts(handled, question, text, wish)
            case StepKind.SITUATION:
                return self._situation(handled, question, text, wish, telling)
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
        members, today = handled.step.members, self.handling.today()
        known = ((link.slug, self.handling.desk.knowledge.item(link.slug, today)) for link in members)
        sheets = {slug: item for slug, item in known if item is not None}
        chosen = parts_chosen(text, wish, members, sheets)
        if chosen is None and self._meaning.assents(text):
            chosen = tuple(link.slug for link in members)
        if self.telling(question).phrases.only_bundle in text:
            chosen = ()
        if chosen is None:
            named = handled.standing.item.name.replace("“", "").replace("”", "")
            return (
                self.step(handled, question) if text.strip(" 。.!！“”") in named and len(text) > len("一件事") else None
            )
        return self._onward(handled, [h.PartsChosen(tuple(dict.fromkeys((handled.case.item, *chosen))))], question)

    def _situation(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        p = telling.phrases
        if _NUMBERED_UNMET.search(text):  # of the conditions, which come next: told before the situation is asked on
            return self._conditions(handled, question, text, wish, telling)
        answered = answer_situation(self.handling, handled, text, wish)
        if answered is not None:
            last = answered.case.situations[-1]
            told = say(p.understood, facts=last.label) if last.label else say(p.situation_open)
            answered, changed = self.keep(answered, question, text, None) if wish is None else (answered, [])
            return self.step(answered, question).after(told, *telling.understood(changed))
        told_more = self._facts_only(handled, question, text, wish)
        if told_more is None or _has_moved(handled, told_more):
            return told_more
        return self._past_situation(handled, question, text, wish, telling)

    def _past_situation(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply:
        """Something else was said, or nothing that is an answer: conditions are taken, and nobody is asked for ever."""
        p, unclear = telling.phrases, f"{handled.step.name}?"
        met = meets_conditions(text, wish)
        said = handled.case.asked == unclear
        handled, says = self.conditions_met(handled, telling) if met else (handled, ())
        situation = handled.step.situation
        if said and situation is not None:
            left = self.handling.situate(handled.case, situation, None)
            return self.step(left, question).after(*says, say(p.situation_open))
        asked = self.handling.add(handled.case, [h.Asked(unclear)])
        return self.step(asked, question).after(*(says or (say(p.situation_unclear),)))

    def conditions_met(self, handled: Handled, telling: Telling) -> tuple[Handled, tuple[Say, ...]]:
        """The conditions taken as met before they were asked."""
        taken = take_conditions(self.handling, handled, telling)
        return taken.handled, taken.says

    def _conditions(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        situated = hear_by_the_way(self.handling, handled, text)
        moved = situated.case.version != handled.case.version and len([c for c in CLAUSES.split(text) if c]) == 1
        if moved and wish is None and not self._meaning.assents(text):
            kept, changed = self.keep(situated, question, text, None)
            return self.step(kept, question).after(*telling.understood(changed))
        handled = situated
        checked = check_conditions(self.handling, handled, text, wish, telling=telling, meaning=self._meaning)
        if checked is None or checked.reply is not None:
            return checked.reply if checked is not None else None
        kept, changed = self.keep(checked.handled, question, text, None) if checked.listens else (checked.handled, [])
        return self.step(kept, question).after(*telling.understood(changed), *checked.says)

    def _consented(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        registers, p = handled.step.registers, telling.phrases
        some = tuple(named(text, registers)) if gives_some(text) else ()
        if wish in (Wish.NO, Wish.NOT_KNOWN) and not some:
            return self._onward(handled, [h.ConsentRefused(registers)], question, say(p.consent_refused))
        agreed = consents(text, wish) or wish is Wish.REVIEW or gives_leave(text)  # 「查吧」
        chosen = some or (registers if agreed else tuple(named(text, registers)))
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
        again = handled.standing.field(handled.case.asked.removeprefix(_ANEW))
        asked = again if again is not None and handled.case.asked.startswith(_ANEW) else handled.step.fields[0]
        if wish in (Wish.SUBMIT, Wish.REVIEW, Wish.PAPERS):
            return self.step(handled, question).after(*telling.missing(handled.standing))
        to_change = field_to_change(handled.standing, text)
        if to_change is not None:
            anew = self.handling.add(handled.case, [h.Asked(f"{_ANEW}{to_change.key}")])
            return telling.ask(anew, to_change)
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
            over = [h.Asked("")] if handled.case.asked.startswith(_ANEW) else []
            handled = self.handling.add(handled.case, over)
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
        return telling.not_understood(handled, asked, slipped=has_slipped(asked.field, text))

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

    def recall(self, handled: Handled, question: Question) -> Handled:
        """A case that has just begun with what was said right before it was."""
        return self._taking.recall(handled, question)

    def tells(self, handled: Handled, question: Question, text: str) -> bool:
        """Whether the message, where a value is asked for, gives one plainly: then nothing else is read into it."""
        if handled.step.kind not in (StepKind.FIELD, StepKind.FORM):
            return False
        values = self._taking.read(handled, question, text, handled.step.fields[0])
        return any(one.value and one.means is not Means.FREE for one in values)

    def keep(
        self, handled: Handled, question: Question, text: str, asked: StandingField | None
    ) -> tuple[Handled, list[tuple[StandingField, bool]]]:
        """What the message says about fields, kept; with each field that changed and whether it had a value before."""
        return self._taking.keep(handled, question, text, asked)

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


def _has_moved(before: Handled, reply: Reply) -> bool:
    return reply.handled is not None and reply.handled.case.version != before.case.version


def _as_asked(handled: Handled, question: Question) -> Handled:
    """The case at the question that was asked last, where somebody signed in since and registers would come first."""
    said = [u.text for u in question.history if u.speaker is Speaker.XIAOSHEN]
    if handled.step.kind is not StepKind.CONSENT or not said:
        return handled
    asked = (one.question for one in handled.standing.situations if one.question is not None)
    last = next((q for q in asked if q.text in said[-1]), None)
    return replace(handled, step=Step(kind=StepKind.SITUATION, situation=last)) if last is not None else handled
