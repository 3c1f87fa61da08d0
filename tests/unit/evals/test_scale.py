"""The scale command: what it invents, what it draws and writes, and that it keeps what it measured."""

import json
from pathlib import Path

import numpy as np
import pytest

from evals.scale import Kept, kept
from evals.scale_page import BEGIN, kept_section, picture, section, written_into
from evals.scale_passages import CITIES, original_passage, questions, sized_library
from evals.scale_picture import Line, growth_picture
from evals.scale_sheets import DISTRICTS, SizedCatalogue, catalogues, copies, original_name
from evals.scale_vectors import StretchedEmbedder
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.search.vector_cache import VectorCache

NOWHERE = Path("/nowhere")
FIGURES: dict[str, float | str] = {
    "items": 167, "passages": 6000, "real": 6000, "about": "corpus", "engine": "exact", "build_s": 1.5,
    "memory_mib": 20.0, "vectors_mib": 2.0, "disk_mib": 30.0, "p50": 5.0, "p95": 9.0, "p99": 12.0,
    "embedding_p50": 4.0, "dense_p50": 0.5,
}  # fmt: skip


@pytest.fixture(scope="module")
def grown() -> list[SizedCatalogue]:
    return catalogues(NOWHERE)


def test_without_the_shared_data_the_catalogues_still_grow_tenfold(grown: list[SizedCatalogue]) -> None:
    sizes = [len(catalogue.items) for catalogue in grown]
    assert sizes[1] == 13 * sizes[0]
    assert sizes[2] == 10 * sizes[1]


def test_every_invented_item_has_a_slug_of_its_own_and_its_original_is_known(grown: list[SizedCatalogue]) -> None:
    own = grown[0].items[:5]
    made = copies(own, 2 * len(DISTRICTS))
    assert len({item.slug for item in made} | {item.slug for item in own}) == len(made) + len(own)
    assert {original_name(item.name) for item in made} == {item.name for item in own}
    assert all(original_name(item.name) is None for item in own)


def test_passages_beyond_the_real_ones_are_copies_of_them_and_say_so(tmp_path: Path) -> None:
    real = 12
    rows = [json.dumps([f"条例{n // 5}", f"第{n}条", f"第{n}条规定的内容。"], ensure_ascii=False) for n in range(real)]
    (tmp_path / "passages-own.jsonl").write_text("\n".join(rows), encoding="utf-8")
    few = sized_library(NOWHERE, tmp_path, 10)
    many = sized_library(NOWHERE, tmp_path, real + 7)
    titles = [document.title for document in many.library.published_documents()]
    assert (few.passages, few.real) == (10, 10)
    assert (many.passages, many.real) == (real + 7, real)
    assert "synthetic" in many.about
    assert any(title.startswith(CITIES) for title in titles)
    assert questions(NOWHERE, 10) == []


def test_what_a_copied_passage_was_made_from_can_be_told() -> None:
    assert original_passage(f"{CITIES[0]}养犬条例\n{CITIES[0]}第一条") == "养犬条例\n第一条"
    assert original_passage("养犬条例\n第一条") is None


def test_an_invented_text_lies_close_to_its_original_and_costs_no_embedding(tmp_path: Path) -> None:
    embedder = StretchedEmbedder(HashingEmbedder(), VectorCache(tmp_path / "v.sqlite"), original_name)
    real, copied, again = embedder.embed_passages(
        ["身份证补领", f"{DISTRICTS[0]}身份证补领", f"{DISTRICTS[0]}身份证补领"]
    )
    assert 0.9 < float(real @ copied) < 0.999
    assert np.array_equal(copied, again)


def test_with_only_prepared_texts_no_other_is_embedded(tmp_path: Path) -> None:
    embedder = StretchedEmbedder(
        HashingEmbedder(), VectorCache(tmp_path / "v.sqlite"), original_name, only_prepared=True
    )
    with pytest.raises(ValueError, match="embed some real ones first"):
        embedder.embed_passages(["没有准备的"])
    embedder.prepare(["身份证补领"])
    assert np.allclose(np.linalg.norm(embedder.embed_passages(["没有准备的", "身份证补领"]), axis=1), 1.0)


def test_a_part_measured_with_other_code_is_measured_again(tmp_path: Path) -> None:
    file = tmp_path / "part.json"
    assert kept(file, "now") is None
    file.write_text(Kept(code="now", figures=FIGURES).model_dump_json(), encoding="utf-8")
    assert kept(file, "now") == FIGURES
    assert kept(file, "later") is None


def test_the_picture_is_a_drawing_with_every_value() -> None:
    drawn = growth_picture("Growth", "ms", [Line("p50", [(6000, 5.25), (60000, 12.5)]), Line("nothing", [])])
    assert drawn.startswith("<svg ")
    assert drawn.rstrip().endswith("</svg>")
    assert "5.25" in drawn
    assert "12.5" in drawn
    with pytest.raises(ValueError, match="nothing to draw"):
        growth_picture("Growth", "ms", [])


def test_the_section_takes_the_place_of_the_former_one_and_survives_the_bench() -> None:
    results = {"recognition 0": FIGURES, "retrieval exact 0": FIGURES}
    page = written_into(written_into("# Performance\n\n| a |\n", section(results)), section(results))
    assert page.count(f"\n{BEGIN}\n") == 1
    assert "| 167 | corpus |" in page
    assert page.startswith("# Performance\n\n| a |\n")
    assert kept_section(page).strip() == section(results).strip()
    assert kept_section("# Performance\n") == ""
    assert "<svg" in picture(results)
