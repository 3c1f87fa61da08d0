"""Flattens items, policies and passages to statements: all that the knowledge base can say, with its proof."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.items import Fact, FactStatus, Material, Origin, ServiceItem, SourceRef
from knowledge.passages import DocumentVersion, Passage
from knowledge.policies import Policy
from knowledge.statements import Facet, Statement
from knowledge.wording.asked import facet_of_question, further_facets
from knowledge.wording.chinese import either, listed, moment, prose, sentence, steps, title_of_law
from knowledge.wording.conditions import benefit_in_words, condition_in_words, logic_in_words, period_in_words

_LED_BY_GUESS = "牵头"  # the sheets mark a bundle's department so where no source names it
_EXEMPT = {"yes": "有电子证照的，可以免交实体证件", "partial": "部分情形可以凭电子证照免交"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Makes statements that share source, title, version and dates."""

    of: ServiceItem | Policy

    def say(
        self,
        part: str,
        facet: Facet,
        text: str,
        status: FactStatus,
        sources: tuple[SourceRef, ...] = (),
        *,
        question: str | None = None,
    ) -> Statement:
        asked = f"{question} {text}" if question else text
        return Statement(
            id=f"{self.of.source}#{part}",
            source=self.of.source,
            title=self.of.name,
            facet=facet,
            text=text,
            status=status,
            sources=sources,
            version=self.of.version,
            effective_from=self.of.period.begins if isinstance(self.of, Policy) else self.of.effective_from,
            effective_to=self.of.period.ends if isinstance(self.of, Policy) else None,
            clause=next((ref.locator for ref in sources if ref.locator), None),
            question=question,
            also=further_facets(asked, facet),
        )


def item_statements(item: ServiceItem) -> tuple[Statement, ...]:
    """All that the sheet says, in its order; what is not confirmed comes too, with its status."""
    sheet = _Sheet(item)
    return (
        *_about(item, sheet),
        *_conditions(item, sheet),
        *_materials(item, sheet),
        *_handling(item, sheet),
        *_legal_basis(item, sheet),
        *_questions(item, sheet),
        *_around(item, sheet),
    )


def _about(item: ServiceItem, sheet: _Sheet) -> Iterator[Statement]:
    sources = _best_sources(item)
    known = bool(sources) and _LED_BY_GUESS not in item.department
    status = FactStatus.SOURCED if known else FactStatus.DERIVED
    whom = listed(tuple(part.value for part in item.audience))
    department = prose(item.department.replace("/", "、"))
    kind = f"，属于{item.item_type}" if item.item_type else ""
    yield sheet.say(
        "overview", Facet.OVERVIEW, f"{prose(item.name)}面向{whom}办理{kind}，由{department}负责。", status, sources
    )
    yield sheet.say("department", Facet.DEPARTMENT, f"办理部门：{department}", status, sources)


def _best_sources(item: ServiceItem) -> tuple[SourceRef, ...]:
    """The sources of the legal basis, or else of the first sourced condition: they name who is responsible."""
    laws = [basis.sources for basis in item.legal_basis if basis.status is FactStatus.SOURCED]
    conditions = [condition.sources for condition in item.conditions if condition.status is FactStatus.SOURCED]
    return next((sources for sources in (*laws, *conditions) if sources), ())


def _conditions(item: ServiceItem, sheet: _Sheet) -> Iterator[Statement]:
    for condition in item.conditions:
        yield sheet.say(
            f"conditions.{condition.id}",
            Facet.CONDITIONS,
            prose(condition.text),
            condition.status,
            condition.sources,
        )
    for point in item.review_points:
        yield sheet.say(f"review_points.{point.id}", Facet.CONDITIONS, prose(point.text), point.status, point.sources)


def _materials(item: ServiceItem, sheet: _Sheet) -> Iterator[Statement]:
    for material in item.materials:
        part = f"materials.{material.id}"
        yield sheet.say(part, Facet.MATERIALS, material_in_words(material), material.status, material.sources)
        if material.exempt in _EXEMPT:
            text = f"{prose(material.name)}：{_EXEMPT[material.exempt]}"
            yield sheet.say(f"{part}.exempt", Facet.MATERIALS, text, material.exempt_status, material.sources)


