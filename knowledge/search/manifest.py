"""The manifest of a generation: what it holds and how it was made. Written last: without one a folder is nothing."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.errors import IndexDamaged

FILE = "manifest.json"
ROSTER = "roster.tsv"
VERSIONS = "versions.tsv"
SIZES = "sizes.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation holds. `dense` names the vector engine; where it is None, `why_no_dense` says why.

    `base` is the generation whose vectors this one uses, with a list of its own for what changed since; None where all
    vectors are its own. `changes` counts what that list holds and hides.
    """

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
    base: str | None = None
    changes: int = 0


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


def write_versions(folder: Path, versions: Mapping[str, str]) -> None:
    """Write each version with the digest of what it says."""
    write_durably(folder / VERSIONS, "".join(f"{version}\t{digest}\n" for version, digest in sorted(versions.items())))


def read_versions(folder: Path) -> dict[str, str]:
    """Read them. Raises IndexDamaged."""
    try:
        lines = (folder / VERSIONS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"The versions of {folder} cannot be read. Run: xiaoshen doctor --repair") from error
    return {version: digest for version, _, digest in (line.partition("\t") for line in lines)}


def write_sizes(folder: Path) -> None:
    """Write which files the generation has and how large they are, so that a loss is seen without opening them."""
    sizes = {p.relative_to(folder).as_posix(): p.stat().st_size for p in sorted(folder.rglob("*")) if _counts(p)}
    write_durably(folder / SIZES, json.dumps(sizes))


def lost_file(folder: Path) -> str | None:
    """The first file that is missing or cut off, in a sentence; None where all are there."""
    try:
        sizes: dict[str, int] = json.loads((folder / SIZES).read_text(encoding="utf-8"))
        for name, size in sizes.items():
            if (folder / name).stat().st_size < size:
                return f"The file {name} of the index {folder.name} is cut off."
    except OSError as error:
        return f"The index {folder.name} has lost a file: {error.filename}."
    except (ValueError, AttributeError, TypeError):
        return f"The list of files of the index {folder.name} cannot be read."
    return None


def _counts(path: Path) -> bool:
    return path.is_file() and not path.name.endswith((".lock", "-wal", "-shm", "-journal"))


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
