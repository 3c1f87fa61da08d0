"""Builders of statements and grounds for tests of composers."""

from datetime import date

from assistant.steps.grounds import Grounds, Understood
from knowledge.items import FactStatus
from knowledge.statements import Facet, Statement


def a_statement(
    part: str,
    facet: Facet,
    text: str,
    *,
    status: FactStatus = FactStatus.SOURCED,
    garbled: bool = False,
    question: str | None = None,
) -> Statement:
    """A statement of one invented item."""
    return Statement(
        id=f"items/kite_permit#{part}",
        source="items/kite_permit",
        title="风筝放飞登记",
        facet=facet,
        text=text,
        status=status,
        version="0a1b2c3d",
        garbled=garbled,
        question=question,
    )


def grounds_for(question: str, *statements: Statement, language: str = "zh") -> Grounds:
    """Grounds with these statements, for a first question."""
    understood = Understood(
        query=question,
        standalone=question,
        language=language,
        facets=(),
        audience=None,
        region="上海市",
        other_region=None,
        as_of=date(2026, 11, 22),
        history=(),
        is_follow_up=False,
    )
    return Grounds(understood=understood, items=(), policies=(), statements=statements)
