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


_FORM: Final = {"form", "any"}

# Fields that another field of the same form tells already.
_FOLLOWS: Final = {
    "性别": "公民身份号码",
    "出生日期": "公民身份号码",
    "年龄": "公民身份号码",
    "驾驶证号": "公民身份号码",
}


class Why(StrEnum):
    """Why somebody should look at a field or material."""

    OPTIONAL = "optional"
    NO_RULE_READS_IT = "no_rule_reads_it"
    REPLACED_BY_LICENCE = "replaced_by_licence"
    FOLLOWS = "follows_from_another_field"
    IN_A_REGISTER = "in_a_register"


@dataclass(frozen=True, slots=True)
class Spare:
    """A field or material that may not be needed; a person decides, the sheet is not changed by this.

    `detail` says what to look at: where the value is known already, or in how many items a rule does read such a field.
    """

    item: str
    what: str
    name: str
    why: Why
    detail: str = ""


def spare_parts(item: ServiceItem, rulebook: Rulebook, day: date) -> tuple[Spare, ...]:
    """Fields and materials of an item that no rule in force reads. Empty where the item has no rules to judge by."""
    rules = rulebook.rules_for(item.slug, day)
    if rules is None:
        return ()
    places = list(_places(item, rules, rulebook))
    return (*_fields(item, rules, places), *_materials(item, places))


def explained(why: Why) -> str:
    """What an officer is told about a reason, and what to decide."""
    return {
        Why.OPTIONAL: "本来就可以不填：确认没人用后删去",
        Why.NO_RULE_READS_IT: "没有一条审查要点用到：说明由谁、凭什么规定使用，否则删去",
        Why.REPLACED_BY_LICENCE: "有电子证照：不再收取纸质件",
        Why.FOLLOWS: "能由其他栏推算：不再让人填",
        Why.IN_A_REGISTER: "政府系统里有：经本人同意后去查，不再让人填",
    }[why]


def _fields(item: ServiceItem, rules: ItemRules, places: list[Place]) -> Iterator[Spare]:
    read = {name for place in places if _FORM & set(place.where.split("+")) for name in place.names}
    words = " ".join(fact.expression for fact in rules.facts)
    for field in form_of(item).fields:
        if field.need is Need.OPTIONAL:
            used = field.name in read or field.name in words
            yield Spare(item.slug, "field", field.name, Why.OPTIONAL, "有审查要点用到，要删先改规则" if used else "")
        elif field.name in _FOLLOWS and any(f.name == _FOLLOWS[field.name] for f in form_of(item).fields):
            yield Spare(item.slug, "field", field.name, Why.FOLLOWS, f"由“{_FOLLOWS[field.name]}”推算")
        elif field.prefill and not field.identity and not _FOR_THE_OFFICE.search(field.name):
            registers = "、".join(dict.fromkeys(key.partition(".")[0] for key in field.prefill))
            yield Spare(item.slug, "field", field.name, Why.IN_A_REGISTER, f"可向{registers}查")
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
