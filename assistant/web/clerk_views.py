"""The side panel as JSON. Only approved text becomes words here."""

from collections.abc import Mapping
from dataclasses import asdict

from assistant.clerk.canned import CannedAnswer
from assistant.clerk.canned_words import NOTHING_KNOWN, Place, filled, places_of, today_in_words
from assistant.clerk.case_side import CaseSide, PointShown, SeenShown
from assistant.clerk.outcomes import Usefulness
from assistant.clerk.panel import ItemShown, Panel
from assistant.clerk.suggestion import REJECTIONS, Suggestion
from assistant.handoff.hours import OFFICE_TIME
from assistant.web import clerk_schemas as wire
from assistant.web.schemas import WireChoice
from assistant.web.sse import citation, render
from guardrails.approved import Approved
from guardrails.outbound import quote


def panel_view(panel: Panel, clerk: str = "") -> wire.SidePanel:
    """The whole panel; the places of canned answers filled with what is known here."""
    known = _known(panel, clerk)
    return wire.SidePanel(
        ticket=panel.ticket,
        seq=panel.seq,
        revision=panel.revision,
        drawn_at=panel.drawn_at,
        summary=[wire.PanelLine(label=render(line.label), text=render(line.text)) for line in panel.summary],
        suggestions=[_suggestion(one) for one in panel.suggestions],
        item=_item(panel.item) if panel.item else None,
        alternatives=[_item(one) for one in panel.alternatives],
        case=_case(panel.case) if panel.case else None,
        points=[_point(one) for one in panel.points],
        passages=[citation(one) for one in panel.passages],
        ask_next=[render(one) for one in panel.ask_next],
        choices=[WireChoice(label=render(c.label), send=render(c.send), item=c.item) for c in panel.choices],
        earlier=[
            wire.PanelEarlier(asked=render(e.asked), answered=render(e.answered), at=e.at, stars=e.stars)
            for e in panel.earlier
        ],
        canned=[canned_view(one, known) for one in panel.canned],
        notes=[wire.PanelNote(clerk=n.clerk, text=render(n.shown), at=n.at) for n in panel.notes],
    )


def canned_view(one: CannedAnswer, known: Mapping[Place, str] = NOTHING_KNOWN) -> wire.WireCanned:
    """A canned answer. Supervisors write it; its words stay as they are, and nothing in it is markup or an order."""
    words = filled(one.text, known)
    return wire.WireCanned(
        id=one.id,
        title=render(quote(one.title, "canned")),
        text=render(quote(words, "canned")),
        places=list(places_of(words)),
        item=one.item,
        expires_on=one.expires_on,
    )


def _known(panel: Panel, clerk: str) -> dict[Place, str]:
    known = {Place.TODAY: today_in_words(panel.drawn_at.astimezone(OFFICE_TIME).date())}
    if clerk:
        known[Place.CLERK] = clerk
    if panel.item is not None:
        known |= {Place.ITEM: panel.item.name.text, Place.DEPARTMENT: panel.item.department.text}
    if panel.case is not None:
        known[Place.CODE] = panel.case.code
    return known


def report_view(found: Usefulness) -> tuple[list[wire.SuggestionShare], list[wire.SuggestionReason]]:
    """The shares, and the reasons in words."""
    shares = [wire.SuggestionShare(**asdict(share)) for share in found.shares]
    reasons = [wire.SuggestionReason(reason=reason, label=REJECTIONS[reason], count=n) for reason, n in found.reasons]
    return shares, reasons


def _suggestion(one: Suggestion) -> wire.WireSuggestion:
    text = "\n".join(render(line) for line in one.lines)
    return wire.WireSuggestion(id=one.id, kind=one.kind, text=text, citations=[citation(c) for c in one.citations])


def _item(one: ItemShown) -> wire.PanelItem:
    return wire.PanelItem(slug=one.slug, name=render(one.name), department=render(one.department), score=one.score)


def _point(one: PointShown) -> wire.PanelPoint:
    return wire.PanelPoint(
        part=one.part,
        id=one.id,
        text=render(one.text),
        source=one.source,
        anchor=one.anchor,
        confirmed=one.confirmed,
        result=one.result,
        hint=_maybe(one.hint),
        basis=_maybe(one.basis),
        trace=[_seen(s) for s in one.trace],
        rule=_maybe(one.rule),
    )


def _seen(seen: SeenShown) -> wire.PanelSeen:
    return wire.PanelSeen(
        name=render(seen.name),
        value=render(seen.value),
        where=render(seen.where),
        file=seen.file,
        page=seen.page,
        place=seen.place,
    )


def _case(case: CaseSide) -> wire.PanelCase:
    return wire.PanelCase(
        id=case.id,
        version=case.version,
        code=case.code,
        item=case.item,
        name=render(case.name),
        state=case.state,
        state_label=render(case.state_label),
        is_open=case.is_open,
        done=case.done,
        total=case.total,
        facts=[
            wire.PanelFact(
                key=f.key,
                name=render(f.name),
                value=_maybe(f.value),
                source=_maybe(f.source),
                why=_maybe(f.why),
                is_asked=f.is_asked,
                is_proved=f.is_proved,
            )
            for f in case.facts
        ],
        materials=[
            wire.PanelMaterial(name=render(m.name), is_there=m.is_there, is_needed=m.is_needed, how=_maybe(m.how))
            for m in case.materials
        ],
        findings=[
            wire.PanelFinding(
                code=f.code, what=render(f.what), remedy=render(f.remedy), pictured=[_seen(one) for one in f.pictured]
            )
            for f in case.findings
        ],
        outcome=case.outcome,
        notice=[render(line) for line in case.notice],
    )


def _maybe(text: Approved | None) -> str | None:
    return None if text is None else render(text)
