"""The scale section of docs/performance.md and its picture, written from what was measured."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import psutil

from evals.scale_picture import Line, growth_picture

Results = dict[str, dict[str, float | str]]
Figures = Mapping[str, float | str]

BEGIN = "## Scale"


def written_into(page: str, section_: str) -> str:
    """The page with this section in the place of its former one, at the end."""
    before = page.split(f"\n{BEGIN}\n", maxsplit=1)[0].rstrip()
    return f"{before}\n\n{section_}" if before else section_


def kept_section(page: str) -> str:
    """The section as it stands in the page, for whoever writes the rest of it anew; nothing where there is none."""
    _, found, section_ = page.partition(f"\n{BEGIN}\n")
    return f"\n{BEGIN}\n{section_}" if found else ""


def picture(results: Results) -> str:
    """Milliseconds over size."""
    recognition = _of(results, "recognition ")
    exact = _of(results, "retrieval exact ")
    return growth_picture(
        "Growth",
        "milliseconds over items or passages",
        [
            Line("recognition p50", _points(recognition, "items", "p50")),
            Line("recognition p95", _points(recognition, "items", "p95")),
            Line("retrieval p50", _points(exact, "passages", "p50")),
            Line("retrieval p95", _points(exact, "passages", "p95")),
            Line("vectors alone", _points(exact, "passages", "dense_p50")),
        ],
    )


def section(results: Results) -> str:
    """The section in Markdown."""
    cores, load = psutil.cpu_count(), psutil.getloadavg()[0]
    lines = [
        BEGIN,
        "",
        "Written by `make scale`, never by hand; each size in a process of its own. Goals: recognition p95 ≤ 25 ms at",
        "2,191 items, whole retrieval p95 ≤ 40 ms at 60,000 passages, 100 requests a second on two cores.",
        f"{datetime.now(UTC).date()}, {cores} cores, load average at the end {load:.1f}. Questions are new to the",
        "embedder each time, so every figure includes making the question's vector.",
        "",
        "![Growth](performance-growth.svg)",
        "",
        *_recognition(results),
        *_retrieval(results),
        *_reading(),
    ]
    return "\n".join(lines) + "\n"


def _recognition(results: Results) -> list[str]:
    header = ("items", "what", "build, vectors known", "memory", "of it vectors", "p50", "p95", "p99")
    rows = [
        (
            f"{f['items']:,}",
            f["about"],
            f"{f['build_s']} s",
            f"{f['memory_mib']} MiB",
            f"{f['vectors_mib']} MiB",
            *_milliseconds(f),
        )
        for f in _of(results, "recognition ")
    ]
    return ["### Recognition", "", *_table(header, rows), *_rate(results), *_recognition_beside_plain(results)]


def _rate(results: Results) -> list[str]:
    rate = results.get("recognition sustained")
    if not rate:
        return []
    return [
        f"Sustained over {rate['seconds']} s at {rate['items']:,} items: "
        f"**{rate['two_processes_a_second']} requests a second** from two processes, "
        f"{rate['two_threads_a_second']} from two threads of one.",
        "",
    ]


def _recognition_beside_plain(results: Results) -> list[str]:
    beside = results.get("recognition beside plain")
    if not beside:
        return []
    return [
        f"Beside a plain LangChain retriever over the same {beside['items']:,} sheets, turn by turn: median "
        f"{beside['ours_p50']} ms against {beside['plain_p50']} ms, ratio {beside['ratio']}.",
        f"It finds near sheets and decides nothing; its Chroma index took {beside['plain_build_s']} s.",
        "",
    ]


def _retrieval(results: Results) -> list[str]:
    header = ("passages", "of them real", "vectors by", "build", "memory", "disk", "p50", "p95", "p99")
    rows = [
        (
            f"{f['passages']:,}",
            f"{f['real']:,}",
            f["engine"],
            f"{f['build_s']} s",
            f"{f['memory_mib']} MiB",
            f"{f['disk_mib']} MiB",
            *_milliseconds(f),
            f"{f['embedding_p50']} ms",
            f"{f['dense_p50']} ms",
        )
        for f in [*_of(results, "retrieval exact "), *_of(results, "retrieval chroma ")]
    ]
    table = _table((*header, "question's vector p50", "vectors' leg p50"), rows)
    return ["### Retrieval", "", *table, *_retrieval_beside_plain(results)]


def _retrieval_beside_plain(results: Results) -> list[str]:
    beside = results.get("retrieval beside plain")
    if not beside:
        return []
    return [
        f"Beside a plain LangChain retriever on Chroma over the same {beside['passages']:,} passages, turn by turn: "
        f"median {beside['ours_p50']} ms against {beside['plain_p50']} ms, ratio {beside['ratio']};",
        f"it knows no words, no dates and no evidence, and took {beside['plain_build_s']} s to build.",
        "",
    ]


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return [*(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines), ""]


def _milliseconds(figures: Figures) -> tuple[str, ...]:
    return tuple(f"{figures[name]} ms" for name in ("p50", "p95", "p99"))


def _reading() -> list[str]:
    return [
        "What is real: passages are regulations read by ingestion and articles of laws; beyond them copies by rule,",
        "each under an invented city's name. Three thousand passages are really embedded; the vectors of all others",
        "are those, moved by a quarter of their length: a search costs the same, and nothing is said about quality",
        "(docs/quality.md does). Build time is all but embedding: reading the truth, cutting words, writing both",
        "indexes, checking them. The truth is held in memory here. Memory is what opening the index and a first search",
        "add.",
    ]


def _of(results: Results, prefix: str) -> list[Figures]:
    """Figures of the numbered parts, smallest first."""
    return [
        results[name] for name in sorted(results) if name.startswith(prefix) and name.removeprefix(prefix).isdigit()
    ]


def _points(figures: Sequence[Figures], size: str, value: str) -> list[tuple[float, float]]:
    return [(float(f[size]), float(f[value])) for f in figures if f.get(value)]
