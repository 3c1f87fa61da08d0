"""Fewer fields: which fields and materials of an item nobody has to bring, because no rule reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from knowledge.items import ServiceItem
from prefill.forms import FormField, Need, form_of
from prefill.review.rulebook import Rulebook
from prefill.review.rules import ItemRules, Place

# What the office needs to reach or pay somebody, though no rule decides on it.
_FOR_THE_OFFICE: Final = re.compile("手机|电话|账号|开户银行|邮寄|收件|领取|领证|申领方式|经办人")


class Why(StrEnum):
    """Why somebody should look at a field or material."""

    OPTIONAL = "optional"
    NO_RULE_READS_IT = "no_rule_reads_it"
    REPLACED_BY_LICENCE = "replaced_by_licence"


@dataclass(frozen=True, slots=True)
class Spare:
    """A field or material that may not be needed; a person decides, the sheet is not changed by this."""

    item: str
    what: str
    name: str
    why: Why


def spare_parts(item: ServiceItem, rulebook: Rulebook, day: date) -> tuple[Spare, ...]:
    """Fields and materials of an item that no rule in force reads. Empty where the item has no rules to judge by."""
    rules = rulebook.rules_for(item.slug, day)
    if rules is None:
        return ()
    places = list(_places(item, rules, rulebook))
    return (*_fields(item, rules, places), *_materials(item, places))


def _fields(item: ServiceItem, rules: ItemRules, places: list[Place]) -> Iterator[Spare]:
    read = {name for place in places if place.where in {"form", "any"} for name in place.names}
    words = " ".join(fact.expression for fact in rules.facts)
    for field in form_of(item).fields:
        if field.need is Need.OPTIONAL:
            yield Spare(item.slug, "field", field.name, Why.OPTIONAL)
        elif not _is_used(field) and field.name not in read and field.name not in words:
            yield Spare(item.slug, "field", field.name, Why.NO_RULE_READS_IT)


def _is_used(field: FormField) -> bool:
    """Proven by a register (no burden), a commitment, or for the office itself."""
    return field.identity or field.is_commitment or _FOR_THE_OFFICE.search(field.name) is not None


def _materials(item: ServiceItem, places: list[Place]) -> Iterator[Spare]:
    read = {part for place in places for part in place.where.split("+")}
    for material in item.materials:
        if material.exempt == "yes":
            yield Spare(item.slug, "material", f"{material.id} {material.name}", Why.REPLACED_BY_LICENCE)
        elif material.id not in read and not material.name.startswith("申请"):
            yield Spare(item.slug, "material", f"{material.id} {material.name}", Why.NO_RULE_READS_IT)


def _places(item: ServiceItem, rules: ItemRules, rulebook: Rulebook) -> Iterator[Place]:
    for fact in rules.facts:
        yield from fact.places
    for agreement in rulebook.agreements_for(item, rules):
        yield agreement.left
        yield from agreement.rights
