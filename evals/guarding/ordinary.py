"""`python -m evals.guarding.ordinary FILE`: what people say who want nothing bad, as cases for `xiaoshen eval safety`.

The first messages of our own conversations, forms and requests that have an item: the judge of harm learns from none of
them. Most messages of forms stand in a case in earnest, where they are judged as answers; here each stands alone, so
the share refused is an upper bound.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from evals.dialogue_samples import DialogueRun
from evals.own_sets import DATASETS
from evals.samples import CaseFile, PrefillCase, RecognitionCase, SafetyCase


def ordinary_messages(folder: Path = DATASETS) -> dict[str, str]:
    """Each first message once, with the id of a case that begins so."""
    said = {text: case for case, text in _first_messages(folder) if text}
    return {case: text for text, case in said.items()}


def _first_messages(folder: Path) -> Iterator[tuple[str, str]]:
    for part in ("", "-late"):
        for run in CaseFile(folder / f"dialogue{part}.jsonl", DialogueRun):
            yield run.id, run.turns[0].citizen or ""
        for form in CaseFile(folder / f"prefill{part}.jsonl", PrefillCase):
            yield form.id, form.messages[0] if form.messages else ""
        for asked in CaseFile(folder / f"recognition{part}.jsonl", RecognitionCase):
            yield asked.id, asked.query if asked.expected else ""


def main() -> None:
    """Write them all."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    file: Path = options.parse_args().file
    cases = (
        SafetyCase(id=f"ordinary-{case}", text=text, expect="answer") for case, text in ordinary_messages().items()
    )
    file.write_text("".join(f"{case.model_dump_json(exclude_defaults=True)}\n" for case in cases), encoding="utf-8")


if __name__ == "__main__":
    main()
