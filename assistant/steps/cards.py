"""Puts an item at a glance: each facet with its confirmed facts, or with the note that there are none."""

from assistant.events import CardRow, CardSection, ItemCard, ItemRef
from assistant.phrases import Phrasebook
from assistant.steps.wording import ended, material_name
from guardrails.approved import Approved
from guardrails.outbound import notice, quote
from knowledge.items import ServiceItem
from knowledge.statements import Facet, Statement
from knowledge.statements_of import item_statements

_SHOWN = (
    Facet.CONDITIONS,
    Facet.MATERIALS,
    Facet.PROCESS,
    Facet.CHANNELS,
    Facet.TIME_LIMIT,
    Facet.FEE,
    Facet.RESULT,
    Facet.LEGAL_BASIS,
)


def ref_of(item: ServiceItem) -> ItemRef:
    """The item's slug and shown name."""
    return ItemRef(slug=item.slug, name=quote(item.name, item.source))


def card_of(item: ServiceItem, focus: Facet | None, cited: dict[str, int], phrases: Phrasebook) -> ItemCard:
    """The card. `cited` maps statement ids to the numbers under which they were already cited."""
    statements = item_statements(item)
    sections = tuple(_section(facet, statements, cited, phrases) for facet in _SHOWN)
    return ItemCard(item=ref_of(item), department=quote(item.department, item.source), sections=sections, focus=focus)


def confirmed_facets(item: ServiceItem) -> tuple[Facet, ...]:
    """The facets for which the sheet has a source, in the card's order."""
    stated = {s.facet for s in item_statements(item) if s.may_be_stated}
    return tuple(facet for facet in _SHOWN if facet in stated)


def _section(
    facet: Facet, statements: tuple[Statement, ...], cited: dict[str, int], phrases: Phrasebook
) -> CardSection:
    own = [s for s in statements if s.facet is facet and s.question is None and not _is_check(s)]
    stated = [s for s in own if s.may_be_stated]
    title = notice(phrases.facets[facet])
    if not stated:
        row = CardRow(text=notice(phrases.row_unconfirmed))
        return CardSection(facet=facet, title=title, rows=(row,), confirmed=False)
    rows: tuple[CardRow, ...] = tuple(
        CardRow(text=quote(_row(s), s.source), note=_exemption(s, own), citation=cited.get(s.id))
        for s in stated
        if not s.id.endswith(".exempt")
    )
    if facet is Facet.MATERIALS and any(not s.may_be_stated and not s.id.endswith(".exempt") for s in own):
        rows = (*rows, CardRow(text=notice(phrases.more_materials)))
    return CardSection(facet=facet, title=title, rows=rows, confirmed=True)


def _is_check(statement: Statement) -> bool:
    """A clerk's check point: it repeats a condition, and is no use to a citizen at a glance."""
    return "#review_points." in statement.id


def _row(statement: Statement) -> str:
    return material_name(statement.text) if statement.facet is Facet.MATERIALS else ended(statement.text)


def _exemption(statement: Statement, own: list[Statement]) -> Approved | None:
    return next((quote(s.text, s.source) for s in own if s.may_be_stated and s.id == f"{statement.id}.exempt"), None)
