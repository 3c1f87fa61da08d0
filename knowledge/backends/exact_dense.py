"""Vector search that looks at every vector: first at one byte a number, then, of the best, at what they really are.

Nothing approximates here: no graph to build, none to keep in memory. The scan is one integer product, which the same
runtime does that makes the vectors, and whose cost grows in step with the passages: docs/performance.md.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as failing

from knowledge.errors import IndexDamaged
from knowledge.roles import Vectors
from knowledge.search.roles import DenseIndex, Scored

_CODES, _VECTORS, _ABOUT = "codes-{}.onnx", "vectors.npy", "about.json"
_ROWS_A_PART = 1_000_000
"""An ONNX file holds two gigabytes at most."""

_SPARE = 4
"""So many times more are read exactly than are asked for: rounding may move a passage some places, not hundreds."""

_ZERO, _LARGEST = 128, 127
_FAILURES = (
    OSError,
    ValueError,
    failing.InvalidProtobuf,
    failing.InvalidGraph,
    failing.InvalidArgument,
    failing.NoSuchFile,
    failing.Fail,
    failing.RuntimeException,
)


class ExactEngine:
    """Implements `DenseEngine`."""

    @property
    def name(self) -> str:
        """The way of scanning and the layout of the files."""
        return "exact-bytes-1"

    def build(self, folder: Path, ids: Sequence[str], vectors: Vectors) -> None:
        """Write the vectors as they are, and their difference from the mean in one byte a number."""
        np.save(folder / _VECTORS, np.asarray(vectors, dtype=np.float32))
        # A constant taken off every vector changes no order, and what is left needs a far smaller range.
        middle = vectors.mean(axis=0) if len(ids) else np.zeros(vectors.shape[1], dtype=np.float32)
        largest = max((float(np.abs(vectors[rows] - middle).max()) for rows in _parts(len(ids))), default=0.0)
        scale = _LARGEST / (largest or 1.0)
        for number, rows in enumerate(_parts(len(ids))):
            codes = np.rint((vectors[rows] - middle) * scale).astype(np.int8)
            (folder / _CODES.format(number)).write_bytes(_product(codes))
        (folder / _ABOUT).write_text(json.dumps(list(ids)), encoding="utf-8")

    def open(self, folder: Path) -> DenseIndex:
        """Read the codes into memory; the vectors stay on disk, of which a search reads a few rows."""
        try:
            ids = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
            vectors = np.load(folder / _VECTORS, mmap_mode="r")
            sessions = [_opened(folder / _CODES.format(number)) for number, _ in enumerate(_parts(len(ids)))]
        except _FAILURES as error:
            raise IndexDamaged(f"The vector index in {folder} cannot be read. Run: xiaoshen doctor --repair") from error
        if len(ids) != len(vectors):
            raise IndexDamaged(f"The vector index in {folder} is not whole. Run: xiaoshen doctor --repair")
        return _ExactIndex(tuple(ids), vectors, sessions)

    def remove(self, folder: Path) -> None:
        """Nothing is kept outside the folder."""


class _ExactIndex:
    """Implements `DenseIndex`."""

    def __init__(
        self,
        ids: tuple[str, ...],
        vectors: Vectors,
        parts: Sequence[onnxruntime.InferenceSession],
    ) -> None:
        self._ids, self._vectors, self._parts = ids, vectors, tuple(parts)

    @property
    def count(self) -> int:
        return len(self._ids)

    def search(self, vector: Vectors, limit: int) -> list[Scored]:
        wanted = min(limit, self.count)
        if not wanted:
            return []
        near = self._nearly(np.asarray(vector, dtype=np.float32), min(self.count, _SPARE * wanted))
        exact = self._vectors[near] @ vector
        order = np.argsort(-exact, kind="stable")[:wanted]
        return [Scored(self._ids[near[place]], float(exact[place])) for place in order]

    def _nearly(self, vector: Vectors, wanted: int) -> NDArray[np.int64]:
        """The rows with the best rounded products, in their order."""
        scale = _LARGEST / (float(np.abs(vector).max()) or 1.0)
        asked = {"asked": (np.rint(vector * scale) + _ZERO).astype(np.uint8)[None, :]}
        products = [part.run(None, asked)[0][0] for part in self._parts]
        scores = products[0] if len(products) == 1 else np.concatenate(products)
        if wanted == len(scores):
            return np.arange(wanted)
        bound = np.partition(scores, -wanted)[-wanted]
        above = np.flatnonzero(scores > bound)
        at_bound = np.flatnonzero(scores == bound)[: wanted - len(above)]
        return np.sort(np.concatenate([above, at_bound]))

    def close(self) -> None:
        """Memory goes with the last reference."""


def _parts(count: int) -> Iterator[slice]:
    for start in range(0, count, _ROWS_A_PART):
        yield slice(start, min(count, start + _ROWS_A_PART))


def _product(codes: NDArray[np.int8]) -> bytes:
    """A model that multiplies one asked vector with all codes."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415  half a second that a start without a build saves

    rows, dimensions = codes.shape
    node = helper.make_node("MatMulInteger", ["asked", "codes", "zero"], ["products"])
    graph = helper.make_graph(
        [node],
        "scan",
        [helper.make_tensor_value_info("asked", TensorProto.UINT8, [1, dimensions])],
        [helper.make_tensor_value_info("products", TensorProto.INT32, [1, rows])],
        [
            numpy_helper.from_array(np.ascontiguousarray(codes.T), "codes"),
            numpy_helper.from_array(np.array(_ZERO, dtype=np.uint8), "zero"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=9)
    return bytes(model.SerializeToString())


def _opened(file: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # many people ask at once: a thread each is worth more than two for one
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
