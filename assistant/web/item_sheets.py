"""A service item as the page shows it outside of an answer, facet by facet; what has no source says so."""

from collections.abc import Iterable

from assistant.web.schemas import ItemSheet, NamedItem, WireCardRow, WireCardSection
from assistant.web.sse import render
from guardrails.outbound import notice, quote
from knowledge.items import Fact, FactStatus, ServiceItem
from knowledge.statements import Facet

TITLES: dict[Facet, tuple[str, str]] = {
    Facet.CONDITIONS: ("谁可以办", "Who can apply"),
    Facet.MATERIALS: ("您需要带", "What to bring"),
    Facet.PROCESS: ("怎么办", "Steps"),
    Facet.CHANNELS: ("在哪里办", "Where"),
    Facet.TIME_LIMIT: ("多久办好", "How long"),
    Facet.FEE: ("要花多少钱", "Fee"),
    Facet.RESULT: ("办好后拿到", "What you get"),
    Facet.LEGAL_BASIS: ("依据", "Legal basis"),
}
UNKNOWN = (
    "这一项我这里没有可靠来源,请以窗口或随申办页面为准。",
    "Not confirmed. Please check at a service window or in the Suishenban app.",
)
STATUTORY = ("法定时限", "Statutory limit")
PROMISED = ("承诺时限", "Promised")
EXEMPT = ("有电子证照的可以免交", "Not needed with the electronic licence")


def item_sheet(item: ServiceItem, language: str) -> ItemSheet:
    """Everything a person may read about an item."""
    pick = 1 if language == "en" else 0
    rows = _rows(item, pick)
    return ItemSheet(
        slug=item.slug,
        name=item.name,
        department=item.department,
        region=item.region,
        version=item.version,
        effective_from=item.effective_from,
        sections=[_section(item, facet, rows[facet], pick) for facet in TITLES],
        related=[NamedItem(slug=link.slug, name=link.name) for link in item.related_items],
    )


def _rows(item: ServiceItem, pick: int) -> dict[Facet, list[tuple[str, str | None]]]:
    sourced = FactStatus.SOURCED
    materials = [m for m in item.materials if m.status is sourced]
    times = [(STATUTORY, item.statutory_days), (PROMISED, item.promised_days)]
    return {
        Facet.CONDITIONS: _plain(c.text for c in item.conditions if c.status is sourced),
        Facet.MATERIALS: [
            (m.name, EXEMPT[pick] if m.exempt == "yes" and m.exempt_status is sourced else m.required_when)
            for m in materials
        ],
        Facet.PROCESS: _plain(step for p in item.process if p.status is sourced for step in p.steps),
        Facet.CHANNELS: _fact(item.channels),
        Facet.TIME_LIMIT: [(fact.value, label[pick]) for label, fact in times if fact.is_known],
        Facet.FEE: _fact(item.fee),
        Facet.RESULT: _fact(item.result),
        Facet.LEGAL_BASIS: _plain(
            f"{basis.law} {'、'.join(basis.articles)}".strip() for basis in item.legal_basis if basis.status is sourced
        ),
    }


def _plain(texts: Iterable[str]) -> list[tuple[str, str | None]]:
    return [(text, None) for text in texts]


def _fact(fact: Fact) -> list[tuple[str, str | None]]:
    return [(fact.value, None)] if fact.is_known else []


def _section(item: ServiceItem, facet: Facet, rows: list[tuple[str, str | None]], pick: int) -> WireCardSection:
    told = [
        WireCardRow(text=_quoted(text, item), note=None if note is None else _quoted(note, item), citation=None)
        for text, note in rows
    ]
    unknown = WireCardRow(text=render(notice(UNKNOWN[pick])), note=None, citation=None)
    return WireCardSection(
        facet=facet, title=render(notice(TITLES[facet][pick])), rows=told or [unknown], confirmed=bool(told)
    )


def _quoted(text: str, item: ServiceItem) -> str:
    return render(quote(text, item.source))
