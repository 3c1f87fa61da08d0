"""What people say for a choice of a field or for an item of a bundle, read from the file beside this module."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from knowledge.corpus.yaml_reading import Unreadable, read_yaml
from prefill.errors import BrokenFieldNotes
from prefill.said.lexicon import shipped

_FILE: Final = Path(__file__).parent / "sayings.yaml"
_WORDS: Final = TypeAdapter(dict[str, tuple[str, ...]])
_FIELDS: Final = TypeAdapter(dict[str, dict[str, tuple[str, ...]]])
_DENIED: Final = re.compile(
    r"(?:不是|不要|不用|不想|不|没有?|别|非|未|\bnot|\bno|n't)(?:再|去|来|想|打算|选|要|写|立|做|办|交|买|a|the| )*$",
    re.I,
)
_DENIES: Final = re.compile(r"没|不|未|非|\b(?:no|not|un)", re.I)

Words = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Sayings:
    """Expressions by choice, by field and choice, and by item."""

    choices: Words
    fields: Mapping[str, Words]
    members: Words

    def of_field(self, items: Sequence[str], field: str, choices: Sequence[str]) -> Iterator[Words]:
        """The expressions for a field's choices, the surest first: those for any message, then those for an answer."""
        for item in items or ("",):
            if known := shipped().choices_of(item, field):
                yield {choice: known[choice] for choice in known if choice in choices or not choices}
        yield {c: words for c, words in self.fields.get(field, {}).items() if c in choices or not choices}
        yield {choice: self.choices[choice] for choice in choices if choice in self.choices}


def named_by(text: str, words: Words) -> list[str]:
    """Whose expressions stand in a text and are not denied there; a longer one hides a shorter one inside it."""
    hits = [
        (name, match.start(), match.end())
        for name, pattern in words.items()
        for match in pattern.finditer(text)
        if match.group() and not _is_denied(text, match)
    ]
    shown = [h for h in hits if not any(o[1] <= h[1] and h[2] <= o[2] and o[2] - o[1] > h[2] - h[1] for o in hits)]
    return list(dict.fromkeys(name for name, _, _ in shown))


def _is_denied(text: str, match: re.Match[str]) -> bool:
    return _DENIED.search(text[: match.start()]) is not None and not _DENIES.match(match.group())


@lru_cache(maxsize=1)
def shipped_sayings() -> Sayings:
    """The sayings that come with the package. Raises BrokenFieldNotes where the file cannot be read."""
    found = read_yaml(_FILE.read_bytes())
    if isinstance(found, Unreadable):
        raise BrokenFieldNotes(f"{_FILE}, line {found.line}: {found.message}")
    fields = _FIELDS.validate_python(found["fields"])
    return Sayings(
        choices=_compiled(_WORDS.validate_python(found["choices"])),
        fields={field: _compiled(rows) for field, rows in fields.items()},
        members=_compiled(_WORDS.validate_python(found["members"])),
    )


def _compiled(rows: Mapping[str, Sequence[str]]) -> Words:
    return {name: re.compile("|".join(words), re.I) for name, words in rows.items()}
