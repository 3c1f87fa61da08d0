"""Suggests the way on: what else can be asked about the item, a number to call, a person."""

from assistant.events import NextStep, StepKind
from assistant.phrases import Phrasebook
from assistant.steps.cards import confirmed_facets
from assistant.steps.grounds import Grounds
from guardrails.outbound import notice
from knowledge.statements import Facet

HOTLINE = "12345"
_MOST = 3
_OFTEN_ASKED = (Facet.MATERIALS, Facet.PROCESS, Facet.TIME_LIMIT, Facet.FEE, Facet.CONDITIONS, Facet.CHANNELS)


def next_questions(grounds: Grounds, phrases: Phrasebook) -> list[NextStep]:
    """Up to three questions about the item that were not just answered and can be."""
    if len(grounds.items) != 1:
        return []
    answered = {s.facet for s in grounds.statements} | set(grounds.unconfirmed)
    known = confirmed_facets(grounds.items[0])
    open_facets = [f for f in _OFTEN_ASKED if f in known and f not in answered]
    return [
        NextStep(kind=StepKind.ASK, label=notice(phrases.questions[f]), value=phrases.questions[f])
        for f in open_facets[:_MOST]
    ]


def ways_to_people(phrases: Phrasebook) -> list[NextStep]:
    """The hotline and a person: offered wherever Xiao Shen cannot answer."""
    return [
        NextStep(kind=StepKind.CALL, label=notice(phrases.call_12345), value=HOTLINE),
        NextStep(kind=StepKind.PERSON, label=notice(phrases.person), value="person"),
    ]
