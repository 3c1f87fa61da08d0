"""All measures by the name that stands before the bracket in a rule file, and reading the facts of an item."""

from collections.abc import Mapping

from prefill.review.absence import ABSENCE_MEASURES
from prefill.review.comparing_measures import COMPARING_MEASURES
from prefill.review.date_measures import DATE_MEASURES
from prefill.review.facts import Fact, Measure, Sources
from prefill.review.rules import FactRule
from prefill.review.value_measures import VALUE_MEASURES
from prefill.review.verdicts import VERDICT_MEASURES

MEASURES: Mapping[str, Measure] = {
    **VALUE_MEASURES,
    **VERDICT_MEASURES,
    **ABSENCE_MEASURES,
    **DATE_MEASURES,
    **COMPARING_MEASURES,
}


def read_facts(rules: tuple[FactRule, ...], sources: Sources) -> dict[str, Fact]:
    """All facts in the order of the rules; a later one may calculate with earlier ones."""
    for rule in rules:
        sources.facts[rule.name] = MEASURES[rule.measure](rule, sources)
    return sources.facts
