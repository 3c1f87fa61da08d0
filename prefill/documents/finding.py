"""Finding the fields of a page: the value beside its label, below it, or where a pattern says in the running text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.passages import Box
from prefill.documents.document import NumberCheck
from prefill.documents.kinds import DocumentKind, FieldLayout, ValueType
from prefill.documents.labels import Labels, Segment
from prefill.documents.numbers import check
from prefill.documents.pieces import Piece, in_rows
from prefill.documents.values import read_value

_RUNS_ON = frozenset({ValueType.ADDRESS, ValueType.PARAGRAPH, ValueType.COMPANY, ValueType.TEXT})
_MOST_LINES = 4
_BY_PATTERN, _BELOW, _WRONG_DIGIT = 0.97, 0.93, 0.4
_COLUMN, _NEXT_LINE, _FAR_BELOW = 1.3, 1.1, 2.4  # in line heights
_ROW = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One value. `order` counts the occurrences of a field that several people have."""

    name: str
    value: str
    confidence: float
    box: Box | None
    check: NumberCheck
    order: int = 0


class Page:
    """A page of one kind, cut into segments."""

    def __init__(self, kind: DocumentKind, pieces: Sequence[Piece]) -> None:
        self._kind = kind
        labels = Labels(kind)
        self._segments = [s for row in in_rows(pieces) for piece in row for s in labels.segments(piece)]
        self._rows = in_rows(pieces)

    def fields(self) -> list[Found]:
        """In the order of the kind's fields."""
        return [found for layout in self._kind.fields for found in self._of(layout)]

    def _of(self, layout: FieldLayout) -> Iterator[Found]:
        candidates = [*self._by_labels(layout), *self._by_patterns(layout)]
        if layout.all:
            once = {(found.value, found.box): found for found in candidates}
            for order, found in enumerate(once.values()):
                yield replace(found, order=order)
            return
        best = max(candidates, key=lambda found: found.confidence, default=None)
        if best is not None:
            yield best

    def _by_labels(self, layout: FieldLayout) -> Iterator[Found]:
        for rank, segment in self._labelled(layout):
            for parts, sureness in self._values(segment, layout):
                # Labels stand in the order of preference only where two fit equally well.
                found = _found(layout, parts, sureness * (segment.label.sureness if segment.label else 1.0))
                if found is not None:
                    yield replace(found, confidence=round(found.confidence - 0.001 * rank, 4))
                    break

    def _labelled(self, layout: FieldLayout) -> Iterator[tuple[int, Segment]]:
        hits = [s for s in self._segments if s.label is not None and layout in s.label.layouts]
        yield from enumerate(hits)

    def _values(self, segment: Segment, layout: FieldLayout) -> Iterator[tuple[list[Segment], float]]:
        """Where the value may stand, the likeliest place first."""
        if segment.value:
            first = _value_segment(segment)
            yield self._with_next_lines(first, layout), 1.0
        right = self._right_of(segment)
        if right and not layout.below:
            yield self._with_next_lines(right[0], layout, beside=right[1:]), 1.0
        below = self._below(segment)
        if below is not None and (layout.below or not right):
            yield self._with_next_lines(below, layout), _BELOW
        if right and layout.below:
            yield self._with_next_lines(right[0], layout, beside=right[1:]), 1.0

    def _right_of(self, segment: Segment) -> list[Segment]:
        """What stands beside the label, up to the next one; values of two lines stand around its middle."""
        label = segment.piece
        beside = [
            s
            for s in self._segments
            if s.piece is not label
            and s.starts_at > label.left + label.height
            and s.piece.left >= label.right - label.height * 0.5
            and abs(s.piece.middle - label.middle) < max(label.height, s.piece.height) * _ROW
        ]
        beside.sort(key=lambda s: s.starts_at)
        out: list[Segment] = []
        for one in beside:
            if one.label is not None:
                break
            out.append(one)
        return out

    def _below(self, segment: Segment) -> Segment | None:
        label = segment.piece
        under = [
            s
            for s in self._segments
            if s.label is None
            and label.middle < s.piece.middle < label.bottom + label.height * _FAR_BELOW
            and min(s.piece.right, label.right) - max(s.piece.left, label.left) > 0
            and s.piece.top > label.middle
        ]
        return min(under, key=lambda s: s.piece.middle, default=None)

    def _with_next_lines(self, first: Segment, layout: FieldLayout, *, beside: Sequence[Segment] = ()) -> list[Segment]:
        """The value with what continues it: further stretches of its line, and lines that begin below it."""
        parts = [first, *(s for s in beside if s.starts_at - first.piece.right < first.piece.height * 3)]
        if layout.type not in _RUNS_ON:
            return parts
        last = first
        for _ in range(_MOST_LINES):
            following = self._line_after(first, last)
            if following is None:
                break
            parts.append(following)
            last = following
        return parts

    def _line_after(self, first: Segment, last: Segment) -> Segment | None:
        height = last.piece.height
        return next(
            (
                s
                for s in self._segments
                if s.label is None
                and s.piece is not last.piece
                and abs(s.piece.left - first.starts_at) < height * _COLUMN
                and -0.4 * height < s.piece.top - last.piece.bottom < height * _NEXT_LINE
                and not self._has_label_beside(s)
            ),
            None,
        )

    def _has_label_beside(self, segment: Segment) -> bool:
        """Whether a label to its left claims it as its own value."""
        left = [
            s
            for s in self._segments
            if s.piece.right <= segment.piece.left + segment.piece.height * 0.5
            and abs(s.piece.middle - segment.piece.middle) < segment.piece.height * 0.6
        ]
        nearest = max(left, key=lambda s: (s.piece.right, s.starts_at), default=None)
        return nearest is not None and nearest.label is not None and not nearest.value

    def _by_patterns(self, layout: FieldLayout) -> Iterator[Found]:
        if not layout.patterns:
            return
        stretches = [(p, "".join(p.text.split())) for row in self._rows for p in row]
        flow = "".join(text for _, text in stretches)
        for pattern in layout.patterns:
            match = pattern.search(flow)
            if match is None:
                continue
            at, pieces = 0, list[Piece]()
            for piece, text in stretches:
                if at < match.end(1) and at + len(text) > match.start(1):
                    pieces.append(piece)
                at += len(text)
            parts = [Segment(piece=p, label=None, value="", starts_at=p.left) for p in pieces]
            found = _found(layout, parts, _BY_PATTERN, match.group(1))
            if found is not None:
                yield found
                return


def _value_segment(segment: Segment) -> Segment:
    return Segment(piece=segment.piece, label=None, value=segment.value, starts_at=segment.starts_at)


def _found(layout: FieldLayout, parts: Sequence[Segment], sureness: float, raw: str | None = None) -> Found | None:
    joined = raw if raw is not None else (" " if layout.type is ValueType.DATE else "").join(s.value for s in parts)
    value = read_value(layout.type, joined)
    if not value or not parts:
        return None
    verdict = check(layout.type, value)
    score = min(s.piece.score for s in parts) * sureness
    if verdict is NumberCheck.VALID:
        score = max(score, 0.99 * sureness)
    if verdict is NumberCheck.INVALID:
        score *= _WRONG_DIGIT
    return Found(name=layout.name, value=value, confidence=round(score, 4), box=_around(parts), check=verdict)


def _around(parts: Sequence[Segment]) -> Box | None:
    boxes = [s.piece.box for s in parts if s.piece.box is not None]
    if not boxes:
        return None
    return Box(
        left=min(b.left for b in boxes),
        top=min(b.top for b in boxes),
        right=max(b.right for b in boxes),
        bottom=max(b.bottom for b in boxes),
    )
