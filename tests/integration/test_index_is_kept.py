"""A large index is extended by what changed, and a keeper mends and follows while the product serves."""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from knowledge.backends.memory_library import MemoryLibrary
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.search.checking import Level
from knowledge.search.keeping import IndexKeeper
from knowledge.search.opening import DocumentIndex, open_index
from tests.fakes.libraries import TEXTS, a_version, passages_of

TODAY = date(2026, 11, 22)
TAXI = "网约车驾驶员证到期前三十日内申请延续。"


def a_full_library() -> MemoryLibrary:
    """Forty documents of six passages; each passage says whose it is."""
    library = MemoryLibrary()
    for number in range(40):
        version = a_version(f"guide{number}.txt")
        library.publish(version, passages_of(version, [f"{text}编号kz{number}。" for text in TEXTS]))
    return library


def an_index(home: Path, library: MemoryLibrary) -> DocumentIndex:
    seconds = count()
    return open_index(
        library,
        HashingEmbedder(),
        home=home,
        clock=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC) + timedelta(seconds=next(seconds)),
        whole_below=20,
    )


@pytest.fixture
def library() -> MemoryLibrary:
    return a_full_library()


@pytest.fixture
def index(tmp_path: Path, library: MemoryLibrary) -> Iterator[DocumentIndex]:
    opened = an_index(tmp_path, library)
    opened.refresh()
    yield opened
    opened.close()


def publish(library: MemoryLibrary, name: str, *texts: str) -> None:
    version = a_version(name, 2)
    library.publish(version, passages_of(version, texts))


def test_a_change_extends_the_index_and_the_doctor_finds_it_equal_to_the_truth(
    index: DocumentIndex, library: MemoryLibrary
) -> None:
    whole = index.generations.manifest()
    assert whole is not None
    library.withdraw("guide7.txt@1")
    publish(library, "taxi.txt", TAXI)
    extended = index.refresh()
    assert (extended.base, extended.passages) == (whole.id, 40 * 6 - 6 + 1)
    assert [finding.level for finding in index.check()] == [Level.OK]
    found = index.search.search("网约车驾驶员证延续", as_of=TODAY)
    assert found.hits[0].passage.text == TAXI
    assert set(found.hits[0].legs) == {"lexical", "dense"}
    assert all(hit.document.name != "guide7.txt" for hit in index.search.search("编号kz7", as_of=TODAY, limit=50).hits)


def test_an_extended_index_is_extended_again_and_keeps_its_base(index: DocumentIndex, library: MemoryLibrary) -> None:
    whole = index.refresh().id
    for number in range(6):
        publish(library, f"more{number}.txt", f"第{number}条{TAXI}")
        library.withdraw(f"guide{number}.txt@1")
        manifest = index.refresh()
        assert manifest.base == whole
        assert [finding.level for finding in index.check()] == [Level.OK]
    library.withdraw("more3.txt@2")
    assert index.refresh().passages == 34 * 6 + 5
    assert [finding.level for finding in index.check()] == [Level.OK]
    folders = {path.name for path in index.generations.folder.iterdir() if path.is_dir()}
    assert folders == {whole, index.generations.current()}


def test_many_changes_build_the_index_anew(index: DocumentIndex, library: MemoryLibrary) -> None:
    for number in range(10):
        publish(library, f"guide{number}.txt", *(f"{text}新编号nz{number}。" for text in TEXTS))
    assert index.refresh().base is None


def test_an_extended_index_without_its_base_is_said_and_built_anew(
    tmp_path: Path, index: DocumentIndex, library: MemoryLibrary
) -> None:
    publish(library, "taxi.txt", TAXI)
    base = index.refresh().base
    assert base is not None
    shutil.rmtree(index.generations.folder / base)
    fresh = an_index(tmp_path, library)
    found = fresh.search.search("网约车驾驶员证延续", as_of=TODAY)
    assert found.degraded is not None
    assert found.hits[0].passage.text == TAXI
    assert fresh.refresh().base is None
    assert fresh.search.search("网约车驾驶员证延续", as_of=TODAY).degraded is None
    fresh.close()


def wait_for(happens: Callable[[], bool]) -> bool:
    for _ in range(600):
        if happens():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def keeper(index: DocumentIndex, library: MemoryLibrary) -> Iterator[IndexKeeper]:
    kept = IndexKeeper(index.builder, index.generations, library.revision, every=0.05)
    yield kept
    kept.close()


def test_a_kept_index_follows_the_truth(index: DocumentIndex, library: MemoryLibrary, keeper: IndexKeeper) -> None:
    keeper.start()
    publish(library, "taxi.txt", TAXI)
    assert wait_for(lambda: (manifest := index.generations.manifest()) is not None and manifest.passages == 241)
    assert keeper.problem() is None


@pytest.mark.parametrize("lost", ["lexical", "dense", "roster.tsv", ""])
def test_a_kept_index_that_is_damaged_is_noticed_and_mended(
    index: DocumentIndex, keeper: IndexKeeper, lost: str
) -> None:
    before = index.refresh().id
    target = index.generations.folder / before / lost
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.write_text("")
    assert keeper.problem() is not None
    keeper.start()
    assert wait_for(lambda: index.generations.current() != before and index.generations.damage() is None)
    assert wait_for(lambda: keeper.problem() is None)
    assert Level.BROKEN not in {finding.level for finding in index.check()}
