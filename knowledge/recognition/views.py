"""What is known of an item, as texts a request can be compared with: its official sheet, and how people ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.items import ServiceItem
from knowledge.recognition.asking import Asking
from knowledge.recognition.wording import plain_wording

_LONGEST_SHEET = 160
_NO_VALUE = "unverified"


@dataclass(frozen=True, slots=True)
class View:
    """One text and the place of its item in the catalogue; -1 for requests that fit no item."""

    owner: int
    text: str


def sheet_texts(item: ServiceItem) -> list[str]:
    """Name, name with conditions, name with materials: what every catalogue has, also one nobody wrote phrases for."""
    name = plain_wording(item.name)
    texts = [name]
    conditions = "。".join(c.text for c in item.conditions if c.text and c.text != _NO_VALUE)
    if conditions:
        texts.append(plain_wording(f"{name}。{conditions}")[:_LONGEST_SHEET])
    materials = "、".join(m.name for m in item.materials if m.name and m.name != _NO_VALUE)
    if materials:
        texts.append(plain_wording(f"{name}。材料:{materials}")[:_LONGEST_SHEET])
    return texts


def sheet_views(items: Sequence[ServiceItem]) -> list[View]:
    """The sheets' texts, by item."""
    return [View(owner, text) for owner, item in enumerate(items) for text in sheet_texts(item)]


def phrase_views(items: Sequence[ServiceItem], asking: Sequence[Asking]) -> list[View]:
    """Aliases, frequent questions and ways of asking by item; last the requests that fit none, with owner -1."""
    place = {item.slug: owner for owner, item in enumerate(items)}
    views: dict[View, None] = {}
    for owner, item in enumerate(items):
        for text in (*item.aliases, *(qa.question for qa in item.faq)):
            views[View(owner, plain_wording(text))] = None
    for one in asking:
        if one.item is None:
            views[View(-1, plain_wording(one.query))] = None
        elif one.item in place:
            views[View(place[one.item], plain_wording(one.query))] = None
    ordered = sorted(views, key=lambda view: (view.owner < 0, view.owner))
    return [view for view in ordered if view.text]
