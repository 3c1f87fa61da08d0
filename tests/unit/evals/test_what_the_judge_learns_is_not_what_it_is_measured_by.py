"""No message that the inbound judge is trained on is nearly one of those that it is measured by."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from evals.guarding.framing import read_tsv
from evals.guarding.ordinary import ordinary_messages

ROOT = Path(__file__).parents[3]
GUARDING = ROOT / "corpus" / "guarding"
SHARED = ROOT.parent / "shared" / "datasets" / "safety"
NEAR = 0.6  # of the pairs of characters of both; what is shorter than SHORT has too few to tell
SHORT = 8
# What was alike before it was looked for: common questions, of which each has been written by two hands.
KNOWN = 12


def pairs_of(text: str) -> frozenset[str]:
    letters = "".join(c for c in text.lower() if c.isalnum())
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1)) if len(letters) >= SHORT else frozenset()


def measured_by(files: list[Path]) -> Iterator[str]:
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            text = json.loads(line).get("text")
            if text:
                yield str(text)


def nearly_alike(texts: Iterable[str], learnt: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pairs of a measured and a learnt message that share most of their pairs of characters."""
    measured = [(text, pairs_of(text)) for text in texts]
    by_pair: dict[str, list[int]] = defaultdict(list)
    for number, (_, pairs) in enumerate(measured):
        for pair in pairs:
            by_pair[pair].append(number)
    found: list[tuple[str, str]] = []
    for name in learnt:
        for _, text in read_tsv(GUARDING / f"{name}.txt"):
            pairs = pairs_of(text)
            shared: dict[int, int] = defaultdict(int)
            for pair in pairs:
                for number in by_pair[pair]:
                    shared[number] += 1
            found += [
                (measured[number][0], text)
                for number, count in shared.items()
                if count >= NEAR * (len(pairs) + len(measured[number][1]) - count)
            ]
    return found


OURS = [
    *sorted((ROOT / "evals" / "datasets").glob("safety*.jsonl")),
    GUARDING / "second.jsonl",
    GUARDING / "third.jsonl",
]


def test_no_message_of_the_new_corpus_is_nearly_one_of_our_own_sets() -> None:
    assert nearly_alike(measured_by(OURS), ("wished", "sought", "told")) == []


def test_no_told_message_is_nearly_an_ordinary_one_that_must_not_be_refused() -> None:
    assert nearly_alike(ordinary_messages().values(), ("told",)) == []


def test_hardly_any_older_message_is_nearly_one_of_our_own_sets() -> None:
    assert len(nearly_alike(measured_by(OURS), ("messages", "lawful", "civil"))) <= KNOWN


@pytest.mark.skipif(not SHARED.exists(), reason="the development data are not beside the checkout")
def test_no_message_of_the_new_corpus_is_nearly_one_of_the_development_set() -> None:
    assert nearly_alike(measured_by(sorted(SHARED.glob("*.jsonl"))), ("wished", "sought")) == []
