"""The operators' part on a database, with a key of its own."""

import secrets
from datetime import timedelta

from sqlalchemy import Engine

from assistant.audit.keeping import Sealing, SqlAudit
from assistant.audit.reading import AuditTrail
from assistant.identity.citizens import SqlCitizens
from assistant.identity.oidc import OidcProvider
from assistant.operation.metrics import Metrics
from assistant.operation.operating import Operation
from assistant.operation.retention import Retention
from assistant.operation.risks import RiskMonitor
from assistant.operation.switches import SqlSwitches
from assistant.web.citizen import Citizens
from assistant.web.operation_parts import Operating
from assistant.web.services import Clock
from assistant.web.staff import Staff

KEY = b"a key for tests"


def an_audit(engine: Engine) -> SqlAudit:
    """The chain on a database."""
    return SqlAudit(engine, Sealing(key=KEY))


def an_operation(engine: Engine, clock: Clock) -> Operation:
    """Switches, risks and numbers on a database."""
    audit = an_audit(engine)
    return Operation(
        audit=audit,
        switches=SqlSwitches(engine, audit),
        risks=RiskMonitor(engine),
        metrics=Metrics(),
        retention=Retention(details=timedelta(days=366), conversations=timedelta(days=183)),
        clock=clock,
    )


def scripted_operating(staff: Staff, engine: Engine) -> Operating:
    """What the routes are handed."""
    return Operating(staff=staff, operation=an_operation(engine, staff.clock), trail=AuditTrail(engine))


def scripted_citizens(staff: Staff, engine: Engine, provider: OidcProvider | None = None) -> Citizens:
    """Citizens' sessions on a database."""
    return Citizens(
        sessions=SqlCitizens(engine, KEY, lambda: secrets.token_urlsafe(16)),
        provider=provider,
        audit=staff.audit,
        clock=staff.clock,
        secure=False,
    )
