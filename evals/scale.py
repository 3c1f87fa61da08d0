"""How recognition and retrieval grow with the catalogue and the library: one command, each size in its own process.

    .venv/bin/python -m evals.scale [--shared ../shared/datasets] [--write] [--anew]

A part that was measured with the same code and data is not measured again: start it again after an interruption.
Vectors of real texts are kept in var/scale. Machines are noisy: read medians and ratios. Nothing is asserted.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.bootstrap import ROOT
from evals import scale_recognition, scale_retrieval
from evals.scale_page import Results, picture, section, written_into
from evals.scale_recognition import Figures, Ground

PAGE, PICTURE = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance-growth.svg"
LIMIT_S = 900

Part = Callable[[Path, Path], Figures]


def _sized(measure: Callable[[Ground], Figures], size: int) -> Part:
    return lambda shared, work: measure(Ground(shared, work, size))


PARTS: dict[str, Part] = {
    **{f"recognition {n}": _sized(scale_recognition.measured, n) for n in range(3)},
    "recognition sustained": _sized(scale_recognition.sustained, 1),
    "recognition beside plain": _sized(scale_recognition.beside_plain, 1),
    **{f"retrieval exact {n}": _sized(partial(scale_retrieval.measured, engine="exact"), n) for n in range(2)},
    "retrieval beside plain": _sized(scale_retrieval.beside_plain, 0),
    "retrieval exact 2": _sized(partial(scale_retrieval.measured, engine="exact"), 2),
    "retrieval chroma 0": _sized(partial(scale_retrieval.measured, engine="chroma"), 0),
    "retrieval chroma 1": _sized(partial(scale_retrieval.measured, engine="chroma"), 1),
}
"""In this order; the last ones take longest."""


class Kept(BaseModel):
    """A measured part on disk."""

    model_config = ConfigDict(extra="forbid")

    code: str
    figures: dict[str, float | str]


def main() -> int:
    """Measure what is not measured yet, print, and write the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "datasets")
    parser.add_argument("--work", type=Path, default=ROOT / "var" / "scale", help="where vectors and results are kept")
    parser.add_argument("--write", action="store_true", help="write the scale section of docs/performance.md")
    parser.add_argument("--anew", action="store_true", help="measure everything again")
    parser.add_argument("--only", choices=list(PARTS), nargs="+", help="just these parts")
    parser.add_argument("--here", choices=list(PARTS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(PARTS[options.here](options.shared, options.work), ensure_ascii=False))  # noqa: T201
        return 0
    results = measured(options.only or list(PARTS), options.shared, options.work, anew=options.anew)
    if options.write and results:
        PICTURE.write_text(picture(results), encoding="utf-8")
        before = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
        PAGE.write_text(written_into(before, section(results)), encoding="utf-8")
    return 0 if len(results) == len(options.only or PARTS) else 1


def measured(parts: list[str], shared: Path, work: Path, *, anew: bool) -> Results:
    """The figures of each part; one that fails is said and left out, and the others go on."""
    code = fingerprint(shared)
    results: Results = {}
    for part in parts:
        file = work / f"{part.replace(' ', '-')}.json"
        figures = None if anew else kept(file, code)
        if figures is None:
            figures = in_a_process_of_its_own(part, shared, work)
            if figures is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(Kept(code=code, figures=figures).model_dump_json(), encoding="utf-8")
        if figures is not None:
            results[part] = figures
            print(f"{part}: " + "  ".join(f"{k} {v}" for k, v in figures.items()), flush=True)  # noqa: T201
    return results


def kept(file: Path, code: str) -> Figures | None:
    """What was measured before with the same code; None where there is nothing."""
    try:
        found = Kept.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return dict(found.figures) if found.code == code else None


def in_a_process_of_its_own(part: str, shared: Path, work: Path) -> Figures | None:
    """Memory is only told apart where nothing else was loaded before."""
    command = [sys.executable, "-m", "evals.scale", "--here", part, "--shared", str(shared), "--work", str(work)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=LIMIT_S)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        told = error.stderr if isinstance(error.stderr, str) else ""
        print(f"{part}: not measured: {error}\n{told[-2000:]}", file=sys.stderr, flush=True)  # noqa: T201
        return None
    return Kept(code="", figures=json.loads(done.stdout.splitlines()[-1])).figures


def fingerprint(shared: Path) -> str:
    """A hash of the code that is measured and of whether the shared data are there."""
    digest = hashlib.sha256(str((shared / "stard").is_dir()).encode())
    files = [
        *(ROOT / "knowledge").rglob("*.py"),
        *(ROOT / "knowledge").rglob("*.npz"),
        *(ROOT / "evals").glob("scale*"),
    ]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
