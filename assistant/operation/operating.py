"""All that runs the product, put together on one database."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.audit.keeping import SqlAudit
from assistant.audit.opening import audit_of
from assistant.operation.alerting import SuddenChanges
from assistant.operation.metrics import Metrics
from assistant.operation.overseeing import Answering, OverseenAssistant, Oversight
from assistant.operation.retention import Retention, retention_of, sweep
from assistant.operation.risks import RiskKind, RiskMonitor
from assistant.operation.switches import Capability, SqlSwitches
from assistant.settings import Settings
from knowledge.errors import KnowledgeError

_log = logging.getLogger(__name__)

FLUSH_SECONDS = 5.0
_INCIDENT = 500
SWEEP_EVERY = timedelta(days=1)
WATCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Switches, risks, numbers and the audit of one product."""

    audit: SqlAudit
    switches: SqlSwitches
    risks: RiskMonitor
    metrics: Metrics
    retention: Retention
    clock: Callable[[], datetime]

    def overseen(self, assistant: Answering, channel: Capability) -> OverseenAssistant:
        """The assistant behind the switch of a channel."""
        oversight = Oversight(switches=self.switches, risks=self.risks, metrics=self.metrics, clock=self.clock)
        return OverseenAssistant(assistant, channel, oversight)

    def answered(self, status: int) -> None:
        """Count an HTTP answer; an incident is a risk too."""
        self.metrics.responses.labels(str(status)).inc()
        if status == _INCIDENT:
            self.risks.note(RiskKind.FAILURE, str(status), self.clock())

    @contextmanager
    def tended(self, daily: Sequence[Callable[[], object]] = ()) -> Iterator[None]:
        """While it serves: counts are written, and what was kept long enough is deleted, as `daily` does its work."""
        over = threading.Event()
        thread = threading.Thread(target=self._tend, args=(over, daily), name="operation", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            self._safely(self.risks.flush)

    def _tend(self, over: threading.Event, daily: Sequence[Callable[[], object]]) -> None:
        due = watch = self.clock()
        changes = SuddenChanges(self.audit)
        while not over.wait(FLUSH_SECONDS):
            self._safely(self.risks.flush)
            if self.clock() >= watch:
                watch = self.clock() + WATCH_EVERY
                self._safely(lambda: changes.tell(self.risks.picture(self.clock()), self.clock()))
            if self.clock() >= due:
                due = self.clock() + SWEEP_EVERY
                for work in (self._daily, *daily):
                    self._safely(work)

    def _daily(self) -> None:
        sweep(self.audit, self.retention, now=self.clock())
        head = self.audit.sealing.head_file.head() if self.audit.sealing.head_file else None
        if head is not None:  # whoever keeps the logs has a witness: `xiaoshen audit verify --head`
            _log.info("audit head %s:%s", head.number, head.hash)

    def _safely(self, work: Callable[[], object]) -> None:
        try:
            work()
        except (SQLAlchemyError, KnowledgeError, OSError) as error:
            _log.warning("operation: %s will be tried again", type(error).__name__)


def build_operation(engine: Engine, settings: Settings, clock: Callable[[], datetime]) -> Operation:
    """The operation of a home."""
    audit, metrics = audit_of(engine, settings), Metrics()
    switches = SqlSwitches(engine, audit)
    for capability in Capability:
        metrics.watch_switch(capability, partial(switches.is_on, capability))
    return Operation(
        audit=audit,
        switches=switches,
        risks=RiskMonitor(engine),
        metrics=metrics,
        retention=retention_of(settings),
        clock=clock,
    )
