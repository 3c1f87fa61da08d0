"""好差评 in a closed loop: each rating is kept, a bad one is verified, owned, called back, mended and checked again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select

from assistant.handoff.errors import NotNow, UnknownTicket
from assistant.handoff.happenings import Happening, Kind, Side
from assistant.handoff.log import Change, TicketLog
from assistant.handoff.screening import words_of_a_person
from assistant.handoff.tables import HandoffRatingRow, RatingStepRow, TicketRow
from assistant.handoff.ticket import State
from guardrails import pii
from knowledge.life.calendar import is_working_day
from knowledge.storage.engine import reading

BAD = 2
"""So many stars or fewer are a bad rating."""
_DAYS = 5
"""Working days until a bad rating has to be dealt with."""
_DAYS_TO_LOOK = 1
"""Working days until somebody has looked whether a bad rating is true."""
_LATEST = timedelta(days=30)


class RatingState(StrEnum):
    """Where a rating stands."""

    COUNTED = "counted"  # not a bad one: nothing has to be done
    NEW = "new"  # a bad one that nobody has looked at
    SET_ASIDE = "set_aside"  # false or malicious, with the reason; not counted
    OWNED = "owned"
    CALLED_BACK = "called_back"
    MENDED = "mended"
    CLOSED = "closed"  # somebody else has checked that it is mended


class Aside(StrEnum):
    """Why a rating does not count."""

    FALSE = "false"  # what it says did not happen
    MALICIOUS = "malicious"
    NOT_OURS = "not_ours"  # about something else than this help


class RatingStep(StrEnum):
    """One step of the way back from a rating."""

    RATED = "rated"
    SET_ASIDE = "set_aside"  # word: an Aside
    VERIFIED = "verified"  # it is true; word: the class of problems
    CALLED_BACK = "called_back"
    MENDED = "mended"
    CHECKED = "checked"  # by somebody else, and it is mended
    SENT_BACK = "sent_back"  # by somebody else, and it is not


class RatingStepRefused(NotNow):
    """This step does not follow from where the rating stands, or the same person may not do it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A rating and what became of it."""

    ticket: str
    stars: int
    reasons: tuple[str, ...]
    text: str
    rated_at: datetime
    state: RatingState
    set_aside: str | None = None
    problem: str | None = None
    owner: str | None = None
    due_at: datetime | None = None
    called_back_at: datetime | None = None
    mended: str | None = None
    checked_by: str | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step: who took it, when, with what words."""

    ticket: str
    step: RatingStep
    by: str
    at: datetime
    word: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemClass:
    """A class of problems: how many bad ratings it had in this time and in the time of the same length before."""

    problem: str
    now: int
    before: int
    open: int


