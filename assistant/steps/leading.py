"""Which one item a wish means, where recognition would still ask: one that leads clearly, or is called by its name."""

import re
from collections.abc import Sequence

from knowledge.items import ServiceItem
from knowledge.recognition.decision import Candidate, Decision, Recognition
from knowledge.recognition.follow_up import content_of
from knowledge.recognition.wording import plain_wording

# Beginning a case submits nothing and is undone by a word, so less is enough than for an answer that stands.
_LEADS = 0.8
_CALLED = 0.5
_RIVAL = 0.4  # from here on a second item may well be meant
_LIKELY = 0.2
_APART = 0.3
_NAMES_SOMETHING = 3  # letters; fewer name a field of life: 户口, 社保
_SENT = re.compile("帮|替|给|来")


def leading_item(text: str, found: Recognition, items: Sequence[ServiceItem]) -> ServiceItem | None:
    """The item that a wish means among the candidates of a question back; None where several may be meant."""
    if found.decision is not Decision.CLARIFY:
        return None
    by_slug = {item.slug: item for item in items}
    known = [c for c in found.candidates if c.item in by_slug]
    if not known:
        return None
    first, rivals = known[0], known[1:]
    said = frozenset(_SENT.sub("", content_of(plain_wording(text))))
    share = _share_named(said, by_slug[first.item])
    alike = [r for r in rivals if _share_named(said, by_slug[r.item]) >= share]
    if _leads(first, rivals, alike) or (len(said) >= _NAMES_SOMETHING and share == 1 and _is_called(first, alike)):
        return by_slug[first.item]
    return None


def _leads(first: Candidate, rivals: Sequence[Candidate], alike: Sequence[Candidate]) -> bool:
    """Likely and far ahead, and whoever may be meant as well is not named as completely."""
    nearest = max((r.score for r in rivals), default=0.0)
    return (
        first.score >= _LEADS and first.score - nearest >= _APART and not any(rival.score >= _RIVAL for rival in alike)
    )


def _is_called(first: Candidate, alike: Sequence[Candidate]) -> bool:
    """Called by its name, as no other that is likely is."""
    nearest = max((rival.score for rival in alike), default=0.0)
    return first.score >= _CALLED and nearest < _LIKELY


def _share_named(said: frozenset[str], item: ServiceItem) -> float:
    """How many of the letters that tell something stand in one name of the item, 0 to 1."""
    names = (plain_wording(name) for name in (item.name, *item.aliases))
    return max(len(said & frozenset(name)) for name in names) / len(said) if said else 0.0
