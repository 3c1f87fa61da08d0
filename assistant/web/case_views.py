"""A case as the page sees it: the words approved, verified numbers shortened."""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.cases import happenings as h
from assistant.cases.answering import HINTS
from assistant.cases.case import Case
from assistant.cases.guiding import progress
from assistant.cases.handling import Handled, Handling
from assistant.cases.masking import masked
from assistant.cases.reminding import standing_reminder
from assistant.cases.situation import PartSituation, SituationQuestion
from assistant.cases.standing import Settlement, Standing, StandingField, StandingMaterial
from assistant.phrases.glossary import load_glossary
from assistant.phrases.handling import HandlingPhrases, handling_phrases
from assistant.phrases.sentences import load_sentences
from assistant.web import case_schemas as wire
from assistant.web.case_times import moment
from assistant.web.schemas import NamedItem
from assistant.web.sse import render
from guardrails.entered import show_finding
from guardrails.outbound import notice, quote
from prefill.documents.kinds import kinds_for
from prefill.forms import FormField, Need
from prefill.schema import field_schema

_UPLOADED = "您上传的"


def glance(handling: Handling, case: Case, language: str) -> wire.CaseGlance:
    """A case in a list."""
    handled = handling.look(case)
    done, total = progress(handled.standing)
    return wire.CaseGlance(
        id=case.id,
        version=case.version,
        item=_named(handled.standing.item.slug, handled.standing.item.name),
        english=_item_english(handled.standing.item.slug),
        state=case.state,
        state_label=_label(handling_phrases(language), case),
        done=done,
        total=total,
        changed_at=case.changed_at,
        reminder=_reminder(handling_phrases(language), case),
    )


def view(handling: Handling, handled: Handled, language: str, people: Sequence[NamedItem] = ()) -> wire.CaseView:
    """The whole case."""
    case, stands = handled.case, handled.standing
    done, total = progress(stands)
    step = handled.step
    members = handling.members(stands.item) if stands.item.is_bundle else ()
    offered, ends = handling.offered(stands), handling.consent_ends()
    open_registers = [name for name in offered if all(c.register != name for c in case.consents)]
    warnings = dict.fromkeys(point.reason for point in stands.failed_conditions)  # parts may share a condition
    return wire.CaseView(
        id=case.id,
        version=case.version,
        item=_named(stands.item.slug, stands.item.name),
        english=_item_english(stands.item.slug),
        parts=[_named(item.slug, item.name) for item in stands.handled],
        members=[
            wire.CaseMember(slug=m.slug, name=_said(m.name), english=_item_english(m.slug), chosen=m.slug in case.parts)
            for m in members
        ],
        state=case.state,
        state_label=_label(handling_phrases(language), case),
        done=done,
        total=total,
        step=step.kind,
        step_fields=[f.key for f in step.fields],
        step_material=f"{step.material.uses[0][0]}:{step.material.uses[0][1]}" if step.material else None,
        way=case.way,
        situations=[_situation(handling, one) for one in stands.situations],
        conditions=[
            wire.CaseCondition(
                id=c.id, text=_said(c.text), answered=c.id in case.conditions, holds=case.conditions.get(c.id)
            )
            for c in stands.item.conditions
            if c.status.value == "sourced"
        ],
        warnings=[_said(reason) for reason in warnings],
        warnings_english=[_in_english(reason) for reason in warnings],
        registers=[_register(name, offered[name], ends) for name in open_registers if name not in case.refused],
        declined=[_register(name, offered[name], ends) for name in open_registers if name in case.refused],
        consents=[_register(c.register, c.fields, c.until) for c in case.consents],
        identified=case.identity is not None,
        example_people=list(people) if case.identity is None else [],
        fields=[_field(f) for f in stands.fields if not f.field.is_commitment],
        materials=[_material(m, needed=stands.is_needed(m)) for m in stands.materials],
        review=_review(case, stands),
        code=case.code,
        office=_said(case.office) if case.office else "",
        receipt=_said(case.receipt) if case.receipt else "",
        returned=_said(case.returns[-1]) if case.returns else "",
        mend_until=case.mend_until,
        due=case.due,
        reminder=_reminder(handling_phrases(language), case),
        result=_said(case.result) if case.result else "",
        changed_at=case.changed_at,
        timeline=[
            wire.CaseMoment(at=e.at, text=_said(told))
            for e in case.events
            if (told := moment(e.happening, language)) is not None
        ],
    )


def _situation(handling: Handling, one: PartSituation) -> wire.CaseSituation:
    found = one.situation
    slug = found.instead if found is not None else None
    instead = handling.desk.knowledge.item(slug, handling.today()) if slug else None
    return wire.CaseSituation(
        part=one.part,
        name=_said(found.name) if found is not None else "",
        note=_said(found.note) if found is not None and found.note else "",
        instead=_named(instead.slug, instead.name) if instead is not None else None,
        question=_asked(one.question) if one.question is not None else None,
        answered=[_asked(question) for question in one.answered],
    )


def _asked(question: SituationQuestion) -> wire.CaseSituationQuestion:
    return wire.CaseSituationQuestion(
        part=question.part,
        fact=question.fact,
        text=_said(question.text),
        choices=[_said(choice.label) for choice in question.choices],
        chosen=_said(question.chosen) if question.chosen else "",
    )


