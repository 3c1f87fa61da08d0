"""Labels on a page: where they stand in a stretch of text, and which text belongs to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prefill.documents.kinds import DocumentKind, FieldLayout
from prefill.documents.pieces import Piece

_ENDS = re.compile(r"[:：,，;；)）。、\d\s]")
_GOES_ON = re.compile(r"[应须可在将与和或的有不均同保向按对未所已依]")
_FOLLOWS = re.compile(r"^[\s]*(?:[(（][^()（）]{1,8}[)）])?[\s]*[:：]?[\s]*")
_SEPARATE = re.compile(r"\s|[:：(（]|$")
_LONG_ENOUGH_TO_ERR = 4
_LONGEST_GLUED = 60
_EXACT, _GLUED, _NEARLY = 1.0, 0.94, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label found in a piece: `layouts` are the fields it may name, none for one that only ends a value."""

    text: str
    layouts: tuple[FieldLayout, ...]
    start: int
    end: int
    sureness: float = _EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece cut at its labels: the label, or None for what stands before the first, and the text up to the next."""

    piece: Piece
    label: Label | None
    value: str
    starts_at: float


class Labels:
    """The labels of one kind."""

    def __init__(self, kind: DocumentKind) -> None:
        fields: dict[str, list[FieldLayout]] = {}
        for layout in kind.fields:
            for label in layout.labels:
                fields.setdefault(label, []).append(layout)
        for other in kind.others:
            fields.setdefault(other, [])
        self._fields = {_solid(label): tuple(layouts) for label, layouts in fields.items()}
        self._longest_first = sorted(self._fields, key=len, reverse=True)

    def segments(self, piece: Piece) -> list[Segment]:
        """In order; always at least one."""
        found = self._found(piece.text)
        wide = (piece.right - piece.left) / max(1, len(piece.text))
        out: list[Segment] = []
        if not found or found[0].start > 0:
            end = found[0].start if found else len(piece.text)
            out.append(Segment(piece=piece, label=None, value=piece.text[:end], starts_at=piece.left))
        for place, label in enumerate(found):
            end = found[place + 1].start if place + 1 < len(found) else len(piece.text)
            rest = piece.text[label.end : end]
            lead = _FOLLOWS.match(rest)
            skipped = lead.end() if lead else 0
            out.append(
                Segment(
                    piece=piece,
                    label=label,
                    value=rest[skipped:].strip(),
                    starts_at=piece.left + wide * (label.end + skipped),
                )
            )
        return out

    def _found(self, text: str) -> list[Label]:
        places = [place for place, character in enumerate(text) if not character.isspace()]
        solid = "".join(text[place] for place in places)
        taken: list[Label] = []
        for name in self._longest_first:
            at = solid.find(name)
            while at >= 0:
                start, end = places[at], places[at + len(name) - 1] + 1
                free = all(end <= label.start or start >= label.end for label in taken)
                if free and self._stands(text, start, end, self._fields[name]):
                    sureness = _EXACT if _SEPARATE.match(text[end:]) else _GLUED
                    label = Label(text=name, layouts=self._fields[name], start=start, end=end, sureness=sureness)
                    taken.append(label)
                at = solid.find(name, at + 1)
        if not any(label.start == 0 for label in taken):
            taken.extend(self._nearly(text, solid, places))
        return sorted(taken, key=lambda label: label.start)

    def _stands(self, text: str, start: int, end: int, layouts: Sequence[FieldLayout]) -> bool:
        after = text[end:]
        colon = after.lstrip()[:1] in {":", "："}
        if start == 0:
            return colon or not after or (len(after) <= _LONGEST_GLUED and not _GOES_ON.match(after))
        if any(layout.inline for layout in layouts):
            return True
        before = text[start - 1]
        return colon or (bool(_ENDS.match(before)) and (before.isspace() or not after))

    def _nearly(self, text: str, solid: str, places: Sequence[int]) -> list[Label]:
        """At the beginning, with one character misread."""
        for name in self._longest_first:
            head = solid[: len(name)]
            if len(name) < _LONG_ENOUGH_TO_ERR or len(head) < len(name):
                continue
            if sum(1 for one, other in zip(name, head, strict=True) if one != other) == 1:
                end = places[len(name) - 1] + 1
                return [Label(text=name, layouts=self._fields[name], start=0, end=end, sureness=_NEARLY)]
        return []


def _solid(text: str) -> str:
    return "".join(text.split())
