"""Layers in an answer: a district's own rule before the city's for those of that district, and for nobody else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.steps.asking import Asked
from assistant.steps.needs import need_of
from assistant.steps.quoting import best_quotes
from knowledge.items import ServiceItem
from knowledge.life.layers import holds_in, most_specific, name_of, path_of
from knowledge.policies import Policy
from knowledge.recognition.decision import Decision, Recognition
from knowledge.roles import Hit
from knowledge.statements_of import passage_statement

_CITY_AND_DISTRICT = 2
_AS_GOOD = 0.7  # share of the best quotation's score from which a more local rule is on the same matter
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]")


def local_first(question: str, hits: Sequence[Hit], place: str) -> tuple[Hit, ...]:
    """The hits without those of other districts; where the asker's own district rules the matter, only its rule.

    A city's rule that the district does not touch stays: the district's passage must answer about as well.
    """
    holding = [hit for hit in hits if not is_elsewhere(hit.document.region, place)]
    local = tuple(hit for hit in holding if is_district(hit.document.region) and holds_in(hit.document.region, place))
    if not local or len(local) == len(holding):
        return tuple(holding)
    if _best(question, local) >= _AS_GOOD * _best(question, holding) > 0:
        return local
    return tuple(holding)


def _best(question: str, hits: Sequence[Hit]) -> float:
    asked = Asked(question, question, need_of(question))
    passages = (passage_statement(hit.passage, hit.document) for hit in hits)
    # one passage at a time: words are weighed among the sentences that compete
    return max((q.score for q in best_quotes(asked, tuple(passages), 1)), default=0.0)


def is_district(region: str) -> bool:
    """True for 上海市/徐汇区."""
    return len(path_of(region)) >= _CITY_AND_DISTRICT


def is_elsewhere(region: str, place: str) -> bool:
    """True for a district's rule where the asker is of another district of the same city."""
    rule, where = path_of(region), path_of(place)
    both = len(rule) >= _CITY_AND_DISTRICT and len(where) >= _CITY_AND_DISTRICT
    return both and rule[0] == where[0] and rule[:2] != where[:2]


def localized(recognition: Recognition, items: Sequence[ServiceItem], place: str) -> Recognition:
    """The recognition with each item replaced by its most specific layer that holds at the place.

    Items of one name are one service at different layers: a question back must not offer both.
    """
    if not any(is_district(item.region) for item in items):
        return recognition
    by_slug = {item.slug: item for item in items}
    chosen = most_specific(items, place, region_of=lambda item: item.region, subject_of=_service)
    winner = {_service(item): item.slug for item in chosen}

    def instead(slugs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(winner.get(_service(by_slug[s]), s) if s in by_slug else s for s in slugs))

    accepted, choices = instead(recognition.accepted), instead(recognition.choices)
    if recognition.decision is Decision.CLARIFY and len(choices) == 1:
        return replace(recognition, decision=Decision.ACCEPT, accepted=choices, choices=())
    return replace(recognition, accepted=accepted, choices=choices)


def layers_of(sheets: Sequence[ServiceItem | Policy], hits: Sequence[Hit]) -> tuple[tuple[str, str], ...]:
    """The sources that only hold in a district, with its name: an answer says so."""
    regions = [(sheet.source, sheet.region) for sheet in sheets]
    regions += [(hit.document.source, hit.document.region) for hit in hits]
    return tuple(dict.fromkeys((source, name_of(region)) for source, region in regions if is_district(region)))


def _service(item: ServiceItem) -> str:
    """What makes two sheets layers of one service: the name, without the place in brackets behind it."""
    district = path_of(item.region)[-1:] or ("",)
    return _BRACKETED.sub("", item.name).replace(district[0], "").strip()
