"""Ingestion measured on files: what becomes of them, how much of the text is read, how fast, beside other readers.

    .venv/bin/python -m evals.ingestion_bench FOLDER… [--reference FOLDER] [--write]

FOLDERs hold real files; `--reference` holds Markdown texts that are rendered into each format. LibreOffice (for DOC,
RTF and PDF) and a Chinese font (for scans) are used where the system has them. The other readers are installed into
`var/bench` from the package registry, once. Machines are noisy: read the ratios.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from evals.ingestion import outcomes, rendered
from evals.ingestion.peers import OWN_PASSAGES, OWN_TEXT, READERS, Run, make_peers, run
from evals.progress import Shown

SEED = 20261122
PAGE = Path(__file__).resolve().parent.parent / "docs" / "ingestion.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_TEXT_FORMATS = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".csv", ".xlsx"})
_SECONDS = 1800
_NO_TEXT = frozenset({".jpg", ".jpeg", ".png", ".ofd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is measured."""

    folders: tuple[Path, ...]
    reference: Path | None
    sample: int
    rendered: int
    scans: int
    peers: bool


def main() -> int:
    """Measure, print, and with --write put the tables into docs/ingestion.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--reference", type=Path, help="folder of Markdown texts to render")
    parser.add_argument("--sample", type=int, default=150, help="files of a folder for speed, drawn with a fixed seed")
    parser.add_argument("--rendered", type=int, default=20, help="texts rendered into each format")
    parser.add_argument("--scans", type=int, default=4, help="pages rendered as scans")
    parser.add_argument("--without-peers", action="store_true", help="leave other readers out")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/ingestion.md")
    given = parser.parse_args()
    options = Options(
        folders=tuple(given.folders),
        reference=given.reference,
        sample=given.sample,
        rendered=given.rendered,
        scans=given.scans,
        peers=not given.without_peers,
    )
    if options.peers:
        make_peers()
    text = "\n".join(report(options)) + "\n"
    sys.stdout.write(text)
    if given.write:
        write_into(PAGE, text)
    return 0


def report(options: Options) -> list[str]:
    """All tables."""
    cores, load = psutil.cpu_count(), psutil.getloadavg()[0]
    readers = READERS if options.peers else (OWN_TEXT, OWN_PASSAGES)
    lines = [
        f"{datetime.now(UTC).date()}, {cores} cores, load average {load:.1f}. Written by `evals.ingestion_bench`.",
        "",
    ]
    for folder in options.folders:
        lines += ["### What becomes of the files", "", *_outcomes(folder), ""]
    if options.reference is not None:
        lines += ["### Text fidelity: character error rate on rendered texts", "", *_fidelity(options, readers), ""]
    lines += ["### Speed and memory, same files, one reader after the other", "", *_speed(options, readers)]
    return lines


def _outcomes(folder: Path) -> list[str]:
    paths = _files(folder)
    done = list(Shown(f"{folder.name}", len(paths))(outcomes.outcomes(paths, compare=True)))
    for file in done:
        if not file.is_fine:
            sys.stderr.write(f"neither: {file.name}: {file.reason or 'only garbled text'}\n")
    return outcomes.table_of(folder.name, done)


def _fidelity(options: Options, readers: Sequence[str]) -> list[str]:
    known = _drawn(_files(options.reference) if options.reference else [], options.rendered)
    forms = rendered.forms_of([path for path in known if path.suffix == ".md"], options.scans)
    found = [
        one
        for form in Shown("rendered formats", len(forms))(forms)
        for one in rendered.fidelity(form, [r for r in readers if r != OWN_PASSAGES])
    ]
    return rendered.table_of(found, [r for r in readers if r != OWN_PASSAGES])


def _speed(options: Options, readers: Sequence[str]) -> list[str]:
    folders = [*options.folders, *([options.reference] if options.reference not in {None, *options.folders} else [])]
    lines = [
        "| files | reader | read | seconds a file, median | seconds, all | files a second | peak memory, MiB |",
        "|---|---|---|---|---|---|---|",
    ]
    for folder in (f for f in folders if f is not None):
        paths = [p for p in _files(folder) if p.suffix.lower() not in _NO_TEXT]
        for name, chosen in _groups(folder.name, _drawn(paths, options.sample)):
            runs = [run(reader, chosen, _SECONDS) for reader in readers]
            lines += _lines(name, _comparable(runs), len(chosen))
    return lines


def _groups(name: str, paths: Sequence[Path]) -> list[tuple[str, list[Path]]]:
    """Text formats apart from layout formats, which cost everybody more."""
    text = [p for p in paths if p.suffix.lower() in _TEXT_FORMATS or not p.suffix]
    pdf = [p for p in paths if p.suffix.lower() == ".pdf"]
    return [(f"{name}, {kind}", chosen) for kind, chosen in (("text formats", text), ("PDF", pdf)) if chosen]


def _comparable(runs: Sequence[Run]) -> list[tuple[Run, list[float]]]:
    """Times of the files that all read who read any: a refusal is quick, and no achievement."""
    read = [{file.path for file in one.files if file.problem is None and file.text.strip()} for one in runs]
    shared = set.intersection(*(paths for paths in read if paths)) if any(read) else set()
    return [(one, [file.seconds for file in one.files if file.path in shared]) for one in runs]


def _lines(name: str, runs: Sequence[tuple[Run, list[float]]], asked: int) -> list[str]:
    lines: list[str] = []
    for done, seconds in runs:
        read = sum(1 for file in done.files if file.problem is None and file.text.strip())
        total = sum(seconds)
        median = sorted(seconds)[len(seconds) // 2] if seconds else 0.0
        rate = len(seconds) / total if total else 0.0
        lines.append(
            f"| {name} ({len(seconds)} read by all) | {done.reader} | {read} of {asked} | {median:.4f} | {total:.1f} "
            f"| {rate:.1f} | {done.peak_mib:.0f} |"
        )
    return lines


def _files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "_", "README"))
    )


def _drawn(paths: Sequence[Path], count: int) -> list[Path]:
    return sorted(random.Random(SEED).sample(list(paths), min(count, len(paths))))  # noqa: S311 - a fixed sample


def write_into(page: Path, tables: str) -> None:
    """Put the tables between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
