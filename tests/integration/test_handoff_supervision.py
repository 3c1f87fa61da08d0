"""Ratings in a closed loop, the board and the report, on a real database with a clock that the test turns."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from assistant.audit.acts import MemoryAudit
from assistant.handoff.choosing import Chosen
from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.counting import Counting
from assistant.handoff.happenings import Choice, Outcome
from assistant.handoff.hours import OFFICE_TIME, parse_hours
from assistant.handoff.rating_report import likely_class, rating_report
from assistant.handoff.ratings import Aside, RatingState, RatingStepRefused
from assistant.handoff.reasons import Reason
from assistant.handoff.reporting import Grouping, Period, Reporting
from assistant.handoff.sheets import as_page, as_spreadsheet, rating_sheet, report_sheet
from assistant.handoff.ticket import Ticket
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.handoff_product import PASSWORD, handoff_app, staff_of
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
    owned = ratings.own(ticket.id, "zhao", "等得太久", by="boss")
    assert owned.due_at is not None
    assert owned.due_at - office.clock.now == timedelta(days=7)  # five working days
    with pytest.raises(RatingStepRefused):
        ratings.mend(ticket.id, "还没打电话", by="zhao")
    with pytest.raises(RatingStepRefused):
        ratings.called_back(ticket.id, " ", by="zhao")
    ratings.called_back(ticket.id, "市民说等了二十分钟，电话13812345678", by="zhao")
    ratings.mend(ticket.id, "加了一个班次", by="zhao")
    with pytest.raises(RatingStepRefused):
        ratings.check(ticket.id, "zhao", is_mended=True)
    assert ratings.check(ticket.id, "boss", is_mended=False).state is RatingState.OWNED
    ratings.called_back(ticket.id, "又打了一次", by="zhao")
    ratings.mend(ticket.id, "午间也有人值守", by="zhao")
    assert ratings.check(ticket.id, "boss", is_mended=True).state is RatingState.CLOSED
    assert [step.step.value for step in ratings.steps(ticket=ticket.id)] == [
        "verified",
        "called_back",
        "mended",
        "sent_back",
        "called_back",
        "mended",
        "checked",
    ]
    assert not any("13812345678" in step.text for step in ratings.steps())
    assert [(one.problem, one.now, one.open) for one in ratings.classes(office.clock.now)] == [("等得太久", 1, 0)]


def test_a_malicious_rating_is_set_aside_with_a_reason_and_not_counted(engine: Engine) -> None:
    office = Office(engine)
    office.clerk("wang")
    ticket = helped(office)
    office.parts.ratings.rate(ticket.id, 1, (), "骂人的话")
    with pytest.raises(RatingStepRefused):
        office.parts.ratings.set_aside(ticket.id, Aside.MALICIOUS, " ", by="boss")
    with pytest.raises(RatingStepRefused):  # nobody judges what was said of them
        office.parts.ratings.set_aside(ticket.id, Aside.MALICIOUS, "说我坏话", by="wang")
    office.parts.ratings.set_aside(ticket.id, Aside.MALICIOUS, "与服务无关的辱骂", by="boss")
    assert office.parts.ratings.classes(office.clock.now) == []
    with pytest.raises(RatingStepRefused):
        office.parts.ratings.rate(ticket.id, 1, (), "再来")


def rated(office: Office, stars: int, text: str, *reasons: str) -> Ticket:
    ticket = helped(office)
    office.parts.ratings.rate(ticket.id, stars, reasons, text)
    return ticket


def test_the_months_report_counts_what_was_done_and_shows_trends(engine: Engine) -> None:
    office = Office(engine)
    office.clerk("wang")
    ratings = office.parts.ratings
    old = rated(office, 1, "等了半个小时没有人接听", "等得太久")
    ratings.own(old.id, "zhao", "高峰等得太久", by="boss")
    office.clock.turn(30 * 86400)
    again = rated(office, 2, "又等了半个小时没有人接听", "等得太久")
    assert likely_class(ratings.all()[0], ratings.all()) == "高峰等得太久"
    ratings.own(again.id, "zhao", "高峰等得太久", by="boss")
    false = rated(office, 1, "根本没来过", "态度不好")
    ratings.set_aside(false.id, Aside.FALSE, "录音里没有这回事", by="boss")
    new = rated(office, 1, "=HYPERLINK(1)", "说得不清楚")
    assert likely_class(ratings.all()[0], ratings.all()) is None
    rated(office, 5, "很好")
    office.clock.turn(20 * 86400)
    found = rating_report(ratings, ratings.all()[0].rated_at.date(), office.clock.now)
    told = {one.name: one.value for one in found.figures}
    assert (told["rated"], told["bad"], told["set_aside"], told["late"]) == (4, 3, 1, 2)
    assert told["verified"] == pytest.approx(2 / 3)
    assert found.asides == ((Aside.FALSE, 1),)
    assert [(one.owner, one.given, one.late) for one in found.owners] == [("zhao", 1, 1)]
    trend = {one.problem: one for one in found.problems}
    assert trend["高峰等得太久"].months[-2:] == (1, 1)
    assert not trend["高峰等得太久"].is_new
    assert trend["说得不清楚"].is_new
    assert ratings.late(office.clock.now) == 3
    table = as_spreadsheet(rating_sheet(found, {}))
    assert "'=HYPERLINK(1)" in table
    page = as_page(rating_sheet(found, {"zhao": "<b>赵</b>"}))
    assert "&lt;b&gt;赵" in page
    assert "<b>" not in page
    assert new.id not in page


def test_a_report_sorts_what_happened_by_team_reason_channel_and_language(engine: Engine) -> None:
    office = Office(engine)
    office.clerk("wang")
    office.parts.roster.enlist("wang", "王", Skills(), team="一组")
    first = helped(office)
    office.parts.talking.reopen(first.id)
    office.parts.roster.set_duty("wang", Duty.ON)
    office.parts.queue.accept(first.id, "wang")
    office.say(first, "还是我", by="wang")
    office.parts.talking.resolve(first.id, "wang", Outcome.SOLVED)
    helped(office)
    gone = office.ask(reason=Reason.COMPLAINT, language="en")
    office.clock.turn(70)
    office.parts.choosing.choose(gone.id, Chosen(choice=Choice.KEEP_WAITING))
    office.parts.talking.withdraw(gone.id)
    now = office.clock.now
    report = Reporting(engine, Counting(engine)).report(Period.DAY, now.astimezone(OFFICE_TIME).date(), now)
    whole = {one.name: one.value for one in report.figures}
    assert whole["asked"] == 3
    assert whole["abandoned"] == pytest.approx(1 / 3)
    assert (whole["chose_keep_waiting"], whole["chose_window"]) == (1, 0)
    assert (whole["reopened"], whole["first_contact"]) == (0.5, 0.5)
    labels = {(one.by, one.label) for one in report.groups}
    assert {(Grouping.TEAM, "一组"), (Grouping.REASON, "投诉"), (Grouping.LANGUAGE, "英文")} <= labels
    assert sum(one.figures[0].value or 0 for one in report.slices) == 3
    week = Reporting(engine, Counting(engine)).report(Period.WEEK, now.date(), now)
    assert (week.span.ends - week.span.begins).days == 7
    assert "一次解决率" in as_spreadsheet(report_sheet(report))


def test_a_team_has_its_hours_and_the_change_is_in_the_audit(engine: Engine) -> None:
    office = Office(engine, hours=parse_hours("09:00-17:00"))
    office.clerk("wang", duty=Duty.OFF)
    office.parts.roster.enlist("wang", "王", Skills(), team="晚班")
    audit = MemoryAudit()
    staff = replace(staff_of(engine, "wang", clock=office.clock), audit=audit)
    app, parts = handoff_app(engine, clock=office.clock, hours=parse_hours("09:00-17:00"), staff=staff)
    evening = office.clock.now.replace(hour=19)
    with TestClient(app) as client:
        session = client.post("/api/staff/session", json={"account": "boss", "password": PASSWORD}).json()
        headers = {"x-csrf-token": session["csrf_token"]}
        path = "/api/desk/supervision/teams"
        broken = client.put(f"{path}/晚班", json={"hours": "9-17"}, headers=headers)
        assert (broken.status_code, broken.json()["error"]["code"]) == (422, "hours_unreadable")
        assert not parts.handoff.hours.is_open(evening)
        set_ = client.put(f"{path}/晚班", json={"hours": "daily 12:00-13:00,18:00-21:00"}, headers=headers)
        assert set_.json()[0]["hours"] == "daily 12:00-13:00,18:00-21:00"
        assert parts.handoff.hours.is_open(evening)
        assert client.delete(f"{path}/晚班", headers=headers).status_code == 409
        plan = client.get("/api/desk/supervision/plan", params={"arrivals": "18:30 12\n19:00 6"}).json()
        shown = {one["begins"]: one for one in plan["half_hours"]}
        assert (shown["18:30"]["planned"], shown["10:00"]["planned"]) == (1, 0)
        assert shown["18:30"]["helpers"] >= 1
        assert client.get("/api/desk/supervision/plan", params={"arrivals": "many"}).status_code == 422
        table = client.get("/api/desk/supervision/plan.csv", params={"arrivals": "18:30 12"})
        assert table.headers["content-disposition"].startswith("attachment")
    kept = [act for act in audit.acts if act.action == "handoff.roster.changed"]
    assert kept[-2].details == {"before": "09:00-17:00", "after": "daily 12:00-13:00,18:00-21:00"}


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

        for path in (
            "/board",
            "/plan",
            "/report?period=month",
            "/ratings",
            "/ratings/report?month=2026-11",
            "/clerks",
            "/teams",
        ):
            assert get(path, "boss")[0] == 200, get(path, "boss")
            assert get(path, "wang")[0] == 403
        status, table = get("/export.csv?period=month", "boss")
        assert status == 200
        assert table.count("\r\n") == 2
        assert get("/ratings/report?month=2026-13", "boss")[0] == 422
