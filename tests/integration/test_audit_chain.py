"""The audit chain on both databases: whatever is done to it behind our back is found and named."""

import json
import multiprocessing
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text

from assistant.audit.acts import Act
from assistant.audit.chain import Head
from assistant.audit.forgetting import expire, forget
from assistant.audit.head_file import HeadFile
from assistant.audit.keeping import Sealing, SqlAudit, numbers_in, ranges
from assistant.audit.keys import key_of
from assistant.audit.reading import AuditTrail, Wanted, as_line
from assistant.audit.verifying import Verified, verify
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url, writing
from tests.fakes.databases import postgresql

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
KEY = b"a key for tests"
TRIGGERS = {
    "sqlite": ("DROP TRIGGER audit_entries_no_UPDATE", "DROP TRIGGER audit_entries_no_DELETE"),
    "postgresql": ("ALTER TABLE audit_entries DISABLE TRIGGER ALL",),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    if request.param == "sqlite":
        engine = open_engine(sqlite_url(home))
        upgrade_to_head(engine)
        engine.dispose()
        yield sqlite_url(home)
        return
    with postgresql(home) as url:
        engine = open_engine(url)
        upgrade_to_head(engine)
        engine.dispose()
        yield url


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    engine = open_engine(database)
    _as_an_intruder(engine, "DELETE FROM audit_entries", "DELETE FROM audit_head", "DELETE FROM audit_details")
    yield engine
    engine.dispose()


def _as_an_intruder(engine: Engine, *statements: str) -> None:
    """What somebody with the database's password can do: take the guard off, write, put it back."""
    dialect = engine.dialect.name
    with engine.begin() as connection:
        kept = []
        if dialect == "sqlite":
            named = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'"
            kept = [str(row[0]) for row in connection.execute(text(named))]
        for statement in (*TRIGGERS[dialect], *statements, *kept):
            connection.exec_driver_sql(statement)
        if dialect == "postgresql":
            connection.exec_driver_sql("ALTER TABLE audit_entries ENABLE TRIGGER ALL")


def an_audit(engine: Engine, head_file: HeadFile | None = None) -> SqlAudit:
    return SqlAudit(engine, Sealing(key=KEY, head_file=head_file))


def written(engine: Engine, count: int = 6, head_file: HeadFile | None = None) -> SqlAudit:
    audit = an_audit(engine, head_file)
    for number in range(1, count + 1):
        act = Act(
            actor=f"clerk-{number % 2}",
            action="case.opened",
            subject=f"case/{number}",
            details={"why": f"第{number}次查看"},
            about=f"citizen-{number}",
        )
        audit.record(act, at=NOW + timedelta(minutes=number))
    return audit


def looked_at(audit: SqlAudit, witness: Head | None = None) -> Verified:
    return verify(audit.engine, audit.sealing, witness)


def first_broken(audit: SqlAudit) -> int | None:
    broken = looked_at(audit).broken
    return broken.number if broken else None


def test_a_chain_that_nobody_touched_is_whole(engine: Engine) -> None:
    found = looked_at(written(engine))
    assert (found.is_whole, found.entries, found.forgotten) == (True, 6, 0)


def test_an_empty_chain_is_whole(engine: Engine) -> None:
    assert looked_at(an_audit(engine)).is_whole


EDITS: dict[str, str] = {
    "who": "UPDATE audit_entries SET actor = 'somebody' WHERE number = 3",
    "what": "UPDATE audit_entries SET action = 'case.closed' WHERE number = 3",
    "which": "UPDATE audit_entries SET subject = 'case/9' WHERE number = 3",
    "when": "UPDATE audit_entries SET at = '2026-01-01 00:00:00.000000' WHERE number = 3",
    "hash": "UPDATE audit_entries SET hash = previous WHERE number = 3",
    "seal": "UPDATE audit_entries SET seal = hash WHERE number = 3",
    "digest": "UPDATE audit_entries SET digest = '' WHERE number = 3",
    "details": "UPDATE audit_details SET content = '{}' WHERE number = 3",
    "details deleted": "DELETE FROM audit_details WHERE number = 3",
    "deleted": "DELETE FROM audit_entries WHERE number = 3",
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_is_found_and_its_entry_named(engine: Engine, edit: str) -> None:
    audit = written(engine)
    _as_an_intruder(engine, edit)
    assert first_broken(audit) == 3


def test_two_entries_that_changed_places_are_found(engine: Engine) -> None:
    audit = written(engine)
    moves = [f"UPDATE audit_entries SET number = {new} WHERE number = {old}" for old, new in ((2, 99), (4, 2), (99, 4))]  # noqa: S608
    _as_an_intruder(engine, *moves)
    assert first_broken(audit) == 2


def test_a_chain_cut_short_is_found_by_the_head_in_the_database(engine: Engine) -> None:
    audit = written(engine)
    _as_an_intruder(engine, "DELETE FROM audit_entries WHERE number > 4")
    broken = looked_at(audit).broken
    assert broken is not None
    assert broken.number == 5
    assert "entry 6" in broken.what


def test_a_chain_and_its_head_put_back_together_are_found_by_the_head_beside_the_database(
    engine: Engine, tmp_path: Path
) -> None:
    audit = written(engine, 4, HeadFile(tmp_path))
    with engine.connect() as connection:
        early = connection.exec_driver_sql("SELECT number, hash, seal FROM audit_head").one()
    written(engine, 3, HeadFile(tmp_path))
    number, found, seal = early
    _as_an_intruder(
        engine,
        f"DELETE FROM audit_entries WHERE number > {number}",  # noqa: S608
        f"DELETE FROM audit_details WHERE number > {number}",  # noqa: S608
        f"UPDATE audit_head SET number = {number}, hash = '{found}', seal = '{seal}'",  # noqa: S608
    )
    assert first_broken(audit) == 5


def test_a_head_noted_on_paper_is_a_witness(engine: Engine) -> None:
    audit = written(engine)
    noted = Head(number=6, hash="f" * 64, seal="")
    broken = looked_at(audit, noted).broken
    assert broken is not None
    assert broken.number == 6


def test_an_entry_made_up_without_the_key_is_found(engine: Engine) -> None:
    audit = written(engine)
    forger = SqlAudit(engine, Sealing(key=b"a guess"))
    forger.record(Act(actor="clerk-1", action="case.opened", subject="case/1"), at=NOW)
    assert first_broken(audit) is not None


def test_the_head_cannot_be_taken_away(engine: Engine) -> None:
    audit = written(engine)
    _as_an_intruder(engine, "DELETE FROM audit_head")
    assert not looked_at(audit).is_whole


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"])
def test_the_database_refuses_to_change_the_chain(engine: Engine, statement: str) -> None:
    audit = written(engine)
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert looked_at(audit).is_whole


def test_details_deleted_on_request_leave_the_chain_whole(engine: Engine) -> None:
    audit = written(engine)
    assert forget(audit, "citizen-2", actor="operator", why="本人申请", now=NOW) == 1
    found = looked_at(audit)
    assert (found.is_whole, found.entries, found.forgotten) == (True, 7, 1)
    trail = {told.entry.link.number: told for told in AuditTrail(engine).all(Wanted())}
    assert trail[2].details is None
    assert trail[7].entry.link.subject == "details/2"
    assert trail[7].details == {"why": "本人申请"}
    assert forget(audit, "citizen-2", actor="operator", why="again", now=NOW) == 0


def test_details_are_deleted_when_their_time_is_over(engine: Engine) -> None:
    audit = written(engine)
    assert expire(audit, NOW + timedelta(minutes=4), actor="xiaoshen", now=NOW + timedelta(days=400)) == 3
    found = looked_at(audit)
    assert (found.is_whole, found.forgotten) == (True, 3)


def test_personal_data_is_masked_before_it_is_written(engine: Engine) -> None:
    audit = an_audit(engine)
    said = {"why": "身份证11010519491231002X,手机13812345678"}
    audit.record(Act(actor="a", action="case.opened", subject="申请人13812345678的材料.pdf", details=said), at=NOW)
    told = json.dumps([as_line(one) for one in AuditTrail(engine).all(Wanted())], ensure_ascii=False)
    assert "11010519491231002X" not in told
    assert "13812345678" not in told
    assert "〔电话〕" in told


def test_an_act_in_a_transaction_that_fails_is_not_recorded(engine: Engine) -> None:
    audit = written(engine, 1)
    act = Act(actor="a", action="case.opened", subject="case/1")

    def fails() -> None:
        with writing(engine) as session:
            audit.record_in(session, act, at=NOW)
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        fails()
    assert looked_at(audit).entries == 1


def _appended(url: str, count: int, failed: Callable[[], None]) -> None:
    try:
        engine = open_engine(url)
        written(engine, count)
        engine.dispose()
    except BaseException:
        failed()
        raise


def test_threads_write_one_chain(engine: Engine, database: str) -> None:
    failures: list[int] = []
    threads = [threading.Thread(target=_appended, args=(database, 8, lambda: failures.append(1))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = looked_at(an_audit(engine))
    assert (failures, found.is_whole, found.entries) == ([], True, 32)


def _write_in_a_process(url: str) -> None:
    engine = open_engine(url)
    written(engine, 8)
    engine.dispose()


def test_processes_write_one_chain(engine: Engine, database: str) -> None:
    spawned = multiprocessing.get_context("spawn")
    processes = [spawned.Process(target=_write_in_a_process, args=(database,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    found = looked_at(an_audit(engine))
    assert (found.is_whole, found.entries) == (True, 24)


def test_the_key_of_a_home_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    key = key_of(tmp_path)
    assert key == key_of(tmp_path)
    assert (tmp_path / "audit.key").stat().st_mode & 0o077 == 0
    assert key_of(tmp_path, SecretStr("configured")) == b"configured"


def test_a_damaged_head_file_is_told(engine: Engine, tmp_path: Path) -> None:
    audit = written(engine, 2, HeadFile(tmp_path))
    (tmp_path / "audit-head.json").write_text("{}", encoding="utf-8")
    assert not looked_at(audit).is_whole


@pytest.mark.parametrize("action", ["", "Case", "case opened", "case.", "case/1"])
def test_an_action_is_dotted_words(action: str) -> None:
    with pytest.raises(ValueError, match="dotted words"):
        Act(actor="a", action=action, subject="case/1")


@pytest.mark.parametrize(("numbers", "told"), [((1, 2, 3, 7), "1-3,7"), ((), ""), ((5,), "5"), ((9, 1), "1,9")])
def test_numbers_are_told_as_ranges_and_read_back(numbers: tuple[int, ...], told: str) -> None:
    assert ranges(numbers) == told
    assert numbers_in(told) == frozenset(numbers)
