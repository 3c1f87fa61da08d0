"""What a draft would change in the answers to the cases it touches: asked before and after, in a copy of the home.

Nothing of the real home is written. The cases are those saved in the console and the project's own; a draft that no
case touches has no effect that could be shown, and the result says so.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import JsonValue

from assistant.bootstrap import build_product
from assistant.product import Product
from assistant.settings import Settings
from assistant.storage.evaluation_cases import CaseTask, EvaluationCases
from evals.compare import NotComparable, StoredResult, differences, flips
from evals.home_copy import copy_of
from evals.own_sets import DATASETS
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import AnswerCase, BrokenLine, Case, CaseFile, RecognitionCase
from evals.tasks import answers, recognition
from knowledge.passages import VersionState
from knowledge.storage.log import Hand
from knowledge.storage.sheet_drafts import SheetDrafts

MOST_CASES = 120

C = TypeVar("C", bound=Case)
_ACTOR, _WHY = "evaluation", "a copy: what the draft would change"
_WAITING = (VersionState.DRAFT, VersionState.REVIEWED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Both runs over the touched cases, task by task; `source` is what the draft is of."""

    source: str
    before: Sequence[StoredResult]
    after: Sequence[StoredResult]

    @property
    def is_worse(self) -> bool:
        """True where a measure became worse, and not by chance."""
        pairs = zip(self.before, self.after, strict=True)
        return any(d.is_regression for old, new in pairs for d in differences(old, new))

    def as_json(self) -> dict[str, JsonValue]:
        """For the console: what differs beyond chance, and every case whose answer is another."""
        told: list[JsonValue] = []
        changed: list[JsonValue] = []
        for old, new in zip(self.before, self.after, strict=True):
            moved = {flip.id for flip in flips(old, new)}
            told += [
                {"metric": d.metric, "before": d.before, "after": d.after, "p": d.p, "worse": d.is_regression}
                for d in differences(old, new)
                if d.paired is not None and d.paired.changed and not d.is_slice
            ]
            for first, second in zip(old.rows, new.rows, strict=True):
                if _said(first) != _said(second):
                    case = {"id": first["id"], "asked": first.get("asked"), "flipped": first["id"] in moved}
                    changed.append({**case, "before": _said(first), "after": _said(second)})
        return {
            "source": self.source,
            "cases": sum(len(one.rows) for one in self.before),
            "differences": told,
            "changed": changed,
            "worse": self.is_worse,
        }


def effect_of(settings: Settings, source: str, progress: Progress) -> Effect:
    """Of the waiting draft of `items/<slug>` or `documents/<name>`. Raises NotComparable where there is none."""
    with tempfile.TemporaryDirectory(prefix="xiaoshen-effect-") as folder:
        copied = copy_of(settings, Path(folder))
        with build_product(copied, say=_quiet) as product:
            publish, day = _draft_of(product, source)
            touched = _Touched.of(product, source)
            before = touched.asked_of(product, day, progress)
            publish()
        with build_product(copied, say=_quiet) as product:
            after = touched.asked_of(product, day, progress)
    return Effect(source=source, before=before, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Touched:
    """The cases that a change of a source may move."""

    answers: Sequence[AnswerCase]
    recognition: Sequence[RecognitionCase]

    @classmethod
    def of(cls, product: Product, source: str) -> "_Touched":
        """Those that cite the source or what rests on it, or ask for an item that does; the saved ones first."""
        resting = {one.source for one in product.life().impact(source, product.today()).affected} | {source}
        slugs = {one.removeprefix("items/") for one in resting if one.startswith("items/")}
        saved = EvaluationCases(product.engine)
        asked = [
            *(AnswerCase.model_validate_json(line) for line in saved.lines(CaseTask.ANSWERS)),
            *_own(DATASETS / "answers.jsonl", AnswerCase),
        ]
        meant = [
            *(RecognitionCase.model_validate_json(line) for line in saved.lines(CaseTask.RECOGNITION)),
            *_own(DATASETS / "recognition.jsonl", RecognitionCase),
        ]
        return cls(
            answers=[one for one in asked if resting & set(one.citations)][:MOST_CASES],
            recognition=[one for one in meant if slugs & set(one.expected)][:MOST_CASES],
        )

    def asked_of(self, product: Product, day: date, progress: Progress) -> list[StoredResult]:
        """What the product does with them."""
        told = answers.run(product.assistant, _Listed(self.answers), day, {}, progress)
        found = recognition.run(product.assistant, _Listed(self.recognition), day, {}, progress)
        return [_stored(told, [c.question for c in self.answers]), _stored(found, [c.query for c in self.recognition])]


def _draft_of(product: Product, source: str) -> tuple[Callable[[], None], date]:
    """How the draft is published in the copy, and the day from which on it counts."""
    kind, _, name = source.partition("/")
    hand = Hand(at=product.now(), actor=_ACTOR, why=_WHY)
    if kind == "items" and (draft := SheetDrafts(product.engine).waiting(name)) is not None:
        tag = draft.tag
        return lambda: _ignored(SheetDrafts(product.engine).publish(name, tag, hand)), product.today()
    documents = product.knowledge.documents
    versions = documents.versions(name) if kind == "documents" else ()
    waiting = [version for version in versions if version.state in _WAITING]
    if not waiting:
        raise NotComparable(f"No draft of {source} waits: save one in the console first.")
    newest = waiting[-1]
    day = max(product.today(), newest.effective_from or product.today())
    return lambda: _ignored(documents.publish(newest.id, now=hand.at, actor=_ACTOR, why=_WHY)), day


class _Listed(Generic[C]):
    """Cases from a list, as a run takes them."""

    def __init__(self, cases: Sequence[C]) -> None:
        self._cases = cases
        self.path, self.broken = Path("saved and own cases"), list[BrokenLine]()

    def __iter__(self) -> Iterator[C]:
        return iter(self._cases)


def _own(file: Path, kind: type[C]) -> Iterator[C]:
    """The project's own cases, where the checkout is there."""
    if file.exists():
        yield from CaseFile(file, kind)


def _stored(result: RunResult, asked: Sequence[str]) -> StoredResult:
    stored = StoredResult.model_validate(json.loads(json.dumps(result.as_json())))
    for row, text in zip(stored.rows, asked, strict=True):
        row["asked"] = text
    return stored


def _said(row: Row) -> str:
    """What a person would see differ: the words of an answer, or the items that were found."""
    if "text" in row:
        return str(row["text"])
    found = row.get("accepted") or row.get("choices") or []
    return f"{row.get('decision')}: {'、'.join(str(one) for one in found) if isinstance(found, list) else ''}"


def _ignored(_: object) -> None:
    """A revision that nobody needs."""


def _quiet(_line: str) -> None:
    """The run shows its own progress."""
