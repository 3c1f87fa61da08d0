"""Multilingual-e5-small served by onnxruntime: the embedder of the embedded default. Needs no torch."""

import json
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from knowledge.embedding.folder import ABOUT_FILE, MODEL_FILE, TOKENIZER_FILE, is_built
from knowledge.errors import ModelFilesMissing
from knowledge.roles import Vectors

_PAD = 1
# Five hundred and twelve tokens never need more characters than this, and cutting first keeps a huge text cheap.
_LONGEST_TEXT = 6000
_TOKENS_A_BATCH = 4096
_ROWS_A_BATCH = 32


class E5Embedder:
    """Implements `knowledge.roles.Embedder`. Safe to share between threads."""

    def __init__(self, folder: Path, threads: int = 2, remembered: int = 2048) -> None:
        if not is_built(folder):
            raise ModelFilesMissing(f"The embedding model in {folder} is missing or incomplete. Run: make setup")
        about = json.loads((folder / ABOUT_FILE).read_text())
        self._name = str(about["name"])
        self._dimensions = int(about["dimensions"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # the arena keeps the largest batch ever seen, and spinning threads burn a core that a neighbor needs
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()
        self._most = remembered
        self._lock = Lock()

    @property
    def name(self) -> str:
        """Name with the hash of weights and graph."""
        return self._name

    @property
    def dimensions(self) -> int:
        """384."""
        return self._dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what people ask. The last ones asked for are remembered."""
        prompted = [f"query: {text[:_LONGEST_TEXT]}" for text in texts]
        known = self._recall(prompted)
        missing = [text for text in dict.fromkeys(prompted) if text not in known]
        if missing:
            fresh = dict(zip(missing, self._embed(missing), strict=True))
            self._remember(fresh)
            known |= fresh
        return np.stack([known[text] for text in prompted]) if prompted else self._nothing()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched in."""
        return self._embed([f"passage: {text[:_LONGEST_TEXT]}" for text in texts]) if texts else self._nothing()

    def _nothing(self) -> Vectors:
        return np.zeros((0, self._dimensions), dtype=np.float32)

    def _recall(self, texts: Sequence[str]) -> dict[str, Vectors]:
        known: dict[str, Vectors] = {}
        with self._lock:
            for text in texts:
                vector = self._remembered.get(text)
                if vector is not None:
                    self._remembered.move_to_end(text)
                    known[text] = vector
        return known

    def _remember(self, fresh: dict[str, Vectors]) -> None:
        with self._lock:
            self._remembered.update(fresh)
            while len(self._remembered) > self._most:
                self._remembered.popitem(last=False)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch([_encodable(text) for text in texts])
        rows = [encoding.ids for encoding in encodings]
        vectors = np.empty((len(rows), self._dimensions), dtype=np.float32)
        for batch in _batches([len(row) for row in rows]):
            vectors[batch] = self._run([rows[index] for index in batch])
        return vectors

    def _run(self, rows: list[list[int]]) -> Vectors:
        longest = max(len(row) for row in rows)
        ids = np.full((len(rows), longest), _PAD, dtype=np.int64)
        mask = np.zeros((len(rows), longest), dtype=np.int64)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        (vectors,) = self._session.run(["vector"], {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)


def _encodable(text: str) -> str:
    """Lone surrogates, which JSON can carry and UTF-8 cannot, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Indexes grouped by similar length, so that little is computed for padding."""
    batches: list[list[int]] = []
    current: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        full = len(current) >= _ROWS_A_BATCH or (len(current) + 1) * lengths[index] > _TOKENS_A_BATCH
        if current and full:
            batches.append(current)
            current = []
        current.append(index)
    if current:
        batches.append(current)
    return batches