def material_in_words(material: Material) -> str:
    """狂犬病免疫证明（必要；原件或电子件）."""
    details: list[str] = []
    if material.required_when == "必要":
        details.append("必要")
    elif material.required_when:
        details.append(f"适用情形：{prose(material.required_when)}")
    if material.form:
        details.append(either(prose(material.form)))
    return f"{prose(material.name)}（{'；'.join(details)}）" if details else prose(material.name)


def _handling(item: ServiceItem, sheet: _Sheet) -> Iterator[Statement]:
    for n, process in enumerate(item.process, 1):
        text = f"办理流程：{steps(process.steps)}"
        yield sheet.say(f"process.{n}", Facet.PROCESS, text, process.status, process.sources)
    facts: tuple[tuple[str, Facet, str, Fact], ...] = (
        ("statutory_days", Facet.TIME_LIMIT, "法定时限", item.statutory_days),
        ("promised_days", Facet.TIME_LIMIT, "承诺时限", item.promised_days),
        ("fee", Facet.FEE, "收费", item.fee),
        ("channels", Facet.CHANNELS, "办理渠道", item.channels),
        ("result", Facet.RESULT, "办理结果", item.result),
        ("visits_on_site", Facet.PROCESS, "到办事现场次数", item.visits_on_site),
        ("handle_type", Facet.PROCESS, "办件类型", item.handle_type),
    )
    for part, facet, label, fact in facts:
        unit = "次" if part == "visits_on_site" and fact.value.isdigit() else ""
        text = f"{label}：{prose(fact.value)}{unit}" if _says_something(fact) else f"{label}没有核实"
        yield sheet.say(part, facet, text, fact.status, fact.sources)


def _says_something(fact: Fact) -> bool:
    return bool(fact.value) and fact.value != "unverified"


def _legal_basis(item: ServiceItem, sheet: _Sheet) -> Iterator[Statement]:
    for n, basis in enumerate(item.legal_basis, 1):
        text = f"设定依据：{title_of_law(basis.law)}{listed(basis.articles)}"
        yield sheet.say(f"legal_basis.{n}", Facet.LEGAL_BASIS, text, basis.status, basis.sources)


def _questions(item: ServiceItem, sheet: _Sheet) -> Iterator[Statement]:
    for n, entry in enumerate(item.faq, 1):
        facet = facet_of_question(entry.question, item.item_type)
        question = prose(entry.question)
        yield sheet.say(f"faq.{n}", facet, sentence(entry.answer), entry.status, entry.sources, question=question)


def _around(item: ServiceItem, sheet: _Sheet) -> Iterator[Statement]:
    """What helps to find the way on: other items, our own remarks, where the facts come from."""
    if item.members:
        text = f"包含的事项：{listed(tuple(prose(link.name) for link in item.members))}"
        yield sheet.say("members", Facet.RELATED, text, FactStatus.DERIVED)
    if item.related_items:
        text = f"相关事项：{listed(tuple(prose(link.name) for link in item.related_items))}"
        yield sheet.say("related", Facet.RELATED, text, FactStatus.DERIVED)
    yield from _remarks(sheet, item.notes)
    yield from _origins(sheet, item.origins)


def _remarks(sheet: _Sheet, notes: tuple[str, ...]) -> Iterator[Statement]:
    for n, note in enumerate(notes, 1):
        yield sheet.say(f"notes.{n}", Facet.REFERENCE_STATUS, sentence(note), FactStatus.DERIVED)


def _origins(sheet: _Sheet, origins: tuple[Origin, ...]) -> Iterator[Statement]:
    for origin in origins:
        dated = f"（{moment(origin.date)}）" if origin.date else ""
        text = f"资料来源：{prose(origin.title)}{dated}"
        refs = (SourceRef(origin=origin),)
        yield sheet.say(f"sources.{origin.id}", Facet.REFERENCE_STATUS, text, FactStatus.SOURCED, refs)


