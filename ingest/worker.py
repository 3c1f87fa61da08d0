"""A process of its own for reading files: a parser that hangs, crashes or eats memory takes nobody along."""

import contextlib
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from ingest.alive import telling
from ingest.errors import Dangerous, IngestError, Unreadable
from ingest.limits import Limits
from ingest.reading import Reading, read_file

_LENGTH = struct.Struct(">Q")
_START = "import sys; sys.path.insert(0, sys.argv[1]); from ingest.worker import serve; serve(int(sys.argv[2]))"
_TOO_BIG = "文件内容过于庞大，读取时超出了内存上限。请拆分后再上传"
_CRASHED = "读取这个文件时阅读程序崩溃了，已经单独隔离，其他文件不受影响。请把文件交给系统维护人员检查"
_WORKING = "still working"
_DEFECT = "读取这个文件时程序出错，已经跳过。请把文件交给系统维护人员检查"


class Reader(Protocol):
    """Reads one file."""

    def read(self, content: bytes, name: str, region: str) -> Reading:
        """Raises IngestError with a reason for people, nothing else."""
        ...

    def close(self) -> None:
        """Let go of what reading needs."""
        ...


class DirectReader:
    """Reads in this process: for tests and for files that were already read once."""

    def read(self, content: bytes, name: str, region: str) -> Reading:
        """Without a deadline."""
        try:
            return read_file(content, name, region=region)
        except IngestError:
            raise
        except MemoryError as error:
            raise Dangerous(_TOO_BIG) from error
        except Exception as error:
            raise Unreadable(_DEFECT) from error

    def close(self) -> None:
        """Nothing to let go of."""


class WorkerReader:
    """Reads in a child process that is killed at the deadline and started anew. Close it after use."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, content: bytes, name: str, region: str) -> Reading:
        """With the deadline and the memory bound of the limits; each page of a scan begins the deadline anew."""
        process = self._running()
        deadline = _Deadline(self._limits.seconds_a_file, process.kill)
        try:
            answer = _exchange(process, (content, name, region), deadline)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.close()
            if deadline.expired.is_set():
                seconds = f"{self._limits.seconds_a_file:g}"
                raise Dangerous(f"读取时间超过{seconds}秒，已经停止。请检查文件是否异常，或拆分后再上传") from error
            raise Dangerous(_CRASHED) from error
        finally:
            deadline.end()
        if isinstance(answer, Reading):
            return answer
        raise answer if isinstance(answer, IngestError) else Unreadable(_DEFECT)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            root = str(Path(__file__).resolve().parent.parent)
            command = [sys.executable, "-c", _START, root, str(self._limits.worker_memory)]
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def close(self) -> None:
        """End the child, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


class _Deadline:
    """Stops the child unless it answers, or says that it still works, in time."""

    def __init__(self, seconds: float, stop: Callable[[], None]) -> None:
        self.expired = threading.Event()
        self._seconds = seconds
        self._stop = stop
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.start()

    def begin_anew(self) -> None:
        """The whole time again."""
        self._timer.cancel()
        self._timer = threading.Timer(self._seconds, self._expire)
        self._timer.start()

    def end(self) -> None:
        """Nothing is waited for any more."""
        self._timer.cancel()

    def _expire(self) -> None:
        self.expired.set()
        self._stop()


def _exchange(process: subprocess.Popen[bytes], question: tuple[bytes, str, str], deadline: _Deadline) -> object:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    _write(process.stdin, question)
    while (answer := _take(process.stdout)) == _WORKING:
        deadline.begin_anew()
    return answer


def _write(stream: IO[bytes], value: object) -> None:
    packed = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(packed)))
    stream.write(packed)
    stream.flush()


def _take(stream: IO[bytes]) -> object:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    packed = stream.read(length)
    if len(packed) < length:
        raise EOFError
    value: object = pickle.loads(packed)  # noqa: S301 - both ends of this pipe are this program
    return value


def serve(memory: int) -> None:
    """The child: answers questions until its standard input ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not every system has it

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # A parser that prints must not talk into the answers.
    os.dup2(2, 1)
    direct = DirectReader()
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            question = _take(questions)
            if not isinstance(question, tuple):
                return
            with telling(lambda: _write(answers, _WORKING)):
                answer = _answer(direct, *question)
            _write(answers, answer)


def _answer(direct: DirectReader, content: bytes, name: str, region: str) -> Reading | IngestError:
    try:
        return direct.read(content, name, region)
    except IngestError as error:
        # Without its cause, which may not travel between processes.
        return type(error)(str(error))
