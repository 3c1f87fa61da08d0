"""Is every material there that this application needs, and what stands in for one that is not handed in?"""

import re
from collections.abc import Iterator, Mapping

from knowledge.items import Material, ServiceItem
from prefill.check_digits import age_on
from prefill.review.application import Application, ExemptionKind
from prefill.review.documents import DocumentState, short_name
from prefill.review.facts import Fact
from prefill.review.result import Code, Finding, Seen
from prefill.review.rules import ItemRules, MaterialRule
from prefill.review.tables import fits
from prefill.review.values import birth_in_number, date_in, plain
from prefill.review.vocabulary import Vocabulary

_ALWAYS = (None, "", "必要", "必须", "必需")
_UNDER_AGE = re.compile(r"未满\s*(\d+)\s*周岁")
_EXEMPT_WORDS = {
    ExemptionKind.GOVERNMENT_ISSUED: "由政府部门核发，免于提交",
    ExemptionKind.SHARED_DATA: "已通过数据共享核验，免于提交",
    ExemptionKind.ELECTRONIC_LICENCE: "已调用电子证照，免于提交",
    ExemptionKind.REUSED: "沿用您以前交过的，免于再交",
}


def is_needed(
    material: Material, rule: MaterialRule | None, application: Application, facts: Mapping[str, Fact]
) -> bool | None:
    """Does this application need it? None where that cannot be told."""
    values = {name: fact.value for name, fact in facts.items()}
    if rule and any(fits(cells, values) for cells in rule.not_needed_when):
        return False
    if rule and rule.needed_when is not None:
        if any(fits(cells, values) for cells in rule.needed_when):
            return True
        known = all(values.get(name) is not None for cells in rule.needed_when for name in cells)
        return False if known else None
    if material.required_when in _ALWAYS:
        return True
    return _by_words(material.required_when or "", application)


def _by_words(when: str, application: Application) -> bool | None:
    """The occasions that many sheets name in the same words."""
    under_age = _UNDER_AGE.search(when)
    if under_age:
        number = birth_in_number(plain(application.form.get("公民身份号码"))) if "姓名" in application.form else None
        birth = number or date_in(application.form.get("出生日期"))
        return age_on(birth, application.today) < int(under_age.group(1)) if birth else None
    if when == "已婚":
        marital = plain(application.form.get("婚姻状况"))
        return ("已婚" in marital or "再婚" in marital or marital == "有配偶") if marital else None
    values = {plain(value) for value in application.form.values()}
    return True if when in values else None


def missing(
    application: Application,
    item: ServiceItem,
    rules: ItemRules,
    documents: Mapping[str, DocumentState],
    facts: Mapping[str, Fact],
) -> Iterator[Finding]:
    """Every material that is needed and neither handed in nor exempt."""
    for material in item.materials:
        state = documents[material.id]
        if state.handed_in or state.exempt:
            continue
        if is_needed(material, rules.materials.get(material.id), application, facts):
            short = short_name(material)
            remedy = f"请补交“{material.name}”。"
            if material.exempt in {"yes", "partial"}:
                remedy += "如果您有电子证照，可以在“随申办”里授权调用，不用交纸质的。"
            yield Finding(code=Code.MISSING_MATERIAL, where=material.id, what=f"还缺“{short}”。", remedy=remedy)


def untaken_commitments(application: Application, item: ServiceItem, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A commitment that must be given and was refused."""
    for field in item.form_fields:
        value = application.form.get(field.name)
        if field.type != "checkbox" or not field.required.startswith("是") or value is None:
            continue
        if vocabulary.flag(value) is False:
            yield Finding(
                code=Code.UNSIGNED,
                where="form",
                what=f"申请表上的“{field.name}”还没有勾选。",
                remedy="请看清承诺内容，本人勾选并签名。",
                trace=(Seen(name=field.name, value=plain(value), where="form"),),
            )


def exempted(application: Application, item: ServiceItem) -> Iterator[str]:
    """What need not be handed in, and why, as the citizen reads it."""
    names = {material.id: short_name(material) for material in item.materials}
    for exemption in application.exemptions:
        if exemption.material in names:
            yield f"“{names[exemption.material]}”{_EXEMPT_WORDS[exemption.kind]}。"
