"""Asks the one question that tells the candidates apart, with answers in the citizen's words."""

from collections.abc import Sequence

from assistant.events import Choice, QuestionBack
from assistant.phrases import Phrasebook
from guardrails.approved import Approved
from guardrails.outbound import notice, quote
from knowledge.items import ServiceItem
from knowledge.recognition.differences import Difference, difference_between

_MOST_CHOICES = 6


def question_back(items: Sequence[ServiceItem], phrases: Phrasebook) -> QuestionBack:
    """The question with one choice an item, and a way out.

    Where the items are a group that differs in one thing, the question is about that thing. What a choice sends is the
    item's name alone; its label ends with it, so that a typed answer is understood too.
    """
    offered = items[:_MOST_CHOICES]
    difference = difference_between(offered)
    choices = [
        Choice(
            label=quote(labelled(item.name, _answer(difference, place, item, phrases)), item.source),
            send=quote(item.name, item.source),
            item=item.slug,
        )
        for place, item in enumerate(offered)
    ]
    none = Choice(label=notice(phrases.clarify_not_these), send=notice(phrases.clarify_not_these_send))
    return QuestionBack(text=_question(difference, offered, phrases), choices=(*choices, none))


def labelled(name: str, answer: str) -> str:
    """A choice as it is shown: the answer first, then the item's name where it says more."""
    return f"{answer}（{name}）" if answer else name


def item_name_of(label: str, names: Sequence[str]) -> str | None:
    """The item's name in a label that was shown; None where it is none of `names`."""
    return next((name for name in names if label == name or label.endswith(f"（{name}）")), None)


def _question(difference: Difference | None, items: Sequence[ServiceItem], phrases: Phrasebook) -> Approved:
    if difference is None:
        return notice(phrases.clarify)
    return quote(phrases.tell_apart[difference.dimension].format(difference.subject), items[0].source)


def _answer(difference: Difference | None, place: int, item: ServiceItem, phrases: Phrasebook) -> str:
    """What the citizen would say; empty where the name says it best."""
    if difference is None:
        return _short_name(item)
    if difference.circumstances:
        return phrases.circumstances[difference.circumstances[place]]
    return difference.kinds[place]


def _short_name(item: ServiceItem) -> str:
    """What people call the item, where its name does not hold it."""
    first = item.aliases[0] if item.aliases else ""
    return first if first and first not in item.name else ""
