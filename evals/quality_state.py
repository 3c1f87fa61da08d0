"""What a section of docs/quality.md rests on: where none of it changed, its numbers would be the same again."""

import hashlib
from functools import cache
from pathlib import Path

from evals.harness.provenance import ROOT, digest_of_files

_TURN = ("assistant", "guardrails", "ingest", "knowledge", "prefill", "corpus", "evals")
_RESTS_ON = {
    "pii": ("guardrails", "corpus/guarding", "knowledge/wording", "evals"),
    "grounding": ("guardrails", "corpus/guarding", "knowledge/wording", "evals"),
    "prefill": ("prefill", "corpus", "knowledge", "guardrails", "evals"),
    "prereview": ("prefill", "corpus", "knowledge", "guardrails", "evals"),
    "retrieval": ("knowledge", "ingest", "guardrails", "evals"),
    "judge": ("evals",),
}
"""Folders of tasks that ask less than the whole turn. `evals` stands for the task's own file and its scorers."""


def state_of(section: str, *data: Path) -> str:
    """A digest over the code, the knowledge and the data that decide the numbers of a section."""
    task = next((one for one in _RESTS_ON if one in section), "")
    whole = hashlib.sha256()
    for folder in _RESTS_ON.get(task, _TURN):
        whole.update(_of(folder if folder != "evals" else "evals/tasks").encode())
    whole.update(_of("evals/scorers").encode())
    for place in data:
        whole.update(_of(str(place)).encode())
    return whole.hexdigest()[:16]


@cache
def _of(place: str) -> str:
    return digest_of_files(ROOT / place)
