"""Processes that talk through one database and are killed at any moment; afterwards: what was lost, doubled, torn?

`python -m tests.fakes.handoff_siege URL journal number` is one process. It writes into its journal what it is about to
do and, once the product said that it is kept, that it was acknowledged; started again it does the unacknowledged again,
as a page does that sends a message again.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from assistant.handoff.building import Handoff, build_handoff
from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.errors import HandoffError
from assistant.handoff.happenings import Happening, Kind, Outcome, Side
from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.rows import happening_of
from assistant.handoff.tables import HappeningRow, TicketRow
from assistant.handoff.talking import Saying
from assistant.handoff.ticket import Subject
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, reading

ROOT = Path(__file__).resolve().parents[2]
_CLERKS = 6
_LONG = 40
_FREES = frozenset({Kind.CLERK_LOST, Kind.TRANSFERRED, Kind.RESOLVED, Kind.WITHDRAWN, Kind.ABANDONED})


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Talker:
    """One process: clerks who take what waits, citizens who ask; both say something again and again."""

    def __init__(self, handoff: Handoff, journal: Path, number: int) -> None:
        self._handoff = handoff
        self._journal = journal.open("a", encoding="ascii")
        self._number = number
        self._chance = random.Random(time.time_ns())  # noqa: S311  no secrets
        self._clerks = [f"p{number}-clerk{n}" for n in range(_CLERKS)]
        self._said = time.time_ns()

    def run(self) -> None:
        """Until killed."""
        for clerk in self._clerks:
            self._handoff.roster.enlist(clerk, clerk, Skills(capacity=5))
            self._handoff.roster.set_duty(clerk, Duty.ON)
        self._again()
        beat = ticked = 0.0
        while True:
            if time.monotonic() - beat > 3:
                beat = time.monotonic()
                self._handoff.roster.beat(self._clerks)
            if time.monotonic() - ticked > 1:
                ticked = time.monotonic()
                self._handoff.sweep.round()
            self._act()

    def _act(self) -> None:
        clerk = self._chance.choice(self._clerks)
        held = self._held(clerk)
        if len(held) < 3:
            self._ask()
            self._claim(clerk)
        for ticket, seq in held:
            if seq > _LONG:
                self._quietly(lambda t=ticket: self._handoff.talking.resolve(t, clerk, Outcome.SOLVED))
                continue
            self._said += 1
            self._say(ticket, f"{self._number}-{self._said}", clerk)
            self._said += 1
            self._say(ticket, f"{self._number}-{self._said}", "")

    def _held(self, clerk: str) -> list[tuple[str, int]]:
        with reading(self._handoff.log.engine) as session:
            query = select(TicketRow.id, TicketRow.seq).where(
                TicketRow.clerk == clerk, TicketRow.state.in_(["accepted", "talking"])
            )
            return [(ticket, seq) for ticket, seq in session.execute(query)]

    def _ask(self) -> None:
        self._said += 1
        ticket = f"t{self._number}-{self._said}"
        self._note(f"try ask {ticket}")
        self._asked(ticket)

    def _asked(self, ticket: str) -> None:
        subject = Subject(reason=Reason.ASKED)
        self._handoff.queue.request(Request(id=ticket, conversation=f"of {ticket}", subject=subject))
        self._note(f"ack ask {ticket}")

    def _claim(self, clerk: str) -> None:
        self._quietly(lambda: self._handoff.queue.claim_next(clerk))

    def _say(self, ticket: str, client_id: str, clerk: str) -> None:
        self._note(f"try say {ticket} {client_id} {clerk or '-'}")
        saying = Saying(client_id=client_id, text=words_of(client_id))
        try:
            if clerk:
                self._handoff.talking.clerk_says(ticket, clerk, saying)
            else:
                self._handoff.talking.citizen_says(ticket, saying)
        except HandoffError:
            self._note(f"ref say {ticket} {client_id}")
        else:
            self._note(f"ack say {ticket} {client_id}")

    def _again(self) -> None:
        """Do again what nobody knows the end of, and one that was acknowledged: it has to stay one."""
        tried, ended = tries_and_ends(Path(self._journal.name))
        for key, line in tried.items():
            if key not in ended or self._chance.random() < 0.01:
                words = line.split()
                if words[1] == "ask":
                    self._asked(words[2])
                else:
                    self._say(words[2], words[3], "" if words[4] == "-" else words[4])

    def _quietly(self, act: "object") -> None:
        try:
            act()  # type: ignore[operator]
        except HandoffError:
            return

    def _note(self, line: str) -> None:
        self._journal.write(line + "\n")
        self._journal.flush()


def words_of(client_id: str) -> str:
    """Words that nobody else says: letters, for a number this long would be masked as an account."""
    return "请看" + "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in client_id if digit.isdigit())


def tries_and_ends(journal: Path) -> tuple[dict[str, str], set[str]]:
    """What a journal says was tried, by what it is about; and what came to an answer."""
    tried: dict[str, str] = {}
    ended: set[str] = set()
    for line in journal.read_text(encoding="ascii").splitlines() if journal.exists() else []:
        words = line.split()
        if len(words) < 3:
            continue  # the last line of a process that was killed while writing it
        key = "/".join(words[1:4])
        if words[0] == "try" and (words[1] == "ask" or len(words) == 5):
            tried[key] = line
        elif words[0] in {"ack", "ref"}:
            ended.add(key)
    return tried, ended


@dataclass(slots=True)
class HandoffSiege:
    """Some processes on one database, of which one dies every so often."""

    url: str
    folder: Path
    processes: int = 4
    kills: int = 0
    running: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        engine = open_engine(self.url)
        upgrade_to_head(engine)
        engine.dispose()
        for number in range(self.processes):
            self._start(number)

    def kill_one(self, chance: random.Random) -> None:
        """SIGKILL for one of them; another takes its place."""
        number = chance.randrange(self.processes)
        os.kill(self.running[number].pid, signal.SIGKILL)
        self.running[number].wait()
        self.kills += 1
        self._start(number)

    def end(self) -> None:
        """Kill them all."""
        for process in self.running.values():
            process.kill()
            process.wait()
        self.kills += self.processes

    def messages(self) -> int:
        """How many messages are kept so far."""
        engine = open_engine(self.url)
        try:
            with reading(engine) as session:
                count = select(func.count()).where(HappeningRow.kind == Kind.MESSAGE.value)
                return session.scalar(count) or 0
        finally:
            engine.dispose()

    def verdict(self) -> dict[str, int]:
        """What is wrong: all zero but the counts of what there was.

        Against the journals: what was acknowledged is there (`lost`), what was refused is not (`refused_but_kept`).
        Within the logs: no words twice (`duplicated`), none by a clerk who did not hold the ticket (`by_strangers`), no
        claim of what somebody held (`double_claims`), no number left out (`gaps`), no row that is not its log (`torn`).
        """
        lines = self._lines()
        acknowledged, refused = self._told()
        kept = Counter(f"{t}/{one.client_id}" for t, log in lines.items() for one in log if one.client_id)
        said = Counter(f"{t}/{one.text}" for t, log in lines.items() for one in log if one.kind is Kind.MESSAGE)
        return {
            "kills": self.kills,
            "tickets": len(lines),
            "messages": sum(one.kind is Kind.MESSAGE for log in lines.values() for one in log),
            "claims": sum(one.kind is Kind.ACCEPTED for log in lines.values() for one in log),
            "clerks_lost": sum(one.kind is Kind.CLERK_LOST for log in lines.values() for one in log),
            "lost": len(acknowledged - kept.keys() - lines.keys()),
            "duplicated": sum(many - 1 for many in (*kept.values(), *said.values()) if many > 1),
            "refused_but_kept": len((refused - acknowledged) & kept.keys()),
            "by_strangers": sum(said_by_strangers(log) for log in lines.values()),
            "double_claims": sum(double_claims(log) for log in lines.values()),
            "gaps": sum([one.seq for one in log] != list(range(1, len(log) + 1)) for log in lines.values()),
            "torn": self._torn(),
        }

    def _told(self) -> tuple[set[str], set[str]]:
        """What the processes were told was kept, and what was refused."""
        acknowledged: set[str] = set()
        refused: set[str] = set()
        for number in range(self.processes):
            for line in self._journal(number).read_text(encoding="ascii").splitlines():
                words = line.split()
                told = acknowledged if words[0] == "ack" else refused if words[0] == "ref" else None
                if told is not None and words[1] == "say" and len(words) == 4:
                    told.add(f"{words[2]}/{words[3]}")
                elif told is not None and words[1] == "ask" and len(words) == 3:
                    told.add(words[2])
        return acknowledged, refused

    def _lines(self) -> dict[str, list[Happening]]:
        engine = open_engine(self.url)
        found: dict[str, list[Happening]] = {}
        with reading(engine) as session:
            for row in session.scalars(select(HappeningRow).order_by(HappeningRow.ticket_id, HappeningRow.seq)):
                found.setdefault(row.ticket_id, []).append(happening_of(row))
        engine.dispose()
        return found

    def _torn(self) -> int:
        """Tickets whose state is not what their log says."""
        engine = open_engine(self.url)
        log = build_handoff(engine, now).log
        with reading(engine) as session:
            tickets = session.scalars(select(TicketRow.id)).all()
        torn = sum(log.derived(ticket) != log.ticket(ticket) for ticket in tickets)
        engine.dispose()
        return torn

    def _start(self, number: int) -> None:
        command = [sys.executable, "-m", "tests.fakes.handoff_siege", self.url, str(self._journal(number)), str(number)]
        self.running[number] = subprocess.Popen(command, cwd=ROOT)  # noqa: S603  our own code

    def _journal(self, number: int) -> Path:
        return self.folder / f"journal-{number}"


def double_claims(log: list[Happening]) -> int:
    """Claims of what somebody else held."""
    held, double = False, 0
    for one in log:
        if one.kind is Kind.ACCEPTED:
            double += held
            held = True
        elif one.kind in _FREES:
            held = False
    return double


def said_by_strangers(log: list[Happening]) -> int:
    """Messages of clerks who did not hold the ticket when they were kept."""
    holder, strange = None, 0
    for one in log:
        if one.kind is Kind.ACCEPTED:
            holder = one.by
        elif one.kind in _FREES:
            holder = None
        elif one.kind is Kind.MESSAGE and one.side is Side.CLERK:
            strange += one.by != holder
    return strange


if __name__ == "__main__":
    database, notes, which = sys.argv[1:4]
    Talker(build_handoff(open_engine(database), now), Path(notes), int(which)).run()
