"""Documents of simulated citizens: what registers say of them, and what the rules look for, as in good order."""

from collections.abc import Mapping
from datetime import date, timedelta

from pydantic import JsonValue

from evals.invented_people import Invented
from knowledge.items import ServiceItem
from prefill.forms import FormField
from prefill.review.result import PointResult
from prefill.review.rulebook import shipped_rulebook
from prefill.review.rules import FactRule, ItemRules

_ABOUT = (
    "逝者",
    "死者",
    "新生儿",
    "子女",
    "儿童",
    "婴儿",
    "配偶",
    "监护人",
    "法定代表人",
    "经办人",
    "负责人",
    "对方",
    "职工",
)
_SIGNED: dict[str, JsonValue] = {"签名": "是", "盖章": "是", "清晰": "是"}
_SAYS_YES = {"flag": "是", "status": "是", "none": "无"}
_SAYS_NO = {"flag": "否", "status": "否", "none": "有"}
_AHEAD = timedelta(days=200)

Documents = Mapping[str, Mapping[str, JsonValue]]


def documents_of(
    items: tuple[ServiceItem, ...], person: Invented, fields: tuple[FormField, ...], today: date, *, complete: bool
) -> Documents:
    """For every material a document, signed, sealed and readable; `complete`: it states what the rules look for."""
    answers, registers = person.answers(fields), person.registers(fields)
    found: dict[str, Mapping[str, JsonValue]] = {}
    for item in items:
        rules = shipped_rulebook().rules_for(item.slug, today) if complete else None
        for material in item.materials:
            stated = _stated(rules, material.id, answers, today) if rules is not None else {}
            found[material.name] = {**stated, **_shown(material.name, registers, answers), **_SIGNED}
    return found


def _shown(material: str, registers: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, JsonValue]:
    """What such a document shows: its register's values; of the person whom its name speaks of."""
    about = next((word for word in _ABOUT if word in material), "")
    if about:
        return {name.removeprefix(about): value for name, value in answers.items() if name.startswith(about)}
    own = {key.partition(".")[2]: value for key, value in registers.items() if key.partition(".")[0] in material}
    if own:
        return dict(own)
    return {name: value for name, value in answers.items() if not any(w in name for w in ("姓名", "号码", "地址"))}


def _stated(rules: ItemRules, material: str, answers: Mapping[str, str], today: date) -> dict[str, JsonValue]:
    """What the rules read from this material, as the rules' own examples of a pass have it."""
    good = {
        name: value
        for point in rules.points
        for example in point.tries
        if example.result is PointResult.PASS
        for name, value in example.facts.items()
    }
    found: dict[str, JsonValue] = {}
    for fact in rules.facts:
        name = next((p.names[0] for p in fact.places if _is_in(p.where, material)), None)
        if name is None or name in answers or fact.name not in good:
            continue
        written = _written(fact, good[fact.name], today)
        if written is not None:
            found[name] = written
    return found


def _is_in(where: str, material: str) -> bool:
    return where == "any" or material in where.split("+")


def _written(fact: FactRule, value: bool | float | str, today: date) -> JsonValue:
    match fact.measure:
        case "number":
            return f"{value:g}" if isinstance(value, float | int) else None
        case "text":
            return str(value)
        case "flag" | "status" | "none":
            word = next((w[1:] for w in fact.words if w[0] == ("+" if value else "-")), None)
            return word or (_SAYS_YES if value else _SAYS_NO)[fact.measure]
        case "in_date" if value is True:
            return (today + _AHEAD).isoformat()
        case _:
            return None
