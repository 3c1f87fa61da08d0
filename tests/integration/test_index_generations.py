"""Generations: built aside, switched in one step, kept while read, noticed when lost."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from knowledge.backends.memory_library import MemoryLibrary
from knowledge.backends.tantivy_lexical import TantivyEngine
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.errors import IndexBusy, IndexDamaged
from knowledge.roles import Vectors
from knowledge.search.checking import Level
from knowledge.search.opening import DocumentIndex, open_index
from knowledge.search.roles import DenseEngine, LexicalEngine, LexicalEntry
from tests.fakes.libraries import TEXTS, a_library, a_version, passages_of

TODAY = date(2026, 11, 22)


class CountingEmbedder(HashingEmbedder):
    """Counts the passages it was asked for."""

    asked = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += len(texts)
        return super().embed_passages(texts)


class AbortingEngine(TantivyEngine):
    """Dies in the middle of a build."""

    def build(self, folder: Path, entries: Iterable[LexicalEntry]) -> None:
        next(iter(entries))
        raise KeyboardInterrupt


class ForgetfulEngine(TantivyEngine):
    """Loses every second passage without a word."""

    def build(self, folder: Path, entries: Iterable[LexicalEntry]) -> None:
        super().build(folder, list(entries)[::2])


def an_index(
    home: Path,
    library: MemoryLibrary | None = None,
    *,
    lexical: LexicalEngine | None = None,
    dense: DenseEngine | None = None,
    embedder: HashingEmbedder | None = None,
    dense_budget: int | None = None,
) -> DocumentIndex:
    seconds = count()
    return open_index(
        library or a_library(),
        embedder or HashingEmbedder(),
        home=home,
        clock=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC) + timedelta(seconds=next(seconds)),
        lexical=lexical,
        dense=dense,
        dense_budget=dense_budget,
    )


@pytest.fixture
def index(tmp_path: Path) -> Iterator[DocumentIndex]:
    opened = an_index(tmp_path)
    opened.refresh()
    yield opened
    opened.close()


def first(index: DocumentIndex, query: str) -> str:
    return index.search.search(query, as_of=TODAY).hits[0].passage.text


def test_what_is_published_is_found(index: DocumentIndex) -> None:
    found = index.search.search("狗怎么办养犬登记", as_of=TODAY)
    assert found.degraded is None
    assert found.hits[0].passage.text == TEXTS[0]
    assert set(found.hits[0].legs) == {"lexical", "dense"}


def test_an_up_to_date_index_is_not_built_again(index: DocumentIndex) -> None:
    before = index.generations.current()
    assert index.refresh().id == before
    assert index.rebuild().id != before


def test_one_changed_document_embeds_one_document(tmp_path: Path) -> None:
    library, embedder = a_library(), CountingEmbedder()
    index = an_index(tmp_path, library, embedder=embedder)
    index.refresh()
    version = a_version("new.txt")
    library.publish(version, passages_of(version, ["网约车驾驶员证到期前三十日内申请延续。"]))
    before = embedder.asked
    index.refresh()
    assert embedder.asked - before == 1


def test_a_publish_is_found_before_the_index_is_built(tmp_path: Path) -> None:
    library = a_library()
    index = an_index(tmp_path, library)
    index.refresh()
    version = a_version("new.txt")
    library.publish(version, passages_of(version, ["网约车驾驶员证到期前三十日内申请延续。"]))
    assert "网约车" in first(index, "网约车驾驶员证延续")
    index.refresh()
    assert "网约车" in first(index, "网约车驾驶员证延续")
    index.close()


def test_a_withdrawn_version_is_never_cited(tmp_path: Path) -> None:
    library = a_library(dogs=TEXTS[:1], jobs=TEXTS[1:2])
    index = an_index(tmp_path, library)
    index.refresh()
    library.withdraw("dogs.txt@1")
    found = index.search.search("养犬登记证", as_of=TODAY)
    assert all(hit.document.id != "dogs.txt@1" for hit in found.hits)
    index.close()


def test_a_version_answers_only_for_its_days(tmp_path: Path) -> None:
    library = MemoryLibrary()
    old = a_version("rule.txt", 1, effective_to=date(2026, 6, 30))
    new = a_version("rule.txt", 2, effective_from=date(2026, 7, 1))
    library.publish(old, passages_of(old, ["养犬登记费每年三百元。"]))
    library.publish(new, passages_of(new, ["养犬登记费每年一百元。"]))
    index = an_index(tmp_path, library)
    index.refresh()
    on = {day: index.search.search("养犬登记费", as_of=day).hits for day in (date(2026, 6, 30), date(2026, 7, 1))}
    assert [[h.document.id for h in hits] for hits in on.values()] == [["rule.txt@1"], ["rule.txt@2"]]
    index.close()


def test_an_aborted_build_leaves_the_old_generation_served(tmp_path: Path, index: DocumentIndex) -> None:
    before = index.generations.current()
    with pytest.raises(KeyboardInterrupt):
        an_index(tmp_path, a_library(other=TEXTS[:2]), lexical=AbortingEngine()).rebuild()
    assert index.generations.current() == before
    assert [p.name for p in index.generations.folder.iterdir() if p.is_dir()] == [before]
    assert first(index, "养犬登记") == TEXTS[0]


def test_an_index_that_loses_passages_is_never_switched_to(tmp_path: Path, index: DocumentIndex) -> None:
    before = index.generations.current()
    with pytest.raises(IndexDamaged, match="old one stays"):
        an_index(tmp_path, lexical=ForgetfulEngine()).rebuild()
    assert index.generations.current() == before


def test_a_second_builder_is_refused_clearly(index: DocumentIndex) -> None:
    with index.generations.writer(), pytest.raises(IndexBusy, match="Another process"):
        index.rebuild(wait=0.2)


def test_a_second_builder_waits_its_turn(index: DocumentIndex) -> None:
    entered, release = threading.Event(), threading.Event()

    def hold() -> None:
        with index.generations.writer():
            entered.set()
            release.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    threading.Timer(0.3, release.set).start()
    assert index.rebuild(wait=20).passages == len(TEXTS)
    holder.join()


def test_a_deleted_index_is_said_and_searched_around_and_mended(index: DocumentIndex) -> None:
    assert first(index, "养犬登记") == TEXTS[0]
    shutil.rmtree(index.generations.folder)
    found = index.search.search("养犬登记", as_of=TODAY)
    assert found.degraded is not None
    assert "doctor --repair" in found.degraded
    assert found.hits[0].passage.text == TEXTS[0]
    assert [finding.level for finding in index.check()] == [Level.BROKEN]
    index.rebuild()
    assert index.search.search("养犬登记", as_of=TODAY).degraded is None
    assert [finding.level for finding in index.check()] == [Level.OK]


@pytest.mark.parametrize("leg", ["lexical", "dense"])
def test_a_lost_leg_is_said_and_the_other_answers(tmp_path: Path, leg: str) -> None:
    built = an_index(tmp_path)
    manifest = built.refresh()
    shutil.rmtree(built.generations.folder / manifest.id / leg)
    index = an_index(tmp_path)
    found = index.search.search("养犬登记", as_of=TODAY)
    assert found.degraded is not None
    assert found.hits[0].passage.text == TEXTS[0]
    assert any(finding.level is Level.BROKEN and finding.mend for finding in index.check())
    index.close()


def test_vectors_of_another_embedder_are_not_used(tmp_path: Path) -> None:
    an_index(tmp_path).refresh()
    index = an_index(tmp_path, embedder=HashingEmbedder(64))
    found = index.search.search("养犬登记", as_of=TODAY)
    assert found.degraded is not None
    assert "hashing-256" in found.degraded
    assert "dense" not in found.hits[0].legs
    assert index.check()[0].level is Level.BROKEN
    index.refresh()
    assert index.search.search("养犬登记", as_of=TODAY).degraded is None
    index.close()


def test_beyond_its_budget_a_build_has_words_only_and_says_so(tmp_path: Path) -> None:
    index = an_index(tmp_path, dense_budget=3)
    assert index.refresh().dense is None
    found = index.search.search("养犬登记", as_of=TODAY)
    assert found.degraded is not None
    assert "at most 3" in found.degraded
    assert Level.NOTE in {finding.level for finding in index.check()}
    index.close()
    full = an_index(tmp_path, dense_budget=None)
    assert full.refresh().dense is not None


def test_a_broken_vector_cache_costs_time_only(tmp_path: Path) -> None:
    index = an_index(tmp_path)
    index.refresh()
    (index.generations.folder / "vectors.sqlite").write_bytes(b"rubbish" * 1000)
    assert index.rebuild().dense is not None


def test_an_empty_library_is_well(tmp_path: Path) -> None:
    index = an_index(tmp_path, MemoryLibrary())
    assert [finding.level for finding in index.check()] == [Level.OK]
    index.refresh()
    found = index.search.search("养犬登记", as_of=TODAY)
    assert (found.hits, found.evidence, found.degraded) == ((), 0.0, None)
    index.close()


@pytest.mark.parametrize("query", ["", "😀", "\ud800", "?!", "ﷺ" * 300, "\u200b", "的" * 10_000])
def test_any_question_is_survived(index: DocumentIndex, query: str) -> None:
    found = index.search.search(query, as_of=TODAY)
    assert 0.0 <= found.evidence <= 1.0


def test_the_old_generation_stays_while_it_is_read(tmp_path: Path, index: DocumentIndex) -> None:
    held = index.generations.open_current()
    index.rebuild()
    assert held.is_there
    held.close()
    assert index.search.search("养犬登记", as_of=TODAY).hits
    index.rebuild()
    assert not held.is_there


def test_searches_go_on_while_generations_are_switched(index: DocumentIndex) -> None:
    stop, failures = threading.Event(), list[str]()

    def read() -> None:
        while not stop.is_set():
            found = index.search.search("养犬登记", as_of=TODAY)
            if found.degraded or not found.hits or found.hits[0].passage.text != TEXTS[0]:
                failures.append(found.degraded or "wrong")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        index.rebuild()
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []


READER = """
    import sys, time
    from datetime import UTC, date, datetime
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from knowledge.embedding.hashing import HashingEmbedder
    from knowledge.search.opening import open_index
    from tests.fakes.libraries import a_library
    index = open_index(a_library(), HashingEmbedder(), home=Path({home!r}), clock=lambda: datetime.now(UTC))
    until = time.monotonic() + 25
    while time.monotonic() < until:
        found = index.search.search("养犬登记", as_of=date(2026, 11, 22))
        assert found.degraded is None, found.degraded
        assert found.hits[0].passage.ordinal == 0
        print(index.search.serving(), flush=True)
        if (Path({home!r}) / "stop").exists():
            break
        time.sleep(0.1)
    index.close()
