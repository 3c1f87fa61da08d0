"""docs/quality.md, written from runs and never by hand.

    .venv/bin/python -m evals.quality [--data ../shared/datasets] [--documents ../shared/documents] [SECTION…]

Each section is one run; its numbers go to docs/quality.json with the day and the commit, and the page is rendered from
that file. A section that cannot run here (no data, no model) keeps the numbers of its last run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, Field

from assistant.bootstrap import build_embedder, build_product
from assistant.describing import configuration
from assistant.product import Product
from assistant.settings import Settings
from evals.compare import StoredMeasure
from evals.progress import Shown
from evals.result import RunResult
from evals.samples import AnswerCase, CaseFile, GroundingCase, PiiCase, RecognitionCase
from evals.tasks import answers, grounding, pii, recognition, retrieval

ROOT = Path(__file__).resolve().parent.parent
STORE, PAGE = ROOT / "docs" / "quality.json", ROOT / "docs" / "quality.md"


class Section(BaseModel):
    """One run's numbers and where they come from."""

    title: str
    day: str
    commit: str
    cases: int
    config: dict[str, object] = Field(default_factory=dict)
    latency_ms: dict[str, float] = Field(default_factory=dict)
    metrics: dict[str, StoredMeasure]


class Quality(BaseModel):
    """All sections by name."""

    sections: dict[str, Section] = Field(default_factory=dict)


ORDER = ("recognition", "answers", "answers_with_model", "grounding", "pii", "retrieval_ncpqa")
"""The order on the page."""

GOALS: dict[str, dict[str, str]] = {
    "recognition": {
        "top_1": "≥ .92",
        "top_3": "≥ .97",
        "out_of_scope_auroc": "≥ .96",
        "wrong_and_confident": "≤ .03",
    },
    "answers": {
        "fact_recall": "≥ .85",
        "forbidden_rate": "0",
        "citation_precision": "≥ .95",
        "rightly_unanswered": "≥ .90",
        "wrongly_unanswered": "≤ .08",
    },
}
"""What the issue asks for on the development sets."""


def main() -> int:
    """Run the sections asked for, store, render."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", help="default: all that can run here")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "datasets")
    parser.add_argument("--documents", type=Path, default=ROOT.parent / "shared" / "documents")
    options = parser.parse_args()
    quality = Quality.model_validate_json(STORE.read_text("utf-8")) if STORE.exists() else Quality()
    for name, (title, run) in runs(options.data, options.documents).items():
        if options.sections and name not in options.sections:
            continue
        try:
            quality.sections[name] = section_of(title, run())
        except FileNotFoundError as missing:
            print(f"{name}: skipped, {missing.filename or missing} is not here.", file=sys.stderr)  # noqa: T201
            continue
        STORE.write_text(quality.model_dump_json(indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(render(quality), encoding="utf-8")
    print(f"Written to {PAGE.relative_to(ROOT)}.")  # noqa: T201
    return 0


def runs(data: Path, documents: Path) -> dict[str, tuple[str, Callable[[], RunResult]]]:
    """Every section: its title and its run."""
    return {
        "recognition": ("Recognition", lambda: recognition_run(data)),
        "answers": ("Answers without a model", lambda: answers_run(data, documents, with_model=False)),
        "answers_with_model": ("Answers with a model", lambda: answers_run(data, documents, with_model=True)),
        "grounding": ("Grounding check on free sentences", lambda: grounding_run(data)),
        "pii": ("Personal data", lambda: pii_run(data)),
        "retrieval_ncpqa": ("Retrieval, government notices (ncpqa, first 300 questions)", lambda: beir(data / "ncpqa")),
    }


def recognition_run(data: Path) -> RunResult:
    """The development requests."""
    cases = CaseFile(existing(data / "recognition/dev.jsonl"), RecognitionCase)
    with scratch_home(None, with_model=False) as product:
        return recognition.run(product.assistant, cases, product.today(), configuration(product), Shown("recognition"))


def answers_run(data: Path, documents: Path, *, with_model: bool) -> RunResult:
    """The development questions, after ingesting the source documents."""
    if with_model and Settings().llm_base_url is None:
        raise FileNotFoundError(2, "no model configured", "XIAOSHEN_LLM_BASE_URL")
    cases = CaseFile(existing(data / "answers/dev.jsonl"), AnswerCase)
    with scratch_home(existing(documents), with_model=with_model) as product:
        return answers.run(product.assistant, cases, product.today(), configuration(product), Shown("answers"))


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


def section_of(title: str, result: RunResult) -> Section:
    """What is kept of a run."""
    as_json = json.loads(json.dumps(result.as_json()))
    return Section(
        title=title,
        day=datetime.now(UTC).date().isoformat(),
        commit=commit(),
        cases=as_json["n"],
        config=as_json["config"],
        latency_ms=as_json["latency_ms"],
        metrics={name: StoredMeasure.model_validate(m) for name, m in as_json["metrics"].items()},
    )


def commit() -> str:
    """The short hash of what ran; marked where files differed from it."""
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=9"]
    return subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip() or "unknown"  # noqa: S603


def render(quality: Quality) -> str:
    """The page."""
    lines = [
        "# Quality",
        "",
        "Written by `make quality` from runs on the development sets, never by hand. Intervals are 95 %: Wilson's for",
        "shares, a seeded bootstrap otherwise. These sets were looked at while building: expect less on unseen data.",
        "Speed and memory: `docs/performance.md`, written by `make bench`.",
        "",
    ]
    for name in ORDER:
        if name in quality.sections:
            lines += section_lines(name, quality.sections[name])
        if name == "answers" and {"answers", "answers_with_model"} <= quality.sections.keys():
            lines += side_by_side(quality.sections["answers"], quality.sections["answers_with_model"])
    return "\n".join(lines).rstrip() + "\n"


def side_by_side(without: Section, with_model: Section) -> list[str]:
    """The same questions with and without a model."""
    model = with_model.config.get("model")
    lines = [f"## Answers: without a model, and with {model}", ""]
    lines += [f"Two runs, commit {without.commit} and commit {with_model.commit}: their latencies do not compare.", ""]
    lines += ["| measure | without | with | goal |", "|---|---|---|---|"]
    for measure, m in without.metrics.items():
        other = with_model.metrics.get(measure)
        values = [f"{v.value:.3f}" if v is not None and v.value is not None else "–" for v in (m, other)]
        lines.append(f"| {measure} | {values[0]} | {values[1]} | {GOALS['answers'].get(measure, '')} |")
    return [*lines, ""]


def section_lines(name: str, section: Section) -> list[str]:
    """One section as a table."""
    goals = GOALS.get(name.removesuffix("_with_model"), {})
    lines = [f"## {section.title}", "", f"{section.cases} cases, {section.day}, commit {section.commit}."]
    if section.config:
        lines.append("Configuration: " + "; ".join(f"{k} {v}" for k, v in section.config.items()) + ".")
    lines += ["", "| measure | value | 95 % | goal | n |", "|---|---|---|---|---|"]
    for measure, m in section.metrics.items():
        value = "–" if m.value is None else f"{m.value:.3f}"
        low, high = m.ci95
        span = "–" if low is None or high is None else f"{low:.3f} – {high:.3f}"
        lines.append(f"| {measure} | {value} | {span} | {goals.get(measure, '')} | {m.n} |")
    if section.latency_ms:
        lines += ["", "Latency (ms): " + ", ".join(f"{k} {v:g}" for k, v in section.latency_ms.items()) + "."]
    return [*lines, ""]


if __name__ == "__main__":
    sys.exit(main())
