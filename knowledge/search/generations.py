"""Generations: immutable index folders beside each other, one of them current, removed when nobody reads them."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from knowledge.errors import IndexBusy, IndexDamaged
from knowledge.search.changes import with_changes
from knowledge.search.manifest import (
    FILE,
    Manifest,
    lost_file,
    read_manifest,
    read_roster,
    read_versions,
    write_durably,
)
from knowledge.search.roles import DenseEngine, DenseIndex, LexicalEngine, LexicalIndex

CURRENT = "CURRENT"
IN_USE = "in_use"
LEXICAL = "lexical"
DENSE = "dense"
_BETWEEN_TRIES = 0.05


class Generation:
    """One generation, open for reading. While it is open no process removes its folder.

    A leg that cannot be opened is None, and `damage` says so.
    """

    def __init__(self, folder: Path, lexical: LexicalEngine, dense: DenseEngine) -> None:
        self.manifest = read_manifest(folder)
        self.folder = folder
        self._holds = [_hold(folder)]
        self.damage: list[str] = []
        self.lexical: LexicalIndex | None = None
        self.dense: DenseIndex | None = None
        try:
            self.roster = read_roster(folder)
            self.digests = read_versions(folder)
            self.versions = frozenset(self.digests)
            self._open_legs(lexical, dense)
        except BaseException:
            self.close()
            raise

    def _open_legs(self, lexical: LexicalEngine, dense: DenseEngine) -> None:
        try:
            self.lexical = lexical.open(self.folder / LEXICAL)
            self._expect(self.lexical.count, "word")
        except IndexDamaged as error:
            self.lexical = None
            self.damage.append(str(error))
        if self.manifest.dense is None:
            return
        try:
            vectors_from = self.folder
            if self.manifest.base is not None:
                vectors_from = self.folder.parent / self.manifest.base
                self._holds.append(_hold(vectors_from))
            self.dense = with_changes(dense.open(vectors_from / DENSE), self.folder, self.manifest)
            self._expect(self.dense.count, "vector")
        except IndexDamaged as error:
            self.dense = None
            self.damage.append(str(error))

    def _expect(self, count: int, kind: str) -> None:
        if count != self.manifest.passages:
            raise IndexDamaged(
                f"The {kind} index of {self.folder.name} holds {count} passages instead of {self.manifest.passages}. "
                "Run: xiaoshen doctor --repair"
            )

    @property
    def is_there(self) -> bool:
        """False once the folder is gone."""
        return (self.folder / FILE).is_file()

    def close(self) -> None:
        """Let go of the legs and of the folder."""
        for leg in (self.lexical, self.dense):
            if leg is not None:
                leg.close()
        for hold in self._holds:
            hold.close()


class Generations:
    """The folder of all generations. `lexical` and `dense` are the engines that build and open their legs."""

    def __init__(self, folder: Path, *, lexical: LexicalEngine, dense: DenseEngine) -> None:
        self.folder, self.lexical, self.dense = folder, lexical, dense

    def current(self) -> str | None:
        """The id of the generation that is served; None where there never was one, or the pointer is lost."""
        try:
            return (self.folder / CURRENT).read_text(encoding="utf-8").strip() or None
        except (OSError, ValueError):
            return None

    def signature(self) -> tuple[int, int, int] | None:
        """What changes with every switch; one system call."""
        try:
            seen = os.stat(self.folder / CURRENT)
        except OSError:
            return None
        return (seen.st_ino, seen.st_mtime_ns, seen.st_size)

    def manifest(self) -> Manifest | None:
        """The manifest of the current generation, None where there is none that can be read."""
        name = self.current()
        try:
            return read_manifest(self.folder / name) if name else None
        except IndexDamaged:
            return None

    def damage(self) -> str | None:
        """What is lost of the current generation, looking at names and sizes only; None where nothing is."""
        name = self.current()
        if name is None:
            return f"There is no index in {self.folder}."
        manifest = self.manifest()
        if manifest is None:
            return f"The index {name} is missing or incomplete."
        folders = (name, *((manifest.base,) if manifest.base else ()))
        return next((lost for each in folders if (lost := lost_file(self.folder / each)) is not None), None)

    def open_current(self) -> Generation:
        """Open the current generation. Raises IndexDamaged where there is none or it cannot be opened."""
        for _ in range(10):
            name = self.current()
            if name is None:
                raise IndexDamaged(f"There is no index in {self.folder}. Run: xiaoshen doctor --repair")
            try:
                generation = Generation(self.folder / name, self.lexical, self.dense)
                if not generation.damage or self.current() == name:
                    return generation
                generation.close()
            except IndexDamaged:
                # A switch and a sweep may pass between reading the name and holding the folder.
                if self.current() == name:
                    raise
        raise IndexDamaged(f"The index in {self.folder} changes faster than it can be opened. Try again in a minute.")

    @contextmanager
    def writer(self, wait: float = 0.0) -> Iterator[None]:
        """Be the only writer over all processes; one that died holds nothing. Raises IndexBusy after `wait` seconds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + wait
        with (self.folder / "writer.lock").open("w") as lock:
            while not _locks(lock, fcntl.LOCK_EX):
                if time.monotonic() >= until:
                    raise IndexBusy("Another process is building the index. Wait until it is done and start again.")
                time.sleep(_BETWEEN_TRIES)
            yield

    def new_folder(self, now: datetime) -> Path:
        """Make the folder of a new generation. For the writer only."""
        stem = now.strftime("g%Y%m%d-%H%M%S-%f")
        for attempt in range(1000):
            folder = self.folder / (f"{stem}-{attempt}" if attempt else stem)
            if not folder.exists():
                (folder / LEXICAL).mkdir(parents=True)
                (folder / DENSE).mkdir()
                (folder / IN_USE).touch()
                return folder
        raise IndexBusy(f"No free name beside {stem}; the clock stands still.")

    def switch(self, name: str) -> None:
        """Serve this generation from now on: readers see the old one or the new one, never a part of either."""
        write_durably(self.folder / CURRENT, name + "\n")

    def sweep(self) -> tuple[str, ...]:
        """Remove what is neither current nor read by anybody, remains of aborted builds too. For the writer only."""
        manifest = self.manifest()
        keep = {self.current(), manifest.base if manifest else None}
        removed = []
        for folder in sorted(p for p in self.folder.iterdir() if p.is_dir() and p.name not in keep):
            if self.remove(folder):
                removed.append(folder.name)
        return tuple(removed)

    def remove(self, folder: Path) -> bool:
        """Remove one folder and what its legs keep elsewhere; False where somebody reads it or the disk refuses."""
        try:
            with (folder / IN_USE).open("a") as lock:
                if not _locks(lock, fcntl.LOCK_EX):
                    return False
                (folder / FILE).unlink(missing_ok=True)
                self.lexical.remove(folder / LEXICAL)
                self.dense.remove(folder / DENSE)
                shutil.rmtree(folder)
        except (OSError, IndexDamaged):
            return False  # the next sweep tries again
        return True


def _hold(folder: Path) -> IO[str]:
    """Hold the folder against removal for as long as the file is open, also over processes."""
    try:
        lock = (folder / IN_USE).open("r")
    except OSError as error:
        raise IndexDamaged(f"The index {folder} is missing. Run: xiaoshen doctor --repair") from error
    if _locks(lock, fcntl.LOCK_SH) and (folder / FILE).is_file():
        return lock
    lock.close()
    raise IndexDamaged(f"The index {folder} is being removed. Run: xiaoshen doctor --repair")


def _locks(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file.fileno(), how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
