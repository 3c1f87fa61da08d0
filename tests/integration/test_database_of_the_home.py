"""The database of a home: migrations, several users at once, a full disk, the corpus at the first start."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.storage.migrating import METADATA, differences, downgrade_to, upgrade_to_head
from assistant.storage.opening import digest_of, open_store, publish_corpus
from assistant.storage.originals import OriginalFiles
from knowledge.corpus.catalogue import SHIPPED
from knowledge.errors import StorageFull
from knowledge.storage.engine import open_engine, sqlite_url, writing
from knowledge.storage.graph import Link, LinkKind
from knowledge.storage.store import KnowledgeStore
from tests.fakes.databases import postgresql
from tests.fakes.sheets import a_catalogue, a_document, an_item_sheet, write_sheet

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TODAY = NOW.date()


def test_migrating_a_new_database_gives_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path))
    upgrade_to_head(engine)
    assert differences(engine) == ()
    engine.dispose()


def test_migrating_gives_the_tables_of_the_code_on_postgresql(tmp_path: Path) -> None:
    with postgresql(tmp_path) as url:
        engine = open_engine(url)
        upgrade_to_head(engine)
        assert differences(engine) == ()
        engine.dispose()


def test_a_schema_can_be_taken_back_and_made_again(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path))
    upgrade_to_head(engine)
    downgrade_to(engine, "base")
    assert differences(engine) != ()
    upgrade_to_head(engine)
    upgrade_to_head(engine)
    assert differences(engine) == ()
    engine.dispose()


def test_several_processes_may_start_on_one_new_home(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_store(tmp_path), range(4)))
    assert {store.revision() for store in stores} == {0}
    for store in stores:
        store.engine.dispose()


def test_every_foreign_key_is_enforced(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with pytest.raises(IntegrityError), writing(store.engine) as session:
        session.execute(text("INSERT INTO links (version_id, source, kind, target) VALUES ('x', 'a', 'law', 'b')"))
    store.engine.dispose()


def test_a_second_reader_sees_a_publication_after_its_next_look(tmp_path: Path) -> None:
    seconds = [0.0]
    writer = open_store(tmp_path / "home")
    reader = KnowledgeStore(writer.engine, look_again_after=2, monotonic=lambda: seconds[0])
    assert reader.items(TODAY) == ()
    writer.publish_catalogue(a_catalogue(tmp_path / "c", an_item_sheet()), now=NOW, actor="a", why="w")
    seconds[0] = 1.9
    assert reader.items(TODAY) == ()
    seconds[0] = 2.0
    assert len(reader.items(TODAY)) == 1
    writer.engine.dispose()


def test_the_same_document_saved_by_many_at_once_is_one_version(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    gate = threading.Barrier(6)

    def save(n: int) -> str:
        gate.wait()
        return store.documents.save(a_document(body="同"), now=NOW, actor=str(n)).version_id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(save, range(6)))) == 1
    assert len(store.documents.versions("通知.txt")) == 1
    store.engine.dispose()


def test_a_full_disk_is_said_plainly_and_nothing_is_written(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path))
    upgrade_to_head(engine)

    @event.listens_for(engine, "connect")
    def little_room(connection: Connection, _: ConnectionPoolEntry) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")

    engine.dispose()
    store = KnowledgeStore(engine, look_again_after=0)
    with pytest.raises(StorageFull, match="nothing of this step was written"):
        store.documents.save(a_document(body="长" * 200_000), now=NOW, actor="a")
    assert store.documents.versions("通知.txt") == ()
    assert store.documents.save(a_document(body="短"), now=NOW, actor="a").version_id
    engine.dispose()


def test_a_failure_in_the_middle_of_many_documents_writes_none(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    good, broken = a_document(name="a.txt"), a_document(name="b.txt", body="乙")
    beyond = replace(broken, passages=(replace(broken.passages[0], start=2**70),))  # no database holds this number
    with pytest.raises((OverflowError, DBAPIError)):
        store.documents.save_all((good, beyond), now=NOW, actor="a")
    assert store.documents.waiting() == ()
    store.engine.dispose()


def test_the_graph_leads_from_items_to_materials_and_back(tmp_path: Path) -> None:
    store = open_store(tmp_path / "home")
    store.publish_catalogue(a_catalogue(tmp_path / "c", an_item_sheet()), now=NOW, actor="a", why="w")
    need = Link(source="items/dog_reg", kind=LinkKind.MATERIAL, target="狂犬病免疫证明", detail="必要")
    assert need in store.graph.leaving("items/dog_reg", TODAY)
    assert store.graph.reaching("狂犬病免疫证明", TODAY) == (need,)
    store.publish_catalogue(a_catalogue(tmp_path / "c", an_item_sheet("other")), now=NOW, actor="a", why="w")
    assert store.graph.leaving("items/dog_reg", TODAY) == ()
    store.engine.dispose()


def test_the_first_start_publishes_the_corpus_and_the_second_does_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    first = publish_corpus(store, SHIPPED, now=NOW)
    assert first is not None
    catalogue, change = first
    assert catalogue.problems == ()
    assert len(change.added) == len(catalogue.items) + len(catalogue.policies)
    assert len(store.items(TODAY)) == len(catalogue.items)
    assert publish_corpus(store, SHIPPED, now=NOW) is None
    store.engine.dispose()
    reopened = open_store(tmp_path)
    assert reopened.items(TODAY) == catalogue.items
    assert reopened.policies(TODAY) == catalogue.policies
    reopened.engine.dispose()


def test_a_changed_sheet_is_published_at_the_next_start(tmp_path: Path) -> None:
    store = open_store(tmp_path / "home")
    write_sheet(tmp_path / "corpus", "dog_reg", an_item_sheet(fee="500元"))
    publish_corpus(store, tmp_path / "corpus", now=NOW)
    write_sheet(tmp_path / "corpus", "dog_reg", an_item_sheet(fee="300元"))
    again = publish_corpus(store, tmp_path / "corpus", now=NOW)
    assert again is not None
    assert again[1].changed == ("items/dog_reg",)
    store.engine.dispose()


def test_the_digest_of_a_corpus_follows_names_and_content(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path, "a", an_item_sheet())
    first = digest_of(tmp_path)
    sheet.rename(sheet.with_name("b.yaml"))
    assert digest_of(tmp_path) != first


def test_an_original_is_laid_out_as_a_file_and_only_that(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    document = a_document()
    store.documents.save(document, now=NOW, actor="a")
    files = OriginalFiles(store.engine, tmp_path / "originals")
    path = files.original(document.sha256)
    assert path is not None
    assert path.read_bytes() == document.original
    assert files.original(document.sha256) == path
    assert files.original("0" * 64) is None
    assert files.original("../../etc/passwd") is None
    store.engine.dispose()


def test_every_table_belongs_to_the_one_metadata() -> None:
    assert {"documents", "passages", "service_item_versions", "policy_versions", "links", "messages"} <= set(
        METADATA.tables
    )
