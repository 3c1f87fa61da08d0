"""Citizens who fill, upload and submit in a process that is killed; what was acknowledged is compared with the rest.

`python -m tests.fakes.case_siege URL SEED` is the process: a line to stdout for each thing it acknowledged.
"""

import hashlib
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select

from assistant.cases import happenings as h
from assistant.cases.building import build_handling
from assistant.cases.case import Case, CaseState
from assistant.cases.errors import CaseChanged
from assistant.cases.handling import Handled, Handling
from assistant.cases.standing import Settlement
from assistant.cases.uploading import Upload
from assistant.storage.case_tables import CaseFileRow, CaseRow
from assistant.storage.cases import SqlCases
from assistant.storage.keyring import Keyring
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, reading
from prefill.documents.document import ReadDocument
from tests.fakes.case_product import ShippedKnowledge, shipped_items

ROOT = Path(__file__).resolve().parents[2]
KEYS = Keyring(["a key for a siege, of thirty-two signs or more"])
CITIZENS = 3
ITEM = "id_loss"


class _Blind:
    """Reads nothing: what is tested is what is kept."""

    def read(self, content: bytes, name: str, expected: str) -> ReadDocument:
        return ReadDocument(kind=None, confidence=0.0, fields=(), readable=True)


def handling_on(engine: Engine) -> Handling:
    """The operations on cases on a database, sealed."""
    cases = SqlCases(engine, KEYS)
    found = build_handling(ShippedKnowledge(), cases, lambda: datetime.now(UTC), seal_keys=KEYS.sealing)
    return Handling(replace(found.desk, reader=_Blind()))


@dataclass(slots=True)
class Citizen:
    """One who works on one case after the other. The clerk and a second device change it in between."""

    handling: Handling
    chance: random.Random
    say: Callable[[dict[str, object]], None]

    def live(self) -> None:
        """Until the process dies."""
        while True:
            handled = self.handling.open(f"holder-{self.chance.random()}", [shipped_items()[ITEM]], "上海市")
            self._told(handled, "opened", "")
            while handled.case.is_open:
                handled = self._step(handled.case)

    def _step(self, case: Case) -> Handled:
        try:
            return self._work(case)
        except CaseChanged:  # the other device was faster: nothing of this change was kept
            return self.handling.look(self.handling.desk.cases.case(case.id))

    def _work(self, case: Case) -> Handled:
        if case.state is CaseState.READY:
            done = self.handling.submit(case)
            return self._told(done, "submitted", done.case.receipt)
        if self.chance.random() < 0.3:  # a second device writes on the same version: one of the two is refused
            phone = f"139{self.chance.randrange(10**8):08d}"
            self._told(self.handling.enter(case, {"手机号码": phone}), "entered", phone)
        if self.chance.random() < 0.5:
            phone = f"139{self.chance.randrange(10**8):08d}"
            return self._told(self.handling.enter(case, {"手机号码": phone}), "entered", phone)
        if self.chance.random() < 0.6:
            content = self.chance.randbytes(20_000)
            material = self.handling.standing(case).materials[0].uses[0]
            upload = Upload(
                part=material[0], material=material[1], name="x.jpg", media_type="image/jpeg", content=content
            )
            return self._told(self.handling.upload(case, upload), "uploaded", hashlib.sha256(content).hexdigest())
        for part, number in [m.uses[0] for m in self.handling.standing(case).materials if not m.is_there]:
            case = self.handling.settle(case, part, number, Settlement.BRING).case
        return self._told(self.handling.review(case), "reviewed", "")

    def _told(self, handled: Handled, what: str, value: str) -> Handled:
        self.say({"case": handled.case.id, "version": handled.case.version, "what": what, "value": value})
        return handled


def main(url: str, seed: int) -> None:
    """Citizens until somebody kills the process."""
    lock = threading.Lock()

    def say(told: dict[str, object]) -> None:
        with lock:
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()

    handling = handling_on(open_engine(url))
    citizens = [Citizen(handling, random.Random(seed * 10 + n), say) for n in range(CITIZENS)]  # noqa: S311
    threads = [threading.Thread(target=citizen.live, daemon=True) for citizen in citizens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@dataclass(slots=True)
class CaseSiege:
    """Starts the process, kills it, starts it again, and counts what is wrong."""

    url: str
    acknowledged: list[dict[str, object]] = field(default_factory=list)

    def prepare(self) -> None:
        """The schema."""
        engine = open_engine(self.url)
        upgrade_to_head(engine)
        engine.dispose()

    def strike(self, seed: int, least: int) -> None:
        """Let the process acknowledge some things, then kill it at a random moment."""
        command = [sys.executable, "-m", "tests.fakes.case_siege", self.url, str(seed)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
            if process.stdout is None:
                raise RuntimeError("The process has no way to tell.")
            for line in process.stdout:
                self.acknowledged.append(json.loads(line))
                least -= 1
                if least == 0:
                    time.sleep(random.Random(seed).uniform(0, 0.2))  # noqa: S311
                    process.kill()
                    break
            for line in process.stdout:  # what it still managed to say counts as acknowledged
                if line.endswith("\n"):
                    self.acknowledged.append(json.loads(line))

    def verdict(self) -> Counter[str]:
        """What is wrong now: lost, changed, torn, twice."""
        wrong: Counter[str] = Counter()
        engine = open_engine(self.url)
        handling = handling_on(engine)
        cases = {str(told["case"]): handling.desk.cases.case(str(told["case"])) for told in self.acknowledged}
        for told in self.acknowledged:
            wrong["lost"] += not _is_kept(handling, cases[str(told["case"])], told)
        for case in cases.values():
            numbers = [event.number for event in case.events]
            wrong["gaps"] += numbers != list(range(1, len(numbers) + 1))
            wrong["submitted twice"] += sum(isinstance(e.happening, h.Submitted) for e in case.events) > 1
            for file in case.files:
                wrong["torn files"] += len(handling.desk.cases.content(case.id, file.file)) != file.size
        with reading(engine) as session:
            for row in session.scalars(select(CaseRow)):
                case = handling.desk.cases.case(row.id)
                wrong["versions apart"] += (row.version, row.state) != (case.version, case.state.value)
            kept = session.scalar(select(func.count()).select_from(CaseFileRow)) or 0
            ids = session.scalars(select(CaseRow.id)).all()
        wrong["stray files"] += kept != sum(len(handling.desk.cases.case(one).files) for one in ids)
        engine.dispose()
        return wrong


def _is_kept(handling: Handling, case: Case, told: dict[str, object]) -> bool:
    """True where the version that was acknowledged holds just what was said; a file may have been replaced later."""
    number = int(str(told["version"]))
    happened = [event.happening for event in case.events if event.number <= number]
    value, what = str(told["value"]), str(told["what"])
    if what == "entered":
        return any(isinstance(e, h.FactsKept) and e.facts[0].value == value for e in happened[-1:])
    if what == "submitted":
        return any(isinstance(e, h.Submitted) and e.receipt == value for e in happened[-1:])
    if what == "uploaded":
        added = next((e for e in reversed(happened) if isinstance(e, h.FileAdded)), None)
        if added is None:
            return False
        gone = any(isinstance(e.happening, h.FileRemoved) and e.happening.file == added.file for e in case.events)
        content = b"" if gone else handling.desk.cases.content(case.id, added.file)
        return gone or hashlib.sha256(content).hexdigest() == value
    return len(happened) >= number


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
