"""One pre-review: the general checks, the item's own rules, the outcome, the notice. Pure."""

from collections.abc import Iterator, Mapping

from knowledge.items import ServiceItem
from prefill.review.agreement import (
    compare_all,
    form_against_number,
    impossible_numbers,
    mismatches,
    quantities,
)
from prefill.review.application import Application
from prefill.review.by_wording import decided_by_wording
from prefill.review.completeness import exempted, missing, untaken_commitments
from prefill.review.documents import DocumentState, examine
from prefill.review.evidence import FORM, Evidence
from prefill.review.facts import Fact, Sources, as_context
from prefill.review.leftovers import leftovers
from prefill.review.measures import read_facts
from prefill.review.notice import compose_notice
from prefill.review.people import people
from prefill.review.points import Bench, Judged, points_findings, reconsidered, shaken_points
from prefill.review.result import Code, Finding, Outcome, PointResult, Review, Seen
from prefill.review.rulebook import Rulebook
from prefill.review.rules import ItemRules, RuleStatus, Standing
from prefill.review.same_named import same_named
from prefill.review.second_look import second_look
from prefill.review.tables import facts_of as asked_by
from prefill.review.unheard import unheard
from prefill.review.vocabulary import bare_key


def review(application: Application, item: ServiceItem, rulebook: Rulebook) -> Review:
    """Judge `application` by the sheet and the rules of its item, on the application's own day."""
    written = rulebook.rules_for(item.slug, application.today)
    rules = written or ItemRules(item=item.slug)
    vocabulary = rulebook.vocabulary
    documents = examine(application, item, rules, vocabulary)
    wrong = frozenset(m for m, state in documents.items() if state.wrong)
    evidence = Evidence(application, vocabulary, wrong, _asked_after(rules))
    compared = compare_all(evidence, rulebook.agreements_for(item, rules), documents)
    spots = frozenset(
        (part.where, part.key) for one in compared for part in (one.left, one.right) if part.where != FORM
    )
    compared = (*compared, *same_named(evidence, item, rules, documents, spots))
    sources = Sources(evidence=evidence, today=application.today, compared=compared, documents=documents)
    facts = read_facts(rules.facts, sources)
    lacking = tuple(missing(application, item, rules, documents, facts))
    found = (
        *lacking,
        *(finding for state in documents.values() for finding in state.findings),
        *mismatches(
            (
                *compared,
                *quantities(evidence, item, rules, documents),
                *people(evidence, rules, documents, all_there=not lacking),
            ),
            item,
        ),
        *form_against_number(evidence),
        *impossible_numbers(application, evidence, item, rules),
        *untaken_commitments(application, item, vocabulary),
    )
    used = _used(rules)
    read = {seen for name, fact in facts.items() if name in used or not fact.doubtful for seen in fact.seen} | {
        seen for one in found for seen in one.trace
    }
    read |= {part.seen for one in compared for part in (one.left, one.right)}
    read |= set(_said_twice(evidence, documents, read))
    left = leftovers(evidence, item, rules, documents, read)
    found = (*found, *(one for one in left if one.code is not Code.NEEDS_HUMAN))
    doubtful = tuple(one for one in left if one.code is Code.NEEDS_HUMAN)
    bench = Bench(
        item=item,
        rules=rules,
        tables=rulebook.tables_for(rules).evaluate(as_context(facts)),
        facts=facts,
        documents=documents,
        shaken=shaken_points(rules, doubtful),
        day=application.today,
        vocabulary=vocabulary,
        draft_waits=written is not None and rulebook.rests_with_a_person(written),
    )
    known = frozenset((seen.where, seen.name) for seen in read)
    judged = tuple(decided_by_wording(one, item, evidence, documents, known) for one in bench.judge())
    by_wording = {(seen.where, seen.name) for one in judged for seen in one.review.trace}
    doubtful = tuple(one for one in doubtful if not {(seen.where, seen.name) for seen in one.trace} & by_wording)
    read |= {seen for one in judged for seen in one.review.trace}
    read |= {seen for one in doubtful for seen in one.trace}
    doubtful = (*doubtful, *unheard(evidence, item, judged, documents, read))
    findings = (*found, *points_findings(judged, found), *doubtful)
    if not findings:
        known = frozenset((seen.where, seen.name) for seen in read)
        findings = tuple(second_look(evidence, item, rules, documents, known))
        judged = tuple(reconsidered(one, findings) for one in judged)
    return _concluded(application, item, written, judged, findings)


