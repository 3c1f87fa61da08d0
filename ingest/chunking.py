"""Passages: numbered items whole, prose in pieces of about 80 to 350 characters, never cut inside a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.marks import FOURTH, SECOND, mark_of
from ingest.mending import sentences
from ingest.rejoining import Paragraph
from ingest.structure import Unit, UnitKind, paragraph_clause
from ingest.traced import Traced, joined
from knowledge.storage.documents import PassageDraft

_SHORT = 80
_LONG = 350
_LONGEST_WHOLE = 420
_HARD_LIMIT = 800
_SCRAP = 20
_DIGIT = re.compile(r"\d")
_SOFT_BREAK = re.compile(r"[^，、,\s]*(?:[，、,\s]+|$)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that is not cut again, with what is known about it."""

    text: Traced
    garbled: bool
    clause: str | None


def chunk(units: Sequence[Unit]) -> tuple[PassageDraft, ...]:
    """Passages in reading order. Clean and garbled sentences never share one."""
    drafts: list[PassageDraft] = []
    waiting: list[_Piece] = []
    heading = ""

    def flush() -> None:
        drafts.extend(_drafts(waiting, heading))
        waiting.clear()

    kind: UnitKind | None = None
    clause: str | None = None
    for unit in units:
        mergeable = unit.kind in {UnitKind.PROSE, UnitKind.ROW} and unit.kind is kind
        if not mergeable or unit.heading != heading or unit.clause != clause:
            flush()
        kind, heading, clause = unit.kind, unit.heading, unit.clause
        waiting.extend(_pieces(unit))
    flush()
    return tuple(draft for draft in drafts if draft.text.strip("□ \n，。、"))


def _pieces(unit: Unit) -> Iterator[_Piece]:
    several = unit.kind is UnitKind.ARTICLE and sum(1 for p in unit.paragraphs if _opens_paragraph(p.text.text)) > 1
    number = 0
    for index, paragraph in enumerate(unit.paragraphs):
        clause = unit.clause
        if several and unit.clause is not None:
            number += 1 if index == 0 or _opens_paragraph(paragraph.text.text) else 0
            clause = paragraph_clause(unit.clause, number)
        for text, garbled in _by_quality(paragraph):
            if text.text.strip():
                yield _Piece(text.strip(), garbled, clause)


def _opens_paragraph(text: str) -> bool:
    """（一） and 1. inside an article belong to the paragraph (款) above them."""
    mark = mark_of(text)
    return mark is None or not SECOND <= mark.rank <= FOURTH + 1


def _by_quality(paragraph: Paragraph) -> Iterator[tuple[Traced, bool]]:
    """Runs of clean and of garbled sentences, in order."""
    last = 0
    for start, end in (*paragraph.faults, (len(paragraph.text.text), len(paragraph.text.text))):
        if last < start:
            yield paragraph.text.part(last, start), False
        if start < end:
            yield paragraph.text.part(start, end), True
        last = end


def _drafts(pieces: Sequence[_Piece], heading: str) -> Iterator[PassageDraft]:
    """Whole where it fits; otherwise cut at paragraphs, then at sentences, into pieces of even length."""
    for run in _runs(pieces):
        total = sum(len(piece.text.text) for piece in run)
        if total <= _LONGEST_WHOLE:
            yield _draft(run, heading)
            continue
        yield from (_draft(group, heading) for group in _grouped(run))


def _runs(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Clean and garbled pieces apart; a clean scrap beside garbled text is too little to stand alone."""
    run: list[_Piece] = []
    for piece in pieces:
        scrap = len(piece.text.text) < _SCRAP and not piece.garbled and not _DIGIT.search(piece.text.text)
        if run and run[-1].garbled is not piece.garbled and not scrap:
            yield run
            run = []
        run.append(replace(piece, garbled=True) if scrap and run and run[-1].garbled else piece)
    if run:
        yield run


def _grouped(run: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    small = [part for piece in run for part in _cut(piece)]
    group: list[_Piece] = []
    length = 0
    for index, piece in enumerate(small):
        size = len(piece.text.text)
        left = sum(len(p.text.text) for p in small[index:])
        # What would be left over alone as a stub joins the last group.
        full = length + size > _LONG and length >= _SHORT and not (left < _SHORT and length + left <= _LONGEST_WHOLE)
        if group and full:
            yield group
            group, length = [], 0
        group.append(piece)
        length += size
    if group:
        yield group


def _cut(piece: _Piece) -> Iterator[_Piece]:
    """A long paragraph as groups of sentences of even length; a sentence beyond all bounds at its commas."""
    size = len(piece.text.text)
    if size <= _LONG:
        yield piece
        return
    parts = [part for sentence in sentences(piece.text) for part in _bounded(sentence)]
    target = size / max(2, round(size / 260))
    group: list[Traced] = []
    length = 0
    for sentence in parts:
        if group and length + len(sentence.text) / 2 > target:
            yield _Piece(joined(group), piece.garbled, piece.clause)
            group, length = [], 0
        group.append(sentence)
        length += len(sentence.text)
    if group:
        yield _Piece(joined(group), piece.garbled, piece.clause)


def _bounded(sentence: Traced) -> Iterator[Traced]:
    if len(sentence.text) <= _HARD_LIMIT:
        yield sentence
        return
    begin = 0
    last = 0
    for found in _SOFT_BREAK.finditer(sentence.text):
        if found.end() - begin > _LONG and last > begin:
            yield sentence.part(begin, last)
            begin = last
        while found.end() - begin > _HARD_LIMIT:
            yield sentence.part(begin, begin + _HARD_LIMIT)
            begin += _HARD_LIMIT
        last = found.end()
    if begin < len(sentence.text):
        yield sentence.part(begin)


def _draft(group: Sequence[_Piece], heading: str) -> PassageDraft:
    text = joined([piece.text for piece in group], "\n")
    clauses = list(dict.fromkeys(piece.clause for piece in group))
    clause = clauses[0]
    if len(clauses) > 1 and clause is not None:
        # Several 款 of one article in one passage: the article is the exact place.
        clause = clause.rsplit("第", 1)[0] if clause.endswith("款") else clause
    return PassageDraft(
        text=text.text,
        heading=heading,
        clause=clause,
        start=min(text.origins, default=0),
        end=max(text.origins, default=-1) + 1,
        garbled=any(piece.garbled for piece in group),
    )
