"""The runs behind docs/quality.md: each section on its data, by the same code as `xiaoshen eval`."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from assistant.bootstrap import build_embedder, build_model, build_product
from assistant.describing import configuration
from assistant.product import Product
from assistant.settings import Settings
from evals.harness.provenance import ROOT, provenance
from evals.judging import Judge, judge_labelled
from evals.labels import LABELLED, drawn, labelled
from evals.own_sets import OWN_SETS, OwnSet, scratch_product
from evals.progress import Shown
from evals.result import Row, RunResult
from evals.review_samples import PrereviewCase
from evals.safety_drivers import drivers_for
from evals.samples import AnswerCase, CaseFile, GroundingCase, PiiCase, PrefillCase, RecognitionCase, SafetyCase
from evals.tasks import answers, grounding, pii, prefill, prereview, recognition, retrieval, safety
from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.rulebook import shipped_rulebook

Runs = dict[str, tuple[str, Callable[[], RunResult]]]
OWN = "own_"


class Products:
    """Products that several sections share: each is built when the first section needs it, and closed at the end."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._plain: Product | None = None
        self._own: Product | None = None

    def plain(self) -> Product:
        """The shipped knowledge, today, without a model."""
        if self._plain is None:
            self._plain = self._stack.enter_context(scratch_home(None, with_model=False))
        return self._plain

    def own(self) -> Product:
        """The one that `make evals` asks."""
        if self._own is None:
            self._own = self._stack.enter_context(scratch_product())
        return self._own

    def close(self) -> None:
        """Close what was built."""
        self._stack.close()


def runs(data: Path, documents: Path, products: Products, judged: int) -> Runs:
    """Every section: its title and its run. A run raises FileNotFoundError where its data is not here."""
    development: Runs = {
        "recognition": ("Recognition", lambda: recognition_run(products, data / "recognition/dev.jsonl")),
        "answers": ("Answers without a model", lambda: answers_run(data, documents, with_model=False)),
        "answers_with_model": ("Answers with a model", lambda: answers_run(data, documents, with_model=True)),
        "prefill": ("Prefilled forms", lambda: prefill_run(data)),
        "prereview": ("Pre-review", lambda: prereview_run(data)),
        "safety_refuse": ("Requests to refuse", lambda: safety_run(products, data / "safety/refuse.jsonl")),
        "safety_benign": ("Requests that only sound risky", lambda: safety_run(products, data / "safety/benign.jsonl")),
        "safety_injection": ("Attacks by every channel", lambda: safety_run(products, data / "safety/injection.jsonl")),
        "grounding": ("Grounding check on free sentences", lambda: grounding_run(data)),
        "pii": ("Personal data", lambda: pii_run(data)),
        "retrieval_ncpqa": ("Retrieval, government notices (ncpqa, first 300 questions)", lambda: beir(data / "ncpqa")),
        "judge": ("A language model's verdicts beside a person's labels", lambda: judge_run(judged)),
    }
    own: Runs = {f"{OWN}{one.name}": (f"{one.title}, our own set", partial(own_run, products, one)) for one in _OWN}
    return development | own


_OWN = tuple(OWN_SETS.values())
_FILES = {
    "safety_refuse": "safety/refuse.jsonl",
    "safety_benign": "safety/benign.jsonl",
    "safety_injection": "safety/injection.jsonl",
    "retrieval_ncpqa": "ncpqa",
}
JUDGED_BY_LOT = 40
"""Labelled answers that a judge sees: half a minute of computing each, with the small model of `make llm`."""


def data_of(section: str, data: Path, documents: Path) -> tuple[Path, ...]:
    """The files that a section reads."""
    if section.startswith(OWN):
        return (OWN_SETS[section.removeprefix(OWN)].data,)
    if section == "judge":
        return (LABELLED, ROOT / "evals" / "prompts")
    task = section.removesuffix("_with_model")
    read = data / _FILES.get(section, f"{task}/dev.jsonl")
    return (read, documents) if task == "answers" else (read,)


