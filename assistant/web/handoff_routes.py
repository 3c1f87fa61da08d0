"""All routes of handoff, for citizens and, where there is staff, for desks and supervisors."""

from fastapi import APIRouter

from assistant.audit.acts import MemoryAudit
from assistant.web.handoff_citizen import citizen_handoff_router
from assistant.web.handoff_clerk import desk_router
from assistant.web.handoff_desk_live import desk_live_router
from assistant.web.handoff_errors import HANDOFF
from assistant.web.handoff_files import DESK_UPLOADS, UPLOADS, FileDesk
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_supervision import supervision_router
from assistant.web.handoff_visits import visits_router
from assistant.web.handoff_wanting import Wanting
from assistant.web.public_errors import TABLE
from assistant.web.services import Services
from assistant.web.staff import Staff

FILE_ADDRESSES = (UPLOADS, DESK_UPLOADS)


def handoff_router(parts: HandoffParts, services: Services, staff: Staff | None) -> APIRouter:
    """The routes; what can go wrong in them is told by the table of the edge."""
    TABLE.update(HANDOFF)
    router = APIRouter()
    wanting = Wanting(parts=parts, conversations=services.conversations)
    files = FileDesk(parts=parts, audit=staff.audit if staff is not None else MemoryAudit())
    router.include_router(citizen_handoff_router(parts, wanting, files))
    if staff is not None:
        router.include_router(desk_live_router(parts, staff))
        router.include_router(supervision_router(parts, staff))
        router.include_router(desk_router(parts, staff, services, files))
        router.include_router(visits_router(parts, staff))
    return router
