"""The growth from 1× to 10× as a picture: milliseconds against size, both on a scale of powers of ten."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 640, 360, 70, 60, 40, 150
_COLORS = ("#0b5cad", "#b4232a", "#3a7d34", "#8a5a00", "#5b3f9e", "#4d4d4d")


@dataclass(frozen=True, slots=True)
class Line:
    """A measure over sizes: pairs of size and value, both above zero."""

    name: str
    points: Sequence[tuple[float, float]]


def growth_picture(title: str, unit: str, lines: Sequence[Line]) -> str:
    """An SVG drawing with a line a measure, each point with its value."""
    drawn = [line for line in lines if line.points]
    sizes = [size for line in drawn for size, _ in line.points]
    values = [value for line in drawn for _, value in line.points]
    if not sizes:
        raise ValueError("There is nothing to draw; measure at least one size first.")
    across, up = _Axis(sizes, _LEFT, _WIDTH - _RIGHT), _Axis(values, _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{title}</title>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="20" font-size="14">{title} ({unit})</text>',
    ]
    for power in up.powers():
        y = up.at(power)
        parts.append(f'<line x1="{_LEFT}" y1="{y:.0f}" x2="{_WIDTH - _RIGHT}" y2="{y:.0f}" stroke="#d9d9d9"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{power:g}</text>')
    for size in sorted(set(sizes)):
        x = across.at(size)
        parts.append(f'<text x="{x:.0f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{size:,.0f}</text>')
    for number, line in enumerate(drawn):
        parts += _drawn(line, _COLORS[number % len(_COLORS)], across, up)
    return "\n".join([*parts, "</svg>", ""])


class _Axis:
    """Places values between two coordinates by their logarithm."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low, self._high = math.log10(min(values)), math.log10(max(values))
        if self._high - self._low < 1:
            middle = (self._high + self._low) / 2
            self._low, self._high = middle - 0.5, middle + 0.5
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        """The coordinate."""
        return self._start + (self._end - self._start) * (math.log10(value) - self._low) / (self._high - self._low)

    def powers(self) -> list[float]:
        """The powers of ten that lie on the axis."""
        return [10.0**n for n in range(math.ceil(self._low), math.floor(self._high) + 1)]


def _drawn(line: Line, color: str, across: _Axis, up: _Axis) -> list[str]:
    places = [(across.at(size), up.at(value), value) for size, value in sorted(line.points)]
    path = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in places)
    parts = [f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>']
    for x, y, value in places:
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{color}"/>')
        parts.append(f'<text x="{x:.0f}" y="{y - 7:.0f}" text-anchor="middle" fill="{color}">{value:g}</text>')
    x, y, _ = places[-1]
    parts.append(f'<text x="{x + 24:.0f}" y="{y + 4:.0f}" fill="{color}">{line.name}</text>')
    return parts
