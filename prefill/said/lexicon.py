"""The wordings by which people speak of fields and choices, read from the data files beside this module."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge.corpus.yaml_reading import Unreadable, read_yaml
from prefill.errors import BrokenFieldNotes

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """How people speak of one field.

    `ahead` is None where the nearer day is meant; `never` is what a value must not be, words before it included;
    `anyone`: the value is taken whoever it belongs to; smaller amounts than `least` were meant otherwise;
    `script` is the one a name is written in (latin, han), where the form names people of both.
    """

    near: re.Pattern[str] | None = None
    say: tuple[re.Pattern[str], ...] = ()
    ahead: bool | None = None
    alone: bool = False
    never: re.Pattern[str] | None = None
    anyone: bool = False
    least: int = 0
    script: str = ""


class _CueRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cues: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    ahead: bool | None = None
    alone: bool = False
    never: tuple[str, ...] = ()
    anyone: bool = False
    least: int = 0
    script: str = ""


_CUES = TypeAdapter(dict[str, _CueRow])
_CHOICES = TypeAdapter(dict[str, dict[str, tuple[str, ...]]])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by field, and for each choice of a field the expressions that name it. Keys may be `item/field`."""

    cues: dict[str, Cues]
    choices: dict[str, dict[str, re.Pattern[str]]]
    yes_no: dict[str, dict[str, re.Pattern[str]]]

    def of(self, item: str, field: str) -> Cues:
        """The cues of a field; none where the data files have none."""
        return self.cues.get(f"{item}/{field}") or self.cues.get(field) or Cues()

    def choices_of(self, item: str, field: str) -> dict[str, re.Pattern[str]]:
        """The expressions for each choice of a field."""
        return self.choices.get(f"{item}/{field}") or self.choices.get(field) or {}


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The lexicon that comes with the package."""
    rows = _CUES.validate_python(_read("cues.yaml"))
    return Lexicon(
        cues={name: _compiled(row) for name, row in rows.items()},
        choices=_patterns("choices.yaml"),
        yes_no=_patterns("yes_no.yaml"),
    )


def _compiled(row: _CueRow) -> Cues:
    return Cues(
        near=re.compile("|".join(row.cues)) if row.cues else None,
        say=tuple(re.compile(s) for s in row.say),
        ahead=row.ahead,
        alone=row.alone,
        never=re.compile(f"(?:{'|'.join(row.never)})$") if row.never else None,
        anyone=row.anyone,
        least=row.least,
        script=row.script,
    )


def _patterns(file: str) -> dict[str, dict[str, re.Pattern[str]]]:
    table = _CHOICES.validate_python(_read(file))
    return {
        field: {choice: re.compile("|".join(words)) for choice, words in rows.items()} for field, rows in table.items()
    }


def _read(file: str) -> dict[str, object]:
    found = read_yaml((_HERE / file).read_bytes())
    if isinstance(found, Unreadable):
        raise BrokenFieldNotes(f"{_HERE / file}, line {found.line}: {found.message}")
    return found
