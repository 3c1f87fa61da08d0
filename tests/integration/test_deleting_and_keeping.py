"""What citizens delete is gone, what is kept long enough goes by itself, and the chain of the record stays whole."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.audit.reading import AuditTrail, Wanted
from assistant.audit.verifying import verify
from assistant.cases import happenings as h
from assistant.handoff.tables import HandoffFileRow, HappeningRow, TicketRow
from assistant.operation.erasing import NotErased, erase
from assistant.operation.retention import Retention, sweep
from assistant.storage.case_tables import CaseEventRow, CaseRow
from assistant.storage.tables import ConversationRow, MessageRow
from knowledge.storage.engine import reading
from knowledge.storage.tables import Base
from tests.fakes.databases import fresh_database, postgresql
from tests.fakes.scripted_operation import an_audit
from tests.fakes.whole_product import Who, WholeProduct, whole_product

KEPT = Retention(details=timedelta(days=366), conversations=timedelta(days=183))
LATER = datetime.now(UTC) + timedelta(days=200)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgresql(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def product(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WholeProduct]:
    url = None
    if request.param == "postgresql":
        url = fresh_database(request.getfixturevalue("server"), tmp_path.name)
    with whole_product(tmp_path, url) as product:
        yield product


def count(product: WholeProduct, row: type[Base]) -> int:
    with reading(product.engine) as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def said_to_people(product: WholeProduct) -> int:
    with reading(product.engine) as session:
        query = select(func.count()).select_from(HappeningRow).where(HappeningRow.text.is_not(None))
        return session.scalar(query) or 0


def talk(product: WholeProduct) -> dict[str, str]:
    """A conversation in which something was said and shown to a person."""
    objects = product.objects()
    base, headers = f"/api/conversations/{objects['conversation_id']}/handoff", product.headers[Who.OWNER]
    said = product.client.post(f"{base}/messages", json={"client_id": "h1", "text": "我叫张三"}, headers=headers)
    sent = product.client.post(
        "/api/handoff/files",
        params={"conversation": objects["conversation_id"], "name": "a.png"},
        content=b"\x89PNG\r\n\x1a\n" + bytes(20),
        headers=headers,
    )
    assert (said.status_code, sent.status_code) == (200, 201)
    return objects


def chain_is_whole(product: WholeProduct) -> bool:
    audit = an_audit(product.engine)
    return verify(product.engine, audit.sealing).is_whole


def test_a_deleted_conversation_leaves_nothing_that_was_said_and_its_ticket_keeps_times_only(
    product: WholeProduct,
) -> None:
    objects = talk(product)
    path = f"/api/conversations/{objects['conversation_id']}"
    assert product.client.delete(path, headers=product.headers[Who.OWNER]).status_code == 204
    assert product.client.get(path, headers=product.headers[Who.OWNER]).status_code == 404
    assert (count(product, ConversationRow), count(product, MessageRow)) == (0, 0)
    with reading(product.engine) as session:
        assert session.scalar(select(TicketRow.ended_at).where(TicketRow.id == objects["ticket"])) is not None
    erase(
        an_audit(product.engine),
        f"conversation/{objects['conversation_id']}",
        actor="op",
        why="1",
        now=datetime.now(UTC),
    )
    assert (said_to_people(product), count(product, HandoffFileRow), count(product, TicketRow)) == (0, 0, 1)
    assert chain_is_whole(product)


def test_a_case_that_an_office_has_is_kept_and_says_why(product: WholeProduct) -> None:
    case = product.objects()["case_id"]
    reviewed = h.Reviewed(outcome="pass", notice="可以提交。")
    handed_in: list[h.Happening] = [h.ReviewBegun(), reviewed, h.Submitted(office="示例窗口", receipt="S1")]
    product.handling.add(product.handling.desk.cases.case(case), handed_in)
    refused = product.client.delete(f"/api/cases/{case}", headers=product.headers[Who.OWNER])
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "case_kept")
    assert "依法保存" in refused.json()["error"]["message"]
    audit = an_audit(product.engine)
    with pytest.raises(NotErased, match="has to keep it"):
        erase(audit, f"case/{case}", actor="op", why="12", now=datetime.now(UTC))
    assert sweep(audit, KEPT, now=LATER + timedelta(days=2000)).cases == 0


def test_a_case_is_deleted_at_request_with_everything_in_it(product: WholeProduct) -> None:
    case, audit = product.objects()["case_id"], an_audit(product.engine)
    erase(audit, f"case/{case}", actor="operator@command-line", why="申请编号 12", now=datetime.now(UTC))
    assert (count(product, CaseRow), count(product, CaseEventRow)) == (0, 0)
    newest = AuditTrail(product.engine).newest(Wanted(action="case.deleted"), limit=1)
    assert newest[0].entry.link.subject == f"case/{case}"
    assert chain_is_whole(product)


def test_what_is_kept_long_enough_goes_by_itself_and_the_chain_stays_whole(product: WholeProduct) -> None:
    objects = talk(product)
    product.over(objects)
    audit = an_audit(product.engine)
    assert sweep(audit, KEPT, now=datetime.now(UTC)).conversations == 0
    swept = sweep(audit, KEPT, now=LATER)
    assert (swept.conversations, swept.talks, swept.cases) == (1, 1, 1)
    assert (said_to_people(product), count(product, HandoffFileRow), count(product, CaseEventRow)) == (0, 0, 0)
    assert chain_is_whole(product)
    actions = {told.entry.link.action for told in AuditTrail(product.engine).newest(Wanted(), limit=20)}
    assert {"conversation.expired", "handoff.expired", "case.expired"} <= actions
    again = sweep(audit, KEPT, now=LATER)
    assert (again.conversations, again.talks, again.cases) == (0, 0, 0)


def test_a_conversation_that_a_person_has_is_ended_first(product: WholeProduct) -> None:
    objects, audit = talk(product), an_audit(product.engine)
    with pytest.raises(NotErased, match="end that first"):
        erase(audit, f"conversation/{objects['conversation_id']}", actor="op", why="1", now=datetime.now(UTC))
    with pytest.raises(NotErased, match="write one of the two"):
        erase(audit, "person/1", actor="op", why="1", now=datetime.now(UTC))
