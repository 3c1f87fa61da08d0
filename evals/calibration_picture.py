"""Draws the reliability curve: what share of requests with a score are right, beside what the score says."""

from collections.abc import Sequence

from evals.statistics import Measure, share

_BINS = 10
_LEFT, _TOP, _SIDE, _BARS = 60.0, 20.0, 360.0, 90.0


def reliability_svg(judged: Sequence[tuple[float, bool]]) -> str:
    """One SVG. `judged` are pairs of a score in 0..1 and whether it was right."""
    bins = _binned(judged)
    most = max((len(inside) for inside in bins), default=0) or 1
    parts = [
        *_axes(),
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" stroke-dasharray="5 4"/>',
    ]
    points = []
    for place, inside in enumerate(bins):
        parts.append(_bar(place, len(inside), most))
        if inside:
            score = sum(one for one, _ in inside) / len(inside)
            right = share([hit for _, hit in inside])
            points.append(f"{_x(score):.1f},{_y(right.value):.1f}")
            parts.append(_dot(score, right, len(inside)))
    parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="#0b5cad" stroke-width="2"/>')
    width, height = _LEFT + _SIDE + 20, _TOP + _SIDE + _BARS + 60
    label = "Reliability curve: share that is right, by score"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{label}" font-family="system-ui,sans-serif" font-size="12">{"".join(parts)}</svg>'
    )


def _binned(judged: Sequence[tuple[float, bool]]) -> list[list[tuple[float, bool]]]:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for score, hit in judged:
        bins[min(_BINS - 1, int(score * _BINS))].append((score, hit))
    return bins


def _x(score: float) -> float:
    return _LEFT + score * _SIDE


def _y(right: float) -> float:
    return _TOP + (1 - right) * _SIDE


def _axes() -> list[str]:
    parts = [f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#333"/>']
    for tenth in range(0, 11, 2):
        at = tenth / 10
        parts.append(f'<text x="{_x(at)}" y="{_TOP + _SIDE + 16}" text-anchor="middle">{at:.1f}</text>')
        parts.append(f'<text x="{_LEFT - 8}" y="{_y(at) + 4}" text-anchor="end">{at:.1f}</text>')
    middle = _LEFT + _SIDE / 2
    parts.append(f'<text x="{middle}" y="{_TOP + _SIDE + 34}" text-anchor="middle">score of the best item</text>')
    turned = f'transform="translate(16 {_TOP + _SIDE / 2}) rotate(-90)" text-anchor="middle"'
    parts.append(f"<text {turned}>share that is right</text>")
    return parts


def _dot(score: float, right: Measure, n: int) -> str:
    x = _x(score)
    return (
        f'<line x1="{x:.1f}" y1="{_y(right.low):.1f}" x2="{x:.1f}" y2="{_y(right.high):.1f}" stroke="#0b5cad"/>'
        f'<circle cx="{x:.1f}" cy="{_y(right.value):.1f}" r="4" fill="#0b5cad">'
        f"<title>score {score:.2f}: {right.value:.2f} of {n} right</title></circle>"
    )


def _bar(place: int, n: int, most: int) -> str:
    width, top = _SIDE / _BINS - 4, _TOP + _SIDE + 44
    height = _BARS * n / most
    x = _LEFT + place * _SIDE / _BINS + 2
    box = f'x="{x:.1f}" y="{top + _BARS - height:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {box} fill="#9bbfe3"><title>{n} requests</title></rect>'
