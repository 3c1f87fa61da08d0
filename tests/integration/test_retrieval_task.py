"""A BEIR folder goes in, rows and metrics of the contract come out."""

import json
from pathlib import Path

import pytest

from evals.baselines.langchain_retriever import plain_retriever
from evals.progress import Silent
from evals.scorers.retrieval import RetrievalRow, retrieval_metrics
from evals.tasks import retrieval
from knowledge.embedding.hashing import HashingEmbedder
from tests.fakes.libraries import TEXTS


def a_row(ranking: list[str], relevant: dict[str, int], evidence: float = 0.9) -> RetrievalRow:
    return RetrievalRow(
        id="q",
        relevant=relevant,
        ranking=ranking,
        scores=[1.0] * len(ranking),
        evidence=evidence,
        no_evidence=evidence < 0.2,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "beir"
    (made / "qrels").mkdir(parents=True)
    documents = [
        json.dumps({"_id": f"doc/{n}", "title": None, "text": t}, ensure_ascii=False) for n, t in enumerate(TEXTS)
    ]
    (made / "corpus.jsonl").write_text("\n".join([*documents, "{broken", '{"_id": "empty", "title": "", "text": ""}']))
    queries = [("q1", "养犬登记要在几天内办"), ("q2", "失业保险金在哪里申领"), ("q3", "潜水艇发射许可")]
    (made / "queries.jsonl").write_text("\n".join(json.dumps({"_id": i, "text": t}) for i, t in queries))
    (made / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tdoc/0\t1\nq2\tdoc/1\t1\nq2\tdoc/3\t0\n")
    return made


def test_a_folder_is_indexed_asked_and_scored(folder: Path, tmp_path: Path) -> None:
    result = retrieval.run(folder, tmp_path / "home", HashingEmbedder(), None, Silent())
    assert [row["id"] for row in result.rows] == ["q1", "q2", "q3"]
    assert result.rows[0]["ranking"][0] == "doc/0"  # type: ignore[index]
    assert {"ranking", "scores", "no_evidence"} <= set(result.rows[0])
    assert result.metrics["recall@1"].value == 1.0
    assert {"recall@5", "recall@20", "recall@100", "ndcg@10", "mrr@10", "evidence_auroc"} <= set(result.metrics)
    assert [broken.line for broken in result.broken] == [len(TEXTS) + 1]


def test_a_limit_asks_the_first_queries_only(folder: Path, tmp_path: Path) -> None:
    assert len(retrieval.run(folder, tmp_path / "home", HashingEmbedder(), 2, Silent()).rows) == 2


def test_a_big_folder_gets_vectors_for_what_the_words_found(folder: Path, tmp_path: Path) -> None:
    result = retrieval.run(folder, tmp_path / "home", HashingEmbedder(), None, Silent(), dense_up_to=2)
    assert "best of them" in str(result.config["legs"])
    assert result.metrics["recall@1"].value == 1.0


def test_measures_are_those_a_person_counts() -> None:
    rows = [a_row(["a", "b"], {"b": 1}), a_row(["a", "b"], {"a": 1, "c": 1})]
    metrics = retrieval_metrics(rows)
    assert metrics["recall@1"].value == pytest.approx(0.25)
    assert metrics["mrr@10"].value == pytest.approx(0.75)
    assert metrics["ndcg@10"].value == pytest.approx((0.63093 + 0.61315) / 2, abs=1e-4)


def test_evidence_is_measured_only_where_some_query_has_no_answer() -> None:
    assert "evidence_auroc" not in retrieval_metrics([a_row(["a"], {"a": 1})])
    both = retrieval_metrics([a_row(["a"], {"a": 1}), a_row(["a"], {}, evidence=0.1)])
    assert both["evidence_auroc"].value == 1.0
    assert both["evidence_ece"].value >= 0
    assert both["unanswerable_without_evidence"].value == 1.0


def test_the_plain_retriever_returns_langchain_documents(tmp_path: Path) -> None:
    found = plain_retriever(TEXTS, HashingEmbedder(), tmp_path, k=3).invoke("养犬登记证")
    assert len(found) == 3
    assert found[0].page_content == TEXTS[0]
