"""A process of its own that reads documents: one at a time, below the web server's priority, with memory and deadline.

A file that hangs, crashes or eats memory takes nobody along, and the turns of others go on meanwhile.
"""

import contextlib
import multiprocessing
import os
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Protocol

from prefill.documents.document import ReadDocument
from prefill.documents.errors import DocumentError, DocumentRefused, ReadingStopped
from prefill.documents.reading import read_document

_MEBIBYTE = 1024 * 1024
_NICE = 5
_BROKEN = "读取这份文件时出错，已经停止，其他材料不受影响。请重新拍照后上传；还是不行的话，请到窗口提交。"
_SLOW = "这份文件读取时间太长，已经停止。请只拍需要的那一页，或缩小后再上传。"
_BUSY = "正在读取的材料较多，请稍等一分钟再上传。"
_MEMORY = "这份文件太大，读取时超出了内存上限。请缩小或拆分后再上传。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """For one file; times in seconds. `wait` is how long a file stands behind others."""

    seconds: float = 60.0
    wait: float = 90.0
    memory: int = 4096 * _MEBIBYTE


class DocumentReader(Protocol):
    """Reads one uploaded file. Raises DocumentError with a sentence for the person, nothing else."""

    def read(self, content: bytes, *, year: int) -> ReadDocument:
        """What the file says; `year` is this year. Blocks: call it off the event loop."""
        ...

    def close(self) -> None:
        """Let go of what reading needs."""
        ...


class DirectDocumentReader:
    """Reads in this process: for tests, and for commands that do nothing else."""

    def read(self, content: bytes, *, year: int) -> ReadDocument:
        """Without a deadline."""
        try:
            return read_document(content, year=year)
        except MemoryError as error:
            raise DocumentRefused(_MEMORY) from error
        except DocumentError:
            raise
        except Exception as error:
            raise ReadingStopped(_BROKEN) from error

    def close(self) -> None:
        """Nothing to let go of."""


class WorkerDocumentReader:
    """Reads in a child process, started with the first file and kept; killed at the deadline and started anew."""

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits or ReadingLimits()
        self._turn = threading.Lock()
        self._child: BaseProcess | None = None
        self._line: Connection | None = None

    def read(self, content: bytes, *, year: int) -> ReadDocument:
        """One file after another; whoever waits too long is told so."""
        if not self._turn.acquire(timeout=self._limits.wait):
            raise ReadingStopped(_BUSY)
        try:
            return self._ask(content, year)
        finally:
            self._turn.release()

    def _ask(self, content: bytes, year: int) -> ReadDocument:
        line = self._running()
        try:
            line.send((content, year))
            answered = line.poll(self._limits.seconds)
            answer: object = line.recv() if answered else None
        except (OSError, EOFError) as error:
            self.close()
            raise ReadingStopped(_BROKEN) from error
        if not answered:
            self.close()
            raise ReadingStopped(_SLOW)
        if isinstance(answer, ReadDocument):
            return answer
        raise answer if isinstance(answer, DocumentError) else ReadingStopped(_BROKEN)

    def _running(self) -> Connection:
        if self._child is None or self._line is None or not self._child.is_alive():
            self.close()
            context = multiprocessing.get_context("spawn")
            self._line, far = context.Pipe()
            self._child = context.Process(target=_serve, args=(far, self._limits.memory), daemon=True)
            self._child.start()
            far.close()
        return self._line

    def close(self) -> None:
        """End the child, whatever it is doing."""
        child, self._child = self._child, None
        line, self._line = self._line, None
        if line is not None:
            line.close()
        if child is not None:
            child.kill()
            child.join()
            child.close()


def _serve(line: Connection, memory: int) -> None:
    """The child: answers until its line ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not every system has it

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICE)
    direct = DirectDocumentReader()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            content, year = line.recv()
            try:
                line.send(direct.read(content, year=year))
            except DocumentError as error:
                # Without its cause, which may not travel between processes.
                line.send(type(error)(str(error)))
