"""A service item as the page shows it outside of an answer: the same card, with every facet, and what is related."""

from assistant.phrases import phrases_for
from assistant.steps.cards import card_of
from assistant.web.schemas import ItemSheet, NamedItem
from assistant.web.sse import render, sections
from guardrails.outbound import quote
from knowledge.items import ServiceItem


def item_sheet(item: ServiceItem, language: str) -> ItemSheet:
    """Everything a person may read about an item."""
    card = card_of(item, None, {}, phrases_for(language))
    links = (*item.members, *item.related_items)
    return ItemSheet(
        slug=item.slug,
        name=render(card.item.name),
        department=render(card.department),
        region=item.region,
        version=item.version,
        effective_from=item.effective_from,
        sections=sections(card.sections),
        related=[NamedItem(slug=link.slug, name=render(quote(link.name, item.source))) for link in links],
    )
