"""Finds names and short names of items in a message, and cuts a message that only lines up names."""

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.items import ServiceItem
from knowledge.recognition.follow_up import content_of
from knowledge.recognition.wording import plain_wording

Span = tuple[int, int]

_LONGEST_NAME = 12
_SHORTEST_CLAUSE = 2
_JOINT = 2  # letters between two names that share what is said after them
_MOST = 6
_SHORTEST_NAME = 2  # one letter names nothing
_LONGEST_QUESTION = 60
_IN_BRACKETS = re.compile(r"\([^()]*\)")


class NamesOfItems:
    """Finds names and short names of items in a message."""

    def __init__(self, items: Sequence[ServiceItem]) -> None:
        self._owners: dict[str, set[int]] = {}
        for place, item in enumerate(items):
            for name in (item.name.partition("(")[0], *item.aliases):
                plain = plain_wording(name)
                if _SHORTEST_NAME <= len(plain) <= _LONGEST_NAME:
                    self._owners.setdefault(plain, set()).add(place)
        self._telling = _telling_names(items)

    def found_in(self, text: str) -> dict[int, Span]:
        """For each item that is named the longest span of its names."""
        spans: dict[int, Span] = {}
        for start in range(len(text)):
            for end in range(start + 2, min(len(text), start + _LONGEST_NAME) + 1):
                for place in self._owners.get(text[start:end], ()):
                    known = spans.get(place, (0, 0))
                    if end - start > known[1] - known[0]:
                        spans[place] = (start, end)
        return spans

    def named_alone(self, text: str) -> int | None:
        """The item whose name is said, with nothing else but what could be asked of any item.

        Who writes 「请问机动车注册登记在哪里办」 has read the name somewhere and is not to be asked what they mean.
        """
        if len(text) > _LONGEST_QUESTION:
            return None
        longest = max((part for part in _parts(text) if part in self._telling), key=len, default=None)
        if longest is None or content_of(text.replace(longest, "", 1)):
            return None
        return self._telling[longest]


def _telling_names(items: Sequence[ServiceItem]) -> dict[str, int]:
    """The names that say which item is meant: whole official names, and short ones that are in no other's name.

    「社保卡」 is a short name of its application and part of its loss: who says it may mean either.
    """
    official: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for place, item in enumerate(items):
        name = plain_wording(item.name)
        for known, names in ((official, {name, _IN_BRACKETS.sub("", name)}), (short, map(plain_wording, item.aliases))):
            for one in names:
                known.setdefault(one, set()).add(place)
    meant = {name: set(owners) for name, owners in short.items()}
    for names_of in (official, short):
        for name, owners in names_of.items():
            for part in _parts(name):
                if part in meant:
                    meant[part] |= owners
    telling = {name: owners for name, owners in meant.items() if name not in official} | official
    return {name: min(owners) for name, owners in telling.items() if len(owners) == 1 and len(name) >= _SHORTEST_NAME}


def _parts(text: str) -> Iterator[str]:
    for start in range(len(text)):
        for end in range(start + _SHORTEST_NAME, len(text) + 1):
            yield text[start:end]


def stands_apart(place: int, span: Span, spans: Mapping[int, Span]) -> bool:
    """Whether the name stands for itself: no longer name of another item covers it, and no equal one came first."""
    for other, (start, end) in spans.items():
        if other != place and start < span[1] and span[0] < end:
            longer = (end - start) - (span[1] - span[0])
            if longer > 0 or (longer == 0 and other < place):
                return False
    return True


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches of a message share a letter."""
    return one[0] < other[1] and other[0] < one[1]


def clauses_by_names(text: str, spans: Mapping[int, Span]) -> list[str]:
    """A clause for each name where a message names several in a row: 「身份证驾照全丢了」; empty where it does not."""
    found = sorted({span for place, span in spans.items() if stands_apart(place, span, spans)})
    if len(found) < 2:  # noqa: PLR2004 - one name is one clause
        return []
    head, tail = text[: found[0][0]], text[found[-1][1] :]
    clauses = []
    for (start, end), following in zip(found, [*(one[0] for one in found[1:]), len(text)], strict=True):
        own = text[start:following]
        shares = following - end <= _JOINT
        clauses.append(f"{head}{text[start:end]}{tail}" if shares else own)
    kept = list(dict.fromkeys(clause.strip() for clause in clauses if len(clause.strip()) >= _SHORTEST_CLAUSE))
    return kept[:_MOST] if len(kept) > 1 else []
