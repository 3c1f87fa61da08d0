"""What becomes of work as findings come and go and people act: the rules, without a database, and a list in memory."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from knowledge.errors import TransitionRefused, UnknownWork
from knowledge.life.work import Finding, Step, Work, WorkKind, WorkState, rank_of

GONE = "复查时已经不存在"
BACK = "曾标为完成，复查时仍然存在"


def found_again(known: Work | None, finding: Finding, now: datetime) -> Work:
    """The work after a look that met the finding."""
    if known is None:
        return Work(
            finding=finding,
            state=WorkState.OPEN,
            owner=None,
            due=finding.due,
            reason=None,
            draft=None,
            found_at=now,
            seen_at=now,
        )
    due = finding.due if known.due == known.finding.due else known.due
    seen = replace(known, finding=finding, seen_at=now, due=due)
    if known.state is not WorkState.DONE or not _is_back(known.finding, finding):
        return seen
    return replace(seen, state=WorkState.OPEN, reason=BACK)


def _is_back(before: Finding, now: Finding) -> bool:
    """True where a finished thing is there again. What was asked is in the past: only a new one opens it."""
    return now.kind not in (WorkKind.GAP, WorkKind.REPORTED, WorkKind.SIGNAL) or now.volume > before.volume


def not_found(known: Work, now: datetime) -> Work:
    """The work after a look that did not meet the finding any more."""
    return replace(known, state=WorkState.DONE, reason=GONE, seen_at=now) if known.is_waiting else known


def taken(known: Work, step: Step, due: date | None) -> Work:
    """Somebody's now. What another one has taken has to be given back first."""
    if known.state is WorkState.TAKEN and known.owner != step.actor:
        raise TransitionRefused(f"{known.owner} has taken {known.finding.id}: ask them to give it back.")
    return replace(known, state=WorkState.TAKEN, owner=step.actor, due=due or known.due, reason=None)


def finished(known: Work, step: Step) -> Work:
    """Done, with what was done."""
    return replace(known, state=WorkState.DONE, owner=known.owner or step.actor, reason=step.reason or None)


def left_aside(known: Work, step: Step) -> Work:
    """Left as it is, for a reason that the next one reads."""
    if not step.reason.strip():
        raise TransitionRefused(f"Say why {known.finding.id} is set aside: the next one will ask.")
    return replace(known, state=WorkState.SET_ASIDE, owner=step.actor, reason=step.reason)


def opened_again(known: Work, step: Step) -> Work:
    """Nobody's again."""
    return replace(known, state=WorkState.OPEN, owner=None, reason=step.reason or None)


def with_draft(known: Work, version_id: str, step: Step) -> Work:
    """The actor drafted what mends it."""
    return replace(taken(known, step, None), draft=version_id)


class MemoryWorkList:
    """Implements `WorkList`; keeps no log."""

    def __init__(self) -> None:
        self._work: dict[str, Work] = {}

    def report(self, kinds: Collection[WorkKind], findings: Sequence[Finding], *, now: datetime) -> None:
        """See `WorkList.report`."""
        found = {finding.id: finding for finding in findings if finding.kind in kinds}
        for known in tuple(self._work.values()):
            if known.finding.kind in kinds and known.finding.id not in found:
                self._work[known.finding.id] = not_found(known, now)
        for finding in found.values():
            self._work[finding.id] = found_again(self._work.get(finding.id), finding, now)

    def list(self, kind: WorkKind | None = None, *, states: Collection[WorkState] = ()) -> tuple[Work, ...]:
        """See `WorkList.list`."""
        wanted = (
            w for w in self._work.values() if kind in (None, w.finding.kind) and (not states or w.state in states)
        )
        return tuple(sorted(wanted, key=rank_of))

    def one(self, work_id: str) -> Work:
        """See `WorkList.one`."""
        if work_id not in self._work:
            raise UnknownWork(unknown(work_id))
        return self._work[work_id]

    def take(self, work_id: str, step: Step, *, due: date | None = None) -> Work:
        """See `WorkList.take`."""
        return self._keep(taken(self.one(work_id), step, due))

    def finish(self, work_id: str, step: Step) -> Work:
        """See `WorkList.finish`."""
        return self._keep(finished(self.one(work_id), step))

    def set_aside(self, work_id: str, step: Step) -> Work:
        """See `WorkList.set_aside`."""
        return self._keep(left_aside(self.one(work_id), step))

    def reopen(self, work_id: str, step: Step) -> Work:
        """See `WorkList.reopen`."""
        return self._keep(opened_again(self.one(work_id), step))

    def drafted(self, work_id: str, version_id: str, step: Step) -> Work:
        """See `WorkList.drafted`."""
        return self._keep(with_draft(self.one(work_id), version_id, step))

    def _keep(self, work: Work) -> Work:
        self._work[work.finding.id] = work
        return work


def unknown(work_id: str) -> str:
    """What an editor reads."""
    return f"No work {work_id}: xiaoshen knowledge conflicts, stale, gaps and due list what there is."
