"""Reading documents, measured: every specimen under every distortion, in the product's own reading process.

    .venv/bin/python -m evals.documents_bench [--seed N] [--only KIND,…] [--write]

Specimens are drawn by program, so the figures say how robust reading is, not how good it is on photos of real papers.
"""

import argparse
import functools
import io
import resource
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psutil

from evals.progress import Shown
from prefill.documents.errors import DocumentError
from prefill.documents.reader import WorkerDocumentReader
from prefill.documents.reading import SURE
from prefill.documents.specimens.catalogue import SPECIMENS, specimen
from prefill.documents.specimens.distorting import DISTORTIONS, blurred
from prefill.documents.specimens.specimen import Specimen

SEED = 20261122
PAGE = Path(__file__).resolve().parent.parent / "docs" / "documents.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_QUALITY = 88
_COLUMNS = "| right kind | right fields | sure and wrong | usable | seconds, median | p95 | processor seconds, median |"
_UNREADABLE_BLUR = 6.0
_A_TURN = 200_000  # additions: about ten milliseconds, as much as a turn of another citizen computes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One specimen read. `surely_wrong` are values given as certain that do not stand on it.

    `seconds` are of the clock, `computed` of the processors: these do not count what others compute meanwhile.
    """

    name: str
    distortion: str
    right_kind: bool
    right: int
    fields: int
    surely_wrong: int
    usable: bool
    seconds: float
    computed: float


def main() -> int:
    """Measure, print, and with --write put the tables into docs/documents.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED, help="which invented people")
    parser.add_argument("--only", default="", help="specimens, separated by commas")
    parser.add_argument("--distortions", default="", help="some of them, separated by commas")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/documents.md")
    given = parser.parse_args()
    names = given.only.split(",") if given.only else list(SPECIMENS)
    reader = WorkerDocumentReader()
    drawn = {name: specimen(name, given.seed) for name in names}
    read_one(reader, names[0], drawn[names[0]], "none")  # the child has its models loaded
    idle = turn_times(lambda: time.sleep(4))
    busy: list[float] = []
    readings: list[Reading] = []

    def read_next(name: str, distortion: str) -> None:
        readings.append(read_one(reader, name, drawn[name], distortion))

    distortions = given.distortions.split(",") if given.distortions else list(DISTORTIONS)
    pairs = [(name, distortion) for name in names for distortion in distortions]
    for name, distortion in Shown("documents", total=len(pairs))(pairs):
        busy += turn_times(functools.partial(read_next, name, distortion))
    told = sum(1 for one in drawn.values() if not _blurred_is_used(reader, one))
    reader.close()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    text = tables(readings, seed=given.seed, memory=memory, idle=idle, busy=busy, told=(told, len(names)))
    sys.stdout.write(text)
    if given.write:
        write_into(PAGE, text)
    return 0


def read_one(reader: WorkerDocumentReader, name: str, drawn: Specimen, distortion: str) -> Reading:
    """As a JPEG, the way it would be uploaded."""
    packed = io.BytesIO()
    DISTORTIONS[distortion](drawn.image).save(packed, "JPEG", quality=_QUALITY)
    began, computed = time.perf_counter(), _computed()
    document = reader.read(packed.getvalue(), year=2026)
    seconds, computed = time.perf_counter() - began, _computed() - computed
    values = document.values()
    wrong = sum(1 for f in document.fields if f.confidence >= SURE and drawn.fields.get(f.name, f.value) != f.value)
    return Reading(
        name=name,
        distortion=distortion,
        right_kind=document.kind == drawn.kind,
        right=sum(1 for key, value in drawn.fields.items() if values.get(key) == value),
        fields=len(drawn.fields),
        surely_wrong=wrong,
        usable=document.readable and document.kind == drawn.kind,
        seconds=seconds,
        computed=computed,
    )


def _computed() -> float:
    """Processor seconds of the reading process so far."""
    times = [child.cpu_times() for child in psutil.Process().children()]
    return float(sum(t.user + t.system for t in times))


def _blurred_is_used(reader: WorkerDocumentReader, drawn: Specimen) -> bool:
    """Whether a picture that nobody can read is nevertheless taken for readable."""
    packed = io.BytesIO()
    blurred(_UNREADABLE_BLUR)(drawn.image).save(packed, "JPEG", quality=_QUALITY)
    try:
        document = reader.read(packed.getvalue(), year=2026)
    except DocumentError:
        return False
    return document.readable and document.kind is not None


def turn_times(work: Callable[[], None]) -> list[float]:
    """Milliseconds of short computations in this process while `work` goes on in a thread."""
    thread = threading.Thread(target=work)
    thread.start()
    taken: list[float] = []
    while thread.is_alive():
        began = time.perf_counter()
        sum(range(_A_TURN))
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(0.03)
    thread.join()
    return taken


def tables(
    readings: Sequence[Reading],
    *,
    seed: int,
    memory: float,
    idle: Sequence[float],
    busy: Sequence[float],
    told: tuple[int, int],
) -> str:
    """Markdown: by distortion, by kind, and what reading costs."""
    load = psutil.getloadavg()[0]
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, seed {seed}, {len({r.name for r in readings})} specimens, "
        f"{psutil.cpu_count()} cores, load {load:.1f} while measuring: above {psutil.cpu_count()} the seconds of the "
        "clock are waiting, the processor seconds are not.",
        "",
        f"| distortion {_COLUMNS}",
        "|---|---|---|---|---|---|---|---|",
    ]
    groups = [(d, [r for r in readings if r.distortion == d]) for d in DISTORTIONS]
    lines += [_row(name, group) for name, group in [*groups, ("**all**", list(readings))] if group]
    lines += [
        "",
        f"| specimen {_COLUMNS}",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_row(name, [r for r in readings if r.name == name]) for name in dict.fromkeys(r.name for r in readings)]
    lines += [
        "",
        f"Blurred beyond reading (σ = {_UNREADABLE_BLUR:g} pixels): {told[0]} of {told[1]} were sent back with advice.",
        f"Peak memory of the reading process: {memory:.0f} MB.",
        f"A short computation in the serving process (median / p95): {_at(idle, 50):.1f} / {_at(idle, 95):.1f} ms with "
        f"nothing read, {_at(busy, 50):.1f} / {_at(busy, 95):.1f} ms while a document is read.",
        "",
    ]
    return "\n".join(lines)


def _row(name: str, group: Sequence[Reading]) -> str:
    fields = sum(r.fields for r in group)
    right = sum(r.right for r in group)
    seconds = [r.seconds for r in group]
    return (
        f"| {name} | {sum(r.right_kind for r in group)}/{len(group)} | {right}/{fields} ({right / fields:.1%}) | "
        f"{sum(r.surely_wrong for r in group)} | {sum(r.usable for r in group)}/{len(group)} | "
        f"{median(seconds):.1f} | {_at(seconds, 95):.1f} | {median(r.computed for r in group):.1f} |"
    )


def _at(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


def write_into(page: Path, text: str) -> None:
    """Between the markers."""
    whole = page.read_text(encoding="utf-8")
    before, _, rest = whole.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
