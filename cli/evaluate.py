"""`xiaoshen eval`: batch evaluation on the real turn, and paired comparison of two runs."""

import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.effect import effect
from cli.evaluated import compare, document_readers, finish, keys, rescore
from cli.judge import judge
from cli.options import Home, JsonFile, settings_for
from evals.progress import Shown
from evals.result import Row
from evals.samples import AnswerCase, CaseFile, GroundingCase, PiiCase, RecognitionCase, SafetyCase

if TYPE_CHECKING:
    from assistant.product import Product

app = typer.Typer(help="Batch evaluation with confidence intervals.", no_args_is_help=True)

Data = Annotated[Path, typer.Argument(help="Dataset: a .jsonl file, or a BEIR folder for retrieval.", exists=True)]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for result.json, rows.jsonl and report.md.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Only the first N cases.")]
CatalogueDir = Annotated[
    Path | None,
    typer.Option("--catalogue", help="Evaluate against a scratch knowledge base of these sheets.", exists=True),
]
CorpusDir = Annotated[
    Path | None,
    typer.Option("--corpus", help="Evaluate against a scratch knowledge base of these documents.", exists=True),
]


@app.command("recognition")
def recognition(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
    home: Home = None,
) -> None:
    """Is the right service item found, and is it right to be sure?"""
    from assistant.describing import configuration
    from evals.harness.opening import Opening, opened
    from evals.harness.workers import asked_of, recognizing
    from evals.tasks import recognition as task

    cases = CaseFile(data, RecognitionCase, limit)
    opening = Opening(settings_for(home), catalogue, corpus)
    with opened(opening) as product, recognizing(opening, cases.count()) as pool:
        result = task.run(
            product.assistant,
            cases,
            product.today(),
            configuration(product),
            Shown("recognition", cases.count()),
            folder=out,
            elsewhere=asked_of(pool) if pool is not None else None,
        )
    finish(result, out, json_file)


@app.command("answers")
def answers(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
    home: Home = None,
) -> None:
    """Are the facts there, is nothing false there, are the right sources cited?"""
    from assistant.describing import configuration
    from evals.tasks import answers as task

    cases = CaseFile(data, AnswerCase, limit)
    with _product(home, catalogue, corpus) as product:
        result = task.run(
            product.assistant,
            cases,
            product.today(),
            configuration(product),
            Shown("answers", cases.count()),
            folder=out,
        )
    finish(result, out, json_file)


@app.command("retrieval")
def retrieval(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    home: Home = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
) -> None:
    """Are the right passages found? DATA is a BEIR folder; it is indexed into a scratch knowledge base."""
    from assistant.bootstrap import build_embedder
    from evals.tasks import retrieval as task

    settings = settings_for(home)
    with tempfile.TemporaryDirectory(prefix="xiaoshen-retrieval-") as scratch:
        embedder = build_embedder(settings, say=_quiet)
        result = task.run(data, Path(scratch), embedder, limit, Shown("retrieval"), folder=out)
    finish(result, out, json_file)


@app.command("safety")
def safety(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
    home: Home = None,
) -> None:
    """Is what is harmful refused, what is legitimate served, and does no attack come through?"""
    from assistant.describing import configuration
    from evals.safety_drivers import drivers_for
    from evals.tasks import safety as task

    cases = CaseFile(data, SafetyCase, limit)
    with _product(home, catalogue, corpus) as product, drivers_for(product) as drivers:
        result = task.run(drivers, cases, configuration(product), Shown("safety", cases.count()), folder=out)
    finish(result, out, json_file)


@app.command("grounding")
def grounding(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    home: Home = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
) -> None:
    """Are unsupported sentences stopped, and supported ones let through?"""
    from evals.tasks import grounding as task

    cases = CaseFile(data, GroundingCase, limit)
    finish(task.run(cases, _guard_config(), Shown("grounding"), folder=out), out, json_file)


