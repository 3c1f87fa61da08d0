"""Text that remembers, for each character, where in the decoded original it came from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """`origins[i]` is the offset of `text[i]` in the original; every operation keeps the two in step."""

    text: str
    origins: Sequence[int]

    @classmethod
    def of(cls, original: str, start: int, end: int) -> "Traced":
        """The span [start, end) of the original, unchanged."""
        return cls(original[start:end], range(start, end))

    @property
    def start(self) -> int:
        """Offset of the first character; 0 where there is none."""
        return self.origins[0] if self.text else 0

    @property
    def end(self) -> int:
        """Offset after the last character; 0 where there is none."""
        return self.origins[-1] + 1 if self.text else 0

    def part(self, begin: int, end: int | None = None) -> "Traced":
        """A slice by position in `text`."""
        return Traced(self.text[begin:end], self.origins[begin:end])

    def strip(self) -> "Traced":
        """Without white space at both ends."""
        begin = len(self.text) - len(self.text.lstrip())
        return self.part(begin, max(begin, len(self.text.rstrip())))

    def translate(self, table: dict[int, str]) -> "Traced":
        """Replace single characters by single characters; anything else in the table would lose positions."""
        return Traced(self.text.translate(table), self.origins)

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> "Traced":
        """Like `re.sub`; what is put in takes its position from what it replaces."""
        if not pattern.search(self.text):
            return self
        text: list[str] = []
        origins: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            text.append(self.text[last : match.start()])
            origins.extend(self.origins[last : match.start()])
            put = replacement if isinstance(replacement, str) else replacement(match)
            text.append(put)
            span = self.origins[match.start() : match.end()]
            before = origins[-1] if origins else self.start
            origins.extend(span[min(i, len(span) - 1)] if span else before for i in range(len(put)))
            last = match.end()
        text.append(self.text[last:])
        origins.extend(self.origins[last:])
        return Traced("".join(text), origins)


def joined(parts: Sequence[Traced], separator: str = "") -> Traced:
    """The parts as one; a separator takes the position of the character before it."""
    text: list[str] = []
    origins: list[int] = []
    for part in parts:
        if text and separator:
            text.append(separator)
            origins.extend([origins[-1] if origins else part.start] * len(separator))
        text.append(part.text)
        origins.extend(part.origins)
    return Traced("".join(text), origins)