def _field(f: StandingField) -> wire.CaseField:
    filled = f.filled
    locked = filled is not None and filled.locked
    return wire.CaseField(
        key=f.key,
        name=_said(f.field.name),
        type=f.field.type,
        value=(masked(f) if locked else f.value) or "",  # their own words in their own form, to be corrected there
        source=_said(filled.provenance.source) if filled else "",
        source_english=_said(_source_english(filled.provenance.source)) if filled else "",
        why=_said(filled.why) if filled and filled.why else "",
        locked=locked,
        required=f.is_asked or f.field.need is Need.ALWAYS,
        choices=[_said(choice) for choice in f.field.choices],
        other_choices=f.field.other_choices,
        help=_said(f.field.help) if f.field.help else "",
        hint=_said(HINTS[f.field.type]) if f.field.type in HINTS else "",
        english=_said(load_glossary().fields.get(f.field.name, "")),
        fits=_fits(f.field),
        items=list(f.parts),
    )


def _fits(field: FormField) -> wire.CaseFieldSchema:
    schema, needed = field_schema(field), field.needed_when
    return wire.CaseFieldSchema(
        pattern=schema.get("pattern", ""),
        most=schema["maxLength"],
        check=schema.get("x-check", ""),
        needed_when=_said(needed.field) if needed else "",
        needed_values=[_said(value) for value in needed.values] if needed else [],
    )


def _material(m: StandingMaterial, *, needed: bool) -> wire.CaseMaterial:
    part, number = m.uses[0]
    return wire.CaseMaterial(
        part=part,
        material=number,
        name=_said(m.name),
        english=_said(load_glossary().plain(m.name)),
        form=_said(m.material.form) if m.material.form else "",
        needed=needed,
        made_here=m.is_made_by_us,
        exempt=m.material.exempt in ("yes", "partial"),
        settled=Settlement(m.settled.how) if m.settled else None,
        file=_file(m.file, m.name) if m.file else None,
    )


def _file(added: h.FileAdded, material: str) -> wire.CaseFile:
    wanted = kinds_for(material)
    return wire.CaseFile(
        id=added.file,
        name=_said(added.name),
        kind=_said(added.kind) if added.kind else "",
        kind_english=_said(load_glossary().plain(added.kind)),
        fits=not wanted or not added.kind or added.kind in wanted,
        readable=added.readable,
        remark=_said(added.remark) if added.remark else "",
        remark_english=_in_english(added.remark),
        read={_said(name): _said(value) for name, value in added.fields.items() if value},
        read_english={_said(name): _said(load_glossary().plain(name)) for name, value in added.fields.items() if value},
    )


def spots_of(case: Case, finding: h.KeptFinding) -> Iterator[wire.CaseSpot]:
    """Where on the pictures of the case the finding's values stand."""
    for material, name in finding.seen:
        file = next((f for f in reversed(case.files) if (f.part, f.material) == (finding.part, material)), None)
        if file is not None and name in file.places:
            place, page = file.places[name], file.pages.get(name, 1)
            english = _said(load_glossary().plain(name))
            yield wire.CaseSpot(file=file.file, page=page, name=_said(name), english=english, place=place)


def _review(case: Case, stands: Standing) -> wire.CaseReview | None:
    found = case.review
    if found is None:
        return None
    findings = [
        wire.CaseFinding(
            code=f.code,
            part=f.part,
            where=f.where,
            about=_about(f, stands),
            what=render(show_finding(f.what)),
            what_english=_in_english(f.what),
            remedy=_said(f.remedy) if f.remedy else "",
            remedy_english=_in_english(f.remedy),
            spots=list(spots_of(case, f)),
        )
        for f in found.findings
    ]
    return wire.CaseReview(
        outcome=found.outcome, notice=render(show_finding(found.notice)) if found.notice else "", findings=findings
    )


def _about(finding: h.KeptFinding, stands: Standing) -> str:
    """The condition or review point a finding is about; nothing where it names a document or a field itself."""
    item = next((one for one in stands.handled if one.slug == finding.part), stands.item)
    named = {point.id: point.text for point in item.review_points} | {c.id: c.text for c in item.conditions}
    return _said(named[finding.where]) if finding.where in named else ""


def _register(name: str, keys: Sequence[str], until: date | None) -> wire.CaseRegister:
    fields = _keys(keys)
    return wire.CaseRegister(
        name=_said(name),
        english=_said(load_glossary().plain(name)),
        fields=fields,
        fields_english=[_said(load_glossary().plain(field)) for field in fields],
        until=until,
    )


def _source_english(source: str) -> str:
    """Where a value is from, in English: a register's name, or the kind of an uploaded document."""
    kind = source.removeprefix(_UPLOADED)
    english = load_glossary().plain(kind)
    return f"the {english} you uploaded" if english and kind != source else english


def _item_english(slug: str) -> str:
    return _said(load_glossary().names.get(f"items/{slug}", ""))


def _keys(keys: Sequence[str]) -> list[str]:
    return [_said(key.partition(".")[2] or key) for key in keys]


def _named(slug: str, name: str) -> NamedItem:
    return NamedItem(slug=slug, name=_said(name))


def _reminder(phrases: HandlingPhrases, case: Case) -> str:
    why = standing_reminder(case)
    return render(notice(phrases.reminder(why))) if why is not None else ""


def _label(phrases: HandlingPhrases, case: Case) -> str:
    return render(notice(phrases.state(case.state)))


def _in_english(text: str) -> str:
    """A sentence of ours in English; nothing for the words of a rule or a sheet, which nobody has translated."""
    return render(show_finding(load_sentences().english(text))) if text else ""


def _said(text: str) -> str:
    """Words of a sheet, a rule or a file, as they may be shown."""
    return render(quote(text, "case"))
