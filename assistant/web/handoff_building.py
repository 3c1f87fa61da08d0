"""Puts handoff together for the HTTP edge."""

from sqlalchemy import Engine

from assistant.handoff.bell import Bell
from assistant.handoff.building import build_handoff
from assistant.handoff.files import HandoffFiles
from assistant.handoff.hours import OpeningHours, parse_hours
from assistant.handoff.log import untold
from assistant.handoff.promise import Promise
from assistant.handoff.pulse import Pulse
from assistant.settings import Settings
from assistant.web.handoff_parts import HandoffParts
from assistant.web.services import Clock, NewId
from knowledge.items import ServiceItem
from knowledge.roles import KnowledgeBase


def hours_of(settings: Settings) -> OpeningHours:
    """The hours of people who help. Raises ValueError saying what is wrong with the setting."""
    return parse_hours(settings.handoff_hours)


def build_handoff_parts(
    engine: Engine,
    clock: Clock,
    new_id: NewId,
    *,
    knowledge: KnowledgeBase,
    hours: OpeningHours,
    promise: Promise | None = None,
) -> HandoffParts:
    """Handoff on a database, for one process. PostgreSQL calls changes out itself; with SQLite this process rings."""
    bell = Bell()
    told = untold if engine.dialect.name == "postgresql" else bell.ring
    handoff = build_handoff(engine, clock, hours=hours, promise=promise, told=told)

    def item(slug: str) -> ServiceItem | None:
        return knowledge.item(slug, clock().date())

    def name_of(slug: str) -> str | None:
        found = item(slug)
        return found.name if found is not None else None

    def department_of(slug: str) -> str | None:
        found = item(slug)
        return found.department if found is not None else None

    return HandoffParts(
        handoff=handoff,
        bell=bell,
        pulse=Pulse(handoff, bell),
        files=HandoffFiles(handoff.log),
        new_id=new_id,
        name_of_item=name_of,
        department_of_item=department_of,
    )
