"""One pre-review: the general checks, the item's own rules, the outcome, the notice."""

from knowledge.items import ServiceItem
from prefill.review.application import Application
from prefill.review.result import Code, Finding, Outcome, Review
from prefill.review.rules import ItemRules


def review(application: Application, item: ServiceItem, rules: ItemRules | None) -> Review:
    """Judge `application` by the sheet and the rules of its item, on the application's own day. Pure."""
    held = {m.material for m in application.materials} | {e.material for e in application.exemptions}
    missing = tuple(m for m in item.materials if m.required_when is None and m.id not in held)
    findings = tuple(
        Finding(
            code=Code.MISSING_MATERIAL,
            where=m.id,
            what=f"还缺“{m.name}”。",
            remedy=f"请补交“{m.name}”。",
        )
        for m in missing
    )
    return Review(
        outcome=Outcome.RETURN if findings else Outcome.HUMAN,
        points={},
        missing_materials=tuple(m.id for m in missing),
        codes=(Code.MISSING_MATERIAL,) if findings else (Code.NEEDS_HUMAN,),
        findings=findings,
        notice="\n".join(f.what + f.remedy for f in findings),
    )
