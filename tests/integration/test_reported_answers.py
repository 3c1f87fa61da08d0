"""An answer that somebody says is wrong becomes work at once, and a case when an editor says what is right."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete

from assistant.audit.acts import MemoryAudit
from assistant.operation.alerting import SuddenChanges
from assistant.operation.operation_tables import RiskCountRow
from assistant.operation.reports import AnswerReports, Report
from assistant.operation.risks import RiskKind, RiskMonitor, Share
from assistant.storage.conversations import SqlConversations
from assistant.storage.migrating import upgrade_to_head
from assistant.storage.tables import ConversationRow
from assistant.web.conversations import StoredEvent, Turn
from knowledge.life.work import Severity, Step, WorkKind, WorkState
from knowledge.storage.engine import open_engine, sqlite_url, writing
from knowledge.storage.sql_work import SqlWorkList
from tests.fakes.databases import postgresql

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def any_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    home = tmp_path_factory.mktemp("home")
    if request.param == "sqlite":
        yield from _opened(sqlite_url(home))
        return
    with postgresql(home) as url:
        yield from _opened(url)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    with writing(any_engine) as session:
        session.execute(delete(ConversationRow))
        session.execute(delete(RiskCountRow))
    return any_engine


def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


def asked(engine: Engine) -> SqlConversations:
    kept = SqlConversations(engine)
    kept.create("c", NOW)
    said = StoredEvent("sentence", json.dumps({"id": 1, "text": "补领收费20元。"}))
    kept.add("c", Turn(client_id="m", text="我叫张伟,电话13812345678,身份证补领多少钱", at=NOW, events=(said,)))
    return kept


def test_a_reported_answer_is_work_with_what_was_asked_and_said_masked(engine: Engine) -> None:
    asked(engine)
    reports = AnswerReports(engine)
    told = Report(conversation="c", client_id="m", by="citizen", reason="wrong", note="窗口说40元,我的电话13812345678")
    work_id = reports.keep(told, NOW)
    found = reports.findings(NOW - timedelta(days=1))
    assert [one.id for one in found] == [work_id]
    assert found[0].severity is Severity.HIGH
    assert [place.text for place in found[0].places][1] == "补领收费20元。"
    assert "窗口说40元" in found[0].what
    assert "13812345678" not in str(found)


def test_the_same_person_counts_once_and_a_clerk_beside_them_counts_too(engine: Engine) -> None:
    asked(engine)
    reports = AnswerReports(engine)
    for by, reason in (("citizen", "wrong"), ("citizen", "outdated"), ("zhou", "wrong")):
        reports.keep(Report(conversation="c", client_id="m", by=by, reason=reason), NOW)
    found = reports.findings(NOW)
    assert [one.volume for one in found] == [2]
    assert "内容过时" in found[0].what
    assert "工作人员zhou" in found[0].what


def test_what_was_finished_opens_again_only_when_it_is_reported_again(engine: Engine) -> None:
    asked(engine)
    reports, work = AnswerReports(engine), SqlWorkList(engine)
    work_id = reports.keep(Report(conversation="c", client_id="m", by="citizen", reason="wrong"), NOW)
    assert work_id is not None
    work.report((WorkKind.REPORTED,), reports.findings(NOW), now=NOW)
    work.finish(work_id, Step(at=NOW, actor="li"))
    work.report((WorkKind.REPORTED,), reports.findings(NOW), now=NOW)
    assert work.one(work_id).state is WorkState.DONE
    reports.keep(Report(conversation="c", client_id="m", by="zhou", reason="wrong"), NOW)
    work.report((WorkKind.REPORTED,), reports.findings(NOW), now=NOW)
    assert work.one(work_id).state is WorkState.OPEN


def test_an_answer_that_is_not_there_cannot_be_reported_and_goes_with_its_conversation(engine: Engine) -> None:
    kept, reports = asked(engine), AnswerReports(engine)
    assert reports.keep(Report(conversation="c", client_id="other", by="citizen", reason="wrong"), NOW) is None
    assert reports.keep(Report(conversation="other", client_id="m", by="citizen", reason="wrong"), NOW) is None
    reports.keep(Report(conversation="c", client_id="m", by="citizen", reason="wrong"), NOW)
    kept.delete("c")
    assert reports.findings(NOW) == []


def test_counts_of_several_processes_are_one_picture(engine: Engine) -> None:
    one, other = RiskMonitor(engine), RiskMonitor(engine)
    for monitor in (one, other):
        for _ in range(10):
            monitor.note(RiskKind.TURN, "answered", NOW)
        monitor.note(RiskKind.STOP, "numbers", NOW)
        monitor.flush()
        monitor.flush()
    picture = one.picture(NOW)
    assert picture.turns == 20
    assert {(r.kind, r.name): r.recent.count for r in picture.risks} == {
        (RiskKind.TURN, "answered"): 20,
        (RiskKind.STOP, "numbers"): 2,
    }


def counted(monitor: RiskMonitor, turns: int, stops: int, at: datetime) -> None:
    for number in range(turns):
        monitor.note(RiskKind.TURN, "answered", at)
        if number < stops:
            monitor.note(RiskKind.STOP, "numbers", at)


@pytest.mark.parametrize(
    ("before", "recent", "sudden"),
    [
        ((1000, 10), (100, 20), True),
        ((1000, 10), (100, 2), False),
        ((1000, 10), (4, 4), False),
        ((0, 0), (50, 40), False),
    ],
)
def test_a_clear_rise_is_sudden_and_chance_is_not(
    before: tuple[int, int], recent: tuple[int, int], sudden: bool
) -> None:
    monitor = RiskMonitor()
    counted(monitor, *before, NOW - timedelta(hours=3))
    counted(monitor, *recent, NOW)
    stops = [risk for risk in monitor.picture(NOW).risks if risk.kind is RiskKind.STOP]
    assert [risk.is_sudden for risk in stops] == [sudden]


def test_a_sudden_change_is_told_once_an_hour_in_the_log_and_on_record(caplog: pytest.LogCaptureFixture) -> None:
    monitor, audit = RiskMonitor(), MemoryAudit()
    counted(monitor, 1000, 10, NOW - timedelta(hours=3))
    changes = SuddenChanges(audit)
    assert changes.tell(monitor.picture(NOW), NOW) == ()
    counted(monitor, 100, 20, NOW)
    assert [(r.kind, r.name) for r in changes.tell(monitor.picture(NOW), NOW)] == [(RiskKind.STOP, "numbers")]
    assert changes.tell(monitor.picture(NOW), NOW + timedelta(minutes=1)) == ()
    assert len(changes.tell(monitor.picture(NOW), NOW + timedelta(hours=2))) == 1
    assert [act.action for act in audit.acts] == ["risk.sudden"] * 2
    assert "sudden change: stop numbers" in caplog.text


def test_the_interval_of_a_share_holds_it() -> None:
    low, high = Share(5, 100).interval()
    assert low < 0.05 < high
    assert Share(0, 0).interval() == (0.0, 1.0)
