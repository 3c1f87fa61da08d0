"""What the pre-reviews of all parts come to: one outcome, one complete notice."""

from collections.abc import Mapping

from assistant.cases.happenings import KeptFinding, Reviewed
from assistant.cases.standing import Settlement, Standing
from knowledge.items import ServiceItem
from prefill.review.notice import compose_notice
from prefill.review.result import Code, Finding, Outcome, Review

_BROUGHT = "“{name}”由您带到窗口，到时由工作人员查看。"
_LEFT = "“{name}”您暂时不清楚，由工作人员帮您核实补上。"
_NOT_IN_THIS_SITUATION = "按您的情况（{situation}）不交“{name}”，由工作人员核对。"


def conclude(stands: Standing) -> Reviewed:
    """Return where a part has a fault, a person where something is open, else pass.

    A material that the citizen brings to the window is no fault, but somebody has to see it there.
    """
    parts = {item.slug: item for item in stands.handled}
    told = {slug: _told(stands, parts[slug], review) for slug, review in stands.reviews.items() if slug in parts}
    outcomes = {review.outcome for review in told.values()}
    outcome = next((o for o in (Outcome.RETURN, Outcome.HUMAN) if o in outcomes), Outcome.PASS)
    return Reviewed(outcome=outcome.value, notice=_notice(told, outcome), findings=_findings(told))


def _told(stands: Standing, item: ServiceItem, review: Review) -> Review:
    """The review of one part, with what a person sees to taken out of its faults: brought, or not of this situation."""
    brought = {
        number: _BROUGHT.format(name=material.name)
        for material in stands.materials
        for part, number in material.uses
        if part == item.slug and material.settled is not None and material.settled.how == Settlement.BRING
    }
    situation = stands.situation(item.slug)
    if situation is not None and situation.situation is not None:
        words = {"situation": situation.situation.name}
        left_out = (m for m in item.materials if m.id in situation.excluded)
        brought |= {m.id: _NOT_IN_THIS_SITUATION.format(name=m.name, **words) for m in left_out}
    missed = [f for f in review.findings if f.code is Code.MISSING_MATERIAL and f.where in brought]
    left = [
        Finding(code=Code.NEEDS_HUMAN, where="form", what=_LEFT.format(name=f.field.name), remedy="")
        for f in stands.left_open
        if item.slug in f.parts
    ]
    if not missed and not left:
        return review
    kept = tuple(f for f in review.findings if f not in missed)
    seen_there = tuple(Finding(code=Code.NEEDS_HUMAN, where=f.where, what=brought[f.where], remedy="") for f in missed)
    faults = tuple(f for f in kept if f.code is not Code.NEEDS_HUMAN)
    open_ones = (*(f for f in kept if f.code is Code.NEEDS_HUMAN), *seen_there, *left)
    outcome = Outcome.RETURN if faults else Outcome.HUMAN
    return Review(
        outcome=outcome,
        points=review.points,
        missing_materials=tuple(m for m in review.missing_materials if m not in brought),
        codes=tuple(dict.fromkeys(f.code for f in (*faults, *open_ones))),
        findings=(*faults, *open_ones),
        notice=compose_notice(item, outcome, faults, open_ones, (), is_draft=review.is_draft),
        is_draft=review.is_draft,
    )


def _notice(told: Mapping[str, Review], outcome: Outcome) -> str:
    """Parts that are in order are not mentioned while another one has to be mended."""
    said = [r.notice for r in told.values() if r.notice and (outcome is not Outcome.RETURN or r.outcome is outcome)]
    return "\n".join(said)


def _findings(told: Mapping[str, Review]) -> tuple[KeptFinding, ...]:
    """Each fault once, although several parts may share the form field or the material it is about."""
    found: dict[tuple[str, str], KeptFinding] = {}
    for part, review in told.items():
        for f in review.findings:
            seen = tuple((one.where, one.name) for one in f.trace)
            kept = KeptFinding(part=part, code=f.code.value, where=f.where, what=f.what, remedy=f.remedy, seen=seen)
            found.setdefault((f.what, f.remedy), kept)
    return tuple(found.values())
