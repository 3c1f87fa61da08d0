"""Which items a wish opens a case for: called by name, handled here, right for the situation that it names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from assistant.cases.case import OPEN_STATES, Case
from assistant.cases.handling import Handling
from assistant.cases.reply import Option, Reply, say
from assistant.cases.telling import Telling
from knowledge.items import ServiceItem

_NAME: Final = 4
_MERE_WISH: Final = 8
"""Signs beside a name that ask for nothing more: 我想办理一下……吧。"""
_QUOTES: Final = re.compile('[“”"「」]')
_OTHERS: Final = 2


def items_called(text: str, items: Sequence[ServiceItem], known: Iterable[ServiceItem]) -> Sequence[ServiceItem]:
    """The items meant: the one that is called by its official name goes before those that were recognized."""
    if not any(item.name in text for item in items):
        called = [item for item in known if len(item.name) >= _NAME and item.name in text]
        items = (max(called, key=lambda item: len(item.name)),) if called else items
    named = [item for item in items if len(item.name) >= _NAME and item.name in text]
    longest = max(named, key=lambda item: len(item.name), default=None)
    if longest is None or len(items) == 1 or len(text.replace(longest.name, "").strip("。，！ ")) > _MERE_WISH:
        return items
    return (longest,)


def names_an_item(handling: Handling, text: str) -> bool:
    """Whether a message is nothing but the name of an item, or what people call it."""
    said = _QUOTES.sub("", text).strip(" 。.!！,，")
    items = handling.desk.knowledge.items(handling.today())
    return any(said in (_QUOTES.sub("", item.name), *item.aliases) for item in items)


def items_to_handle(handling: Handling, text: str, items: Sequence[ServiceItem]) -> list[ServiceItem]:
    """Those that can be handled here, bundles first; without one that the wish itself says is the wrong item."""
    handled = [item for item in items if handling.desk.reviewer.handles(item)]
    slugs, instead = {item.slug for item in handled}, handling.desk.situations.instead
    right = [item for item in handled if instead(item.slug, text) not in slugs] or handled
    return sorted(right, key=lambda item: not item.is_bundle)


def with_others(reply: Reply, begun: Sequence[ServiceItem], likely: Sequence[ServiceItem], telling: Telling) -> Reply:
    """The same, with how to change over to another item that may have been meant."""
    others = [item for item in likely if item not in begun][:_OTHERS]
    if not others or not reply.says:
        return reply
    p = telling.phrases
    first, *rest = reply.says
    instead = tuple(Option(p.instead.format(item=item.name), p.offer_send.format(item=item.name)) for item in others)
    return replace(reply, says=(first, say(p.meant_another), *rest), offers=(*reply.offers, *instead))


def is_same(case: Case, items: Sequence[ServiceItem]) -> bool:
    """Whether an open case is for these items already."""
    return case.state in OPEN_STATES and case.item == items[0].slug and {i.slug for i in items} <= set(case.parts)
