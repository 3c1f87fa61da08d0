"""Publishing a catalogue: what changed becomes a new version, what is gone is withdrawn, the rest stays untouched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from knowledge.corpus.catalogue import Catalogue
from knowledge.items import ServiceItem
from knowledge.passages import VersionState
from knowledge.policies import Policy
from knowledge.storage.engine import sole_writer
from knowledge.storage.graph import links_of
from knowledge.storage.lives import day_of, first_day, last_day
from knowledge.storage.log import Hand, current_revision, next_revision, note
from knowledge.storage.tables import LinkRow, PolicyVersionRow, PublicationRow, ServiceItemVersionRow

_SheetRow = ServiceItemVersionRow | PolicyVersionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueChange:
    """What a publication did, as source names. `unchanged` is a count. `revision` is the one readers see now."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    unchanged: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What has to be done to the sheets in force, given by source name and fingerprint."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """True where nothing has to be written."""
        return not (self.added or self.changed or self.gone)


def plan(in_force: Mapping[str, str], catalogue: Catalogue) -> Plan:
    """Compare. A sheet that could not be read is not gone: its last good version stays."""
    wanted = {sheet.source: sheet.version for sheet in sheets_of(catalogue)}
    gone = [source for source in in_force if source not in wanted and _stem(source) not in catalogue.left_out]
    return Plan(
        added=tuple(source for source in wanted if source not in in_force),
        changed=tuple(source for source, version in wanted.items() if in_force.get(source, version) != version),
        gone=tuple(gone),
        unchanged=sum(1 for source, version in wanted.items() if in_force.get(source) == version),
    )


def sheets_of(catalogue: Catalogue) -> tuple[ServiceItem | Policy, ...]:
    """Items, then policies."""
    return (*catalogue.items, *catalogue.policies)


def _stem(source: str) -> str:
    return source.rsplit("/", 1)[-1]


def publish_catalogue(engine: Engine, catalogue: Catalogue, hand: Hand) -> CatalogueChange:
    """Bring the truth to what the catalogue says, in one transaction; the same catalogue again changes nothing."""
    with sole_writer(engine) as session:
        rows = {_source(row): row for row in _published(session)}
        said = {source: row.fingerprint for source, row in rows.items()}
        todo = plan(_as_this_hand_left_them(session, said, rows, catalogue, hand), catalogue)
        revision = current_revision(session) if todo.is_empty else next_revision(session)
        if not todo.is_empty:
            _write(session, catalogue, todo, rows, hand, revision=revision)
        return CatalogueChange(
            added=todo.added,
            changed=todo.changed,
            withdrawn=todo.gone,
            unchanged=todo.unchanged,
            revision=revision,
        )


def publish_sheets(session: Session, catalogue: Catalogue, hand: Hand) -> int:
    """Publish just these sheets, whatever else is in force; the new revision. For who has approved them."""
    rows = {_source(row): row for row in _published(session)}
    sources = [sheet.source for sheet in sheets_of(catalogue)]
    added = tuple(source for source in sources if source not in rows)
    changed = tuple(source for source in sources if source in rows)
    revision = next_revision(session)
    todo = Plan(added=added, changed=changed, gone=(), unchanged=0)
    _write(session, catalogue, todo, rows, hand, revision=revision)
    return revision


def _as_this_hand_left_them(
    session: Session,
    said: Mapping[str, str],
    rows: Mapping[str, _SheetRow],
    catalogue: Catalogue,
    hand: Hand,
) -> dict[str, str]:
    """Fingerprints in force, but for a sheet that somebody else has published since: the one this hand last published.

    So a start with the same corpus leaves alone what editors have changed, and a corpus that changed is news.
    """
    left = dict(said)
    differing = [s.source for s in sheets_of(catalogue) if said.get(s.source, s.version) != s.version]
    for source in differing:
        log = PublicationRow
        query = select(log).where(log.source == source, log.action == "published").order_by(log.id.desc())
        published = list(session.scalars(query))
        current = next((p for p in published if p.version_id == rows[source].id), None)
        if current is not None and current.actor != hand.actor:
            own = next((p for p in published if p.actor == hand.actor), None)
            left[source] = own.version_id.rpartition("-")[2] if own else said[source]
    return left


