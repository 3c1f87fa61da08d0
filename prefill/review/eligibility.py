"""Told early (先查条件): which conditions already fail, which hold, and what else there is."""

from dataclasses import dataclass

from knowledge.items import ItemLink, ServiceItem
from prefill.review.application import Application
from prefill.review.comparing import Compared
from prefill.review.documents import examine
from prefill.review.evidence import Evidence
from prefill.review.facts import Sources, as_context
from prefill.review.measures import read_facts
from prefill.review.points import Bench, Judged
from prefill.review.result import PointResult, PointReview
from prefill.review.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What is known of the conditions so far. `instead` are related items worth a look when one fails."""

    failed: tuple[PointReview, ...]
    held: tuple[PointReview, ...]
    instead: tuple[ItemLink, ...]

    @property
    def is_out_of_question(self) -> bool:
        """True once a condition definitely fails: say so before asking for anything more."""
        return bool(self.failed)


def check_early(application: Application, item: ServiceItem, rulebook: Rulebook) -> Eligibility:
    """Check the conditions with what is known so far; what is not there yet is neither held nor failed."""
    rules = rulebook.rules_for(item.slug, application.today)
    if rules is None:
        return Eligibility((), (), ())
    documents = examine(application, item, rules, rulebook.vocabulary)
    wrong = frozenset(name for name, state in documents.items() if state.wrong)
    compared: tuple[Compared, ...] = ()
    sources = Sources(
        evidence=Evidence(application, rulebook.vocabulary, wrong),
        today=application.today,
        compared=compared,
        documents={name: state for name, state in documents.items() if state.handed_in or state.exempt},
    )
    facts = read_facts(rules.facts, sources)
    absent = {fact.name for fact in rules.facts if fact.measure in {"has", "given"} and not facts[fact.name].value}
    known = {name: fact for name, fact in facts.items() if name not in absent}
    bench = Bench(
        item=item,
        rules=rules,
        tables=rulebook.tables_for(rules).evaluate(as_context(known)),
        facts=known,
        documents=documents,
        shaken=frozenset(),
        day=application.today,
        vocabulary=rulebook.vocabulary,
        draft_waits=rulebook.rests_with_a_person(rules),
    )
    judged = bench.judge()
    failed = tuple(one.review for one in judged if one.review.result is PointResult.FAIL and not _is_early(one))
    held = tuple(one.review for one in judged if one.review.result is PointResult.PASS)
    return Eligibility(failed, held, item.related_items if failed else ())


def _is_early(one: Judged) -> bool:
    """Did it fail only because something is not there yet? Then it is too early to say no."""
    return one.row is not None and any(cell.strip() == "unknown" for cell in one.row.cells.values())
