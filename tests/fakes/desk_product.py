"""The HTTP application with the clerks' desk, around the scripted assistant, real cases and a real database.

`python -m tests.fakes.desk_product` serves it on http://127.0.0.1:8012 until interrupted; clerk `wang` and supervisor
`boss` sign in with the password of `tests.fakes.handoff_product`.
"""

import tempfile
import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from app import create_app
from assistant.cases.building import build_handling
from assistant.cases.handling import Handling
from assistant.clerk.building import Desk, build_desk
from assistant.handoff.promise import Promise
from assistant.storage.cases import SqlCases
from assistant.storage.conversations import SqlConversations
from assistant.storage.migrating import upgrade_to_head
from assistant.web.case_routes import CaseParts
from assistant.web.clerk_parts import ClerkParts
from assistant.web.handoff_parts import HandoffParts
from assistant.web.services import DEFAULT_PAGES
from assistant.web.staff import Staff
from knowledge.items import FactStatus, FormField, ServiceItem
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.handoff_product import handoff_parts_of, now, staff_of
from tests.fakes.scripted_operation import scripted_citizens
from tests.fakes.scripted_product import scripted_services
from tests.fakes.small_knowledge import SmallKnowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskProduct:
    """The application and the parts that a test looks into."""

    app: FastAPI
    handoff: HandoffParts
    desk: Desk
    handling: Handling
    staff: Staff


def _field(name: str, kind: str, *, required: str = "是") -> FormField:
    return FormField(name=name, type=kind, required=required, prefill=None, validation=None, status=FactStatus.SOURCED)


FORM = (
    _field("领证人姓名", "string"),
    _field("手机号码", "mobile"),
    _field("申领原因", "enum(丢失/损坏)"),
    _field("备注", "text", required="否"),
)


class KnowledgeWithForms(SmallKnowledge):
    """The small knowledge base, its items with a short form each."""

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        """The item with the form."""
        found = super().item(slug, as_of)
        return replace(found, form_fields=FORM) if found is not None else None


def desk_product(engine: Engine, *clerks: str, pages: Path = DEFAULT_PAGES) -> DeskProduct:
    """The application on a database."""
    services = replace(
        scripted_services(),
        conversations=SqlConversations(engine),
        clock=now,
        new_id=lambda: uuid.uuid4().hex,
        pages=pages,
        knowledge=KnowledgeWithForms(),
    )
    promise = Promise(lease=timedelta(minutes=5), first_words=timedelta(minutes=5), offer=timedelta(minutes=5))
    handoff = handoff_parts_of(services, engine, promise=promise)
    handling = build_handling(services.knowledge, SqlCases(engine), now)
    desk = build_desk(engine, services.knowledge, services.assistant, handling)
    staff = staff_of(engine, *clerks)
    clerk = ClerkParts(desk=desk, handoff=handoff, services=services, staff=staff)
    citizens = scripted_citizens(staff, engine)
    cases = CaseParts(handling=handling, citizens=citizens)
    app = create_app(services, staff, handoff=handoff, clerk=clerk, citizens=citizens, cases=cases)
    return DeskProduct(app=app, handoff=handoff, desk=desk, handling=handling, staff=staff)


if __name__ == "__main__":
    database = open_engine(sqlite_url(Path(tempfile.mkdtemp())))
    upgrade_to_head(database)
    uvicorn.run(desk_product(database, "wang", "li").app, host="127.0.0.1", port=8012, log_level="warning")
