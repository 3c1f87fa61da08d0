"""How long one pre-review takes without reading pictures: `.venv/bin/python scripts/prereview_bench.py [DATA]`.

Wall time and processor time of each case, the first round left out: that one compiles tables and comparisons.
"""

import sys
import time
from pathlib import Path

from evals.review_samples import PrereviewCase
from evals.samples import CaseFile
from knowledge.corpus.catalogue import load_catalogue
from knowledge.corpus.shape import SHIPPED
from prefill.review.reviewing import review
from prefill.review.rulebook import shipped_rulebook

_ROUNDS = 4


def main(data: Path) -> None:
    """Print the middle, the 95th and the 99th of a hundred, and the longest, in milliseconds."""
    items = {item.slug: item for item in load_catalogue(SHIPPED).items}
    cases = [case for case in CaseFile(data, PrereviewCase, None) if case.item in items]
    book = shipped_rulebook()
    wall: list[float] = []
    busy: list[float] = []
    for number in range(_ROUNDS):
        for case in cases:
            application = case.application()
            began, worked = time.perf_counter(), time.process_time()
            review(application, items[case.item], book)
            if number:
                wall.append((time.perf_counter() - began) * 1000)
                busy.append((time.process_time() - worked) * 1000)
    for name, values in (("wall", sorted(wall)), ("processor", sorted(busy))):
        shown = ", ".join(f"{label} {values[int(len(values) * share)]:.2f}" for label, share in _SHARES)
        print(f"{name} ms of {len(values)} reviews: {shown}, longest {values[-1]:.2f}")


_SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("evals/datasets/prereview.jsonl"))
