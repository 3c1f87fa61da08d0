"""A case as the clerk's panel shows it: facts with their sources, what is missing, points with their trace."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.cases.case import Case
from assistant.cases.guiding import progress
from assistant.cases.handling import Handled
from assistant.cases.happenings import FileAdded
from assistant.cases.masking import masked, unnumbered
from assistant.cases.standing import StandingField
from assistant.phrases.handling import handling_phrases
from guardrails.approved import Approved
from guardrails.entered import show_entered, show_finding
from guardrails.outbound import notice, quote
from knowledge.items import Condition, FactStatus, ReviewPoint, ServiceItem
from prefill.review.result import Review, Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class FactShown:
    """A field of the form with its value and where that comes from; both empty where it is still to be asked."""

    key: str
    name: Approved
    value: Approved | None
    source: Approved | None
    why: Approved | None
    is_asked: bool
    is_proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialShown:
    """A material: there, and how, or missing."""

    name: Approved
    is_there: bool
    is_needed: bool
    how: Approved | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenShown:
    """A value that a rule looked at, and where it stands; `file`, `page` and `place` where it can be shown."""

    name: Approved
    value: Approved
    where: Approved
    file: str | None = None
    page: int = 1
    place: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointShown:
    """A review point (审查要点). `anchor` opens its clause; without a case `result` is None.

    `hint` says what to look at: the reason that pre-review gives, or that a person has to decide.
    """

    part: str
    id: str
    text: Approved
    anchor: str
    source: str
    confirmed: bool
    result: str | None = None
    hint: Approved | None = None
    basis: Approved | None = None
    trace: tuple[SeenShown, ...] = ()
    rule: Approved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingShown:
    """A finding of pre-review: what is wrong, what mends it, and where on a picture it is to be seen."""

    code: str
    what: Approved
    remedy: Approved
    pictured: tuple[SeenShown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSide:
    """The whole of a case for the panel."""

    id: str
    version: int
    code: str
    item: str
    name: Approved
    state: str
    state_label: Approved
    is_open: bool
    done: int
    total: int
    facts: tuple[FactShown, ...]
    materials: tuple[MaterialShown, ...]
    points: tuple[PointShown, ...]
    findings: tuple[FindingShown, ...]
    outcome: str | None
    notice: tuple[Approved, ...]
    to_ask: tuple[Approved, ...]


def case_side(handled: Handled) -> CaseSide:
    """The case as it stands today."""
    case, stands = handled.case, handled.standing
    done, total = progress(stands)
    reviews = [(item, stands.reviews[item.slug]) for item in stands.handled if item.slug in stands.reviews]
    missing = [m.name for m in stands.materials if not m.is_there and not m.is_made_by_us and stands.is_needed(m)]
    return CaseSide(
        id=case.id,
        version=case.version,
        code=case.code,
        item=case.item,
        name=quote(stands.item.name, stands.item.source),
        state=case.state.value,
        state_label=notice(handling_phrases("zh").state(case.state)),
        is_open=case.is_open,
        done=done,
        total=total,
        facts=tuple(_fact(f) for f in stands.fields if f.value or f.is_asked),
        materials=tuple(
            MaterialShown(
                name=quote(m.name, "case"),
                is_there=m.is_there,
                is_needed=stands.is_needed(m) or m.is_there,
                how=_how(m.file.name if m.file else None, m.settled.how if m.settled else None),
            )
            for m in stands.materials
            if m.is_there or (stands.is_needed(m) and not m.is_made_by_us)
        ),
        points=tuple(point for item, found in reviews for point in points_of(item, found, case.files)),
        findings=tuple(
            FindingShown(
                code=f.code.value,
                what=show_finding(unnumbered(f.what)),
                remedy=quote(f.remedy, "case"),
                pictured=tuple(seen for one in f.trace if (seen := _seen(one, item, case.files)).file),
            )
            for item, found in reviews
            for f in found.findings
        ),
        outcome=case.review.outcome if case.review else _outcome(reviews),
        notice=tuple(_notice(case, [f.field.name for f in stands.to_ask], missing)),
        to_ask=tuple(quote(f.field.name, "case") for f in stands.to_ask[:5]),
    )


def points_of(
    item: ServiceItem, found: Review | None = None, files: tuple[FileAdded, ...] = ()
) -> Iterator[PointShown]:
    """The item's review points; with a pre-review, what it says of each. What failed first, then what is open."""
    ranks = {"fail": 0, "unknown": 1, None: 1, "pass": 2}
    shown = [_point(item, point, "review_points", found, files) for point in item.review_points]
    if found is not None:
        shown += [_point(item, c, "conditions", found, files) for c in item.conditions if c.id in found.points]
    yield from sorted(shown, key=lambda one: ranks[one.result])


