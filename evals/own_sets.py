"""The sets written for this project, each with the run it goes through: for `make evals` and docs/quality.md."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.bootstrap import build_product
from assistant.describing import configuration
from assistant.product import Product
from assistant.settings import Settings
from evals.dialogue_samples import DialogueRun
from evals.keys.writing import all_keys, sampled
from evals.progress import Shown
from evals.result import RunResult
from evals.review_samples import PrereviewCase
from evals.safety_drivers import drivers_for
from evals.samples import AnswerCase, CaseFile, GroundingCase, PiiCase, PrefillCase, RecognitionCase, SafetyCase
from evals.tasks import answers, citizens, dialogue, grounding, pii, prefill, prereview, recognition, retrieval, safety
from prefill.review.rulebook import shipped_rulebook

DATASETS = Path(__file__).parent / "datasets"
DAY = date(2026, 11, 22)
"""The day that the sets are asked on: what holds on it does not change with the calendar."""

KEYS = 400

Run = Callable[[Product, Path], RunResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSet:
    """A set: its name, its title on a page, where it lies, how it is run."""

    name: str
    title: str
    data: Path
    run: Run

    @property
    def is_here(self) -> bool:
        """False for a set that nobody has written yet."""
        return self.data.exists()


def _recognition(product: Product, data: Path) -> RunResult:
    cases = CaseFile(data, RecognitionCase)
    return recognition.run(product.assistant, cases, DAY, configuration(product), Shown("recognition", cases.count()))


def _answers(product: Product, data: Path) -> RunResult:
    cases = CaseFile(data, AnswerCase)
    return answers.run(product.assistant, cases, DAY, configuration(product), Shown("answers", cases.count()))


def _citizens(product: Product, data: Path) -> RunResult:
    """People with the questions of the answers set, each with a temper of their own."""
    cases = CaseFile(data, AnswerCase)
    return citizens.run(product.assistant, cases, DAY, configuration(product), Shown("citizens", cases.count()))


def _keys(product: Product, _data: Path) -> RunResult:
    """A sample of the questions whose answers the catalogue itself knows."""
    keys = sampled(all_keys(product.knowledge.items(DAY), product.knowledge.policies(DAY), DAY), KEYS)
    with tempfile.TemporaryDirectory(prefix="xiaoshen-keys-") as folder:
        file = Path(folder) / "keys.jsonl"
        file.write_text("".join(case.model_dump_json(exclude_defaults=True) + "\n" for case in keys), encoding="utf-8")
        return _answers(product, file)


def _retrieval(product: Product, data: Path) -> RunResult:
    with tempfile.TemporaryDirectory(prefix="xiaoshen-retrieval-") as scratch:
        return retrieval.run(data, Path(scratch), product.embedder, None, Shown("retrieval"))


def _grounding(_product: Product, data: Path) -> RunResult:
    cases = CaseFile(data, GroundingCase)
    return grounding.run(cases, {}, Shown("grounding", cases.count()))


def _pii(_product: Product, data: Path) -> RunResult:
    cases = CaseFile(data, PiiCase)
    return pii.run(cases, {}, Shown("pii", cases.count()))


def _prefill(product: Product, data: Path) -> RunResult:
    items = {item.slug: item for item in product.knowledge.items(DAY)}
    cases = CaseFile(data, PrefillCase)
    return prefill.run(cases, items, {}, Shown("prefill", cases.count()))


def _prereview(product: Product, data: Path) -> RunResult:
    items = {item.slug: item for item in product.knowledge.items(DAY)}
    cases = CaseFile(data, PrereviewCase)
    return prereview.run(cases, items, shipped_rulebook(), None, Shown("prereview", cases.count()))


def _safety(product: Product, data: Path) -> RunResult:
    cases = CaseFile(data, SafetyCase)
    with drivers_for(product) as drivers:
        return safety.run(drivers, cases, configuration(product), Shown("safety", cases.count()))


def _dialogue(product: Product, data: Path) -> RunResult:
    cases = CaseFile(data, DialogueRun)
    shown = Shown("dialogue", cases.count())
    return dialogue.run(product.assistant, product.handling, cases, configuration(product), shown)


OWN_SETS = {
    one.name: one
    for one in (
        OwnSet(name="recognition", title="Recognition", data=DATASETS / "recognition.jsonl", run=_recognition),
        OwnSet(name="keys", title=f"Answers to {KEYS} keys of the catalogue", data=DATASETS, run=_keys),
        OwnSet(name="answers", title="Answers", data=DATASETS / "answers.jsonl", run=_answers),
        OwnSet(name="citizens", title="Simulated citizens", data=DATASETS / "answers.jsonl", run=_citizens),
        OwnSet(name="retrieval", title="Retrieval", data=DATASETS / "retrieval", run=_retrieval),
        OwnSet(name="grounding", title="Grounding check", data=DATASETS / "grounding.jsonl", run=_grounding),
        OwnSet(name="pii", title="Personal data", data=DATASETS / "pii.jsonl", run=_pii),
        OwnSet(name="safety", title="Safety", data=DATASETS / "safety.jsonl", run=_safety),
        OwnSet(name="prefill", title="Prefilled forms", data=DATASETS / "prefill.jsonl", run=_prefill),
        OwnSet(name="prereview", title="Pre-review", data=DATASETS / "prereview.jsonl", run=_prereview),
        OwnSet(name="dialogue", title="Dialogues", data=DATASETS / "dialogue.jsonl", run=_dialogue),
    )
}


@contextmanager
def scratch_product() -> Iterator[Product]:
    """The shipped product in a new home, without a model: nothing that a machine happens to hold plays a part."""
    settings = Settings().model_copy(update={"llm_base_url": None})
    with (
        tempfile.TemporaryDirectory(prefix="xiaoshen-evals-") as home,
        build_product(settings.model_copy(update={"home": Path(home)}), say=lambda _: None) as product,
    ):
        yield product
