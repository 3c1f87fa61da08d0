"""Values in the citizen's own words: names of things, posts, purposes, caught by the field's expressions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prefill.said.senses import Sense
from prefill.said.speech import Clause

_TAIL: Final = re.compile("(?:吧|呢|啊|哦|呀|的话|嘛|哈)+$")
_EMPTY: Final = re.compile("^(?:还|没|不|什么|哪|随便|再|暂|先|这个|那个|一下)")


@dataclass(frozen=True, slots=True)
class Said:
    """The words, and the clause they stand in."""

    value: str
    clause: int


def phrase(sense: Sense, clauses: Sequence[Clause]) -> Said | None:
    """The last wording said for a field, or None."""
    found: Said | None = None
    for clause in clauses:
        if clause.is_question:
            continue
        for pattern in sense.cues.say:
            match = pattern.search(clause.text)
            value = _TAIL.sub("", match["v"].strip()) if match else ""
            if value and not _EMPTY.match(value):
                found = Said(value, clause.number)
                break
    return found
