"""A dataset of retrieval as it is uploaded: a ZIP with the three files of a BEIR folder, wherever they lie in it."""

import io
import shutil
import zipfile
from pathlib import Path, PurePosixPath

MOST_BYTES = 500 * 1024 * 1024
_NAMES = {"corpus.jsonl": "corpus.jsonl", "queries.jsonl": "queries.jsonl", "test.tsv": "qrels/test.tsv"}


class NoRetrievalSet(ValueError):
    """The archive is none; the message says what one is."""


def unpack(archive: bytes, folder: Path) -> int:
    """Write the three files into the folder and count the questions. Nothing else of the archive is touched."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            found = {PurePosixPath(one.filename).name: one for one in packed.infolist() if not one.is_dir()}
            missing = [name for name in _NAMES if name not in found]
            if missing:
                raise NoRetrievalSet(f"The ZIP lacks {', '.join(missing)}: it takes {', '.join(_NAMES)} (BEIR).")
            if sum(found[name].file_size for name in _NAMES) > MOST_BYTES:
                raise NoRetrievalSet(f"Unpacked it has more than {MOST_BYTES // 2**20} MB: take it in parts.")
            for name, place in _NAMES.items():
                _write(packed, found[name], folder / place)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as broken:
        raise NoRetrievalSet(
            f"This is no readable ZIP: pack {', '.join(_NAMES)} (BEIR), without a password."
        ) from broken
    with (folder / "queries.jsonl").open("rb") as questions:
        asked = sum(bool(line.strip()) for line in questions)
    if asked == 0:
        raise NoRetrievalSet("queries.jsonl holds no question: one JSON object a line.")
    return asked


def _write(packed: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """`zipfile` reads no more than the size that was checked."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(member) as content, target.open("wb") as file:
        shutil.copyfileobj(content, file)
