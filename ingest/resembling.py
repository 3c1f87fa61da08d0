"""Which known documents a new one resembles: the same text under another name, nearly the same, or another version."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from ingest.job_tables import LikenessBandRow, LikenessRow
from ingest.likeness import Signature, bands, share, signature, text_of, title_key
from ingest.report import Likeness, Similar
from knowledge.passages import DocumentVersion, VersionState
from knowledge.storage.documents import PassageDraft
from knowledge.storage.engine import reading, writing
from knowledge.storage.tables import DocumentVersionRow

_SAME = 0.999
_NEAR = 0.8
_VERSION_SHARE = 0.15
"""Versions of one rule share at least so much; two rules that merely have one title share next to nothing."""

_MOST = 5
_COMPARED = (VersionState.DRAFT, VersionState.REVIEWED, VersionState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Remembers what versions look like, and finds those of other documents that look alike."""

    engine: Engine

    def resembled(self, version: DocumentVersion, passages: tuple[PassageDraft, ...]) -> tuple[Similar, ...]:
        """Remember the version, which is saved already, and tell the known documents it resembles, most alike first."""
        own = signature(text_of(passage.text for passage in passages))
        key = title_key(version.title)
        with reading(self.engine) as session:
            known = session.get(LikenessRow, version.id) is not None
            near = _candidates(session, version, own, key)
        if not known:
            self._remember(version.id, own, key)
        found = [kind for row, like in near if (kind := _compared(version, own, key, row, like)) is not None]
        return tuple(sorted(found, key=lambda one: (-one.share, one.name))[:_MOST])

    def _remember(self, version_id: str, own: Signature, key: str) -> None:
        with writing(self.engine) as session:
            if session.get(LikenessRow, version_id) is not None:
                return
            session.add(LikenessRow(version_id=version_id, title_key=key, signature=own.tobytes()))
            session.flush()
            rows = [{"version_id": version_id, "place": n, "band": band} for n, band in enumerate(bands(own))]
            session.execute(insert(LikenessBandRow), rows)


def _candidates(
    session: Session, version: DocumentVersion, own: Signature, key: str
) -> list[tuple[DocumentVersionRow, LikenessRow]]:
    band, row = LikenessBandRow, DocumentVersionRow
    ids = set(session.scalars(select(band.version_id).where(band.band.in_(bands(own))).limit(500)))
    if key:
        ids |= set(session.scalars(select(LikenessRow.version_id).where(LikenessRow.title_key == key).limit(100)))
    query = (
        select(row, LikenessRow)
        .join(LikenessRow, LikenessRow.version_id == row.id)
        .where(row.id.in_(ids), row.name != version.name, row.state.in_(_COMPARED))
    )
    return [(found, like) for found, like in session.execute(query)]


def _compared(
    version: DocumentVersion, own: Signature, key: str, row: DocumentVersionRow, like: LikenessRow
) -> Similar | None:
    common = share(own, np.frombuffer(like.signature, dtype=np.uint32))
    kind = _kind(version, key, row, like.title_key, common)
    if kind is None:
        return None
    return Similar(kind=kind, name=row.name, version_id=row.id, title=row.title, share=round(common, 3))


def _kind(
    version: DocumentVersion, key: str, row: DocumentVersionRow, other_key: str, common: float
) -> Likeness | None:
    if common >= _SAME or row.sha256 == version.sha256:
        return Likeness.SAME_TEXT
    same_rule = bool(key) and key == other_key and common >= _VERSION_SHARE and _one_issuer(version.issuer, row.issuer)
    own_day, other_day = _day(version.issued_on, version.effective_from), _day(row.issued_on, row.effective_from)
    if same_rule and own_day is not None and other_day is not None and own_day != other_day:
        return Likeness.NEWER_VERSION if own_day > other_day else Likeness.OLDER_VERSION
    return Likeness.NEAR_DUPLICATE if common >= _NEAR else None


def _day(issued_on: date | None, effective_from: date | None) -> date | None:
    return effective_from or issued_on


def _one_issuer(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
