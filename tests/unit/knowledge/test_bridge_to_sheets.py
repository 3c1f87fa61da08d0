"""The bridge from requests to sheets, and guessing by known items."""

import numpy as np
import pytest

from knowledge.recognition.bridge import SheetBridge, known_items, no_bridge
from knowledge.recognition.head import NONE, TrainedHead
from knowledge.roles import Vectors
from knowledge.training.bridging import Pairs, fit_bridge

ITEMS = 40
MEANING = 6
MOOD = 12
ASKED_EACH = 12


def unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def made() -> Pairs:
    """Vectors in which a few directions say which item is meant and more directions say how somebody talks."""
    random = np.random.default_rng(5)
    meaning = random.normal(size=(ITEMS, MEANING))
    wanted = np.repeat(np.arange(ITEMS), ASKED_EACH)
    mood = random.normal(size=(len(wanted), MOOD)) * 1.2
    requests = unit(np.concatenate([meaning[wanted], mood], axis=1).astype(np.float32))
    sheets = unit(np.concatenate([meaning, random.normal(size=(ITEMS, MOOD))], axis=1).astype(np.float32))
    return Pairs(
        requests=requests,
        wanted=wanted,
        sheets=sheets,
        owners=np.arange(ITEMS),
        kinds=np.zeros(ITEMS, dtype=np.int64),
    )


def found(bridge: SheetBridge, made: Pairs, items: int) -> float:
    """Share of requests for the items from that place on whose sheet is nearest among all sheets."""
    late = made.wanted >= items
    near = bridge.requests(made.requests[late]) @ bridge.sheets(made.sheets).T
    return float((near.argmax(axis=1) == made.wanted[late]).mean())


def test_what_is_learnt_on_some_items_finds_items_never_seen(made: Pairs) -> None:
    seen = ITEMS // 2
    early, before = made.wanted < seen, made.owners < seen
    bridge = fit_bridge(
        Pairs(
            requests=made.requests[early],
            wanted=made.wanted[early],
            sheets=made.sheets[before],
            owners=made.owners[before],
            kinds=made.kinds[before],
        )
    )
    frozen = found(no_bridge(made.requests.shape[1]), made, seen)
    assert found(bridge, made, seen) > frozen + 0.1


def test_the_same_seed_learns_the_same_bridge(made: Pairs) -> None:
    assert np.array_equal(fit_bridge(made).matrix, fit_bridge(made).matrix)


def test_vectors_of_another_embedder_are_left_as_they_are(made: Pairs) -> None:
    same = no_bridge(made.requests.shape[1])
    assert np.allclose(same.requests(made.requests), made.requests, atol=1e-6)


def test_a_guess_points_at_the_known_item_and_is_short_where_nothing_known_is_meant() -> None:
    head = TrainedHead(
        classes=(NONE, "id_loss"),
        weights=np.array([[0, 9], [9, 0]], dtype=np.float32),
        bias=np.zeros(2, dtype=np.float32),
    )
    known = known_items(head, {"id_loss": np.array([0, 1], dtype=np.float32)})
    sure = known.guess(np.array([1, 0], dtype=np.float32))
    strange = known.guess(np.array([0, 1], dtype=np.float32))
    assert sure[1] == pytest.approx(1, abs=0.01)
    assert np.linalg.norm(strange) < 0.01


def test_without_known_items_nothing_is_guessed() -> None:
    head = TrainedHead(classes=(NONE,), weights=np.zeros((1, 3), np.float32), bias=np.zeros(1, np.float32))
    assert not known_items(head, {}).guess(np.ones(3, dtype=np.float32)).any()
