"""From rows to the values that the rest of the product knows."""

from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.storage.tables import DocumentVersionRow, PassageRow


def version_of(row: DocumentVersionRow) -> DocumentVersion:
    """A version as readers see it: once published, it ends where another takes over."""
    is_draft = row.state in (VersionState.DRAFT, VersionState.REVIEWED)
    return DocumentVersion(
        id=row.id,
        name=row.name,
        title=row.title,
        number=row.number,
        issuer=row.issuer,
        issued_on=row.issued_on,
        effective_from=row.effective_from,
        effective_to=row.effective_to if is_draft else row.in_force_to,
        region=row.region,
        state=VersionState(row.state),
        sha256=row.sha256,
        addressees=row.addressees,
    )


def passage_of(row: PassageRow) -> Passage:
    """A passage."""
    return Passage(
        id=row.id,
        version_id=row.version_id,
        ordinal=row.ordinal,
        text=row.text,
        heading=row.heading,
        clause=row.clause,
        start=row.start,
        end=row.end,
        garbled=row.garbled,
        suspicious=row.suspicious,
        places=row.places,
    )
