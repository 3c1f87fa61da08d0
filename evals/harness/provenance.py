"""What ran: the code, the knowledge, the index, the model, the settings. Runs compare only where this is known."""

import hashlib
import subprocess
from functools import cache
from pathlib import Path

from pydantic import JsonValue

from evals.result import Row
from evals.statistics import SEED

ROOT = Path(__file__).resolve().parent.parent.parent
_PRODUCT = ("assistant", "guardrails", "ingest", "knowledge", "prefill", "corpus", "evals/tasks")
_NAMES = frozenset({"commit", "revision", "index"})
_COUNTS = frozenset({".py", ".npz", ".json", ".yaml", ".yml", ".txt", ".csv", ".md", ".tsv", ".jsonl"})


@cache
def product_digest() -> str:
    """A hash over the code, weights and shipped knowledge that decide what the product does with a case.

    Scorers are left out: a run is scored anew without being run anew.
    """
    whole = hashlib.sha256()
    for folder in _PRODUCT:
        whole.update(digest_of_files(ROOT / folder).encode())
    return whole.hexdigest()[:16]


def digest_of_files(place: Path) -> str:
    """A hash over names and content of a file, or of the files below a folder that decide anything."""
    whole = hashlib.sha256()
    for file in [place] if place.is_file() else sorted(place.rglob("*")):
        if file.suffix in _COUNTS and file.is_file():
            whole.update(str(file.relative_to(place)).encode())
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


@cache
def commit() -> str:
    """The short hash of what ran; marked where files differed from it."""
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=9"]
    try:
        return subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip() or "unknown"  # noqa: S603
    except OSError:
        return "unknown"


def provenance(config: Row) -> Row:
    """The configuration of a run with the code it ran on and the seed of its intervals."""
    return {**config, "commit": commit(), "product": product_digest(), "seed": SEED}


def identity_of(task: str, config: Row) -> str:
    """Two runs with this in common would do the same with a case: what one finished, the other need not repeat.

    Counts of cases are not part of it: a longer run goes on from a shorter one. Names of a home's own (its revision,
    its index) are not either: the digest of its knowledge is.
    """
    parts: list[JsonValue] = [task, product_digest(), {k: v for k, v in sorted(config.items()) if k not in _NAMES}]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
