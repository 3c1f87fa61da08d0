"""The folder of a built embedding model: what is in it, and whether it is whole. Imports nothing heavy."""

import hashlib
import json
from pathlib import Path

from knowledge.embedding.wheel import DATA_SHA256
from knowledge.errors import ModelFilesMissing

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
ABOUT_FILE = "about.json"
_VECTORS_EDITION = "1"
E5_NAME = "e5-small-" + hashlib.sha256(f"{DATA_SHA256}:{_VECTORS_EDITION}".encode()).hexdigest()[:12]
"""Names the vectors: what was trained on them or indexed with them holds as long as it stays."""
GRAPH_EDITION = "2"
"""How the graph computes them: with another edition it is built again; vectors change by rounding only."""


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_built(target: Path) -> bool:
    """True where the folder is complete and of this edition. The big file is not read: see `verify`."""
    try:
        about = json.loads((target / ABOUT_FILE).read_text())
    except (OSError, ValueError):
        return False
    sizes = about.get("bytes", {})
    return (
        about.get("name") == E5_NAME
        and about.get("graph") == GRAPH_EDITION
        and all(
            (target / name).is_file() and (target / name).stat().st_size == sizes.get(name)
            for name in (MODEL_FILE, TOKENIZER_FILE)
        )
    )


def verify(target: Path) -> None:
    """Reads every byte and compares; raises ModelFilesMissing where the folder is absent or damaged."""
    if not is_built(target):
        raise ModelFilesMissing(f"The embedding model in {target} is missing or incomplete. Run: make setup")
    about = json.loads((target / ABOUT_FILE).read_text())
    for name, expected in about["sha256"].items():
        if digest(target / name) != expected:
            raise ModelFilesMissing(f"{target / name} is damaged. Delete the folder {target} and run: make setup")
