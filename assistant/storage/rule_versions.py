"""Review rules that somebody edits: a draft beside the rules in force, published by a second person, taken back."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import JSON, Date, Engine, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.corpus.fingerprint import fingerprint
from knowledge.errors import TransitionRefused, UnknownVersion, VersionChanged
from knowledge.passages import VersionState
from knowledge.storage import drafts
from knowledge.storage.columns import Moment
from knowledge.storage.documents import LifeEvent
from knowledge.storage.drafts import DraftColumns
from knowledge.storage.engine import reading, sole_writer
from knowledge.storage.log import Hand, history_of, note
from knowledge.storage.tables import Base
from prefill.review.rules import RuleStatus

SHIPPED_VERSION = "shipped"

Rules = Mapping[str, object]
ShippedRules = Callable[[str], Rules | None]


class RuleVersionRow(DraftColumns, Base):
    """One version of an item's review rules. `change` grows with every publication or withdrawal of any item."""

    __tablename__ = "rule_versions"

    item: Mapped[str] = mapped_column(String(128), index=True)
    rules: Mapped[dict[str, object]] = mapped_column(JSON)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    holds_from: Mapped[date | None] = mapped_column(Date)
    change: Mapped[int] = mapped_column(index=True)

    @property
    def source(self) -> str:
        """The path of the rules in the corpus."""
        return _source(self.item)

    @property
    def version_id(self) -> str:
        """The version and its edition."""
        return f"{self.source}@{self.id}.{self.edition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """One version as it is now. `tag` changes with each save and each step."""

    id: str
    item: str
    tag: str
    rules: Rules
    state: VersionState
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    why: str
    saved_at: datetime
    published_at: datetime | None
    holds_from: date | None


class RuleVersions:
    """Writes and publishes versions of rules. Each call is one transaction; `shipped` gives the file of an item."""

    def __init__(self, engine: Engine, shipped: ShippedRules) -> None:
        self._engine = engine
        self._shipped = shipped

    def change(self) -> int:
        """Grows with every publication and withdrawal: who holds compiled rules compares it."""
        with reading(self._engine) as session:
            return _change(session)

    def published(self) -> tuple[RuleVersion, ...]:
        """Every version that was published and not taken back, the oldest first; later ones take over on their day."""
        row = RuleVersionRow
        query = select(row).where(row.state == VersionState.PUBLISHED).order_by(row.change)
        with reading(self._engine) as session:
            return tuple(_version(found) for found in session.scalars(query))

    def newest(self, item: str) -> tuple[Rules, str]:
        """What was published last, else what ships, with its tag. Raises UnknownVersion."""
        with reading(self._engine) as session:
            return self._newest(session, item)

    def waiting(self, item: str) -> RuleVersion | None:
        """The draft of an item, where it has one."""
        with reading(self._engine) as session:
            row = _waiting(session, item)
            return _version(row) if row else None

    def versions(self, item: str) -> tuple[RuleVersion, ...]:
        """All versions of an item, the newest first."""
        query = select(RuleVersionRow).where(RuleVersionRow.item == item).order_by(RuleVersionRow.id.desc())
        with reading(self._engine) as session:
            return tuple(_version(row) for row in session.scalars(query))

    def history(self, item: str) -> tuple[LifeEvent, ...]:
        """Who did what to the rules of an item, oldest first."""
        with reading(self._engine) as session:
            return history_of(session, _source(item))

    def states(self) -> dict[str, VersionState]:
        """All drafts that wait, by item."""
        with reading(self._engine) as session:
            return drafts.waiting_states(session, RuleVersionRow, RuleVersionRow.item)

    def save(self, item: str, rules: Rules, tag: str, hand: Hand, *, action: str = "saved") -> RuleVersion:
        """Save the draft; `tag` is that of the draft or the rules it was made from. Raises VersionChanged."""
        with sole_writer(self._engine) as session:
            row = _waiting(session, item)
            _, newest = self._newest(session, item)
            if tag != (row.tag if row else newest):
                raise VersionChanged(f"The rules of {item} were changed meanwhile: load them again, then repeat.")
            if row is None:
                row = RuleVersionRow(item=item, base=newest, edition=0, authors=[], change=0)
                session.add(row)
            row.rules = dict(rules)
            drafts.save(session, row, hand, action)
            return _version(row)

    def review(self, item: str, tag: str, hand: Hand) -> RuleVersion:
        """Say that a draft is right. Raises FourEyesRequired for who wrote it."""
        with sole_writer(self._engine) as session:
            row = _matched(session, item, tag)
            drafts.review(session, row, hand)
            return _version(row)

    def publish(self, item: str, tag: str, holds_from: date, hand: Hand) -> RuleVersion:
        """Let pre-review use the draft from that day on. Raises FourEyesRequired, VersionChanged."""
        with sole_writer(self._engine) as session:
            row = _matched(session, item, tag)
            drafts.require_approval(row, hand)
            if self._newest(session, item)[1] != row.base:
                raise VersionChanged(f"The rules of {item} were published anew since the draft began: look again.")
            if holds_from < hand.at.date():
                raise TransitionRefused("Rules begin today or later: cases of former days were decided already.")
            _put_in_force(session, row, holds_from, hand)
            return _version(row)

    def approve(self, items: Collection[str], change: int, hand: Hand) -> None:
        """Publish as they stand the rules of these items that came with the product: all of them, or none.

        `change` is what the approver saw; whoever wrote the rules is the product, so the approver is the second person.
        Raises VersionChanged, TransitionRefused.
        """
        with sole_writer(self._engine) as session:
            if _change(session) != change:
                raise VersionChanged("Rules were published or taken back meanwhile: load the list again, then repeat.")
            for item in dict.fromkeys(items):
                rules, base = self._newest(session, item)
                if _waiting(session, item) is not None or not base.startswith(SHIPPED_VERSION):
                    raise TransitionRefused(f"The rules of {item} have a draft or were published: look at them alone.")
                row = RuleVersionRow(item=item, base=base, edition=1, rules=dict(rules), why=hand.why)
                row.authors, row.reviewers, row.saved_at = [SHIPPED_VERSION], [hand.actor], hand.at
                row.state, row.change = VersionState.REVIEWED, 0
                session.add(row)
                session.flush()
                _put_in_force(session, row, hand.at.date(), hand)

    def withdraw(self, item: str, version: str, hand: Hand) -> RuleVersion:
        """Take back what was published last: the version before it holds again, at once, for one person to do."""
        with sole_writer(self._engine) as session:
            row = _published_last(session, item)
            if row is None or str(row.id) != version:
                raise TransitionRefused(f"Only the newest published rules of {item} can be taken back.")
            row.state, row.change = VersionState.WITHDRAWN, _change(session) + 1
            note(session, hand, action="withdrawn", source=row.source, version_id=row.version_id, revision=row.change)
            return _version(row)

    def restore(self, item: str, version: str, tag: str, hand: Hand) -> RuleVersion:
        """Make a draft of an earlier version, or of what ships; it needs a second person like any other."""
        return self.save(item, self._of(item, version), tag, hand, action="restored")

    def drop(self, item: str, tag: str, hand: Hand) -> None:
        """Give the draft up."""
        with sole_writer(self._engine) as session:
            drafts.drop(session, _matched(session, item, tag), hand)

    def _of(self, item: str, version: str) -> Rules:
        if version == SHIPPED_VERSION:
            found = self._shipped(item)
        else:
            found = next((one.rules for one in self.versions(item) if one.id == version), None)
        if found is None:
            raise UnknownVersion(f"The rules of {item} have no version {version}.")
        return found

    def _newest(self, session: Session, item: str) -> tuple[Rules, str]:
        row = _published_last(session, item)
        if row is not None:
            return row.rules, row.tag
        shipped = self._shipped(item)
        if shipped is None:
            raise UnknownVersion(f"Nobody wrote rules for {item}: there is no corpus/rules/{item}.yaml.")
        return shipped, f"{SHIPPED_VERSION}-{fingerprint(shipped)[:32]}"


def _source(item: str) -> str:
    return f"rules/{item}"


def _change(session: Session) -> int:
    return session.scalar(select(func.max(RuleVersionRow.change))) or 0


def _published_last(session: Session, item: str) -> RuleVersionRow | None:
    row = RuleVersionRow
    query = select(row).where(row.item == item, row.state == VersionState.PUBLISHED).order_by(row.change.desc())
    return session.scalar(query.limit(1))


def _waiting(session: Session, item: str) -> RuleVersionRow | None:
    return drafts.waiting(session, RuleVersionRow, RuleVersionRow.item == item)


def _matched(session: Session, item: str, tag: str) -> RuleVersionRow:
    return drafts.matched(_waiting(session, item), tag, _source(item))


def _put_in_force(session: Session, row: RuleVersionRow, holds_from: date, hand: Hand) -> None:
    approved = {"status": RuleStatus.APPROVED.value, "approved_on": hand.at.date().isoformat()}
    row.rules = {**row.rules, **approved, "approved_by": hand.actor}
    row.state, row.holds_from, row.published_at = VersionState.PUBLISHED, holds_from, hand.at
    row.change = _change(session) + 1
    note(session, hand, action="published", source=row.source, version_id=row.version_id, revision=row.change)


def _version(row: RuleVersionRow) -> RuleVersion:
    return RuleVersion(
        id=str(row.id),
        item=row.item,
        tag=row.tag,
        rules=row.rules,
        state=VersionState(row.state),
        authors=tuple(row.authors),
        reviewers=tuple(row.reviewers),
        why=row.why,
        saved_at=row.saved_at,
        published_at=row.published_at,
        holds_from=row.holds_from,
    )
