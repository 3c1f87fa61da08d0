"""The shape of the fixed sentences; one instance a language."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.steps.small_talk import Talk
from knowledge.recognition.differences import Circumstance, Dimension
from knowledge.statements import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """Everything that is said without a source. `facets` name what is asked, `questions` ask for it.

    `tell_apart` asks in what a group of items differs, with the group's common name for {}; `circumstances` answer it.
    """

    facets: Mapping[Facet, str]
    questions: Mapping[Facet, str]
    talk: Mapping[Talk, str]
    unconfirmed: Mapping[Facet, str]
    way_on: str
    no_item: str
    no_evidence: str
    other_region: str
    other_region_way_on: str
    clarify: str
    tell_apart: Mapping[Dimension, str]
    circumstances: Mapping[Circumstance, str]
    clarify_not_these: str
    clarify_not_these_send: str
    replaced: str
    guard_stopped: str
    search_broken: str
    row_unconfirmed: str
    more_materials: str
    call_12345: str
    person: str
    open_card: str
