"""Statements: all that the knowledge base can say, in the one shape that retrieval, composer and guard share."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.items import FactStatus, SourceRef


class Facet(StrEnum):
    """What a person wants to know about an item."""

    OVERVIEW = "overview"
    CONDITIONS = "conditions"
    MATERIALS = "materials"
    PROCESS = "process"
    CHANNELS = "channels"
    TIME_LIMIT = "time_limit"
    FEE = "fee"
    RESULT = "result"
    LEGAL_BASIS = "legal_basis"
    AGENT = "agent"
    RELATED = "related"
    DEPARTMENT = "department"
    BENEFIT = "benefit"
    VALIDITY = "validity"
    REFERENCE_STATUS = "reference_status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing a source says.

    `id` is `<source>#<part>`, e.g. `items/dog_reg#fee`, `policies/flex_waiting#k1`, `documents/x.txt#p12`; it is the
    token a model gets instead of the value, and what a sentence's proof names. `text` is the wording of the source.
    `question` is the question that an FAQ entry answers. `also` are further facets it tells about: a result that names
    its validity, a condition about coming in person. `heading` is the path of headings above a passage (chapter,
    section): read as context, never stated.
    """

    id: str
    source: str
    title: str
    facet: Facet
    text: str
    status: FactStatus
    sources: tuple[SourceRef, ...] = ()
    version: str
    effective_from: date | None = None
    effective_to: date | None = None
    clause: str | None = None
    garbled: bool = False
    suspicious: bool = False
    heading: str = ""
    question: str | None = None
    also: tuple[Facet, ...] = ()

    def tells_about(self, facet: Facet) -> bool:
        """True where the statement answers a question about this facet, first or among others."""
        return facet is self.facet or facet in self.also

    @property
    def may_be_stated(self) -> bool:
        """True where the statement has a source; everything else is said to be unconfirmed."""
        return self.status is FactStatus.SOURCED
