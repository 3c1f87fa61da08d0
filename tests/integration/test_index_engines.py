"""What every lexical and every dense engine must do, the shipped ones and those in memory alike."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.backends.chroma_dense import ChromaEngine
from knowledge.backends.exact_dense import ExactEngine
from knowledge.backends.memory import MemoryDenseEngine, MemoryLexicalEngine
from knowledge.backends.tantivy_lexical import TantivyEngine
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.errors import IndexDamaged
from knowledge.search.roles import DenseEngine, LexicalEngine, LexicalEntry
from knowledge.search.tokens import terms
from tests.fakes.libraries import TEXTS

ENTRIES = [LexicalEntry(f"p{n}", terms("关于办事的通知"), terms(text)) for n, text in enumerate(TEXTS)]


@pytest.fixture(params=[TantivyEngine, MemoryLexicalEngine])
def lexical(request: pytest.FixtureRequest) -> LexicalEngine:
    engine: LexicalEngine = request.param()
    return engine


@pytest.fixture(params=[ChromaEngine, ExactEngine, MemoryDenseEngine])
def dense(request: pytest.FixtureRequest) -> DenseEngine:
    engine: DenseEngine = request.param()
    return engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "g1" / "leg"
    made.mkdir(parents=True)
    return made


def test_words_find_their_passage(lexical: LexicalEngine, folder: Path) -> None:
    lexical.build(folder, ENTRIES)
    index = lexical.open(folder)
    assert index.count == len(ENTRIES)
    assert index.search(terms("养犬登记证怎么办"), 3)[0].id == "p0"
    assert index.search(terms("失业金"), 3)[0].id == "p1"


def test_scores_fall_and_the_limit_holds(lexical: LexicalEngine, folder: Path) -> None:
    lexical.build(folder, ENTRIES)
    scores = [hit.score for hit in lexical.open(folder).search(terms("申请办理登记"), 2)]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)


def test_unknown_words_find_nothing(lexical: LexicalEngine, folder: Path) -> None:
    lexical.build(folder, ENTRIES)
    assert lexical.open(folder).search(["qqqq"], 5) == []
    assert lexical.open(folder).search([], 5) == []


def test_frequencies_count_passages_not_occurrences(lexical: LexicalEngine, folder: Path) -> None:
    lexical.build(folder, ENTRIES)
    assert lexical.open(folder).frequencies(["养犬", "qqqq"]) == [1, 0]


def test_both_lexical_engines_rank_alike(tmp_path: Path) -> None:
    rankings = []
    for engine in (TantivyEngine(), MemoryLexicalEngine()):
        folder = tmp_path / engine.name
        folder.mkdir()
        engine.build(folder, ENTRIES)
        rankings.append([hit.id for hit in engine.open(folder).search(terms("居住证积分满一百二十分"), 3)])
    assert rankings[0] == rankings[1]


def test_an_index_of_nothing_can_be_searched(lexical: LexicalEngine, folder: Path) -> None:
    lexical.build(folder, [])
    assert lexical.open(folder).search(["养犬"], 5) == []


def test_a_lexical_index_that_was_never_built_is_damage(lexical: LexicalEngine, folder: Path) -> None:
    with pytest.raises(IndexDamaged, match="doctor --repair"):
        lexical.open(folder)


def test_the_nearest_vectors_are_found_best_first(dense: DenseEngine, folder: Path) -> None:
    vectors = HashingEmbedder().embed_passages(TEXTS)
    dense.build(folder, [f"p{n}" for n in range(len(TEXTS))], vectors)
    index = dense.open(folder)
    try:
        hits = index.search(vectors[2], 3)
        assert index.count == len(TEXTS)
        assert hits[0].id == "p2"
        assert hits[0].score == pytest.approx(1.0, abs=1e-5)
        assert len(hits) == 3
    finally:
        index.close()


def test_asking_for_more_than_there_is_gives_all(dense: DenseEngine, folder: Path) -> None:
    vectors = HashingEmbedder().embed_passages(TEXTS)
    dense.build(folder, [f"p{n}" for n in range(len(TEXTS))], vectors)
    index = dense.open(folder)
    try:
        assert len(index.search(vectors[0], 50)) == len(TEXTS)
    finally:
        index.close()


def test_a_dense_index_that_was_never_built_is_damage(dense: DenseEngine, folder: Path) -> None:
    with pytest.raises(IndexDamaged, match="doctor --repair"):
        dense.open(folder)


def test_a_cut_off_chroma_file_is_damage(folder: Path) -> None:
    ChromaEngine().build(folder, ["p0"], HashingEmbedder().embed_passages(TEXTS[:1]))
    (folder / "chroma.sqlite3").write_bytes(b"not a database at all" * 50)
    with pytest.raises(IndexDamaged, match="doctor --repair"):
        ChromaEngine().open(folder)


def test_chroma_finds_what_exact_search_finds(folder: Path, tmp_path: Path) -> None:
    vectors = np.random.default_rng(7).normal(size=(2500, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [str(n) for n in range(len(vectors))]
    exact_engine, engine = MemoryDenseEngine(), ChromaEngine()
    exact_engine.build(tmp_path, ids, vectors)
    engine.build(folder, ids, vectors)
    exact, index = exact_engine.open(tmp_path), engine.open(folder)
    try:
        pairs = [({h.id for h in exact.search(v, 10)}, {h.id for h in index.search(v, 10)}) for v in vectors[:50]]
    finally:
        index.close()
    assert np.mean([len(a & b) / 10 for a, b in pairs]) >= 0.95


def test_scanning_bytes_finds_what_exact_search_finds_though_all_vectors_are_close(
    folder: Path, tmp_path: Path
) -> None:
    drawn = np.random.default_rng(7)
    vectors = (drawn.normal(size=(2500, 64)) * 0.2 + drawn.normal(size=64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [str(n) for n in range(len(vectors))]
    exact_engine, engine = MemoryDenseEngine(), ExactEngine()
    exact_engine.build(tmp_path, ids, vectors)
    engine.build(folder, ids, vectors)
    exact, index = exact_engine.open(tmp_path), engine.open(folder)
    pairs = [({h.id for h in exact.search(v, 10)}, {h.id for h in index.search(v, 10)}) for v in vectors[:50]]
    assert np.mean([len(a & b) / 10 for a, b in pairs]) >= 0.99
    assert abs(index.search(vectors[3], 1)[0].score - 1.0) < 0.002


def test_a_scan_with_a_file_cut_off_is_damage(folder: Path) -> None:
    ExactEngine().build(folder, ["p0"], HashingEmbedder().embed_passages(TEXTS[:1]))
    codes = folder / "codes-0.onnx"
    codes.write_bytes(codes.read_bytes()[:50])
    with pytest.raises(IndexDamaged, match="doctor --repair"):
        ExactEngine().open(folder)
