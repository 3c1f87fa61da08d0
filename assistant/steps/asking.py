"""Splits a message into the questions it holds, each with what it needs."""

import re
from dataclasses import dataclass, replace

from assistant.steps.grounds import Understood
from assistant.steps.needs import Need, need_of

_PART = re.compile(r"(?P<part>[^,。?!;]+)(?P<mark>[,。?!;]?)")
_FILLER = re.compile(r"^(?:请问|你好|您好|谢谢|麻烦|那个|这个|就是|我想问(?:一下)?|想问(?:一下)?|问一下)+[,:]?")
_SHORT_TAIL = re.compile(
    r"^(?:是?真的(?:吗|假的|么)|有这回事(?:吗|么)|有没有这回事|对吧|是吧|对吗|是吗|行吗|可以吗|好吗|对不对|是不是|吧|么|呢)$"
)
_MOST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the message: its own words, the words to search with, and its need."""

    text: str
    search: str
    need: Need


def asked_in(understood: Understood) -> tuple[Asked, ...]:
    """The questions in order, at most three; the whole message where no part of it asks for something by itself."""
    parts = [
        (_FILLER.sub("", m["part"]).strip(), m["mark"] == "?" or m["part"].endswith(("吗", "么", "呢")))
        for m in _PART.finditer(understood.query)
    ]
    parts = [(part, marked) for part, marked in parts if part and not _SHORT_TAIL.match(part)]
    read = [(part, need_of(part), marked) for part, marked in parts]
    asking = [(part, need) for part, need, marked in read if need.kinds or need.facets or marked]
    if len(asking) <= 1 or understood.language == "en":
        return (_whole(understood),)
    context = " ".join(part for part, need, marked in read if not (need.kinds or need.facets or marked))
    before = understood.standalone.removesuffix(understood.query).strip()
    return tuple(Asked(part, f"{before} {context} {part}".strip(), need) for part, need in asking[-_MOST:])


def _whole(understood: Understood) -> Asked:
    need = need_of(understood.query)
    if not (need.facets or need.kinds) and understood.is_follow_up:
        need = need_of(understood.standalone)
    return Asked(understood.query, understood.standalone, _with_facets(need, understood))


def _with_facets(need: Need, understood: Understood) -> Need:
    if need.facets or not understood.facets:
        return need
    return replace(need, facets=understood.facets)
