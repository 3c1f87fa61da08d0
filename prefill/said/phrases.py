"""Values in the citizen's own words: names of things, posts, purposes, caught by the field's expressions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prefill.forms import FieldType
from prefill.said.people import Person, people
from prefill.said.senses import Sense
from prefill.said.speech import Clause

_TAIL: Final = re.compile("(?:吧|呢|啊|哦|呀|的话|嘛|哈)+$")
_EMPTY: Final = re.compile("^(?:还|没|不|选好|定好|看好|定了|选了|什么|哪|随便|再|暂|先|这个|那个|一下)")

_GIVEN: Final = re.compile("(?:送|给|转|那里?(?:买|领|抱)|那边(?:买|领|抱))(?:我|来)?的?$")
_IS: Final = re.compile("^(?:就)?(?:是|叫|写)(?P<v>[^,]{2,20}?)(?:吧|了)?$")


_WRONG: Final = re.compile("(?:哦|噢|啊|唔|等等|等下)*(?:不对|不是|说错|记错|写错|弄错|搞错|打错|看错|错了)")


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
        told = found is not None and found.clause == clause.number - 1
        if told and _WRONG.match(clause.text):
            found = None
        for pattern in (*sense.cues.say, *_by_name(sense), *(() if told else _follow_up(sense, clause, clauses))):
            match = pattern.search(clause.text)
            if match is None or _is_others(sense, clause.text, match):
                continue
            value = _TAIL.sub("", match["v"].strip())
            if value and not _EMPTY.match(value):
                found = Said(value, clause.number)
                break
    return found


def _is_others(sense: Sense, text: str, match: re.Match[str]) -> bool:
    """Whether the words are about somebody else's thing: 邻居家的狗."""
    named = [p.person for p in people(text) if p.end <= match.start("v")]
    given = _GIVEN.search(text[: match.start("v")]) is not None  # 朋友送的金毛
    return bool(named) and named[-1] in {Person.OTHER, Person.EX} and not (sense.cues.anyone or given)


def _follow_up(sense: Sense, clause: Clause, clauses: Sequence[Clause]) -> tuple[re.Pattern[str], ...]:
    """是… right after a clause that names the field: 车型选好了,是."""
    earlier = clauses[clause.number - 1] if clause.number else None
    if not sense.cues.say or earlier is None or earlier.message != clause.message:
        return ()
    return (_IS,) if sense.field.name in earlier.text or (sense.stem and sense.stem in earlier.text) else ()


def _by_name(sense: Sense) -> tuple[re.Pattern[str], ...]:
    """The field's own name and then its value, as somebody dictates it: 活动名称城市读书节, 申请事由写改名."""
    field = sense.field
    if sense.kinds or field.type not in {FieldType.STRING, FieldType.TEXT}:
        return ()
    link = "(?:就(?:是|写|填|做)?|是|叫|为|:|写|填)"
    optional = "" if field.type is FieldType.TEXT or len(field.name) < len("四个字的") else "?"
    name = re.escape(field.name)
    return (re.compile(f"{name}{link}{optional}(?P<v>(?!还|没|不|是|叫|写|填|再|我)[^,?]{{2,40}})$"),)
