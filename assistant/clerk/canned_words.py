"""The words of canned answers: places to fill, and whether what they state stands in the item's sources. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from guardrails.approved import Draft, Evidence, Stopped, Wording
from guardrails.entered import show_entered
from guardrails.outbound import OutboundGuard
from knowledge.statements import Statement

_PLACE = re.compile(r"[{｛]([^{}｛｝\n]{1,20})[}｝]")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]?")
_GUARD = OutboundGuard()


class Place(StrEnum):
    """Places that the desk fills by itself; any other one is the clerk's to fill before sending."""

    ITEM = "事项"
    DEPARTMENT = "部门"
    CLERK = "工作人员"
    TODAY = "今天"
    CODE = "接续码"


NOTHING_KNOWN: Mapping[Place, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """A sentence that may not stand in a canned answer, and why."""

    sentence: str
    reason: str


def places_of(text: str) -> tuple[str, ...]:
    """The names of the places, in their order, each once."""
    return tuple(dict.fromkeys(match.group(1).strip() for match in _PLACE.finditer(text)))


def filled(text: str, known: Mapping[Place, str]) -> str:
    """The text with what is known put in; the other places stay, to be seen and filled."""
    by_name = {place.value: value for place, value in known.items()}
    return _PLACE.sub(lambda match: by_name.get(match.group(1).strip(), match.group()), text)


def ungrounded(text: str, statements: Sequence[Statement]) -> Iterator[Ungrounded]:
    """Sentences that state something which the item's confirmed statements do not say."""
    if show_entered(text).withheld:
        yield Ungrounded(sentence=text, reason="it speaks to a machine or sends people to a strange place")
    evidence = tuple(Evidence(source=s.source, text=s.text) for s in statements if s.may_be_stated)
    for match in _SENTENCE.finditer(_PLACE.sub("某", text)):
        sentence = match.group().strip()
        if not sentence:
            continue
        verdict = _GUARD.check(Draft(text=sentence, wording=Wording.COMPOSED, evidence=evidence))
        if isinstance(verdict, Stopped):
            yield Ungrounded(sentence=sentence, reason=verdict.reason)


def today_in_words(today: date) -> str:
    """A day as people write it."""
    return f"{today.year}年{today.month}月{today.day}日"
