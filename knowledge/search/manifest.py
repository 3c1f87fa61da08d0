"""The manifest of a generation: what it holds and how it was made. Written last: without one a folder is nothing."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.errors import IndexDamaged

FILE = "manifest.json"
ROSTER = "roster.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation holds. `dense` names the vector engine; where it is None, `why_no_dense` says why."""

    id: str
    built_at: str
    revision: int
    passages: int
    fingerprint: str
    analysis: str
    lexical: str
    embedder: str | None
    dimensions: int
    dense: str | None
    why_no_dense: str | None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write and flush to the disk."""
    write_durably(folder / FILE, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def read_manifest(folder: Path) -> Manifest:
    """Read it. Raises IndexDamaged where it is missing or from another release."""
    try:
        return Manifest(**json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(f"The index {folder} is missing or incomplete. Run: xiaoshen doctor --repair") from error


def write_roster(folder: Path, rows: list[tuple[str, str]]) -> None:
    """Write which version each passage belongs to."""
    write_durably(folder / ROSTER, "".join(f"{passage}\t{version}\n" for passage, version in rows))


def read_roster(folder: Path) -> dict[str, str]:
    """Read which version each passage belongs to."""
    try:
        lines = (folder / ROSTER).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"The roster of {folder} cannot be read. Run: xiaoshen doctor --repair") from error
    versions: dict[str, str] = {}
    roster: dict[str, str] = {}
    for line in lines:
        passage, _, version = line.partition("\t")
        roster[passage] = versions.setdefault(version, version)
    return roster


def write_durably(path: Path, text: str) -> None:
    """Replace the file in one step: after a crash it holds the old text or the new, never a part."""
    aside = path.with_name(path.name + ".new")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
