"""Trains the evidence decision: how likely is it that what was found holds the answer.

Learns from the sheets that ship in `corpus/`: each item's statements are a document, and questions are made from its
sentences (`made_questions`). Each is asked with its item in the library and, in another fold, without it; near misses
are asked too. Answered means that a passage of the item stands among the first three. People's colloquial requests
(`corpus/asking/`) are left out on purpose: they share so few words with any document that a model which learns from
them trusts questions that share as few. Run: python -m knowledge.training.evidence --help
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import rjieba
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from knowledge.backends.memory import MemoryDenseEngine, MemoryLexicalEngine
from knowledge.backends.memory_library import MemoryLibrary
from knowledge.corpus.catalogue import load_catalogue
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.items import ServiceItem
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.roles import Embedder
from knowledge.search.evidence import READ_SIGNS, WEIGHTS_FILE, Signs
from knowledge.search.opening import open_index
from knowledge.search.tokens import words
from knowledge.statements_of import item_statements

_FOLDS = 5
_LONGEST_PASSAGE = 300
_NO_ANSWER_AMONG = 3
_SEED = 20261122
_MADE_AN_ITEM = 8
_FEWEST_WORDS = 6
_WORDS_KEPT = (4, 9)
_SENTENCE = re.compile(r"[。；！？\n]")
_TEMPLATES = ("{}是什么？", "{}有哪些？", "{}怎么规定？", "{}要多少？", "请问{}吗", "{}")
_DAY = date(2026, 11, 22)
_TARGET = Path(__file__).parents[1] / "search" / WEIGHTS_FILE


@dataclass(frozen=True, slots=True)
class Request:
    """A question made from an item's sheet; `has_answer` is false where nothing in any sheet answers it."""

    item: str
    query: str
    has_answer: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """What the search saw for one request, and whether the item stood among the first."""

    item: str
    signs: Signs
    answered: bool


def document(item: ServiceItem) -> tuple[DocumentVersion, tuple[Passage, ...]]:
    """Write an item's sheet as a document: its statements in order, cut to passages of a few hundred characters."""
    version = DocumentVersion(
        id=item.slug,
        name=item.slug,
        title=item.name,
        number=None,
        issuer=item.department,
        issued_on=None,
        effective_from=None,
        effective_to=None,
        region=item.region,
        state=VersionState.PUBLISHED,
        sha256=item.version,
    )
    texts = list(_grouped(statement.text for statement in item_statements(item)))
    return version, tuple(
        Passage(
            id=f"{item.slug}#{n}", version_id=item.slug, ordinal=n, text=text, heading="", clause=None, start=0, end=0
        )
        for n, text in enumerate(texts)
    )


def _grouped(texts: Iterable[str]) -> Iterator[str]:
    group = ""
    for text in texts:
        if group and len(group) + len(text) > _LONGEST_PASSAGE:
            yield group
            group = ""
        group = f"{group}\n{text}" if group else text
    if group:
        yield group


def made_questions(items: Sequence[ServiceItem]) -> Iterator[Request]:
    """Make questions of a few words of one sentence; and near misses, in which another item's words stand instead.

    A near miss is what an unanswerable question mostly is: the right domain, one thing in it that nobody wrote about.
    """
    rng = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    texts = {item.slug: "\n".join(p.text for p in document(item)[1]) for item in items}
    vocabulary = {slug: sorted({w for w in words(text) if len(w) > 1}) for slug, text in texts.items()}
    for slug, text in texts.items():
        sentences = [s for s in _SENTENCE.split(text) if len(words(s)) >= _FEWEST_WORDS]
        for sentence in rng.sample(sentences, min(len(sentences), _MADE_AN_ITEM)):
            spoken = [w for w in rjieba.cut(sentence, True) if words(w)]
            kept = sorted(rng.sample(range(len(spoken)), min(len(spoken), rng.randint(*_WORDS_KEPT))))
            asked = [spoken[n] for n in kept]
            template = rng.choice(_TEMPLATES)
            yield Request(slug, template.format("".join(asked)))
            other = rng.choice([s for s in texts if s != slug])
            strange = [w for w in vocabulary[other] if w not in text]
            if strange:
                for n in rng.sample(range(len(asked)), max(1, len(asked) // 3)):
                    asked[n] = rng.choice(strange)
                yield Request(slug, template.format("".join(asked)), has_answer=False)


def examples(
    items: Sequence[ServiceItem], asked: Sequence[Request], embedder: Embedder, *, home: Path
) -> list[Example]:
    """Ask every request once with all items there, and once in the fold that lacks its item."""
    found: list[Example] = []
    for fold in range(_FOLDS + 1):
        absent = {item.slug for n, item in enumerate(items) if fold < _FOLDS and n % _FOLDS == fold}
        library = MemoryLibrary(document(item) for item in items if item.slug not in absent)
        index = open_index(
            library,
            embedder,
            home=home,
            clock=lambda: datetime.now(UTC),
            dense_budget=0,
            lexical=MemoryLexicalEngine(),
            dense=MemoryDenseEngine(),
        )
        index.rebuild()
        for request in asked if fold == _FOLDS else [r for r in asked if r.item in absent and r.has_answer]:
            looked = index.search.look(request.query, as_of=_DAY, limit=8)
            if looked.signs is not None:
                first = [hit.document.id for hit in looked.hits[:_NO_ANSWER_AMONG]]
                found.append(Example(request.item, looked.signs, request.has_answer and request.item in first))
        index.close()
    return found


def fit(rows: Sequence[Example]) -> dict[str, object]:
    """Fit on all rows; report how well items that were not in the fit are judged."""
    x = np.array([row.signs.read() for row in rows])
    y = np.array([row.answered for row in rows])
    group = np.array([sum(row.item.encode()) % _FOLDS for row in rows])
    unseen = np.zeros(len(rows))
    for fold in range(_FOLDS):
        unseen[group == fold] = _model().fit(x[group != fold], y[group != fold]).predict_proba(x[group == fold])[:, 1]
    model = _model().fit(x, y)
    return {
        "intercept": round(float(model.intercept_[0]), 6),
        "weights": {name: round(float(w), 6) for name, w in zip(READ_SIGNS, model.coef_[0], strict=True)},
        "trained_on": {"examples": len(rows), "answered": int(y.sum()), "source": "corpus/items"},
        "unseen_items": {
            "auroc": round(float(roc_auc_score(y, unseen)), 4),
            "brier": round(float(brier_score_loss(y, unseen)), 4),
        },
    }


def _model() -> LogisticRegression:
    return LogisticRegression(C=10.0, max_iter=2000, class_weight="balanced")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the model and write the weights that ship."""
    parser = argparse.ArgumentParser(description="Train the evidence decision of document search.")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=_TARGET)
    given = parser.parse_args(arguments)
    items = load_catalogue(given.corpus).items
    asked = list(made_questions(items))
    with TemporaryDirectory() as home:
        model = fit(examples(items, asked, HashingEmbedder(), home=Path(home)))
    given.out.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model, indent=1), file=sys.stderr)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