def _published(session: Session) -> Iterator[_SheetRow]:
    item, policy = ServiceItemVersionRow, PolicyVersionRow
    yield from session.scalars(select(item).where(item.state == VersionState.PUBLISHED))
    yield from session.scalars(select(policy).where(policy.state == VersionState.PUBLISHED))


def _source(row: _SheetRow) -> str:
    return f"items/{row.slug}" if isinstance(row, ServiceItemVersionRow) else f"policies/{row.policy_id}"


def _write(
    session: Session,
    catalogue: Catalogue,
    todo: Plan,
    rows: Mapping[str, _SheetRow],
    hand: Hand,
    *,
    revision: int,
) -> None:
    today = day_of(hand.at)
    for source in todo.gone:
        rows[source].state = VersionState.WITHDRAWN
        note(session, hand, action="withdrawn", source=source, version_id=rows[source].id, revision=revision)
    changed = {sheet.source: sheet for sheet in sheets_of(catalogue) if sheet.source in todo.changed}
    for source in todo.changed:
        former = rows[source]
        begins = first_day_of_sheet(changed[source], replaces_another=True, published_on=today)
        former.state = VersionState.SUPERSEDED
        former.in_force_to = last_day(former.in_force_to, begins)
        note(session, hand, action="superseded", source=source, version_id=former.id, revision=revision)
    fresh = [sheet for sheet in sheets_of(catalogue) if sheet.source in {*todo.added, *todo.changed}]
    ordinals = _used_ordinals(session)
    added: dict[str, str] = {}
    for sheet in fresh:
        ordinal = ordinals.get(sheet.source, 0) + 1
        begins = first_day_of_sheet(sheet, replaces_another=ordinal > 1, published_on=today)
        row = _new_row(sheet, catalogue.sheets[sheet.source].values, ordinal, begins, hand.at)
        session.add(row)
        added[sheet.source] = row.id
        note(session, hand, action="published", source=sheet.source, version_id=row.id, revision=revision)
    session.flush()
    _draw(session, (sheet for sheet in fresh if isinstance(sheet, ServiceItem)), added)


def first_day_of_sheet(sheet: ServiceItem | Policy, *, replaces_another: bool, published_on: date) -> date | None:
    """What was never known before counts for all earlier days; a change counts from today.

    A change with a later day of its own counts from that day: until then the former sheet goes on.
    """
    own = sheet.effective_from if isinstance(sheet, ServiceItem) else sheet.period.begins
    later = own if replaces_another and own is not None and own > published_on else None
    return first_day(later, replaces_another=replaces_another, published_on=published_on)


def _used_ordinals(session: Session) -> dict[str, int]:
    """The highest ordinal of each source, withdrawn versions too."""
    item, policy = ServiceItemVersionRow, PolicyVersionRow
    used: dict[str, int] = {}
    for slug, highest in session.execute(select(item.slug, func.max(item.ordinal)).group_by(item.slug)):
        used[f"items/{slug}"] = highest
    for name, highest in session.execute(select(policy.policy_id, func.max(policy.ordinal)).group_by(policy.policy_id)):
        used[f"policies/{name}"] = highest
    return used


def _new_row(
    sheet: ServiceItem | Policy, values: Mapping[str, object], ordinal: int, begins: date | None, at: datetime
) -> _SheetRow:
    version_id = f"{sheet.source}@{ordinal}-{sheet.version}"
    if isinstance(sheet, ServiceItem):
        return ServiceItemVersionRow(
            id=version_id,
            ordinal=ordinal,
            fingerprint=sheet.version,
            sheet=dict(values),
            region=sheet.region,
            state=VersionState.PUBLISHED,
            in_force_from=begins,
            published_at=at,
            slug=sheet.slug,
        )
    return PolicyVersionRow(
        id=version_id,
        ordinal=ordinal,
        fingerprint=sheet.version,
        sheet=dict(values),
        region=sheet.region,
        state=VersionState.PUBLISHED,
        in_force_from=begins,
        published_at=at,
        policy_id=sheet.id,
    )


def _draw(session: Session, items: Iterable[ServiceItem], version_ids: Mapping[str, str]) -> None:
    edges: Sequence[dict[str, str | None]] = [
        {
            "version_id": version_ids[item.source],
            "source": link.source,
            "kind": link.kind,
            "target": link.target,
            "detail": link.detail,
        }
        for item in items
        for link in links_of(item)
    ]
    if edges:
        session.execute(insert(LinkRow), edges)