def _used(rules: ItemRules) -> set[str]:
    """The facts whose doubt a table or a material's rule judges; what is doubtful in another one nobody has judged."""
    checks = (point for point in rules.points if point.standing is Standing.CHECK)
    used = {name for point in checks for name in asked_by(point)}
    for material in rules.materials.values():
        for cells in (*(material.needed_when or ()), *material.not_needed_when):
            used.update(cells)
    for fact in reversed(rules.facts):
        if fact.name in used:
            used.update(fact.words)
    return used


def _said_twice(evidence: Evidence, documents: Mapping[str, DocumentState], read: set[Seen]) -> Iterator[Seen]:
    """What another document repeats word for word under the same name: who read the one has read the other."""
    told = {(bare_key(seen.name), seen.value) for seen in read}
    for material in documents:
        yield from (f.seen for f in evidence.all(material) if (bare_key(f.key), f.seen.value) in told)


def _asked_after(rules: ItemRules) -> frozenset[str]:
    """Every name by which a fact of the rules asks for a value."""
    return frozenset(bare_key(name) for fact in rules.facts for place in fact.places for name in place.names)


def facts_of(application: Application, item: ServiceItem, rulebook: Rulebook) -> Mapping[str, Fact]:
    """The facts as the item's tables see them in this application: what somebody who tries a rule wants to look at."""
    rules = rulebook.rules_for(item.slug, application.today) or ItemRules(item=item.slug)
    documents = examine(application, item, rules, rulebook.vocabulary)
    wrong = frozenset(m for m, state in documents.items() if state.wrong)
    evidence = Evidence(application, rulebook.vocabulary, wrong, _asked_after(rules))
    compared = compare_all(evidence, rulebook.agreements_for(item, rules), documents)
    return read_facts(
        rules.facts, Sources(evidence=evidence, today=application.today, compared=compared, documents=documents)
    )


def _concluded(
    application: Application,
    item: ServiceItem,
    rules: ItemRules | None,
    judged: tuple[Judged, ...],
    findings: tuple[Finding, ...],
) -> Review:
    """A definite fault returns the application, whatever else is open; what is open goes to a person."""
    faults = tuple(one for one in findings if one.code is not Code.NEEDS_HUMAN)
    open_ones = tuple(one for one in findings if one.code is Code.NEEDS_HUMAN)
    if faults:
        outcome = Outcome.RETURN
    elif open_ones or rules is None or any(_is_open(one) for one in judged):
        outcome = Outcome.HUMAN
    else:
        outcome = Outcome.PASS
    sheet = {material.id for material in item.materials}
    codes = {one.code for one in faults} or ({Code.NEEDS_HUMAN} if outcome is Outcome.HUMAN else set())
    is_draft = rules is not None and rules.status is not RuleStatus.APPROVED
    exempt = tuple(exempted(application, item))
    notice = compose_notice(item, outcome, faults, open_ones, exempt, is_draft=is_draft)
    return Review(
        outcome=outcome,
        points={one.review.id: one.review for one in judged},
        missing_materials=tuple(
            one.where for one in faults if one.code is Code.MISSING_MATERIAL and one.where in sheet
        ),
        codes=tuple(code for code in Code if code in codes),
        findings=(*faults, *open_ones),
        notice=notice,
        is_draft=is_draft,
    )


def _is_open(one: Judged) -> bool:
    must_be_decided = one.rule is not None and one.rule.standing is Standing.CHECK
    return must_be_decided and one.review.result is PointResult.UNKNOWN
