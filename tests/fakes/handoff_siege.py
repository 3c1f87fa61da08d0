"""Processes that talk through one database and are killed at any moment; afterwards: what was lost, doubled, torn?

`talk` is one process, with a thread for each clerk. It writes into its journal what it is about to do and, once the
product said that it is kept, that it was acknowledged; started again it does the unacknowledged again, as a page does
that sends a message again. Processes are forked from one that has everything imported: they are killed so often.
"""

import multiprocessing
import os
import random
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import func, select

from assistant.handoff.building import Handoff, build_handoff
from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.errors import HandoffError
from assistant.handoff.happenings import Happening, Kind, Outcome
from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.rows import happening_of
from assistant.handoff.tables import ClerkRow, HappeningRow, TicketRow
from assistant.handoff.talking import Saying
from assistant.handoff.ticket import Subject
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, reading
from tests.fakes.handoff_verdict import double_claims, said_by_strangers, tries_and_ends

_STARTING = multiprocessing.get_context("forkserver")
_STARTING.set_forkserver_preload([__name__])
_CLERKS = 6
_LONG = 40


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Talker:
    """One process: clerks who take what waits, citizens who ask; both say something again and again."""

    def __init__(self, handoff: Handoff, journal: Path, number: int) -> None:
        self._handoff = handoff
        self._journal = journal
        self._written = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._number = number
        self._chance = random.Random(time.time_ns())  # noqa: S311  no secrets
        self._clerks = [f"p{number}-clerk{n}" for n in range(_CLERKS)]
        self._said = count(time.time_ns())

    def run(self) -> None:
        """Until killed."""
        for clerk in self._clerks:
            self._handoff.roster.enlist(clerk, clerk, Skills(capacity=5))
        self._on_duty()
        self._again()
        for clerk in self._clerks:
            threading.Thread(target=self._work, args=(clerk,), daemon=True).start()
        for second in count():
            if second % 3 == 0:
                self._handoff.roster.beat(self._clerks)
                self._on_duty()
            self._handoff.sweep.round()
            time.sleep(1)

    def _on_duty(self) -> None:
        """Whose desk was not heard in time is off duty until it says that it is there, as the page does."""
        with reading(self._handoff.log.engine) as session:
            query = select(ClerkRow.id).where(ClerkRow.id.in_(self._clerks), ClerkRow.duty != Duty.ON.value)
            off = session.scalars(query).all()
        for clerk in off:
            self._handoff.roster.set_duty(clerk, Duty.ON)

    def _work(self, clerk: str) -> None:
        try:
            while True:
                self._act(clerk)
        except BaseException:  # noqa: BLE001  then nothing more is besieged, and the siege has to say so
            traceback.print_exc()
            os._exit(1)

    def _act(self, clerk: str) -> None:
        held = self._held(clerk)
        if len(held) < 3 and not self._claim(clerk):
            self._ask()  # only then: a line that grew for ever would be read more often than anything is said
        for ticket, seq in held:
            if seq > _LONG:
                self._quietly(partial(self._handoff.talking.resolve, ticket, clerk, Outcome.SOLVED))
                continue
            self._say(ticket, f"{self._number}-{next(self._said)}", clerk)
            self._say(ticket, f"{self._number}-{next(self._said)}", "")

    def _held(self, clerk: str) -> list[tuple[str, int]]:
        with reading(self._handoff.log.engine) as session:
            query = select(TicketRow.id, TicketRow.seq).where(
                TicketRow.clerk == clerk, TicketRow.state.in_(["accepted", "talking"])
            )
            return [(ticket, seq) for ticket, seq in session.execute(query)]

    def _ask(self) -> None:
        ticket = f"t{self._number}-{next(self._said)}"
        self._note(f"try ask {ticket}")
        self._asked(ticket)

    def _asked(self, ticket: str) -> None:
        subject = Subject(reason=Reason.ASKED)
        self._handoff.queue.request(Request(id=ticket, conversation=f"of {ticket}", subject=subject))
        self._note(f"ack ask {ticket}")

    def _claim(self, clerk: str) -> bool:
        try:
            return self._handoff.queue.claim_next(clerk) is not None
        except HandoffError:
            return False

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
        tried, ended = tries_and_ends(self._journal)
        for key, line in tried.items():
            if key not in ended or self._chance.random() < 0.01:
                words = line.split()
                if words[1] == "ask":
                    self._asked(words[2])
                else:
                    self._say(words[2], words[3], "" if words[4] == "-" else words[4])

    def _quietly(self, act: Callable[[], object]) -> None:
        try:
            act()
        except HandoffError:
            return

    def _note(self, line: str) -> None:
        os.write(self._written, f"{line}\n".encode("ascii"))  # in one piece, whichever thread it comes from


def words_of(client_id: str) -> str:
    """Words that nobody else says: letters, for a number this long would be masked as an account."""
    return "请看" + "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in client_id if digit.isdigit())


@dataclass(slots=True)
class HandoffSiege:
    """Some processes on one database, of which one dies every so often."""

    url: str
    folder: Path
    processes: int = 4
    kills: int = 0
    running: dict[int, BaseProcess] = field(default_factory=dict)

    def __post_init__(self) -> None:
        engine = open_engine(self.url)
        upgrade_to_head(engine)
        engine.dispose()
        for number in range(self.processes):
            self._start(number)

    def kill_one(self, chance: random.Random) -> None:
        """SIGKILL for one of them; another takes its place."""
        number = chance.randrange(self.processes)
        self._end(number)
        self._start(number)

    def end(self) -> None:
        """Kill them all."""
        for number in self.running:
            self._end(number)

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
        self.running[number] = _STARTING.Process(target=talk, args=(self.url, self._journal(number), number))
        self.running[number].start()

    def _end(self, number: int) -> None:
        """SIGKILL. Raises RuntimeError where it was not alive any more: then nothing was besieged."""
        process = self.running[number]
        if not process.is_alive():
            raise RuntimeError(f"Process {number} ended by itself with {process.exitcode}.")
        process.kill()
        process.join()
        self.kills += 1

    def _journal(self, number: int) -> Path:
        return self.folder / f"journal-{number}"


def talk(url: str, journal: Path, number: int) -> None:
    """One process, until it is killed."""
    Talker(build_handoff(open_engine(url), now), journal, number).run()
