"""What the console writes: corrections of passages, drafts of sheets, evaluation cases; and the list it reads."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.storage.evaluation_cases import CaseTask, EvaluationCases
from assistant.storage.migrating import METADATA
from knowledge.errors import FourEyesRequired, TransitionRefused, VersionChanged
from knowledge.passages import VersionState
from knowledge.storage.document_lists import DocumentFilter, DocumentLists, DocumentOrder
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.log import Hand
from knowledge.storage.passage_edits import PassageChange, PassageEdits
from knowledge.storage.sheet_drafts import SheetDrafts
from knowledge.storage.store import KnowledgeStore
from tests.fakes.sheets import a_catalogue, a_document, an_item_sheet

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KnowledgeStore]:
    engine = open_engine(sqlite_url(tmp_path / "home"))
    METADATA.create_all(engine)
    yield KnowledgeStore(engine, look_again_after=0)
    engine.dispose()


def by(actor: str) -> Hand:
    return Hand(at=NOW, actor=actor, why="核对原件")


def saved(store: KnowledgeStore, name: str = "notice.txt") -> str:
    return store.documents.save(a_document(name=name), now=NOW, actor="editor").version_id


def change(store: KnowledgeStore, version: str, text: str | None, actor: str = "editor") -> str:
    first = PassageEdits(store.engine).beside_first(version)[0].first
    assert first is not None
    wanted = PassageChange(first.start, first.end, text)
    return PassageEdits(store.engine).correct(version, [wanted], now=NOW, actor=actor, why="核对原件")


def test_a_correction_is_a_draft_and_what_was_read_first_stays_beside_it(store: KnowledgeStore) -> None:
    version = saved(store)
    corrected = change(store, version, "改正后的文字。")
    pair = PassageEdits(store.engine).beside_first(corrected)[0]
    assert pair.edited
    assert pair.now is not None
    assert pair.now.text == "改正后的文字。"
    states = [v.state for v in store.documents.versions("notice.txt")]
    assert states == [VersionState.WITHDRAWN, VersionState.DRAFT]


def test_who_corrected_a_passage_is_not_the_one_who_publishes_it(store: KnowledgeStore) -> None:
    corrected = change(store, saved(store), "改正后的文字。", actor="reviewer")
    with pytest.raises(FourEyesRequired):
        store.documents.publish(corrected, now=NOW, actor="reviewer", why="")
    store.documents.publish(corrected, now=NOW, actor="chief", why="")


def test_a_version_that_is_not_the_newest_is_not_corrected(store: KnowledgeStore) -> None:
    version = saved(store)
    change(store, version, "先改的。")
    with pytest.raises(VersionChanged):
        change(store, version, "后改的。")


def test_a_version_keeps_at_least_one_passage(store: KnowledgeStore) -> None:
    version = saved(store)
    pairs = PassageEdits(store.engine).beside_first(version)
    none = [PassageChange(p.first.start, p.first.end, None) for p in pairs if p.first]
    with pytest.raises(TransitionRefused):
        PassageEdits(store.engine).correct(version, none, now=NOW, actor="editor", why="x")


def test_the_list_is_filtered_sorted_and_cut_by_the_database(store: KnowledgeStore) -> None:
    for n in range(7):
        saved(store, f"{n}.txt")
    saved(store, "special_100%.txt")
    lists = DocumentLists(store.engine)
    wanted = DocumentFilter(order=DocumentOrder.TITLE, descending=False)
    page = lists.page(wanted, offset=6, limit=5)
    assert (page.total, len(page.rows)) == (8, 2)
    found = lists.page(DocumentFilter(text="100%"), offset=0, limit=5)
    assert [row.name for row in found.rows] == ["special_100%.txt"]
    assert lists.counts()[VersionState.DRAFT] == 8


def published_item(store: KnowledgeStore, folder: Path) -> SheetDrafts:
    store.publish_catalogue(a_catalogue(folder, an_item_sheet()), now=NOW, actor="xiaoshen", why="")
    return SheetDrafts(store.engine)


def test_a_draft_of_a_sheet_is_published_by_another_person_only(store: KnowledgeStore, tmp_path: Path) -> None:
    drafts = published_item(store, tmp_path)
    slug = store.items(NOW.date())[0].slug
    sheet = drafts.published(slug)
    draft = drafts.save(slug, {**sheet.sheet, "name": "新名称"}, sheet.fingerprint, by("editor"))
    assert store.items(NOW.date())[0].name != "新名称"
    with pytest.raises(FourEyesRequired):
        drafts.publish(slug, draft.tag, by("Editor "))
    drafts.publish(slug, draft.tag, by("reviewer"))
    store.refresh()
    assert store.items(NOW.date())[0].name == "新名称"


def test_the_next_start_with_the_same_corpus_keeps_what_editors_published(
    store: KnowledgeStore, tmp_path: Path
) -> None:
    drafts = published_item(store, tmp_path)
    slug = store.items(NOW.date())[0].slug
    sheet = drafts.published(slug)
    draft = drafts.save(slug, {**sheet.sheet, "name": "新名称"}, sheet.fingerprint, by("editor"))
    drafts.publish(slug, draft.tag, by("reviewer"))
    published_item(store, tmp_path)
    assert store.items(NOW.date())[0].name == "新名称"
    changed = a_catalogue(tmp_path / "next", an_item_sheet().replace("养犬登记(犬证)", "语料里的新名称"))
    store.publish_catalogue(changed, now=NOW, actor="xiaoshen", why="")
    assert store.items(NOW.date())[0].name == "语料里的新名称"


def test_a_draft_that_somebody_else_saved_meanwhile_is_not_overwritten(store: KnowledgeStore, tmp_path: Path) -> None:
    drafts = published_item(store, tmp_path)
    slug = store.items(NOW.date())[0].slug
    sheet = drafts.published(slug)
    drafts.save(slug, {**sheet.sheet, "name": "先存的"}, sheet.fingerprint, by("editor"))
    with pytest.raises(VersionChanged):
        drafts.save(slug, {**sheet.sheet, "name": "后存的"}, sheet.fingerprint, by("editor2"))


def test_saved_cases_come_out_as_lines_of_the_contract(store: KnowledgeStore) -> None:
    cases = EvaluationCases(store.engine)
    content = {"query": "狗证怎么办", "expected": ["dog_reg"]}
    cases.save(CaseTask.RECOGNITION, content, note="", now=NOW, actor="editor")
    assert list(cases.lines(CaseTask.RECOGNITION)) == [
        '{"id": "console-1", "query": "狗证怎么办", "expected": ["dog_reg"]}\n'
    ]
    assert list(cases.lines(CaseTask.ANSWERS)) == []
