"""What became of suggestions: kept without words, counted by kind and reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from sqlalchemy import Engine, select

from assistant.clerk.suggestion import Outcome, Rejection, SuggestionKind
from assistant.clerk.tables import SuggestionOutcomeRow
from knowledge.storage.engine import reading, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What a clerk did with one suggestion. `kept_share`: how much of it stood in what was sent, 0 to 1."""

    ticket: str
    suggestion: str
    kind: SuggestionKind
    item: str | None
    clerk: str
    outcome: Outcome
    reason: Rejection | None = None
    kept_share: float = 0.0
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How suggestions of one kind fared. `edited_kept` is the mean share that was kept of those edited."""

    kind: SuggestionKind
    shown: int
    sent: int
    edited: int
    rejected: int
    edited_kept: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usefulness:
    """All outcomes of a time: by kind, and why suggestions were rejected, the most frequent reason first."""

    shares: tuple[Share, ...]
    reasons: tuple[tuple[Rejection, int], ...]


class Outcomes:
    """Keeps outcomes; a second thought about the same suggestion replaces the first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, happened: Happened) -> None:
        """Keep one."""
        with writing(self._engine) as session:
            session.merge(
                SuggestionOutcomeRow(
                    ticket_id=happened.ticket,
                    suggestion=happened.suggestion,
                    kind=happened.kind.value,
                    item=happened.item,
                    clerk=happened.clerk,
                    outcome=happened.outcome.value,
                    reason=happened.reason.value if happened.reason else None,
                    kept_share=happened.kept_share,
                    at=happened.at,
                )
            )

    def rejected(self, ticket: str) -> frozenset[str]:
        """The suggestions of a ticket that were dealt with already: they are not shown again."""
        query = select(SuggestionOutcomeRow.suggestion).where(SuggestionOutcomeRow.ticket_id == ticket)
        with reading(self._engine) as session:
            return frozenset(session.scalars(query))

    def usefulness(self, since: datetime, until: datetime | None = None) -> Usefulness:
        """The shares since a moment, to another one where it is given."""
        query = select(SuggestionOutcomeRow).where(SuggestionOutcomeRow.at >= since)
        if until is not None:
            query = query.where(SuggestionOutcomeRow.at < until)
        with reading(self._engine) as session:
            rows = session.scalars(query).all()
        kinds = [_share(kind, [row for row in rows if row.kind == kind.value]) for kind in SuggestionKind]
        reasons = Counter(Rejection(row.reason) for row in rows if row.reason)
        return Usefulness(shares=tuple(one for one in kinds if one.shown), reasons=tuple(reasons.most_common()))


def kept_share(suggested: str, sent: str) -> float:
    """How much of the suggestion stands in what was sent."""
    if not suggested:
        return 0.0
    matcher = SequenceMatcher(None, suggested, sent, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(suggested)


def _share(kind: SuggestionKind, rows: Sequence[SuggestionOutcomeRow]) -> Share:
    counted = Counter(row.outcome for row in rows)
    edited = [row.kept_share for row in rows if row.outcome == Outcome.EDITED.value]
    return Share(
        kind=kind,
        shown=len(rows),
        sent=counted[Outcome.SENT.value],
        edited=counted[Outcome.EDITED.value],
        rejected=counted[Outcome.REJECTED.value],
        edited_kept=sum(edited) / len(edited) if edited else None,
    )
