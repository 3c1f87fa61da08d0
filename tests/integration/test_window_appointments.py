"""An appointment at a window, from the citizen's choice to what became of it, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, delete, select

from assistant.audit.acts import MemoryAudit
from assistant.handoff.choosing import Chosen, Contact
from assistant.handoff.counting import Counting
from assistant.handoff.errors import NotNow, TicketTaken
from assistant.handoff.happenings import Choice
from assistant.handoff.tables import ClerkRow, ContactRow, DutyRow, TicketRow
from assistant.handoff.ticket import State, Ticket
from assistant.handoff.visiting import VisitState
from assistant.operation.forgetting_words import forget_words_before
from assistant.storage.migrating import upgrade_to_head
from assistant.web.staff import Staff
from knowledge.storage.engine import open_engine, reading, sqlite_url, writing
from tests.fakes.databases import postgresql
from tests.fakes.handoff_product import PASSWORD, handoff_app, staff_of
from tests.fakes.handoffs import Office

PHONE = "13812345678"


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with postgresql(tmp_path_factory.mktemp("postgres")) as url:
        engine = open_engine(url)
        upgrade_to_head(engine)
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("sqlite")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest) -> Office:
    engine: Engine = request.getfixturevalue(request.param)
    with writing(engine) as session:
        for table in (ContactRow, TicketRow, ClerkRow, DutyRow):
            session.execute(delete(table))
    return Office(engine)


def expected(office: Office, called: str = "陈女士", slot: int = 0) -> Ticket:
    """A citizen who left a number for a call, and then would rather come to a window."""
    ticket, choosing = office.ask(), office.parts.choosing
    at = choosing.slots()[slot]
    left = Contact(phone=PHONE, called=called)
    choosing.choose(ticket.id, Chosen(choice=Choice.CALL_BACK, at=at, contact=left))
    choosing.choose(ticket.id, Chosen(choice=Choice.WINDOW, at=at, contact=Contact(phone="", called=called)))
    return office.ticket(ticket)


def states(office: Office) -> dict[str, VisitState]:
    return {one.ticket.id: one.state for one in office.parts.visits.listed()}


def contacts(office: Office) -> list[str]:
    with reading(office.engine) as session:
        return list(session.scalars(select(ContactRow.phone)))


def test_who_chose_a_window_is_listed_in_the_order_of_their_times(office: Office) -> None:
    later, sooner = expected(office, slot=3), expected(office, "王先生")
    listed = office.parts.visits.listed()
    assert [one.ticket.id for one in listed] == [sooner.id, later.id]
    assert [one.contact for one in listed] == [
        Contact(phone=PHONE, called="王先生"),
        Contact(phone=PHONE, called="陈女士"),
    ]
    assert {one.state for one in listed} == {VisitState.EXPECTED}


def test_of_two_who_receive_the_same_citizen_at_once_one_does(office: Office) -> None:
    ticket, clerks = expected(office), [office.clerk("wang"), office.clerk("li")]

    def receive(clerk: str) -> bool:
        try:
            office.parts.visits.came(ticket.id, clerk)
        except TicketTaken:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(receive, clerks)) == [False, True]
    kept = office.ticket(ticket)
    assert kept.clerk in clerks
    office.parts.visits.came(ticket.id, kept.clerk or "")
    assert office.kinds(ticket).count("visited") == 1
    assert states(office) == {ticket.id: VisitState.CAME}
    assert contacts(office) == []


def test_who_did_not_come_is_written_down_after_the_time_and_may_still_come(office: Office) -> None:
    ticket, wang = expected(office), office.clerk("wang")
    with pytest.raises(NotNow):
        office.parts.visits.not_come(ticket.id, wang)
    office.clock.now = (ticket.call_at or office.clock.now) + timedelta(minutes=10)
    for _ in range(2):
        office.parts.visits.not_come(ticket.id, wang)
    assert states(office) == {ticket.id: VisitState.NOT_COME}
    assert office.ticket(ticket).clerk is None
    office.parts.visits.came(ticket.id, wang)
    with pytest.raises(NotNow):
        office.parts.visits.not_come(ticket.id, wang)
    assert states(office) == {ticket.id: VisitState.CAME}


def test_a_citizen_takes_the_appointment_back_or_asks_for_a_person_again(office: Office) -> None:
    back, again = expected(office), expected(office)
    for _ in range(2):
        office.parts.talking.withdraw(back.id)
    assert office.kinds(back).count("withdrawn") == 1
    office.parts.talking.reopen(again.id)
    assert office.ticket(again).state in {State.WAITING, State.CLOSED_NOW}
    assert states(office) == {back.id: VisitState.CANCELLED}
    with pytest.raises(NotNow):
        office.parts.visits.came(back.id, office.clerk("wang"))
    with pytest.raises(NotNow):
        office.parts.visits.came(again.id, "wang")


def test_the_board_counts_who_is_expected_today_and_who_was_never_marked(office: Office) -> None:
    expected(office), expected(office)
    board = {one.name: one.value for one in Counting(office.engine).now(office.clock.now)}
    assert (board["visits_expected"], board["visits_unmarked"]) == (2, 0)
    office.clock.turn(86400)
    board = {one.name: one.value for one in Counting(office.engine).now(office.clock.now)}
    assert (board["visits_expected"], board["visits_unmarked"]) == (0, 2)
    assert set(states(office).values()) == {VisitState.EXPECTED}  # until somebody says what became of them


def test_what_was_left_for_the_window_is_forgotten_in_time(office: Office) -> None:
    expected(office)
    with writing(office.engine) as session:
        forget_words_before(session, office.clock.now + timedelta(days=1))
    assert contacts(office) == []


def signed_in(client: TestClient, name: str) -> dict[str, str]:
    session = client.post("/api/staff/session", json={"account": name, "password": PASSWORD})
    token = session.cookies["xiaoshen_staff"]
    client.cookies.clear()
    return {"x-csrf-token": session.json()["csrf_token"], "cookie": f"xiaoshen_staff={token}"}


def staffed(office: Office, audit: MemoryAudit) -> Staff:
    found = staff_of(office.engine, "wang", "li", clock=office.clock)
    return Staff(sign_in=found.sign_in, permissions=found.permissions, clock=found.clock, examples=False, audit=audit)


def test_the_counter_sees_names_by_their_ends_and_the_story_only_of_who_is_there(office: Office) -> None:
    audit = MemoryAudit()
    app, _ = handoff_app(office.engine, clock=office.clock, staff=staffed(office, audit))
    with TestClient(app) as client:
        conversation = client.post("/api/conversations").json()["id"]
        path = f"/api/conversations/{conversation}/handoff"
        choices = client.post(path, json={}).json()["choices"]
        at = next(one["times"][0] for one in choices if one["choice"] == "window")
        call = {"choice": "call_back", "at": at, "phone": PHONE, "called": "陈女士"}
        assert client.post(f"{path}/choice", json=call).status_code == 200
        chosen = client.post(f"{path}/choice", json={"choice": "window", "at": at, "called": "陈女士"}).json()
        ticket = chosen["ticket"]
        wang, li, boss = (signed_in(client, name) for name in ("wang", "li", "boss"))
        assert client.get("/api/desk/visits", headers=boss).status_code == 403
        (listed,) = client.get("/api/desk/visits", headers=wang).json()["visits"]
        assert (listed["called"], listed["phone"], listed["state"]) == ("陈女士", "138****5678", "expected")
        assert client.get("/api/desk/visits", headers=wang).status_code == 200
        assert client.get(f"/api/desk/tickets/{ticket}", headers=wang).status_code == 409
        received = client.post(f"/api/desk/visits/{ticket}/came", headers=wang).json()
        assert (received["state"], received["mine"], received["phone"]) == ("came", True, None)
        assert client.get(f"/api/desk/tickets/{ticket}", headers=wang).json()["ticket"]["ticket"] == ticket
        assert client.post(f"/api/desk/visits/{ticket}/came", headers=li).status_code == 409
        assert client.get(f"/api/desk/tickets/{ticket}", headers=li).status_code == 409
    done = [
        (act.actor, act.action) for act in audit.acts if ticket in act.subject and "visit" in act.action + act.subject
    ]
    assert done == [
        ("wang", "handoff.visit_seen"),
        ("wang", "handoff.help"),
        ("li", "handoff.help"),
        ("li", "handoff.help.failed"),
    ]
