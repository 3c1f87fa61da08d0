"""Reads a typed answer to the question back: 「第一个」, 「挂失的那个」, or a name with a slip in it."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from assistant.dialogue import Speaker, Utterance
from assistant.steps.clarify import item_name_of
from assistant.transcript import CHOICE_MARK
from knowledge.items import ServiceItem

_ORDINAL = re.compile(
    r"^(?:我)?(?:要|选|想办|想要|办|就|是)*(?:第)?([一二两三四五六1-6])(?:个|项|种|条|件)?(?:吧|的|呀|啊)?$"
)
_WITH_PLACE = re.compile(r"(?:^|[,。;\s]|就|选|要)第([一二两三四五六1-6])(?:个|项|种|条)(?:吧|的)?(?:$|[,。;\s])")
_LAST = re.compile(r"^(?:我)?(?:要|选|想办|办|就|是)*(?:最后|最下面|末尾)(?:那|这|一)?(?:个|项|种|条|件)(?:吧|的)?$")
_ENGLISH_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
_ENGLISH_PLACE = re.compile(rf"\b({'|'.join(_ENGLISH_PLACES)}|last)\b(?: one| option| choice)?", re.I)
_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_FILL = re.compile(r"我(?:要|想)?(?:办|选)?(?:的)?(?:是)?|那个|这个|就是|应该是|[的吧呀啊,。!?\s]")

# Of 100. Below it, or with a rival this near, the citizen probably said something new.
_ALIKE, _CLEARLY = 85.0, 8.0
_SHORTEST, _LONGEST = 2, 24
_SHORT = 16
_ASKS = re.compile("[?？]|吗|怎么|什么|哪|多少|几[个天岁年点号月]|how|what|where|who|why", re.I)


def chosen_item(query: str, history: Iterable[Utterance], items: Iterable[ServiceItem]) -> ServiceItem | None:
    """The item that the message picks from the choices last offered; None where it picks none of them."""
    labels = _offered(history)
    label = _by_place(query, labels) or _by_name(query, labels)
    if not label:
        return None
    # a reissued sheet may have a name that ends like another's: the longest fits best
    known = sorted(items, key=lambda item: -len(item.name))
    named = item_name_of(label, [item.name for item in known])
    return next((item for item in known if item.name == named), None)


def offered_before(query: str, history: Iterable[Utterance], items: Iterable[ServiceItem]) -> list[ServiceItem]:
    """The choices last offered, for a short message that picks none of them and asks nothing: they are shown again."""
    if len(query) > _SHORT or _ASKS.search(query):
        return []
    by_name = {item.name: item for item in items}
    names = (item_name_of(label, list(by_name)) for label in _offered(history))
    return [by_name[name] for name in names if name is not None]


def _offered(history: Iterable[Utterance]) -> list[str]:
    said = [u.text for u in history if u.speaker is Speaker.XIAOSHEN]
    lines = said[-1].splitlines() if said else []
    return [line.removeprefix(CHOICE_MARK).strip() for line in lines if line.startswith(CHOICE_MARK)]


def _by_place(query: str, labels: list[str]) -> str | None:
    # The last line is the way out (none of these), never an item.
    if _LAST.match(query):
        return labels[-2] if len(labels) > 1 else None
    spoken = _ENGLISH_PLACE.search(query) if len(query) <= _LONGEST else None
    if spoken is not None and labels:
        word = spoken[1].lower()
        place = len(labels) - 1 if word == "last" else _ENGLISH_PLACES.index(word) + 1
        return labels[place - 1] if 0 < place < len(labels) else None
    found = _ORDINAL.match(query) or (_WITH_PLACE.search(query) if len(query) <= _LONGEST else None)
    if found is None:
        return None
    place = _NUMBERS.get(found[1]) or int(found[1])
    return labels[place - 1] if place < len(labels) else None


def _by_name(query: str, labels: list[str]) -> str | None:
    core = _FILL.sub("", query)
    if not _SHORTEST <= len(core) <= _LONGEST:
        return None
    ranked = process.extract(core, labels, scorer=fuzz.partial_ratio, limit=2)
    if not ranked or ranked[0][1] < _ALIKE:
        return None
    rival = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0] if ranked[0][1] - rival >= _CLEARLY else None
