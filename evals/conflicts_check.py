"""Conditions said the opposite way: how many planted ones are found, and what is reported where nothing was planted.

    .venv/bin/python -m evals.conflicts_check [REGULATIONS] [--write]

For every sourced statement of the shipped sheets with 可以, 应当, 不得 or 须 a notice is invented that says the same
of the item, and one that turns it round. Beside them all passages of a folder of real regulations, where
whatever is found was not planted. `--write` puts the counts into docs/knowledge-life.md.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.upkeep.sense_conflicts import sense_conflicts
from evals.harness.provenance import ROOT
from evals.progress import Shown
from ingest.errors import IngestError
from ingest.reading import read_file
from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.items import ServiceItem
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.statements_of import item_statements

PAGE = ROOT / "docs" / "knowledge-life.md"
BEGIN, END = "<!-- conditions: begin -->", "<!-- conditions: end -->"
_TURNED = (("可以", "不得"), ("应当", "可以"), ("不得", "可以"), ("须", "无需"))
_LONGEST = 60
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")

Written = tuple[DocumentVersion, Passage]


@dataclass(frozen=True, slots=True)
class Planted:
    """A notice about an item: a passage that turns a statement of its sheet round, or says the same."""

    item: ServiceItem
    passage: Written
    is_turned: bool


def main() -> int:
    """Plant, look, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("regulations", nargs="?", type=Path, default=ROOT.parent / "shared/datasets/regulations")
    parser.add_argument("--write", action="store_true", help="put the counts into docs/knowledge-life.md")
    given = parser.parse_args()
    items = load_catalogue(SHIPPED).items
    notices = list(planted(items))
    found = [any(sense_conflicts([notice.item], [notice.passage])) for notice in notices]
    turned = [hit for hit, notice in zip(found, notices, strict=True) if notice.is_turned]
    same = [hit for hit, notice in zip(found, notices, strict=True) if not notice.is_turned]
    real = list(passages_of(given.regulations)) if given.regulations.is_dir() else []
    reported = sum(1 for _ in sense_conflicts(items, real))
    told = (
        f"Planted: {len(turned)} statements of the shipped sheets turned round in a notice, {sum(turned)} found; "
        f"{len(same)} said the same way, {sum(same)} reported. "
        f"In {len(real):,} passages of real regulations beside all sheets: {reported} reported."
    )
    print(told)  # noqa: T201
    if given.write:
        before = PAGE.read_text(encoding="utf-8")
        block = f"{BEGIN}\n{told}\n{END}"
        PAGE.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _: block, before, flags=re.DOTALL), encoding="utf-8")
    return 0


def planted(items: Sequence[ServiceItem]) -> Iterator[Planted]:
    """Two notices for every statement that one of the small words carries."""
    for item in items:
        name = _BRACKETS.sub("", item.name)
        for statement in item_statements(item):
            text = statement.text.rstrip("。；")
            word = next((pair for pair in _TURNED if text.count(pair[0]) == 1), None)
            if not statement.may_be_stated or statement.question or word is None or len(text) > _LONGEST:
                continue
            for number, said in enumerate((text, text.replace(*word))):
                yield Planted(item, _notice(f"办理{name}的，{said}。"), is_turned=number == 1)


def passages_of(folder: Path) -> Iterator[Written]:
    """All passages of the regulations, read as ingestion reads them."""
    files = sorted(folder.rglob("*.md"))
    for file in Shown("regulations", len(files))(files):
        try:
            reading = read_file(file.read_bytes(), file.name)
        except IngestError:
            continue
        version = _version(file.name, reading.facts.title, reading.facts.region)
        for n, draft in enumerate(reading.passages):
            yield version, _passage(version, n, draft.text, draft.heading, garbled=draft.garbled)


def _notice(text: str) -> Written:
    version = _version("notice.txt", "办事问答选编", "上海市")
    return version, _passage(version, 0, text, "", garbled=False)


def _version(name: str, title: str, region: str) -> DocumentVersion:
    return DocumentVersion(
        id=name,
        name=name,
        title=title,
        number=None,
        issuer=None,
        issued_on=None,
        effective_from=None,
        effective_to=None,
        region=region,
        state=VersionState.PUBLISHED,
        sha256="",
    )


def _passage(version: DocumentVersion, ordinal: int, text: str, heading: str, *, garbled: bool) -> Passage:
    return Passage(
        id=f"{version.id}#{ordinal}",
        version_id=version.id,
        ordinal=ordinal,
        text=text,
        heading=heading,
        clause=None,
        start=0,
        end=len(text),
        garbled=garbled,
    )


if __name__ == "__main__":
    sys.exit(main())