"""


def test_two_processes_read_while_one_switches(tmp_path: Path, index: DocumentIndex) -> None:
    root = str(Path(__file__).parents[2])
    code = textwrap.dedent(READER.format(root=root, home=str(tmp_path)))
    readers = [
        subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline().strip() == index.generations.current()
    switched = index.rebuild().id
    time.sleep(2.0)
    (tmp_path / "stop").touch()
    for reader in readers:
        out, err = reader.communicate(timeout=40)
        assert reader.returncode == 0, err
        assert out.split()[-1] == switched
    index.rebuild()
    assert len([p for p in index.generations.folder.iterdir() if p.is_dir()]) <= 2


BUILDER = """
    import sys, time
    from datetime import UTC, datetime
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from knowledge.backends.tantivy_lexical import TantivyEngine
    from knowledge.embedding.hashing import HashingEmbedder
    from knowledge.search.opening import open_index
    from tests.fakes.libraries import a_library
    class Slow(TantivyEngine):
        def build(self, folder, entries):
            print("building", flush=True)
            time.sleep(30)
    home = Path({home!r})
    open_index(a_library(), HashingEmbedder(), home=home, clock=lambda: datetime.now(UTC), lexical=Slow()).rebuild()
"""


def test_a_killed_builder_holds_nothing_and_leaves_nothing(tmp_path: Path, index: DocumentIndex) -> None:
    before = index.generations.current()
    root = str(Path(__file__).parents[2])
    code = textwrap.dedent(BUILDER.format(root=root, home=str(tmp_path)))
    builder = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert builder.stdout is not None
    assert builder.stdout.readline().strip() == "building"
    os.kill(builder.pid, signal.SIGKILL)
    builder.communicate(timeout=10)
    assert index.generations.current() == before
    assert first(index, "养犬登记") == TEXTS[0]
    after = index.rebuild(wait=0).id
    assert first(index, "养犬登记") == TEXTS[0]
    index.rebuild()
    left = {p.name for p in index.generations.folder.iterdir() if p.is_dir()}
    assert len(left - {after, index.generations.current()}) == 0
