"""Teams of those who help, each with its hours; where none is set, the hours of the settings hold for everybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import select

from assistant.handoff.errors import NotNow
from assistant.handoff.hours import Hours, HoursTogether, OpeningHours, parse_hours, slots_of
from assistant.handoff.log import TicketLog
from assistant.handoff.tables import ClerkRow, TeamRow
from knowledge.storage.engine import reading

_KEPT = timedelta(seconds=5)


class HoursUnreadable(NotNow):
    """The hours are in no form that is understood."""


class TeamInUse(NotNow):
    """Clerks belong to the team: move them first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team. `hours` None: it keeps those of the settings."""

    name: str
    hours: OpeningHours | None = None
    edited_by: str = ""
    edited_at: datetime | None = None


class Teams:
    """The teams in the database. As `Hours`: somebody is on duty where one of the teams is."""

    def __init__(self, log: TicketLog, otherwise: OpeningHours) -> None:
        self.otherwise = otherwise
        self._log = log
        self._lock = Lock()
        self._read_at: datetime | None = None
        self._hours: Hours = otherwise

    def all(self) -> tuple[Team, ...]:
        """Every team, those that are only named beside clerks included."""
        with reading(self._log.engine) as session:
            rows = {row.name: row for row in session.scalars(select(TeamRow))}
            named = set(session.scalars(select(ClerkRow.team).distinct())) - {""}
        return tuple(_team(name, rows.get(name)) for name in sorted({*rows, *named}))

    def save(self, name: str, hours: str | None, *, by: str) -> Team:
        """Set a team's hours; None: those of the settings. Raises HoursUnreadable."""
        try:
            read = parse_hours(hours) if hours else None
        except ValueError as wrong:
            raise HoursUnreadable(str(wrong)) from wrong
        with self._log.change() as change:
            row = change.session.get(TeamRow, name) or TeamRow(name=name)
            row.hours, row.edited_by, row.edited_at = (str(read) if read else None), by, self._log.clock()
            change.session.add(row)
            kept = _team(name, row)
        self._forget()
        return kept

    def remove(self, name: str) -> None:
        """Take a team away. Raises TeamInUse while clerks belong to it."""
        with self._log.change() as change:
            if change.session.scalar(select(ClerkRow.id).where(ClerkRow.team == name).limit(1)) is not None:
                raise TeamInUse(f"Clerks belong to {name}: move them to another team first.")
            row = change.session.get(TeamRow, name)
            if row is not None:
                change.session.delete(row)
        self._forget()

    def hours_of(self, team: str) -> OpeningHours:
        """The hours of one team."""
        with reading(self._log.engine) as session:
            row = session.get(TeamRow, team)
        return _team(team, row).hours or self.otherwise

    def is_open(self, now: datetime) -> bool:
        """Whether a team is on duty by its hours."""
        return self._together().is_open(now)

    def opens_at(self, now: datetime) -> datetime:
        """The next moment at which a team is."""
        return self._together().opens_at(now)

    def slots(self, now: datetime, *, every: timedelta, count: int) -> tuple[datetime, ...]:
        """The next moments at which somebody could call or receive the citizen."""
        return slots_of(self._together(), now, every=every, count=count)

    def _together(self) -> Hours:
        """What is known, read again every few seconds: another process may have changed it."""
        moment = self._log.clock()
        with self._lock:
            if self._read_at is None or not timedelta(0) <= moment - self._read_at < _KEPT:
                self._hours = self._read()
                self._read_at = moment
            return self._hours

    def _read(self) -> Hours:
        teams = self.all()
        if not any(team.hours is not None for team in teams):
            return self.otherwise
        return HoursTogether(tuple(team.hours or self.otherwise for team in teams))

    def _forget(self) -> None:
        with self._lock:
            self._read_at = None


def _team(name: str, row: TeamRow | None) -> Team:
    if row is None:
        return Team(name=name)
    hours = parse_hours(row.hours) if row.hours else None
    return Team(name=name, hours=hours, edited_by=row.edited_by, edited_at=row.edited_at)