def _point(
    item: ServiceItem,
    point: ReviewPoint | Condition,
    group: str,
    found: Review | None,
    files: tuple[FileAdded, ...],
) -> PointShown:
    judged = found.points.get(point.id) if found else None
    return PointShown(
        part=item.slug,
        id=point.id,
        text=quote(point.text, item.source),
        anchor=f"{item.source}#{group}.{point.id}",
        source=item.source,
        confirmed=point.status is FactStatus.SOURCED,
        result=judged.result.value if judged else None,
        hint=show_finding(unnumbered(judged.reason)) if judged and judged.reason else None,
        basis=quote(judged.basis, item.source) if judged and judged.basis else None,
        trace=tuple(_seen(seen, item, files) for seen in judged.trace) if judged else (),
        rule=quote(judged.rule, item.source) if judged and judged.rule else None,
    )


def _seen(seen: Seen, item: ServiceItem, files: tuple[FileAdded, ...]) -> SeenShown:
    named = next((m.name for m in item.materials if m.id == seen.where), None)
    where = "申请表" if seen.where == "form" else named or seen.where
    file = next((f for f in reversed(files) if (f.part, f.material) == (item.slug, seen.where)), None)
    return SeenShown(
        name=_said(seen.name),
        value=_said(unnumbered(seen.value)),
        where=_said(where),
        file=file.file if file and seen.name in file.places else None,
        page=file.pages.get(seen.name, 1) if file else 1,
        place=file.places.get(seen.name) if file else None,
    )


def _fact(field: StandingField) -> FactShown:
    filled = field.filled
    return FactShown(
        key=field.key,
        name=quote(field.field.name, "case"),
        value=_said(masked(field)) if field.value else None,
        source=_said(filled.provenance.source.replace("您", "本人")) if filled else None,
        why=_said(filled.why) if filled and filled.why else None,
        is_asked=field.is_asked and not field.value,
        is_proved=filled is not None and filled.locked,
    )


def _how(file: str | None, settled: str | None) -> Approved | None:
    ways = {"licence": "电子证照", "shared": "数据共享", "bring": "带原件到窗口", "made": "系统生成"}
    if file is not None:
        return _said(file)
    return notice(ways.get(settled, "不需要")) if settled else None


def _notice(case: Case, fields: list[str], missing: list[str]) -> Iterator[Approved]:
    """One complete notice: everything that is still wanted, said once."""
    if not case.is_open or not (fields or missing):
        return
    yield notice("您这件事还差下面这些，一次备齐就可以：")
    if fields:
        yield quote(f"要填的：{'、'.join(fields)}。", "case")
    if missing:
        yield quote(f"要交的材料：{'、'.join(missing)}。", "case")


def _outcome(reviews: list[tuple[ServiceItem, Review]]) -> str | None:
    found = {review.outcome.value for _, review in reviews}
    return next((outcome for outcome in ("return", "human", "pass") if outcome in found), None)


def _said(text: str) -> Approved:
    return show_entered(text).shown
