"""Words for a case: its next step as a question, what was understood, how it stands. Pure."""

import re
from collections.abc import Mapping, Sequence

from assistant.cases.answering import hint_of
from assistant.cases.guiding import StepKind, next_material, progress
from assistant.cases.handling import Handled
from assistant.cases.masking import masked, unnumbered
from assistant.cases.reply import Because, CardKind, CaseRow, Option, Reply, Say, say
from assistant.cases.standing import Standing, StandingField, StandingMaterial
from assistant.phrases.handling import HandlingPhrases
from knowledge.items import Condition, ServiceItem
from prefill.forms import FieldType
from prefill.review.result import Code
from prefill.review.situations import Situation

_MOST_NAMED = 6
_STOP = re.compile(r"[。.;；,，]+$")


class Telling:
    """Says what a case has to say, in one language."""

    def __init__(self, phrases: HandlingPhrases, offered: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.phrases = phrases
        self._offered = offered or {}

    def step(self, handled: Handled) -> Reply:  # noqa: C901, PLR0911 - one line for each step
        """The next step as the one question of the turn."""
        match handled.step.kind:
            case StepKind.PARTS:
                return self._parts(handled)
            case StepKind.SITUATION:
                return self._situation(handled)
            case StepKind.CONDITIONS:
                return self._conditions(handled)
            case StepKind.CONSENT:
                return self._consent(handled)
            case StepKind.FIELD:
                return self.ask(handled, handled.step.fields[0])
            case StepKind.FORM:
                return self._form(handled)
            case StepKind.MATERIAL:
                return self._material(handled, handled.step.material)
            case StepKind.CONFIRM:
                return self._confirm(handled)
            case StepKind.REVIEW | StepKind.SUBMIT:
                return self.reviewed(handled)
            case StepKind.WAIT | StepKind.OVER:
                return self.standing(handled)

    def ask(self, handled: Handled, field: StandingField) -> Reply:
        """One field."""
        p = self.phrases
        template = p.ask_choice if field.field.choices else p.ask_field
        options = [Option(choice, choice) for choice in field.field.choices[:_MOST_NAMED]]
        if field.field.type is FieldType.YES_NO:
            options = [Option("是", "是"), Option("否", "否")]
        options += [Option(p.dont_know, p.dont_know), Option(p.as_form, p.as_form)]
        return Reply(question=say(template, field=spoken(field.field.name)), options=tuple(options), handled=handled)

    def understood(self, changed: Sequence[tuple[StandingField, bool]]) -> tuple[Say, ...]:
        """What was kept, corrections told as such."""
        said: list[Say] = []
        for template, was in ((self.phrases.understood, False), (self.phrases.corrected, True)):
            lines = [f"{spoken(f.field.name)}{masked(f)}" for f, corrected in changed if corrected is was]
            if lines:
                said.append(say(template, facts="，".join(lines[:_MOST_NAMED])))
        return tuple(said)

    def ineligible(self, handled: Handled) -> Reply:
        """Known facts rule a condition out: why, and what else there is."""
        p = self.phrases
        reasons = dict.fromkeys(point.reason for point in handled.standing.failed_conditions)
        said = [say(p.ineligible, reason=reason) for reason in reasons]
        said.append(say(p.ineligible_way_on))
        said += self.elsewhere(handled.standing.item)
        return Reply(says=tuple(said), handled=handled, person=True)

    def elsewhere(self, item: ServiceItem) -> list[Say]:
        """Other items that may fit."""
        names = [link.name for link in item.related_items[:3]]
        return [say(self.phrases.elsewhere, items="、".join(names))] if names else []

    def which_item(self, items: Sequence[ServiceItem]) -> Reply:
        """Which of several items is to be done."""
        p = self.phrases
        options = tuple(Option(item.name, p.offer_send.format(item=item.name)) for item in items)
        return Reply(question=say(p.which_item), options=options)

    def reviewed(self, handled: Handled) -> Reply:
        """The result of the pre-review, all at once."""
        p, review = self.phrases, handled.case.review
        if review is None:
            return Reply(question=say(p.confirm), options=(Option(p.confirm_yes, p.confirm_yes),), handled=handled)
        if review.outcome == "return":
            faults = [f for f in review.findings if f.code != Code.NEEDS_HUMAN]
            rows = tuple(CaseRow(unnumbered(f.what), unnumbered(f.remedy)) for f in faults)
            return Reply(says=(say(p.review_returned),), card=CardKind.REVIEW, rows=rows, handled=handled)
        verdict = p.review_passed if review.outcome == "pass" else p.review_for_person
        rows = tuple(CaseRow(unnumbered(f.what), unnumbered(f.remedy)) for f in review.findings)
        return Reply(
            says=(say(verdict), say(p.papers_ready)),
            card=CardKind.PAPERS,
            rows=rows,
            question=None,
            offers=(Option(p.submit, p.submit), Option(p.stop, p.stop)),
            handled=handled,
        )

    def standing(self, handled: Handled) -> Reply:
        """Where the case stands: for 「我的办件到哪一步了」."""
        p, case, item = self.phrases, handled.case, handled.standing.item.name
        done, total = progress(handled.standing)
        match case.state:
            case "submitted":
                line = say(p.waiting, item=item, office=case.office, receipt=case.receipt)
            case "accepted":
                line = say(p.accepted, item=item)
            case "decided":
                line = say(p.decided, item=item, result=case.result)
            case "withdrawn":
                line = say(p.withdrawn, item=item)
            case "returned":
                line = say(p.returned, item=item, notice=case.returns[-1])
            case _:
                state = p.state(case.state)
                line = say(p.progress, item=item, state=state, done=str(done), total=str(total))
        missing = self.missing(handled.standing) if case.is_open else ()
        return Reply(says=(line, *missing), card=CardKind.PROGRESS, handled=handled)

    def missing(self, stands: Standing) -> tuple[Say, ...]:
        """What is missing, in a few words."""
        names = [spoken(f.field.name) for f in stands.to_ask]
        names += [m.name for m in stands.materials if not m.is_there and not m.is_made_by_us and stands.is_needed(m)]
        if not names:
            return ()
        more = f"等{len(names)}项" if len(names) > _MOST_NAMED else ""
        return (say(self.phrases.missing, things="、".join(names[:_MOST_NAMED]) + more),)

    def not_understood(self, handled: Handled, field: StandingField, *, slipped: bool = False) -> Reply:
        """The answer fits no value of the field: how it can be answered. `slipped`: its check digit is wrong."""
        template = self.phrases.number_wrong if slipped else self.phrases.not_understood
        told = say(template, field=spoken(field.field.name), hint=hint_of(field.field))
        return self.ask(handled, field).after(told)

    def help(self, field: StandingField) -> Say:
        """What the citizen can look at who does not know."""
        if field.field.help:
            return say(self.phrases.help_field, field=spoken(field.field.name), help=field.field.help)
        return say(self.phrases.no_help, field=spoken(field.field.name))

    def unhandled(self, item: ServiceItem) -> Reply:
        """For an item without rules: what to prepare, and who goes on."""
        rows = tuple(CaseRow(m.name, m.form or "") for m in item.materials)
        says = (say(self.phrases.unhandled, item=item.name), say(self.phrases.unhandled_way_on))
        return Reply(says=says, card=CardKind.CHECKLIST, rows=rows, person=True, because=Because.CLERK_ONLY)

    def clerk_only(self, item: ServiceItem) -> Reply:
        """For an item that the catalogue gives to people: what to prepare, and the line for one."""
        rows = tuple(CaseRow(m.name, m.form or "") for m in item.materials)
        says = (say(self.phrases.clerk_only, item=item.name),)
        return Reply(says=says, card=CardKind.CHECKLIST, rows=rows, hands_over=True, because=Because.CLERK_ONLY)

    def _parts(self, handled: Handled) -> Reply:
        p = self.phrases
        names = [link.name for link in handled.step.members]
        options = (Option(p.all, p.all), *(Option(name, name) for name in names), Option(p.only_bundle, p.only_bundle))
        return Reply(
            card=CardKind.PARTS,
            rows=tuple(CaseRow(name) for name in names),
            question=say(p.ask_parts, members="、".join(names)),
            options=options,
            handled=handled,
        )

    def _situation(self, handled: Handled) -> Reply:
        p, question = self.phrases, handled.step.situation
        if question is None:
            return Reply(handled=handled)
        options = [Option(choice.label, choice.label) for choice in question.choices]
        return Reply(
            card=CardKind.SITUATION,
            question=say(p.ask_situation, question=question.text),
            options=(*options, Option(p.dont_know, p.dont_know)),
            handled=handled,
        )

    def situation(self, found: Situation, instead: ServiceItem | None) -> tuple[tuple[Say, ...], tuple[Option, ...]]:
        """The situation that is certain now, what to know about it, and the other item where that is the right one."""
        p = self.phrases
        says = [say(p.situation_told, situation=found.name)]
        if found.note:
            says.append(say(p.situation_note, note=found.note))
        if instead is None:
            return tuple(says), ()
        says.append(say(p.situation_instead, item=instead.name))
        offer = Option(p.offer.format(item=instead.name), p.offer_send.format(item=instead.name))
        return tuple(says), (offer, Option(p.go_on, p.go_on))

    def _conditions(self, handled: Handled) -> Reply:
        p, conditions = self.phrases, handled.step.conditions
        listed = "；".join(_STOP.sub("", c.text) for c in conditions)
        return Reply(
            card=CardKind.CONDITIONS,
            rows=tuple(CaseRow(c.text) for c in conditions),
            question=say(p.ask_conditions, conditions=listed),
            options=tuple(Option(o, o) for o in (p.yes, p.one_fails, p.not_sure)),
            handled=handled,
        )

    def conditions_taken(self, conditions: Sequence[Condition]) -> Say:
        """What the citizen said they meet before it was asked."""
        listed = "；".join(_STOP.sub("", c.text) for c in conditions)
        return say(self.phrases.conditions_taken, conditions=listed)

    def conditions_stated(self, conditions: Sequence[Condition]) -> Say:
        """What is taken as met by what the citizen said is so."""
        listed = "；".join(_STOP.sub("", c.text) for c in conditions)
        return say(self.phrases.conditions_stated, conditions=listed)

    def which_condition(self, handled: Handled) -> Reply:
        """Which of the conditions fails."""
        options = tuple(Option(c.text, c.text) for c in handled.step.conditions)
        return Reply(question=say(self.phrases.which_condition), options=options, handled=handled)

    def _consent(self, handled: Handled) -> Reply:
        p = self.phrases
        rows = [CaseRow(r, "、".join(_plain_key(k) for k in self._offered.get(r, ()))) for r in handled.step.registers]
        lines = "、".join(p.consent_line.format(register=r.text, fields=r.note) if r.note else r.text for r in rows)
        return Reply(
            card=CardKind.CONSENT,
            rows=tuple(rows),
            question=say(p.ask_consent, registers=lines),
            options=(Option(p.agree, p.agree), Option(p.own, p.own)),
            handled=handled,
        )

    def _form(self, handled: Handled) -> Reply:
        names = "、".join(spoken(f.field.name) for f in handled.step.fields)
        return Reply(
            card=CardKind.FORM,
            rows=tuple(CaseRow(f.field.name, hint_of(f.field)) for f in handled.step.fields),
            question=say(self.phrases.form_ready, fields=names),
            options=(),
            handled=handled,
        )

    def _material(self, handled: Handled, material: StandingMaterial | None) -> Reply:
        if material is None:
            return Reply(handled=handled)
        p = self.phrases
        exempt = material.material.exempt in ("yes", "partial")
        ways = p.material_exempt if exempt else f"{p.bring}。"
        options = [Option(p.upload, p.upload)]
        options += [Option(p.licence, p.licence)] if exempt else []
        options.append(Option(p.bring, p.bring))
        return Reply(
            card=CardKind.MATERIAL,
            rows=(CaseRow(material.name, material.material.form or ""),),
            question=say(p.ask_material, material=material.name, ways=ways),
            options=tuple(options),
            handled=handled,
        )

    def _confirm(self, handled: Handled) -> Reply:
        p = self.phrases
        rows = [
            CaseRow(p.confirm_line.format(field=f.field.name, value=masked(f)), f.filled.provenance.source)
            for f in handled.standing.fields
            if f.filled is not None and not f.field.is_commitment
        ]
        return Reply(
            card=CardKind.CONFIRM,
            rows=tuple(rows),
            question=say(p.confirm),
            options=(Option(p.confirm_yes, p.confirm_yes), Option(p.as_form, p.as_form)),
            handled=handled,
        )


def spoken(name: str) -> str:
    """A field's name as one says it: without what stands in brackets."""
    return re.sub(r"[(（][^)）]*[)）]", "", name) or name


def missing_material(handled: Handled) -> StandingMaterial | None:
    """The material that is asked for next, whatever the step is."""
    return next_material(handled.standing)


def _plain_key(key: str) -> str:
    return key.partition(".")[2] or key
