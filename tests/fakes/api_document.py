"""Writes the product's OpenAPI document to web/shared/openapi.json, from which the page's types are made.

`npm run api` in web/ runs this and generates the types; a test compares the committed file with the server.
"""

import json
from pathlib import Path

from app import create_app
from assistant.cases.building import build_handling
from assistant.cases.keeping import MemoryCases
from assistant.clerk.building import build_desk
from assistant.web.case_routes import CaseParts
from assistant.web.clerk_parts import ClerkParts
from knowledge.storage.engine import open_engine
from tests.fakes.handoff_product import handoff_parts_of
from tests.fakes.scripted_console import scripted_console, scripted_staff
from tests.fakes.scripted_operation import scripted_citizens, scripted_operating
from tests.fakes.scripted_product import scripted_services

TARGET = Path(__file__).resolve().parents[2] / "web" / "shared" / "openapi.json"


def api_document() -> str:
    """The document as text, stable from run to run."""
    services, engine = scripted_services(), open_engine("sqlite://")
    staff = scripted_staff(services, engine)
    console, operating = scripted_console(services, staff, engine), scripted_operating(staff, engine)
    citizens = scripted_citizens(staff, engine)
    handling = build_handling(services.knowledge, MemoryCases(), services.clock)
    handoff = handoff_parts_of(services, engine)
    desk = build_desk(engine, services.knowledge, services.assistant, handling)
    document = create_app(
        services,
        staff,
        console,
        operating,
        citizens=citizens,
        handoff=handoff,
        cases=CaseParts(handling=handling, citizens=citizens),
        clerk=ClerkParts(desk=desk, handoff=handoff, services=services, staff=staff),
    ).openapi()
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(api_document(), encoding="utf-8")