@app.command("pii")
def pii(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    home: Home = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
) -> None:
    """Is personal data found and masked?"""
    from evals.tasks import pii as task

    finish(task.run(CaseFile(data, PiiCase, limit), _guard_config(), Shown("pii"), folder=out), out, json_file)


@app.command("prereview")
def prereview(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
    home: Home = None,
) -> None:
    """Is an application passed, returned or given to a person as it should be?"""
    from evals.review_samples import PrereviewCase
    from evals.tasks import prereview as task
    from knowledge.corpus.catalogue import SHIPPED, load_catalogue
    from prefill.review.rulebook import shipped_rulebook

    items = {item.slug: item for item in load_catalogue(catalogue or SHIPPED).items}
    cases = CaseFile(data, PrereviewCase, limit)
    with document_readers() as readers:
        result = task.run(cases, items, shipped_rulebook(), readers, Shown("prereview", cases.count()), folder=out)
    finish(result, out, json_file)


@app.command("dialogue")
def dialogue(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    catalogue: CatalogueDir = None,
    home: Home = None,
    corpus: CorpusDir = None,
) -> None:
    """Does a conversation bring a case to its end, asking only what is missing?"""
    from assistant.describing import configuration
    from evals.dialogue_samples import DialogueRun
    from evals.tasks import dialogue as task

    cases = CaseFile(data, DialogueRun, limit)
    with _product(home, catalogue, None) as product:
        result = task.run(
            product.assistant,
            product.handling,
            cases,
            configuration(product),
            Shown("dialogue", cases.count()),
            folder=out,
        )
    finish(result, out, json_file)


@app.command("citizens")
def citizens(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
    home: Home = None,
) -> None:
    """Are questions settled in whole conversations? Simulated people ask those of a dataset of answers."""
    from assistant.bootstrap import build_model
    from assistant.describing import configuration
    from evals.citizen_wording import ModelWording, ScriptedWording
    from evals.tasks import citizens as task

    cases, model = CaseFile(data, AnswerCase, limit), build_model(settings_for(home))
    wording = ModelWording(model) if model is not None else ScriptedWording()
    shown = Shown("citizens", cases.count())
    with _product(home, catalogue, corpus) as product:
        config = configuration(product)
        result = task.run(product.assistant, cases, product.today(), config, shown, wording=wording, folder=out)
    finish(result, out, json_file)


@app.command("prefill")
def prefill(
    data: Data,
    out: Out = None,
    json_file: JsonFile = None,
    limit: Limit = None,
    catalogue: CatalogueDir = None,
    corpus: CorpusDir = None,
    home: Home = None,
) -> None:
    """Is the form filled with what is known and said, and is the rest asked? Documents play no part in it."""
    from assistant.describing import digest_of
    from evals.samples import PrefillCase
    from evals.tasks import prefill as task
    from knowledge.corpus.catalogue import SHIPPED, load_catalogue

    _ = corpus, home
    items = {item.slug: item for item in load_catalogue(catalogue or SHIPPED).items}
    config: Row = {
        "reader": "prefill.said, deterministic",
        "catalogue": str(catalogue or "corpus"),
        "knowledge": digest_of(items.values()),
    }
    finish(task.run(CaseFile(data, PrefillCase, limit), items, config, Shown("prefill"), folder=out), out, json_file)


app.command("compare")(compare)
app.command("rescore")(rescore)
app.command("keys")(keys)
app.command("judge")(judge)
app.command("effect")(effect)


def _product(home: Path | None, catalogue: Path | None, corpus: Path | None) -> "AbstractContextManager[Product]":
    """The real product, or one with a scratch knowledge base of just what was named."""
    from evals.harness.opening import Opening, opened

    return opened(Opening(settings_for(home), catalogue, corpus))


def _quiet(_line: str) -> None:
    """Evaluations have a progress bar of their own."""


def _guard_config() -> Row:
    return {"guard": "guardrails.grounding and guardrails.pii, deterministic"}
