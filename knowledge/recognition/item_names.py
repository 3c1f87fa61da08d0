"""Finds names and short names of items in a message, and cuts a message that only lines up names."""

from collections.abc import Mapping, Sequence

from knowledge.items import ServiceItem
from knowledge.recognition.wording import plain_wording

Span = tuple[int, int]

_LONGEST_NAME = 12
_SHORTEST_CLAUSE = 2
_JOINT = 2  # letters between two names that share what is said after them
_MOST = 6


class NamesOfItems:
    """Finds names and short names of items in a message."""

    def __init__(self, items: Sequence[ServiceItem]) -> None:
        self._owners: dict[str, set[int]] = {}
        for place, item in enumerate(items):
            for name in (item.name.partition("(")[0], *item.aliases):
                plain = plain_wording(name)
                if 2 <= len(plain) <= _LONGEST_NAME:  # noqa: PLR2004 - one letter names nothing
                    self._owners.setdefault(plain, set()).add(place)

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
