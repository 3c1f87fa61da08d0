"""Chooses the items whose sheets may answer each question of a message, from what recognition offers."""

from collections.abc import Iterable, Sequence

from assistant.steps.asking import Asked
from assistant.steps.statement_index import Profile, WordWeights, terms
from knowledge.items import ServiceItem
from knowledge.recognition.follow_up import content_of

# From this share of a name's words in a question on, the question calls the item by that name.
CALLED = 0.6
_SPOKEN_OF = 0.03  # nearly nothing: people's words differ from the sheet's, but not all of them


def called_by_name(text: str, items: Iterable[ServiceItem], weights: WordWeights) -> tuple[ServiceItem, ...]:
    """The items that the text calls by a name or an alias, those with the best match only."""
    words = terms(text)
    scored = [(name_share(words, item, weights), item) for item in items]
    best = max((score for score, _ in scored), default=0.0)
    return tuple(item for score, item in scored if score >= CALLED and score == best)


def called_instead(
    text: str, accepted: Iterable[ServiceItem], others: Iterable[ServiceItem], weights: WordWeights
) -> tuple[ServiceItem, ...]:
    """Another item, where the text calls it by its name more clearly than any accepted one."""
    words = terms(text)
    known = max((name_share(words, item, weights) for item in accepted), default=0.0)
    found = called_by_name(text, others, weights)
    return tuple(item for item in found if name_share(words, item, weights) > known)


def called_first(text: str, items: tuple[ServiceItem, ...], weights: WordWeights) -> tuple[ServiceItem, ...]:
    """The items in their order, but one that alone is called by its name before all others."""
    called = called_by_name(text, items, weights)
    return (*called, *(item for item in items if item not in called)) if len(called) == 1 else items


def speaks_of(item: ServiceItem, text: str, profiles: Iterable[Profile], weights: WordWeights) -> bool:
    """Whether the item's sheet knows any word that the text is about: a fee of something else is no answer to it."""
    words = terms(content_of(text))
    names = (terms(name) for name in (item.name, *item.aliases))
    known = frozenset[str]().union(*names, *(profile.terms for profile in profiles))
    return not words or weights.overlap(words, known) >= _SPOKEN_OF


def name_share(words: frozenset[str], item: ServiceItem, weights: WordWeights) -> float:
    """How much of the item's best fitting name stands in the words, 0 to 1."""
    names = [terms(name.partition("(")[0]) for name in (item.name, *item.aliases)]
    return max((weights.overlap(name, words) for name in names if name), default=0.0)


def items_for(
    asked: Sequence[Asked],
    accepted: tuple[ServiceItem, ...],
    others: tuple[ServiceItem, ...],
    weights: WordWeights,
) -> list[tuple[ServiceItem, ...]]:
    """For each question, the items to ask first: several questions may each name their own."""
    if len(asked) == 1:
        return [accepted]
    every = (*accepted, *(item for item in others if item not in accepted))
    return [called_by_name(one.text, every, weights) or accepted for one in asked]
