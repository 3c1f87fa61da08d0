"""Which items of a bundle a message takes: by name or what people call them, by place, all, all but some. Pure."""

from collections.abc import Mapping, Sequence

from assistant.cases.naming import named
from assistant.cases.sayings import named_by, shipped_sayings
from assistant.cases.selecting import pieces, selected
from assistant.cases.wishes import Wish, asks_something
from knowledge.items import ItemLink, ServiceItem


def parts_chosen(
    text: str, wish: Wish | None, members: Sequence[ItemLink], sheets: Mapping[str, ServiceItem]
) -> tuple[str, ...] | None:
    """The slugs taken, in the bundle's order; none of them: the bundle alone; None: the message takes nothing."""
    slugs = tuple(link.slug for link in members)
    if wish in (Wish.ALL, Wish.YES):
        return slugs
    if asks_something(text):
        return None
    chosen = selected(text, slugs, lambda piece: _called(piece, members, sheets))
    if chosen is not None:
        return chosen
    return () if wish in (Wish.NO, Wish.NOT_KNOWN, Wish.GO_ON) else None


def _called(piece: str, members: Sequence[ItemLink], sheets: Mapping[str, ServiceItem]) -> set[str]:
    """The members that a piece of a message calls: by an expression, by the name, by an alias."""
    slugs = {link.slug for link in members}
    words = {slug: pattern for slug, pattern in shipped_sayings().members.items() if slug in slugs}
    found = set(named_by(piece, words))
    names = {link.name: link.slug for link in members}
    names |= {alias: link.slug for link in members if link.slug in sheets for alias in sheets[link.slug].aliases}
    for part in pieces(piece):
        if not set(named_by(part, words)):
            found |= {names[name] for name in named(part, [link.name for link in members]) or named(part, list(names))}
    return found
