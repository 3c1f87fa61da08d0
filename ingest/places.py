"""Where on a page of the original a stretch of text stands, so that a citation opens it at its place."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.passages import Box, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A line of the decoded original on its page. `page` counts from 1; `score` is how sure a reader of scans was."""

    start: int
    end: int
    page: int
    box: Box | None = None
    score: float = 1.0


def places_of(regions: Sequence[Region], start: int, end: int) -> tuple[Place, ...]:
    """The pages and lines that the span [start, end) touches, in order; none where the format has no pages."""
    by_page: dict[int, list[Box]] = {}
    first = max(0, bisect_right(regions, start, key=lambda region: region.start) - 1)
    for region in regions[first:]:
        if region.start >= end:
            break
        if region.end > start:
            boxes = by_page.setdefault(region.page, [])
            if region.box is not None:
                boxes.append(region.box)
    return tuple(Place(page, tuple(boxes)) for page, boxes in by_page.items())
