"""Which kind of document a page is: by its heading and by the words that stand on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prefill.documents.kinds import DocumentKind, document_kinds
from prefill.documents.pieces import Piece

_NOISE = re.compile(r"[\s()（）:：·.,，。/_\-—]")
_HEADING, _SIGNS, _LENGTH = 4.0, 4.0, 0.06
_LITTLE_ELSE = 6  # characters beside the heading on its line
_ENOUGH = 1.6
_CERTAIN = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """The kind, and how sure it is between 0 and 1."""

    kind: DocumentKind
    confidence: float
    score: float


def classify(rows: Sequence[Sequence[Piece]]) -> Classified | None:
    """None where nothing speaks for any kind."""
    lines = [_bare("".join(piece.text for piece in row)) for row in rows]
    lines += [_bare(piece.text) for row in rows for piece in row if len(row) > 1]
    whole = "".join(lines)
    scored = sorted(((_score(kind, lines, whole), kind) for kind in document_kinds()), key=lambda s: -s[0])
    (best, kind), (second, _) = scored[0], scored[1]
    if best < _ENOUGH:
        return None
    margin = best / (best + second)
    return Classified(kind=kind, confidence=round(min(1.0, best / _CERTAIN) * min(1.0, margin * 1.6), 3), score=best)


def _score(kind: DocumentKind, lines: Sequence[str], whole: str) -> float:
    headings = [
        heading
        for heading in map(_bare, kind.headings)
        if any(heading in line and len(line) <= len(heading) + _LITTLE_ELSE for line in lines)
    ]
    longest = max(map(len, headings), default=0)
    signs = sum(1 for sign in kind.signs if _bare(sign) in whole) / len(kind.signs)
    return (_HEADING + _LENGTH * longest if headings else 0.0) + _SIGNS * signs


def _bare(text: str) -> str:
    return _NOISE.sub("", text).lower()
