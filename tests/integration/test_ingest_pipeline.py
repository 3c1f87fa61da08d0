"""Files on a disk become published versions in a database, one transaction each, and a bad file stops nobody."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.storage.migrating import upgrade_to_head
from ingest.jobs import JobState
from ingest.limits import MEBIBYTE, Limits
from ingest.pipeline import Ingestion, Office
from ingest.report import IngestReport, Outcome
from ingest.worker import DirectReader, Reader, WorkerReader
from knowledge.passages import VersionState
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.four_eyes import OPERATOR
from knowledge.storage.sql_documents import SqlDocumentDrafts
from knowledge.storage.store import KnowledgeStore
from tests.fakes.office_files import a_docx, a_zip, an_xlsx

NOW = datetime(2031, 7, 8, 9, 30, tzinfo=UTC)
GUIDE = "申请人应当到社区事务受理服务中心办理，材料齐全的当场办结。"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = open_engine(sqlite_url(tmp_path / "home"))
    upgrade_to_head(made)
    return made


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def direct(_: Limits) -> Reader:
    return DirectReader()


def an_ingestion(engine: Engine, *, limits: Limits | None = None, later: int = 0) -> Ingestion:
    """Reads in this thread, one file after the other."""
    office = Office(
        clock=lambda: NOW + timedelta(minutes=later), limits=limits or Limits(), new_reader=direct, readers=1
    )
    return Ingestion(engine, SqlDocumentDrafts(engine), office)


def ingest(
    engine: Engine, *paths: Path, publish: bool = True, limits: Limits | None = None, later: int = 0
) -> IngestReport:
    ingestion = an_ingestion(engine, limits=limits, later=later)
    batch = ingestion.submit_paths(paths, actor="编辑甲", publish=publish, approved_by=OPERATOR)
    return ingestion.wait(batch.id)


def outcomes(report: IngestReport) -> dict[str, Outcome]:
    return {file.name: file.outcome for file in report.files}


def test_a_published_document_can_be_read_with_its_passages(engine: Engine, inbox: Path) -> None:
    (inbox / "指南.txt").write_text(f"办事指南\n\n{GUIDE}\n", encoding="gb18030")
    (file,) = ingest(engine, inbox).files
    assert (file.outcome, file.passages, file.published) == (Outcome.NEW, 1, True)
    store = KnowledgeStore(engine)
    version = store.document("指南.txt", NOW.date())
    assert version is not None
    assert version.source == "documents/指南.txt"
    assert GUIDE in store.passages(version.id)[0].text
    assert store.documents.original(version.id).content == (inbox / "指南.txt").read_bytes()


def test_without_publish_a_document_waits_as_a_draft_and_is_published_later_without_reading_it_again(
    engine: Engine, inbox: Path
) -> None:
    (inbox / "a.txt").write_text(GUIDE, encoding="utf-8")
    ingest(engine, inbox, publish=False)
    store = KnowledgeStore(engine, look_again_after=0)
    assert store.document("a.txt", NOW.date()) is None
    (file,) = ingest(engine, inbox, publish=True, later=1).files
    assert (file.outcome, file.published) == (Outcome.UNCHANGED, True)
    assert store.document("a.txt", NOW.date()) is not None


def test_the_same_files_twice_change_nothing(engine: Engine, inbox: Path) -> None:
    (inbox / "a.txt").write_text(GUIDE, encoding="utf-8")
    (inbox / "b.zip").write_bytes(
        a_zip({"c.txt": GUIDE.encode() + b"!", "d/a.txt": "另一份。办理地点在区中心。".encode()})
    )
    ingest(engine, inbox)
    revision = KnowledgeStore(engine).revision()
    again = ingest(engine, inbox, later=1)
    assert set(outcomes(again).values()) == {Outcome.UNCHANGED}
    assert KnowledgeStore(engine).revision() == revision


def test_changed_bytes_of_one_name_become_a_new_version_that_supersedes(engine: Engine, inbox: Path) -> None:
    path = inbox / "a.txt"
    path.write_text(GUIDE, encoding="utf-8")
    ingest(engine, inbox)
    path.write_text(GUIDE.replace("当场", "三日内"), encoding="utf-8")
    (file,) = ingest(engine, inbox, later=1).files
    assert file.outcome is Outcome.NEW_VERSION
    states = [version.state for version in SqlDocumentDrafts(engine).versions("a.txt")]
    assert states == [VersionState.SUPERSEDED, VersionState.PUBLISHED]


def test_one_bad_file_never_stops_the_others(engine: Engine, inbox: Path) -> None:
    (inbox / "1空.txt").write_bytes(b"")
    (inbox / "2坏.docx").write_bytes(a_docx(["内容"])[:900])
    (inbox / "3密.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    (inbox / "4包.rar").write_bytes(b"Rar!\x1a\x07\x00" + b"x" * 200)
    (inbox / "5炸.zip").write_bytes(a_zip({"a.txt": b"\0" * 60_000_000}))
    (inbox / "6越.zip").write_bytes(a_zip({"../../x.txt": b"x", "好.txt": GUIDE.encode()}))
    with (inbox / "7大.txt").open("wb") as large:
        large.truncate(400 * MEBIBYTE)
    (inbox / "8好.xlsx").write_bytes(an_xlsx({"窗口": [["区", "电话"], ["徐汇", "12345"]]}))
    report = ingest(engine, inbox)
    assert outcomes(report) == {
        "1空.txt": Outcome.FAILED,
        "2坏.docx": Outcome.FAILED,
        "3密.xls": Outcome.FAILED,
        "4包.rar": Outcome.SKIPPED,
        "5炸.zip": Outcome.QUARANTINED,
        "x.txt": Outcome.QUARANTINED,
        "好.txt": Outcome.NEW,
        "7大.txt": Outcome.FAILED,
        "8好.xlsx": Outcome.NEW,
    }
    assert all(file.reason for file in report.files if file.outcome in {Outcome.FAILED, Outcome.SKIPPED})
    assert "400 MB" in next(file.reason or "" for file in report.files if file.name == "7大.txt")
    assert "暂不支持" in next(file.reason or "" for file in report.files if file.name == "4包.rar")


def test_archives_inside_archives_are_opened_only_so_deep(engine: Engine, inbox: Path) -> None:
    content = GUIDE.encode()
    for depth in range(4):
        content = a_zip({f"{depth}.zip" if depth else "a.txt": content})
    (inbox / "套.zip").write_bytes(content)
    (file,) = ingest(engine, inbox).files
    assert file.outcome is Outcome.QUARANTINED
    assert "太多层" in (file.reason or "")


def test_progress_is_told_after_each_file(engine: Engine, inbox: Path) -> None:
    for name in ("a", "b", "c"):
        (inbox / f"{name}.txt").write_text(GUIDE + name, encoding="utf-8")
    heard: list[str] = []
    ingestion = an_ingestion(engine)
    batch = ingestion.submit_paths([inbox], actor="甲")
    ingestion.wait(batch.id, told=lambda job: heard.append(job.name))
    assert heard == ["a.txt", "b.txt", "c.txt"]
    assert [job.state for job in ingestion.jobs(batch.id)] == [JobState.REVIEWING] * 3


def test_the_same_content_under_another_name_is_reported(engine: Engine, inbox: Path) -> None:
    (inbox / "a.txt").write_text(GUIDE, encoding="utf-8")
    (inbox / "b.txt").write_text(GUIDE, encoding="utf-8")
    report = ingest(engine, inbox)
    assert any(warning.startswith("duplicate_content") for warning in report.files[1].warnings)


def test_the_machine_readable_report_counts_what_it_lists(engine: Engine, inbox: Path) -> None:
    (inbox / "a.txt").write_text(GUIDE, encoding="utf-8")
    (inbox / "b.txt").write_bytes(b"")
    result = ingest(engine, inbox).as_json()
    assert result["counts"] == {
        "new": 1,
        "new_version": 0,
        "unchanged": 0,
        "skipped": 0,
        "failed": 1,
        "quarantined": 0,
        "cancelled": 0,
    }


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(engine: Engine, inbox: Path) -> None:
    rows = [[f"格{i}", "值"] for i in range(40_000)]
    (inbox / "a慢.xlsx").write_bytes(an_xlsx({"表": rows}))
    (inbox / "b快.txt").write_text(GUIDE, encoding="utf-8")
    hurried = Office(clock=lambda: NOW, limits=Limits(seconds_a_file=0.05), readers=1)
    ingestion = Ingestion(engine, SqlDocumentDrafts(engine), hurried)
    batch = ingestion.submit_paths([inbox / "a慢.xlsx"], actor="甲")
    (file,) = ingestion.wait(batch.id).files
    assert file.outcome is Outcome.QUARANTINED
    assert "0.05秒" in (file.reason or "")
    calm = Ingestion(engine, SqlDocumentDrafts(engine), Office(clock=lambda: NOW))
    batch = calm.submit_paths([inbox / "b快.txt"], actor="甲")
    assert calm.wait(batch.id).failed == ()


def test_a_killed_reader_is_replaced(inbox: Path) -> None:
    reader = WorkerReader(Limits())
    try:
        first = reader.read(GUIDE.encode(), "a.txt", "上海市")
        process = reader._process
        assert process is not None
        process.kill()
        process.wait()
        assert reader.read(GUIDE.encode(), "a.txt", "上海市") == first
    finally:
        reader.close()


def test_a_document_of_the_future_is_not_in_force_yet(engine: Engine, inbox: Path) -> None:
    (inbox / "a.txt").write_text("某某办法\n\n第一条 内容。\n\n第二条 本办法自2031年9月1日起施行。\n", encoding="utf-8")
    ingest(engine, inbox)
    store = KnowledgeStore(engine)
    assert store.document("a.txt", NOW.date()) is None
    assert store.document("a.txt", date(2031, 9, 1)) is not None


def test_an_archive_larger_than_a_file_may_be_is_opened_where_it_lies(engine: Engine, inbox: Path) -> None:
    rules = {f"{n}.txt": f"{GUIDE}第{n}号窗口。{os.urandom(300).hex()}".encode() for n in range(4)}
    (inbox / "大包.zip").write_bytes(a_zip(rules))
    (inbox / "大文件.txt").write_text(GUIDE * 40, encoding="utf-8")
    report = ingest(engine, inbox, limits=Limits(file_bytes=1_500))
    told = outcomes(report)
    assert told.pop("大文件.txt") is Outcome.FAILED
    assert told == dict.fromkeys(rules, Outcome.NEW)
