"""Which fields and materials no rule needs: what a shorter form could leave out (减材料、减字段)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.items import FormField, ServiceItem
from prefill.review.evidence import ANYWHERE, FORM
from prefill.review.numbers import kind_of_field
from prefill.review.rulebook import Rulebook
from prefill.review.rules import Agreement, ItemRules, Place
from prefill.review.vocabulary import Vocabulary, bare_key, clean_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Unneeded:
    """What of one item nothing checks. Optional fields are the first to go; a material is a question to its owner."""

    item: str
    optional_fields: tuple[str, ...]
    unchecked_fields: tuple[str, ...]
    unchecked_materials: tuple[str, ...]


def unneeded(items: Iterable[ServiceItem], rulebook: Rulebook, day: date) -> tuple[Unneeded, ...]:
    """The report for every item that has something to leave out."""
    found = (_of_item(item, rulebook, day) for item in items)
    return tuple(one for one in found if one.optional_fields or one.unchecked_fields or one.unchecked_materials)


def _of_item(item: ServiceItem, rulebook: Rulebook, day: date) -> Unneeded:
    rules = rulebook.rules_for(item.slug, day) or ItemRules(item=item.slug)
    agreements = rulebook.agreements_for(item, rules)
    places = [place for fact in rules.facts for place in fact.places]
    places += [place for agreement in agreements for place in (agreement.left, *agreement.rights)]
    named = {part for place in places if place.where in {FORM, ANYWHERE} or FORM in place.where for part in place.names}
    unchecked = [field for field in item.form_fields if not _is_used(field, named, rulebook.vocabulary)]
    return Unneeded(
        item=item.slug,
        optional_fields=tuple(field.name for field in unchecked if field.required.startswith("否")),
        unchecked_fields=tuple(field.name for field in unchecked if not field.required.startswith("否")),
        unchecked_materials=tuple(
            material.id for material in item.materials if not _material_is_used(material.id, rules, agreements, places)
        ),
    )


def _is_used(field: FormField, named: set[str], vocabulary: Vocabulary) -> bool:
    """A field that a rule reads, that names or reaches the applicant, or that is a number to be checked."""
    if field.type in {"checkbox", "mobile"} or kind_of_field(field.type):
        return True
    alike = {clean_key(field.name), bare_key(field.name)} | vocabulary.alike(field.name)
    return any(clean_key(name) in alike or bare_key(name) in alike for name in named)


def _material_is_used(
    identifier: str, rules: ItemRules, agreements: tuple[Agreement, ...], places: list[Place]
) -> bool:
    asked = any(identifier in fact.words for fact in rules.facts) or identifier in rules.materials
    read = any(identifier in place.where.split("+") for place in places)
    return asked or read or any(agreement.left.where == identifier for agreement in agreements)