def judge_run(count: int) -> RunResult:
    """A seeded sample of the labelled answers, by the configured model; kept in the home, so that it may be stopped."""
    settings = Settings()
    model = build_model(settings)
    if model is None:
        raise FileNotFoundError(2, "no model configured", "XIAOSHEN_LLM_BASE_URL")
    answers_ = drawn(list(labelled()), count)
    kept = settings.home / "judged"
    kept.mkdir(parents=True, exist_ok=True)
    judged = judge_labelled(Judge(model, model.name), answers_, Shown("judge", len(answers_)), kept)
    config: Row = {"model": model.name, "drawn": f"{len(answers_)} of {sum(1 for _ in labelled())}"}
    return RunResult(
        task="judge", dataset=str(LABELLED), config=provenance(config), metrics=judged.metrics(), rows=judged.rows
    )


def own_run(products: Products, own: OwnSet) -> RunResult:
    """A set of this project, as `make evals` runs it."""
    return own.run(products.own(), existing(own.data))


def recognition_run(products: Products, file: Path) -> RunResult:
    """Requests and the items they are about."""
    cases, product = CaseFile(existing(file), RecognitionCase), products.plain()
    shown = Shown("recognition", cases.count())
    return recognition.run(product.assistant, cases, product.today(), configuration(product), shown)


def answers_run(data: Path, documents: Path, *, with_model: bool) -> RunResult:
    """The development questions, after ingesting the source documents."""
    if with_model and Settings().llm_base_url is None:
        raise FileNotFoundError(2, "no model configured", "XIAOSHEN_LLM_BASE_URL")
    cases = CaseFile(existing(data / "answers/dev.jsonl"), AnswerCase)
    with scratch_home(existing(documents), with_model=with_model) as product:
        return answers.run(product.assistant, cases, product.today(), configuration(product), Shown("answers"))


def prefill_run(data: Path) -> RunResult:
    """The development conversations and registers."""
    items = {item.slug: item for item in load_catalogue(SHIPPED).items}
    return prefill.run(CaseFile(existing(data / "prefill/dev.jsonl"), PrefillCase), items, {}, Shown("prefill"))


def prereview_run(data: Path) -> RunResult:
    """The development applications; none of them brings a file to read."""
    items = {item.slug: item for item in load_catalogue(SHIPPED).items}
    cases = CaseFile(existing(data / "prereview/dev.jsonl"), PrereviewCase)
    return prereview.run(cases, items, shipped_rulebook(), None, Shown("prereview"))


def safety_run(products: Products, file: Path) -> RunResult:
    """Texts by their channels through the whole product."""
    cases, product = CaseFile(existing(file), SafetyCase), products.plain()
    with drivers_for(product) as drivers:
        return safety.run(drivers, cases, configuration(product), Shown(file.stem, cases.count()))


def grounding_run(data: Path) -> RunResult:
    """The development sentences."""
    return grounding.run(CaseFile(existing(data / "grounding/dev.jsonl"), GroundingCase), {}, Shown("grounding"))


def pii_run(data: Path) -> RunResult:
    """The development texts."""
    return pii.run(CaseFile(existing(data / "pii/dev.jsonl"), PiiCase), {}, Shown("pii"))


def beir(folder: Path) -> RunResult:
    """The first questions of a BEIR folder, by the product's own pipeline."""
    embedder = build_embedder(Settings(), say=lambda _: None)
    with tempfile.TemporaryDirectory(prefix="xiaoshen-quality-") as scratch:
        return retrieval.run(existing(folder), Path(scratch), embedder, 300, Shown("retrieval"))


@contextmanager
def scratch_home(documents: Path | None, *, with_model: bool) -> Iterator[Product]:
    """The shipped product in a new home that shares the built model and vectors, with the documents published."""
    settings = Settings()
    if not with_model:
        settings = settings.model_copy(update={"llm_base_url": None})
    with tempfile.TemporaryDirectory(prefix="xiaoshen-quality-") as home:
        settings = settings.model_copy(update={"home": Path(home)})
        with build_product(settings, say=lambda _: None) as product:
            if documents is not None:
                product.ingest([documents], publish=True)
            yield product


def existing(path: Path) -> Path:
    """The path, or FileNotFoundError."""
    if not path.exists():
        raise FileNotFoundError(2, "not here", str(path))
    return path
