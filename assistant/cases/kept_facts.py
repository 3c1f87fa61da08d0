"""Facts between the case, which keeps them flat, and prefill, which fills forms with them."""

from collections.abc import Iterable

from assistant.cases.happenings import KeptFact
from prefill.facts import Fact, Provenance, SourceKind


def facts_of(kept: Iterable[KeptFact], part: str = "") -> tuple[Fact, ...]:
    """What the case keeps, as prefill takes it; facts narrowed to another part are left out."""
    return tuple(
        Fact(
            key=fact.key,
            value=fact.value,
            provenance=Provenance(
                kind=SourceKind(fact.kind),
                source=fact.source,
                confidence=fact.confidence,
                consent=fact.reference or None,
                evidence=fact.evidence or None,
            ),
        )
        for fact in kept
        if fact.part in ("", part)
    )


def kept_of(facts: Iterable[Fact], *, reference: str = "", part: str = "") -> tuple[KeptFact, ...]:
    """Facts of prefill, as the case keeps them."""
    return tuple(
        KeptFact(
            key=fact.key,
            value=fact.value,
            kind=fact.provenance.kind.value,
            source=fact.provenance.source,
            confidence=fact.provenance.confidence,
            evidence=fact.provenance.evidence or "",
            reference=reference,
            part=part,
        )
        for fact in facts
    )