class Ratings:
    """All ratings of help by people."""

    def __init__(self, log: TicketLog) -> None:
        self._log = log

    def rate(self, ticket_id: str, stars: int, reasons: tuple[str, ...], text: str) -> Rating:
        """Keep a rating; again is a change of mind, as long as nobody works on it. Raises NotNow."""
        now = self._log.clock()
        words = pii.mask(words_of_a_person(text, from_citizen=False).text)
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            if ticket.state is not State.ENDED or ticket.answered_at is None:
                raise NotNow(f"Ticket {ticket_id} can be rated when a person has helped and it is over.")
            if ticket.ended_at is not None and now - ticket.ended_at > _LATEST:
                raise NotNow(f"Ticket {ticket_id} is too old to be rated.")
            row = change.session.get(HandoffRatingRow, ticket_id)
            if row is not None and row.state not in {RatingState.NEW, RatingState.COUNTED}:
                raise RatingStepRefused(f"The rating of {ticket_id} is being worked on.")
            row = row or HandoffRatingRow(ticket_id=ticket_id)
            row.stars, row.reasons, row.text, row.rated_at = stars, list(reasons), words, now
            row.state = RatingState.NEW.value if stars <= BAD else RatingState.COUNTED.value
            row.problem = reasons[0] if stars <= BAD and reasons else None
            row.due_at = working_days_after(now, _DAYS_TO_LOOK) if stars <= BAD else None
            change.session.add(row)
            self._log.add(change, ticket, Happening(kind=Kind.RATED, at=now, side=Side.CITIZEN, number=stars))
            return _rating(row)

    def all(
        self, *, state: RatingState | None = None, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[Rating, ...]:
        """Ratings, the newest first."""
        query = select(HandoffRatingRow).order_by(HandoffRatingRow.rated_at.desc())
        if until is not None:
            query = query.where(HandoffRatingRow.rated_at < until)
        if state is not None:
            query = query.where(HandoffRatingRow.state == state.value)
        if since is not None:
            query = query.where(HandoffRatingRow.rated_at >= since)
        with reading(self._log.engine) as session:
            return tuple(_rating(row) for row in session.scalars(query))

    def late(self, now: datetime) -> int:
        """How many have a deadline that is over."""
        done = (RatingState.CLOSED.value, RatingState.SET_ASIDE.value, RatingState.COUNTED.value)
        over = (HandoffRatingRow.due_at < now, HandoffRatingRow.state.not_in(done))
        with reading(self._log.engine) as session:
            return session.scalar(select(func.count()).select_from(HandoffRatingRow).where(*over)) or 0

    def steps(self, *, since: datetime | None = None, ticket: str | None = None) -> tuple[StepTaken, ...]:
        """What was done about ratings, in order."""
        query = select(RatingStepRow).order_by(RatingStepRow.at, RatingStepRow.id)
        if since is not None:
            query = query.where(RatingStepRow.at >= since)
        if ticket is not None:
            query = query.where(RatingStepRow.ticket_id == ticket)
        with reading(self._log.engine) as session:
            return tuple(_step(row) for row in session.scalars(query))

    def set_aside(self, ticket_id: str, kind: Aside, why: str, *, by: str) -> Rating:
        """A rating that a person found false or malicious: it is not counted, and the reason stands beside it."""
        if not why.strip():
            raise RatingStepRefused("Say why the rating is set aside.")
        with self._log.change() as change:
            row = self._row(change, ticket_id, RatingState.NEW, RatingState.COUNTED)
            self._not_by_the_rated(change, ticket_id, by)
            row.state, row.set_aside, row.due_at = RatingState.SET_ASIDE.value, why.strip(), None
            return self._took(change, row, RatingStep.SET_ASIDE, by, word=kind.value, text=why)

    def own(self, ticket_id: str, owner: str, problem: str, *, by: str) -> Rating:
        """A bad rating that a person found true: who deals with it, and to what class of problems it belongs."""
        with self._log.change() as change:
            row = self._row(change, ticket_id, RatingState.NEW, RatingState.OWNED)
            self._not_by_the_rated(change, ticket_id, owner)
            row.state, row.owner, row.problem = RatingState.OWNED.value, owner, problem.strip()[:100]
            row.due_at = working_days_after(self._log.clock(), _DAYS)
            return self._took(change, row, RatingStep.VERIFIED, by, word=row.problem, text=owner)

    def called_back(self, ticket_id: str, note: str, *, by: str) -> Rating:
        """The citizen was called and heard; what they said."""
        if not note.strip():
            raise RatingStepRefused("Say what the citizen said on the telephone.")
        with self._log.change() as change:
            row = self._row(change, ticket_id, RatingState.OWNED)
            row.state, row.called_back_at = RatingState.CALLED_BACK.value, self._log.clock()
            return self._took(change, row, RatingStep.CALLED_BACK, by, text=note)

    def mend(self, ticket_id: str, what: str, *, by: str) -> Rating:
        """What was done about it."""
        if not what.strip():
            raise RatingStepRefused("Say what was done.")
        with self._log.change() as change:
            row = self._row(change, ticket_id, RatingState.CALLED_BACK)
            row.state, row.mended = RatingState.MENDED.value, what.strip()
            return self._took(change, row, RatingStep.MENDED, by, text=what)

    def check(self, ticket_id: str, by: str, *, is_mended: bool) -> Rating:
        """Somebody other than the owner looks again: closed, or back to the owner."""
        with self._log.change() as change:
            row = self._row(change, ticket_id, RatingState.MENDED)
            if by == row.owner:
                raise RatingStepRefused("Somebody other than the owner has to check.")
            row.state = RatingState.CLOSED.value if is_mended else RatingState.OWNED.value
            row.checked_by = by
            row.closed_at = self._log.clock() if is_mended else None
            return self._took(change, row, RatingStep.CHECKED if is_mended else RatingStep.SENT_BACK, by)

    def classes(self, now: datetime, length: timedelta = timedelta(days=30)) -> Sequence[ProblemClass]:
        """The classes of problems, the largest first: from one problem to one class of problems."""
        bad = [one for one in self.all(since=now - 2 * length) if one.stars <= BAD]
        counted = [one for one in bad if one.state is not RatingState.SET_ASIDE]
        late = Counter(_class(one) for one in counted if one.rated_at > now - length)
        early = Counter(_class(one) for one in counted if one.rated_at <= now - length)
        still = Counter(_class(one) for one in counted if one.state is not RatingState.CLOSED)
        names = sorted(late | early, key=lambda name: (-late[name], name))
        return [ProblemClass(problem=n, now=late[n], before=early[n], open=still[n]) for n in names]

    def _took(
        self,
        change: Change,
        row: HandoffRatingRow,
        step: RatingStep,
        by: str,
        *,
        word: str | None = None,
        text: str = "",
    ) -> Rating:
        """Note the step; what people write is masked like everything that is kept of a citizen."""
        masked = pii.mask(words_of_a_person(text, from_citizen=False).text) if text else ""
        taken = RatingStepRow(
            ticket_id=row.ticket_id, step=step.value, by=by, at=self._log.clock(), word=word, text=masked
        )
        change.session.add(taken)
        return _rating(row)

    def _not_by_the_rated(self, change: Change, ticket_id: str, who: str) -> None:
        ticket = change.session.get(TicketRow, ticket_id)
        if ticket is not None and who in {ticket.clerk, *ticket.helpers}:
            raise RatingStepRefused("Whoever was rated may neither judge the rating nor deal with it.")

    def _row(self, change: Change, ticket_id: str, *states: RatingState) -> HandoffRatingRow:
        row = change.session.get(HandoffRatingRow, ticket_id, with_for_update=True)
        if row is None:
            raise UnknownTicket(f"Ticket {ticket_id} has no rating.")
        if row.state not in {state.value for state in states}:
            raise RatingStepRefused(f"The rating of {ticket_id} is {row.state}.")
        return row


def working_days_after(moment: datetime, days: int) -> datetime:
    """The same time of day so many working days later."""
    left = days
    while left > 0:
        moment += timedelta(days=1)
        left -= is_working_day(moment.date())
    return moment


def _class(rating: Rating) -> str:
    return rating.problem or "没有说原因"


def _rating(row: HandoffRatingRow) -> Rating:
    return Rating(
        ticket=row.ticket_id,
        stars=row.stars,
        reasons=tuple(row.reasons),
        text=row.text,
        rated_at=row.rated_at,
        state=RatingState(row.state),
        set_aside=row.set_aside,
        problem=row.problem,
        owner=row.owner,
        due_at=row.due_at,
        called_back_at=row.called_back_at,
        mended=row.mended,
        checked_by=row.checked_by,
        closed_at=row.closed_at,
    )


def _step(row: RatingStepRow) -> StepTaken:
    return StepTaken(
        ticket=row.ticket_id, step=RatingStep(row.step), by=row.by, at=row.at, word=row.word, text=row.text
    )
