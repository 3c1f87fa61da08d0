"""Libraries of three sizes: 6,000 passages, 60,000, and ten times that by rule, in documents as a city holds them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.bootstrap import shipped_corpus
from ingest.errors import Unreadable
from ingest.reading import read_text
from knowledge.backends.memory_library import MemoryLibrary
from knowledge.corpus.catalogue import load_catalogue
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.statements_of import item_statements

SIZES = (6_000, 60_000, 600_000)
CITIES = ("东湖市", "西山市", "南江市", "北原市", "中港市", "新河市", "长岭市", "平川市", "海安市")
"""Invented cities: each has its own version of every text, under its own name."""

_ARTICLE = re.compile(r"^(?P<law>.*?)(?P<clause>第[一二三四五六七八九十百千零〇]+条.*)?$")
_MARK = re.compile(f"^(?:{'|'.join(CITIES)})")


@dataclass(frozen=True, slots=True)
class Text:
    """One passage before it belongs to a library."""

    document: str
    clause: str | None
    text: str


@dataclass(frozen=True, slots=True)
class SizedLibrary:
    """Documents with so many passages. `real` is how many were not made by rule."""

    library: MemoryLibrary
    passages: int
    real: int
    about: str


def original_passage(text: str) -> str | None:
    """What the embedder reads of the passage that this one was copied from; None for one that is no copy."""
    heading, newline, rest = text.partition("\n")
    if not _MARK.match(heading):
        return None
    return _MARK.sub("", heading) + newline + _MARK.sub("", rest)


def sized_library(shared: Path, work: Path, passages: int) -> SizedLibrary:
    """A library of that many passages: real ones as far as they go, then copies."""
    real = _real(shared, work)
    about = "regulations and articles of laws"
    if not (shared / "stard").is_dir():
        about = "what the sheets that ship say (the shared data are absent)"
    base = real[: min(passages, SIZES[1])]
    texts = list(base)
    for number in range(max(0, passages - len(base))):
        texts.append(_copied(base[number % len(base)], number // len(base)))
    if passages > len(base):
        about += ", and copies by rule (synthetic)"
    return SizedLibrary(_library(texts), len(texts), len(base), about)


def questions(shared: Path, count: int) -> list[str]:
    """Lay questions where they are there, else none."""
    file = shared / "stard" / "queries.jsonl"
    if not file.is_file():
        return []
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [str(row["text"]) for row in rows[:: max(1, len(rows) // count)]][:count]


def _copied(text: Text, round_: int) -> Text:
    """The same of another city: its name before the title and before the text."""
    times, place = divmod(round_, len(CITIES))
    city = CITIES[place] * (times + 1)
    return Text(city + text.document, text.clause, city + text.text)


def _real(shared: Path, work: Path) -> list[Text]:
    """Real passages, read once and kept: reading sixty thousand the way ingestion does takes minutes."""
    kept = work / ("passages.jsonl" if (shared / "stard").is_dir() else "passages-own.jsonl")
    if not kept.is_file():
        work.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps([t.document, t.clause, t.text], ensure_ascii=False) for t in _read(shared))
        aside = kept.with_suffix(".part")
        aside.write_text("\n".join(lines), encoding="utf-8")
        aside.replace(kept)
    return [Text(*json.loads(line)) for line in kept.read_text(encoding="utf-8").splitlines()]


def _read(shared: Path) -> Iterator[Text]:
    if not (shared / "stard").is_dir():
        for item in load_catalogue(shipped_corpus()).items:
            yield from (Text(item.name, None, s.text) for s in item_statements(item) if s.may_be_stated)
        return
    for file in sorted((shared / "regulations").glob("*.md")):
        try:
            drafts = read_text(file.read_text(encoding="utf-8"), file.name).passages
        except Unreadable:
            continue
        yield from (Text(file.stem, draft.clause, draft.text) for draft in drafts)
    with (shared / "stard" / "corpus.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found = _ARTICLE.match(str(row["title"]))
            law, clause = (found["law"], found["clause"]) if found else (str(row["title"]), None)
            if str(row["text"]).strip():
                yield Text(law or str(row["title"]), clause, str(row["text"]).strip())


def _library(texts: Sequence[Text]) -> MemoryLibrary:
    by_document: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        by_document[text.document].append(text)
    return MemoryLibrary(
        (version := _version(f"d{number}", title), [_passage(version.id, at, text) for at, text in enumerate(own)])
        for number, (title, own) in enumerate(by_document.items())
    )


def _passage(version: str, at: int, text: Text) -> Passage:
    return replace(_EMPTY, id=f"{version}#{at}", version_id=version, ordinal=at, text=text.text, clause=text.clause)


def _version(version: str, title: str) -> DocumentVersion:
    return DocumentVersion(
        id=version,
        name=version,
        title=title,
        number=None,
        issuer=None,
        issued_on=None,
        effective_from=None,
        effective_to=None,
        region="",
        state=VersionState.PUBLISHED,
        sha256="",
    )


_EMPTY = Passage(
    id="", version_id="", ordinal=0, text="", heading="", clause=None, start=0, end=0, garbled=False
)  # fmt: skip
