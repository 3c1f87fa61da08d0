"""What the sheets do not say about form fields: choices, help, other sources, when needed (`field_notes.yaml`)."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge.corpus.yaml_reading import Unreadable, read_yaml
from prefill.errors import BrokenFieldNotes

_SHIPPED = Path(__file__).with_name("field_notes.yaml")
_HELP = Path(__file__).with_name("field_help.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNote:
    """The notes on one field; empty where there is nothing to add. `prefill` replaces the sheet's keys unless None.

    `also` are registers beyond the sheet's that hold the value in fact; they are asked like the others, with consent.
    """

    prefill: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    other_choices: bool = False
    help: str | None = None
    needed_when: tuple[str, tuple[str, ...]] | None = None


_NOTHING = FieldNote()


@dataclass(frozen=True, slots=True)
class FieldNotes:
    """Notes by field name, and by item and field name where one item differs."""

    by_name: dict[str, FieldNote] = field(default_factory=dict)
    by_item: dict[str, dict[str, FieldNote]] = field(default_factory=dict)
    help: dict[str, str] = field(default_factory=dict)

    def of(self, item: str, name: str) -> FieldNote:
        """The note on a field of an item: the item's own, completed by the one for every field of that name."""
        own = self.by_item.get(item, {}).get(name)
        every = self.by_name.get(name, _NOTHING)
        every = replace(every, help=every.help or self.help.get(name))
        if own is None:
            return every
        return replace(
            own,
            also=own.also or every.also,
            choices=own.choices or every.choices,
            other_choices=own.other_choices or every.other_choices,
            help=own.help or every.help,
            needed_when=own.needed_when or every.needed_when,
        )


class _Note(BaseModel):
    model_config = ConfigDict(extra="forbid")

    prefill: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    other_choices: bool = False
    help: str | None = None
    needed_when: tuple[str, tuple[str, ...]] | None = None

    def note(self) -> FieldNote:
        return FieldNote(
            prefill=self.prefill,
            also=self.also,
            choices=self.choices,
            other_choices=self.other_choices,
            help=self.help,
            needed_when=self.needed_when,
        )


class _Notes(BaseModel):
    model_config = ConfigDict(extra="forbid")

    fields: dict[str, _Note]
    items: dict[str, dict[str, _Note]] = {}


_HELPS = TypeAdapter(dict[str, str])


@lru_cache(maxsize=1)
def shipped_notes() -> FieldNotes:
    """The notes that come with the package."""
    return replace(read_notes(_SHIPPED), help=_HELPS.validate_python(_read(_HELP)))


def read_notes(path: Path) -> FieldNotes:
    """Notes from a file; an unknown key is refused with its place."""
    read = _Notes.model_validate(_read(path))
    return FieldNotes(
        by_name={name: n.note() for name, n in read.fields.items()},
        by_item={item: {name: n.note() for name, n in notes.items()} for item, notes in read.items.items()},
    )


def _read(path: Path) -> dict[str, object]:
    sheet = read_yaml(path.read_bytes())
    if isinstance(sheet, Unreadable):
        raise BrokenFieldNotes(f"{path} cannot be read: {sheet.message}. Mend it, or restore the file that ships.")
    return sheet
