"""The versions of items and policies, whatever their state: for comparing them and for showing their life."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from knowledge.corpus.item_sheets import read_item
from knowledge.corpus.policy_sheets import read_policy
from knowledge.errors import UnknownVersion
from knowledge.items import ServiceItem
from knowledge.passages import VersionState
from knowledge.policies import Policy
from knowledge.storage.engine import reading
from knowledge.storage.tables import PolicyVersionRow, ServiceItemVersionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetVersion:
    """One version of a sheet and the days on which readers see it."""

    version_id: str
    ordinal: int
    state: VersionState
    in_force_from: date | None
    in_force_to: date | None
    published_at: datetime


class SheetVersions:
    """Reads them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, source: str) -> tuple[SheetVersion, ...]:
        """All versions of `items/<slug>` or `policies/<id>`, oldest first; none where there is no such sheet."""
        kind, _, name = source.partition("/")
        item, policy = ServiceItemVersionRow, PolicyVersionRow
        with reading(self._engine) as session:
            rows: list[ServiceItemVersionRow | PolicyVersionRow] = []
            if kind == "items":
                rows += session.scalars(select(item).where(item.slug == name).order_by(item.ordinal))
            if kind == "policies":
                rows += session.scalars(select(policy).where(policy.policy_id == name).order_by(policy.ordinal))
            return tuple(_version(row) for row in rows)

    def sheet(self, version_id: str) -> ServiceItem | Policy:
        """What a version says. Raises UnknownVersion."""
        with reading(self._engine) as session:
            if version_id.startswith("items/"):
                item = session.get(ServiceItemVersionRow, version_id)
                if item is not None:
                    return read_item(item.sheet)
            policy = session.get(PolicyVersionRow, version_id)
            if policy is not None:
                return read_policy(policy.sheet)
        raise UnknownVersion(f"No version {version_id}: xiaoshen knowledge versions lists what there is.")


def _version(row: ServiceItemVersionRow | PolicyVersionRow) -> SheetVersion:
    return SheetVersion(
        version_id=row.id,
        ordinal=row.ordinal,
        state=VersionState(row.state),
        in_force_from=row.in_force_from,
        in_force_to=row.in_force_to,
        published_at=row.published_at,
    )
