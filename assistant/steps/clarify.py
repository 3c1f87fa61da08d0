"""Asks the one question that tells the candidates apart."""

from collections.abc import Sequence

from assistant.events import Choice, QuestionBack
from assistant.phrases import Phrasebook
from guardrails.outbound import notice, quote
from knowledge.items import ServiceItem

_MOST_CHOICES = 4


def question_back(items: Sequence[ServiceItem], phrases: Phrasebook) -> QuestionBack:
    """The question with one choice an item, and a way out."""
    choices = [
        Choice(label=quote(item.name, item.source), send=quote(item.name, item.source), item=item.slug)
        for item in items[:_MOST_CHOICES]
    ]
    none = Choice(label=notice(phrases.clarify_not_these), send=notice(phrases.clarify_not_these_send))
    return QuestionBack(text=notice(phrases.clarify), choices=(*choices, none))
