"""What the operators' routes are handed."""

from dataclasses import dataclass

from assistant.audit.reading import AuditTrail
from assistant.operation.operating import Operation
from assistant.web.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Operating:
    """Everything that operators and auditors work with."""

    staff: Staff
    operation: Operation
    trail: AuditTrail
