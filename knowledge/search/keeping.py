"""Keeping the index true while the product serves: a change of the truth or a damage is noticed, and built anew."""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

from knowledge.errors import IndexBusy, KnowledgeError
from knowledge.search.building import IndexBuilder
from knowledge.search.generations import Generations

_log = logging.getLogger(__name__)

_LOOK_EVERY = 0.5
_SECONDS_AFTER_A_FAILURE = 15.0


class IndexKeeper:
    """A thread that looks twice a second. Several processes may keep one index: who comes second finds it kept.

    Until a publish is indexed it is found in memory, and a withdrawal counts without any index, so what the keeper
    makes better is speed and the leg of vectors, never whether an answer is true.
    """

    def __init__(
        self,
        builder: IndexBuilder,
        generations: Generations,
        revision: Callable[[], int],
        *,
        every: float = _LOOK_EVERY,
    ) -> None:
        self._builder, self._generations, self._revision = builder, generations, revision
        self._every = every
        self._stop, self._lock = Event(), Lock()
        self._problem: str | None = None
        self._kept: int | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to look."""
        self._thread = Thread(target=self._keep, name="index-keeper", daemon=True)
        self._thread.start()

    def problem(self) -> str | None:
        """In one sentence how search is worse than it should be; None where it is as it should be."""
        with self._lock:
            if self._problem is not None:
                return self._problem
        manifest = self._generations.manifest()
        damage = self._generations.damage()
        if damage is not None and (manifest is not None or self._revision()):
            return damage
        if manifest is not None and manifest.passages and manifest.why_no_dense:
            return f"Documents are searched by words only: {manifest.why_no_dense}"
        return None

    def close(self) -> None:
        """Stop after what is being built."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _keep(self) -> None:
        pause = self._every
        while not self._stop.wait(pause):
            pause = self._every
            try:
                self._look()
            except IndexBusy:
                continue  # another process is building just that
            except Exception as error:  # noqa: BLE001 - a thread that dies would leave the index alone for good
                self._tell(str(error) if isinstance(error, KnowledgeError) else f"{type(error).__name__}: {error}")
                pause = _SECONDS_AFTER_A_FAILURE
            else:
                self._tell(None)

    def _look(self) -> None:
        revision = self._revision()
        damage = self._generations.damage()
        if revision == self._kept and damage is None:
            return
        if damage is not None and self._kept is not None:
            _log.warning("the index is damaged and is built again: %s", damage)
        self._builder.build(wait=0.0)
        self._kept = revision

    def _tell(self, problem: str | None) -> None:
        with self._lock:
            if problem is not None and problem != self._problem:
                _log.warning("the index cannot be kept: %s", problem)
            self._problem = problem
