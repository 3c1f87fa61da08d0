"""How many items are handled to the end: form, sources of facts, rules in force and documents that can be made."""

from datetime import date

from assistant.cases.building import build_handling
from assistant.cases.keeping import MemoryCases
from knowledge.items import ServiceItem
from prefill.forms import form_of
from prefill.review.rulebook import shipped_rulebook
from tests.fakes.case_product import NOW, ShippedKnowledge, shipped_items

LEAST, LEAST_BUNDLES = 60, 8


def _is_complete(item: ServiceItem, day: date) -> bool:
    """A form with a source for its fields, points that a rule in force decides, and materials or a joint form."""
    form, rules = form_of(item), shipped_rulebook().rules_for(item.slug, day)
    told = any(f.prefill for f in form.fields)
    return (
        bool(form.fields) and told and rules is not None and bool(rules.points) and bool(item.materials or item.members)
    )


def test_sixty_items_and_eight_bundles_are_handled_to_the_end() -> None:
    handling = build_handling(ShippedKnowledge(), MemoryCases(), lambda: NOW)
    handled = [i for i in shipped_items().values() if handling.desk.reviewer.handles(i) and _is_complete(i, NOW.date())]
    bundles = [i for i in handled if i.members]
    assert len(handled) >= LEAST, len(handled)
    assert len(bundles) >= LEAST_BUNDLES, len(bundles)
