"""Which choice of a field an answer means: its name, its place, what people say for it, a slip of the pen. Pure."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from assistant.cases.sayings import named_by, shipped_sayings
from assistant.cases.selecting import by_place, selected
from prefill.forms import FieldType, FormField

_SEVERAL: Final = frozenset({FieldType.CHOICES, FieldType.SEVERAL})
_ALIKE: Final = 80.0
_YES, _NO = "是", "否"
_LEAD: Final = re.compile(r"^(?:[那就我们的本人这是叫填写选要为应该大概呃嗯好啊,，。:： ]|就是|应该是|选择|就写|就填)+")
_EITHER: Final = re.compile(r"还是|或者|或|要么|随便|都行|都可以|无所谓|\bor\b|\beither\b", re.I)


def choice_of(field: FormField, said: str, items: Sequence[str] = ()) -> str | None:
    """The choice meant, of several all that are meant; None where none is clear."""
    choices = field.choices
    if field.type is FieldType.YES_NO:
        return said_for(field, said, items)
    if not choices:
        return said_for(field, said, items) if field.type is FieldType.CHOICE else None
    if field.type in _SEVERAL:
        several = selected(said, choices, lambda piece: _called(field, piece, items))
        return "、".join(several) if several else None
    return _single(field, said, items)


def _single(field: FormField, said: str, items: Sequence[str]) -> str | None:
    choices = field.choices
    named = sorted((c for c in choices if c in said), key=len, reverse=True)
    apart = [c for c in named if not any(c != other and c in other for other in named)]
    if _EITHER.search(said) and len(apart) != 1:
        return None
    if len(apart) == 1 and not re.search(rf"(?:不是|不要|没){re.escape(apart[0])}", said):
        return apart[0]
    places = by_place(said, len(choices)) or ([int(said) - 1] if re.fullmatch(r"[1-9]", said) else [])
    if len(places) == 1 and places[0] < len(choices):
        return choices[places[0]]
    meant = said_for(field, said, items)
    if meant is not None:
        return meant
    best = process.extractOne(_LEAD.sub("", said), choices, scorer=fuzz.ratio)
    if best is not None and best[1] >= _ALIKE:
        return str(best[0])
    within = [c for c in choices if said in c] if len(said) > 1 else []
    return within[0] if len(within) == 1 else None


def said_for(field: FormField, said: str, items: Sequence[str] = (), *, sure: bool = False) -> str | None:
    """The one choice that people say so; `sure`: only by what means it in any message."""
    choices = (_YES, _NO) if field.type is FieldType.YES_NO else field.choices
    for number, words in enumerate(shipped_sayings().of_field(items, field.name, choices)):
        if sure and number:
            break
        found = named_by(said, words)
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _called(field: FormField, piece: str, items: Sequence[str]) -> Collection[str]:
    """The choices that a piece of a message names."""
    found = {c for c in field.choices if len(c) > 1 and c in piece}
    for words in shipped_sayings().of_field(items, field.name, field.choices):
        found |= set(named_by(piece, words))
    return found or {c for c in field.choices if c in piece}