def policy_statements(policy: Policy) -> tuple[Statement, ...]:
    """All that the policy's sheet says. Dates are words of the sheet: whether it is over depends on the day asked."""
    sheet = _Sheet(policy)
    return (*_for_whom(policy, sheet), *_benefit(policy, sheet), *_period(policy, sheet), *_delivery(policy, sheet))


def _for_whom(policy: Policy, sheet: _Sheet) -> Iterator[Statement]:
    sources = policy.benefit.sources
    status = FactStatus.SOURCED if sources else FactStatus.DERIVED
    who, department = prose(either(policy.who)), prose(policy.department.replace("/", "、"))
    yield sheet.say(
        "overview", Facet.OVERVIEW, f"{prose(policy.name)}的适用对象：{who}；负责部门：{department}。", status, sources
    )
    for condition in policy.conditions:
        text = condition_in_words(condition)
        yield sheet.say(condition.id, Facet.CONDITIONS, text, condition.status, condition.sources)
    logic = logic_in_words(policy)
    if logic:
        sourced = all(condition.status is FactStatus.SOURCED for condition in policy.conditions)
        status = FactStatus.SOURCED if sourced else FactStatus.DERIVED
        refs = tuple(dict.fromkeys(ref for condition in policy.conditions for ref in condition.sources))
        yield sheet.say("logic", Facet.CONDITIONS, logic, status, refs)


def _benefit(policy: Policy, sheet: _Sheet) -> Iterator[Statement]:
    for n, plain in enumerate(policy.benefit.plain, 1):
        part = "benefit" if n == 1 else f"benefit.{n}"
        yield sheet.say(part, Facet.BENEFIT, plain.text, plain.status, plain.sources)
    worded = benefit_in_words(policy)
    if not policy.benefit.plain and worded:
        known = policy.benefit.sources and policy.benefit.formula != "unverified"
        status = FactStatus.SOURCED if known else FactStatus.UNVERIFIED
        yield sheet.say("benefit", Facet.BENEFIT, worded, status, policy.benefit.sources)


def _period(policy: Policy, sheet: _Sheet) -> Iterator[Statement]:
    """The beginning is told apart where only the end is open to doubt."""
    sources = policy.benefit.sources
    sourced = FactStatus.SOURCED if sources else FactStatus.UNVERIFIED
    whole = sourced if policy.period.verified else FactStatus.UNVERIFIED
    yield sheet.say("period", Facet.VALIDITY, period_in_words(policy.period), whole, sources)
    if not policy.period.verified and policy.period.begins_text:
        text = f"自{moment(policy.period.begins_text)}起施行。"
        yield sheet.say("period.from", Facet.VALIDITY, text, sourced, sources)


def _delivery(policy: Policy, sheet: _Sheet) -> Iterator[Statement]:
    """Only what a source must have said, that nothing needs to be applied for or how it goes, counts as sourced."""
    sources = policy.benefit.sources
    if policy.delivery_mode:
        told = bool(sources) and "免申即享" in policy.delivery_mode
        status = FactStatus.SOURCED if told else FactStatus.DERIVED
        text = f"办理方式：{either(prose(policy.delivery_mode))}"
        yield sheet.say("delivery", Facet.PROCESS, text, status, sources)
    if policy.how_to_get:
        text = f"办理流程：{steps(tuple(part.strip() for part in policy.how_to_get.split('→')))}"
        status = FactStatus.SOURCED if sources else FactStatus.DERIVED
        yield sheet.say("how_to_get", Facet.PROCESS, text, status, sources)
    yield from _remarks(sheet, policy.notes)
    yield from _origins(sheet, policy.origins)


def passage_statement(passage: Passage, document: DocumentVersion) -> Statement:
    """A passage as what its document says; cited as `documents/<name>#p<ordinal>`."""
    return Statement(
        id=f"{document.source}#p{passage.ordinal}",
        source=document.source,
        title=document.title,
        facet=Facet.OVERVIEW,
        text=passage.text,
        status=FactStatus.SOURCED,
        version=document.id,
        effective_from=document.effective_from,
        effective_to=document.effective_to,
        clause=passage.clause,
        heading=passage.heading,
        garbled=passage.garbled,
        suspicious=passage.suspicious,
    )
