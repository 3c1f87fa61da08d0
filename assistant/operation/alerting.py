"""Tells of a sudden change once: in the log, where whoever watches logs hears it, and in the audit."""

import logging
from datetime import datetime, timedelta

from assistant.audit.acts import Act, Audit
from assistant.operation.risks import Risk, RiskKind, RiskPicture

_log = logging.getLogger(__name__)

AGAIN = timedelta(hours=1)
"""A change that lasts is told again after this time."""
_GOOD = frozenset({(RiskKind.TURN, "answered"), (RiskKind.TURN, "clarify")})


class SuddenChanges:
    """Remembers what was told. One for each process: several processes tell it each."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._told: dict[tuple[RiskKind, str], datetime] = {}

    def tell(self, picture: RiskPicture, now: datetime) -> tuple[Risk, ...]:
        """Tell of those that are sudden now and were not told lately; which they were."""
        self._told = {key: at for key, at in self._told.items() if now - at < AGAIN}
        new = tuple(r for r in picture.risks if r.is_sudden and (r.kind, r.name) not in {*self._told, *_GOOD})
        for risk in new:
            self._told[risk.kind, risk.name] = now
            share, before = f"{risk.recent.value:.1%}", f"{risk.before.value:.1%}"
            _log.warning(
                "sudden change: %s %s in %s of turns, %s the day before; look at the console, 运行",
                risk.kind,
                risk.name,
                share,
                before,
            )
            details = {"recent": str(risk.recent.count), "share": share, "before": before}
            act = Act(actor="xiaoshen", action="risk.sudden", subject=f"risk/{risk.kind}/{risk.name}", details=details)
            self._audit.record(act, at=now)
        return new
