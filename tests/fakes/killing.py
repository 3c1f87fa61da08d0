"""Kills an ingesting process at random points, lets the next one go on, and looks for what was lost or doubled."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from assistant.storage.migrating import upgrade_to_head
from ingest.sql_jobs import SqlJobs
from knowledge.passages import VersionState
from knowledge.search.checking import Level
from knowledge.storage.engine import open_engine
from knowledge.storage.store import KnowledgeStore
from tests.fakes.ingesting import an_index, now
from tests.fakes.office_files import a_docx, a_zip

ROOT = Path(__file__).resolve().parents[2]
_ZIPPED = 6


@dataclass(slots=True)
class Siege:
    """One home under attack. `killed` counts the processes that died, `finished` those that were too quick."""

    folder: Path
    url: str
    seed: int
    files: int = 30
    reader: str = "direct"
    killed: int = 0
    finished: int = 0
    longest: float = 1.5
    promised: set[str] = field(default_factory=set)
    chance: random.Random = field(init=False)
    round: int = 0
    _zipped: dict[int, str] = field(default_factory=dict)
    _breeder: subprocess.Popen[str] | None = None

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - points in time, not secrets
        self.inbox.mkdir(parents=True, exist_ok=True)
        engine = open_engine(self.url)
        upgrade_to_head(engine)
        engine.dispose()
        for number in range(self.files):
            self._write(number, 0)

    @property
    def inbox(self) -> Path:
        """What the office sends."""
        return self.folder / "inbox"

    def strike(self) -> None:
        """Change some files, let a process take them in, and kill it at a random moment."""
        self.round += 1
        for number in self.chance.sample(range(self.files), 5):
            self._write(number, self.round)
        said = self._run(self.chance.uniform(0.0, self.longest))
        self.promised |= {line.split()[1] for line in said if line.startswith("ended")}
        if said and said[-1] == "indexed":
            self.finished += 1
        else:
            self.killed += 1

    def end(self) -> list[str]:
        """Let one process come to its end; what is wrong then, in sentences."""
        said = self._run(None)
        if not said or said[-1] != "indexed":
            return [f"The last process did not finish: {said[-3:]}"]
        engine = open_engine(self.url)
        store = KnowledgeStore(engine, look_again_after=0.0)
        try:
            return [*self._of_the_truth(store), *self._of_the_index(store), *_of_the_jobs(SqlJobs(engine))]
        finally:
            engine.dispose()

    def _of_the_truth(self, store: KnowledgeStore) -> list[str]:
        wrong = []
        expected = self._expected()
        names = {version.name for version in store.published_documents()}
        wrong += [f"lost: {name}" for name in (expected.keys() | self.promised) - names]
        for name, sha256 in expected.items():
            versions = store.documents.versions(name)
            published = [version for version in versions if version.state is VersionState.PUBLISHED]
            if len(published) != 1 or published[0].sha256 != sha256:
                wrong.append(f"{name}: {len(published)} versions published, or not the last one")
            contents = [version.sha256 for version in versions]
            wrong += [f"{name}: doubled" for one, next_ in pairwise(contents) if one == next_]
            passages = store.passages(published[0].id) if published else ()
            if len({passage.ordinal for passage in passages}) != len(passages) or not passages:
                wrong.append(f"{name}: passages lost or doubled")
        return wrong

    def _of_the_index(self, store: KnowledgeStore) -> list[str]:
        index = an_index(store.engine, self.folder)
        try:
            wrong = [f.message for f in index.check() if f.level is Level.BROKEN]
            for number in self.chance.sample(range(self.files), 5):
                found = index.search.search(f"暗号{_code(number)}", as_of=now().date())
                if found.degraded or not any(_code(number) in hit.passage.text for hit in found.hits[:3]):
                    wrong.append(f"not found: {number} ({found.degraded})")
            return wrong
        finally:
            index.close()

    def _run(self, kill_after: float | None) -> list[str]:
        """What a process said until it ended or was killed."""
        parent = self._parent()
        if parent.stdin is None or parent.stdout is None:
            return []
        parent.stdin.write("one more\n")
        parent.stdin.flush()
        said: list[str] = []
        timer: threading.Timer | None = None
        for line in parent.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "over":
                break
            if word == "born" and kill_after is not None:
                timer = threading.Timer(kill_after, os.kill, (int(rest), signal.SIGKILL))
                timer.start()
            elif word != "born":
                said.append(line.strip())
        if timer is not None:
            timer.cancel()
        return said

    def _parent(self) -> subprocess.Popen[str]:
        if self._breeder is None:
            command = [sys.executable, "-m", "tests.fakes.ingesting", str(self.folder), self.url, str(self.inbox)]
            self._breeder = subprocess.Popen(  # noqa: S603 - our own code
                [*command, self.reader], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
        return self._breeder

    def close(self) -> None:
        """No more processes."""
        if self._breeder is not None:
            self._breeder.communicate()

    def _write(self, number: int, round_: int) -> None:
        """The last files come in one archive, one of them as DOCX."""
        rule = f"第一条 暗号{_code(number)}的申请人应当到第{round_}柜台办理，材料齐全的当场办结。"
        text = f"第{number}号窗口办事指南\n\n{rule}\n"
        first = self.files - _ZIPPED
        if number < first - 1:
            (self.inbox / f"{number:02}.txt").write_text(text, encoding="utf-8")
        elif number == first - 1:
            (self.inbox / f"{number:02}.docx").write_bytes(a_docx(text.split("\n")))
        else:
            self._zipped[number] = text
            members = {f"{n:02}.txt": t.encode() for n, t in sorted(self._zipped.items())}
            (self.inbox / "z.zip").write_bytes(a_zip(members))

    def _expected(self) -> dict[str, str]:
        """The names and contents that the inbox holds now."""
        contents = {path.name: path.read_bytes() for path in self.inbox.iterdir() if path.suffix != ".zip"}
        contents |= {f"{number:02}.txt": text.encode() for number, text in self._zipped.items()}
        return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def _of_the_jobs(jobs: SqlJobs) -> list[str]:
    left = jobs.open_batches()
    return [f"{len(left)} batches are still open"] if left else []


def _code(number: int) -> str:
    """A word of its own for each file, which no cleaning touches."""
    return f"kz{number:03}qx"
