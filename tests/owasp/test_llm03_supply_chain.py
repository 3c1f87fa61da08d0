"""LLM03 Supply chain: what is installed is pinned, what is read is checked, nothing is loaded that could run."""

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from guardrails.harm import WEIGHTS
from guardrails.learned import load_readers
from knowledge.corpus import yaml_reading
from knowledge.embedding import wheel

ROOT = Path(__file__).parents[2]
REVIEWED = {
    "ingest/worker.py": ["pickle.loads("],  # from the pipe to its own child process, never from a file or the network
    "knowledge/corpus/yaml_reading.py": ["yaml.load("],  # with a loader that is derived from SafeLoader
}


def test_every_requirement_is_pinned_to_one_version() -> None:
    lines = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line.strip() and not line.lstrip().startswith(("#", "-"))]
    assert [line for line in wanted if not re.match(r"[\w.\-\[\],]+==\S+", line.strip())] == []


def test_the_embedding_model_is_read_only_with_its_known_hash() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", wheel.DATA_SHA256)


def test_weights_are_numbers_and_never_pickled_objects(tmp_path: Path) -> None:
    load_readers(WEIGHTS)
    harmful = tmp_path / "harmful.npz"
    np.savez(harmful, nets=np.array([{"run": "me"}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        load_readers(harmful)


def test_no_code_of_ours_unpickles_or_evaluates() -> None:
    forbidden = re.compile(r"\bpickle\.loads?\(|\beval\(|\bexec\(|torch\.load\(|yaml\.load\(|allow_pickle=True")
    sources = [
        p
        for package in ("assistant", "guardrails", "ingest", "knowledge", "prefill")
        for p in (ROOT / package).rglob("*.py")
    ]
    calls = {
        str(p.relative_to(ROOT)): found for p in sources if (found := [m for m in forbidden.findall(_code(p)) if m])
    }
    assert calls == REVIEWED


def test_the_yaml_loader_is_a_safe_one() -> None:
    assert issubclass(yaml_reading._SheetLoader, yaml.CSafeLoader)


def _code(path: Path) -> str:
    """The file without its patterns: guardrails looks for eval( in what people send."""
    text = path.read_text(encoding="utf-8")
    return "" if path.is_relative_to(ROOT / "guardrails" / "phrases") else re.sub(r"model\.eval\(\)", "", text)
