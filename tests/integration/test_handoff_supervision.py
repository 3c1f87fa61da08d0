"""Ratings in a closed loop, the board and the report, on a real database with a clock that the test turns."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from assistant.handoff.clerks import Duty
from assistant.handoff.counting import Counting
from assistant.handoff.happenings import Outcome
from assistant.handoff.ratings import RatingState, RatingStepRefused
from assistant.handoff.ticket import Ticket
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.handoff_product import PASSWORD, handoff_app
from tests.fakes.handoffs import Office


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


def helped(office: Office, clerk: str = "wang", after: float = 10) -> Ticket:
    """Somebody who was helped."""
    ticket = office.ask()
    office.clock.turn(after)
    office.parts.roster.set_duty(clerk, Duty.ON)
    office.parts.queue.accept(ticket.id, clerk)
    office.say(ticket, "您好", by=clerk)
    office.clock.turn(60)
    return office.parts.talking.resolve(ticket.id, clerk, Outcome.SOLVED)


def test_a_bad_rating_goes_round_to_its_end_and_joins_its_class(engine: Engine) -> None:
    office = Office(engine)
    office.clerk("wang")
    ratings = office.parts.ratings
    ticket = helped(office)
    assert ratings.rate(ticket.id, 1, ("等得太久",), "我叫王小明，打了13812345678").state is RatingState.NEW
    assert "13812345678" not in ratings.all()[0].text
    owned = ratings.own(ticket.id, "wang", "等得太久")
    assert owned.due_at is not None
    assert owned.due_at - office.clock.now == timedelta(days=7)  # five working days
    with pytest.raises(RatingStepRefused):
        ratings.mend(ticket.id, "还没打电话")
    ratings.called_back(ticket.id)
    ratings.mend(ticket.id, "加了一个班次")
    with pytest.raises(RatingStepRefused):
        ratings.check(ticket.id, "wang", is_mended=True)
    assert ratings.check(ticket.id, "boss", is_mended=True).state is RatingState.CLOSED
    assert [(one.problem, one.now, one.open) for one in ratings.classes(office.clock.now)] == [("等得太久", 1, 0)]


def test_a_malicious_rating_is_set_aside_with_a_reason_and_not_counted(engine: Engine) -> None:
    office = Office(engine)
    office.clerk("wang")
    ticket = helped(office)
    office.parts.ratings.rate(ticket.id, 1, (), "骂人的话")
    with pytest.raises(RatingStepRefused):
        office.parts.ratings.set_aside(ticket.id, " ")
    office.parts.ratings.set_aside(ticket.id, "与服务无关的辱骂")
    assert office.parts.ratings.classes(office.clock.now) == []
    with pytest.raises(RatingStepRefused):
        office.parts.ratings.rate(ticket.id, 1, (), "再来")


def test_figures_are_what_happened(engine: Engine) -> None:
    office = Office(engine)
    begins = office.clock.now
    office.clerk("wang")
    helped(office, after=10)
    helped(office, after=70)
    office.ask()
    office.clock.turn(61)
    counting = Counting(engine)
    told = {one.name: one for one in counting.figures(begins, office.clock.now, office.clock.now)}
    assert told["asked"].value == 3
    assert told["answered_within_60s"].value == pytest.approx(1 / 3)
    assert (told["first_response_median"].value, told["solved"].value) == (40, 1.0)
    assert told["stars"].value is None
    now = {one.name: one.value for one in counting.now(office.clock.now)}
    assert (now["waiting_now"], now["oldest_wait"]) == (1, 61)
    occupied = counting.occupancy(begins, office.clock.now)
    assert occupied.value == pytest.approx(120 / 3 / (office.clock.now - begins).total_seconds())
    assert all(one.definition for one in (*told.values(), occupied))


def test_a_supervisor_sees_board_plan_and_report_and_a_clerk_does_not(engine: Engine) -> None:
    office = Office(engine)
    office.clerk("wang")
    helped(office)
    app, _ = handoff_app(engine, "wang", clock=office.clock)
    with TestClient(app) as client:

        def get(path: str, who: str) -> tuple[int, str]:
            client.post("/api/staff/session", json={"account": who, "password": PASSWORD})
            answer = client.get(f"/api/desk/supervision{path}")
            return answer.status_code, answer.text

        for path in ("/board", "/plan", "/report?month=2026-11", "/ratings", "/problems", "/clerks"):
            assert get(path, "boss")[0] == 200, get(path, "boss")
            assert get(path, "wang")[0] == 403
        status, table = get("/export.csv?month=2026-11", "boss")
        assert status == 200
        assert table.count("\r\n") == 2
        assert get("/report?month=2026-13", "boss")[0] == 422
