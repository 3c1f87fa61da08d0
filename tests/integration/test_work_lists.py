"""What every work list promises, checked in memory, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.storage.migrating import differences, upgrade_to_head
from knowledge.errors import TransitionRefused, UnknownWork
from knowledge.life.keeping import BACK, GONE, MemoryWorkList
from knowledge.life.work import Finding, Place, Severity, Step, WorkKind, WorkList, WorkState, finding_id
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.sql_work import SqlWorkList
from tests.fakes.databases import postgresql

NOW, LATER = datetime(2026, 11, 20, 1, tzinfo=UTC), datetime(2026, 11, 23, 1, tzinfo=UTC)
WANG, LI = Step(at=NOW, actor="王", reason="看过原文"), Step(at=NOW, actor="李")
FRIDAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgresql(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WorkList]:
    if request.param == "memory":
        yield MemoryWorkList()
        return
    if request.param == "sqlite":
        engine = open_engine(sqlite_url(tmp_path / "home"))
    else:
        engine = open_engine(request.getfixturevalue("postgres_url"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    upgrade_to_head(engine)
    assert differences(engine) == ()
    yield SqlWorkList(engine)
    engine.dispose()


def a_finding(subject: str = "fee", severity: Severity = Severity.HIGH, volume: int = 1) -> Finding:
    place = Place(
        source="items/dog_reg", title="养犬登记", text="收费：500元", anchor="items/dog_reg#fee", spans=((3, 7),)
    )
    return Finding(
        id=finding_id(WorkKind.CONFLICT, subject),
        kind=WorkKind.CONFLICT,
        code="number_differs",
        severity=severity,
        title="养犬登记",
        what="两处来源的金额不同",
        mend="核对原文后改正其中一处",
        places=(place, replace(place, source="documents/a.txt", anchor=None)),
        volume=volume,
    )


FEE = a_finding()


def found(work: WorkList, *findings: Finding, now: datetime = NOW) -> None:
    work.report((WorkKind.CONFLICT,), findings, now=now)


def test_what_was_found_is_open_work(work: WorkList) -> None:
    found(work, FEE)
    (one,) = work.list(WorkKind.CONFLICT)
    assert (one.finding, one.state, one.found_at, one.is_waiting) == (FEE, WorkState.OPEN, NOW, True)
    assert work.list(WorkKind.GAP) == ()


def test_the_same_finding_again_is_the_same_work(work: WorkList) -> None:
    found(work, FEE)
    work.take(FEE.id, WANG, due=FRIDAY)
    found(work, replace(FEE, volume=7), now=LATER)
    (one,) = work.list()
    assert (one.state, one.owner, one.due, one.finding.volume) == (WorkState.TAKEN, "王", FRIDAY, 7)
    assert (one.found_at, one.seen_at) == (NOW, LATER)


def test_what_is_not_found_any_more_is_done(work: WorkList) -> None:
    found(work, FEE)
    found(work, now=LATER)
    assert (work.one(FEE.id).state, work.one(FEE.id).reason) == (WorkState.DONE, GONE)


def test_a_look_at_one_list_leaves_the_others(work: WorkList) -> None:
    found(work, FEE)
    work.report((WorkKind.STALE,), (), now=LATER)
    assert work.one(FEE.id).state is WorkState.OPEN


def test_done_but_found_again_is_open_again(work: WorkList) -> None:
    found(work, FEE)
    work.finish(FEE.id, WANG)
    assert work.one(FEE.id).state is WorkState.DONE
    found(work, FEE, now=LATER)
    assert (work.one(FEE.id).state, work.one(FEE.id).reason) == (WorkState.OPEN, BACK)


def test_set_aside_needs_a_reason_and_stays_so(work: WorkList) -> None:
    found(work, FEE)
    with pytest.raises(TransitionRefused, match="Say why"):
        work.set_aside(FEE.id, LI)
    work.set_aside(FEE.id, WANG)
    found(work, FEE, now=LATER)
    found(work, now=LATER)
    assert (work.one(FEE.id).state, work.one(FEE.id).reason) == (WorkState.SET_ASIDE, "看过原文")


def test_work_that_another_has_taken_has_to_be_given_back_first(work: WorkList) -> None:
    found(work, FEE)
    work.take(FEE.id, WANG)
    with pytest.raises(TransitionRefused, match="王"):
        work.take(FEE.id, LI)
    work.reopen(FEE.id, WANG)
    assert work.take(FEE.id, LI).owner == "李"


def test_a_draft_that_mends_it_is_noted(work: WorkList) -> None:
    found(work, FEE)
    assert work.drafted(FEE.id, "v1", LI).draft == "v1"
    assert (work.one(FEE.id).owner, work.one(FEE.id).state) == ("李", WorkState.TAKEN)


def test_the_worst_stands_first_and_then_the_most_frequent(work: WorkList) -> None:
    rare, often = a_finding("b", Severity.LOW, 1), a_finding("c", Severity.LOW, 5)
    found(work, rare, often, FEE)
    assert [w.finding.id for w in work.list()] == [FEE.id, often.id, rare.id]
    assert [w.finding.id for w in work.list(states=(WorkState.DONE,))] == []


def test_unknown_work_is_said_to_be_unknown(work: WorkList) -> None:
    for act in (work.finish, work.set_aside, work.reopen):
        with pytest.raises(UnknownWork, match="xiaoshen knowledge"):
            act("nothing", WANG)


def test_what_people_did_is_in_the_log(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path / "home"))
    upgrade_to_head(engine)
    work = SqlWorkList(engine)
    found(work, FEE)
    work.take(FEE.id, LI)
    work.finish(FEE.id, WANG)
    assert [(e.action, e.actor, e.why) for e in work.history(FEE.id)] == [
        ("taken", "李", ""),
        ("done", "王", "看过原文"),
    ]
    engine.dispose()
