"""Catalogues of three sizes: what ships, that with another province's 2,024 items, and ten times as many by rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.bootstrap import shipped_corpus
from knowledge.corpus.catalogue import load_catalogue
from knowledge.items import ServiceItem

DISTRICTS = ("黄浦区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区", "闵行区", "宝山区")
"""Names that are put before an item's own: in a city, each district lists the same business as its own items."""

COPIED_WITHOUT_SHARED = 13
"""So many copies of the 167 items come near to the number of real ones that are absent."""


@dataclass(frozen=True, slots=True)
class SizedCatalogue:
    """Items and what they are."""

    items: tuple[ServiceItem, ...]
    about: str


def original_name(text: str) -> str | None:
    """The text without the district put before it; None where there is none."""
    for district in DISTRICTS:
        if text.startswith(district):
            return text.removeprefix(district).removeprefix(_AGAIN)
    return None


_AGAIN = "分中心"


def catalogues(shared: Path) -> list[SizedCatalogue]:
    """1×, about 13×, and ten times that. The real items of `shared` are read where they are there."""
    own = load_catalogue(shipped_corpus()).items
    other = shared / "guangdong"
    if other.is_dir():
        known = {item.slug for item in own}
        city = (*own, *(item for item in load_catalogue(other).items if item.slug not in known))
        about = "corpus and 2,024 items of another province"
    else:
        city = (*own, *copies(own, COPIED_WITHOUT_SHARED - 1))
        about = "corpus and copies of it (synthetic: the shared data are absent)"
    tenfold = SizedCatalogue((*city, *copies(city, 9)), f"{about}, and nine copies by rule (synthetic)")
    return [SizedCatalogue(own, "corpus"), SizedCatalogue(city, about), tenfold]


def copies(items: Sequence[ServiceItem], times: int) -> list[ServiceItem]:
    """Each item again for one district after the other."""
    return [_of_district(item, n) for n in range(times) for item in items]


def _of_district(item: ServiceItem, number: int) -> ServiceItem:
    round_, place = divmod(number, len(DISTRICTS))
    prefix = DISTRICTS[place] + _AGAIN * round_
    return replace(item, slug=f"{item.slug}-{number + 1}", name=prefix + item.name, aliases=())
