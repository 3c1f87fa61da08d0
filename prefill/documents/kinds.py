"""The kinds of documents, as `kinds.yaml` describes them."""

import functools
import re
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from knowledge.corpus.yaml_reading import Unreadable, read_yaml

_FILE = Path(__file__).with_name("kinds.yaml")


class UnusableKinds(Exception):
    """The file of kinds cannot be read."""


class ValueType(StrEnum):
    """How a value is written."""

    NAME = "name"
    NAMES = "names"
    ANY_NAME = "any_name"
    PARTY = "party"
    COMPANY = "company"
    SEX = "sex"
    NATION = "nation"
    DATE = "date"
    DATE_FROM = "date_from"
    DATE_UNTIL = "date_until"
    MONTH = "month"
    ADDRESS = "address"
    TEXT = "text"
    PARAGRAPH = "paragraph"
    PERSON_NUMBER = "person_number"
    COMPANY_NUMBER = "company_number"
    CARD_NUMBER = "card_number"
    PASSPORT_NUMBER = "passport_number"
    FRAME_NUMBER = "frame_number"
    PLATE = "plate"
    BANK = "bank"
    DIGITS = "digits"
    CODE = "code"
    MONEY = "money"
    AREA = "area"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldLayout(_Strict):
    """Where one field is found: beside or below one of its labels, or by a pattern in the running text.

    `all` takes every occurrence, for papers of two people; `inline` lets the label stand inside a line.
    """

    name: str
    type: ValueType
    labels: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    inline: bool = False
    below: bool = False
    all: bool = False

    @field_validator("labels")
    @classmethod
    def _longest_first(cls, labels: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(labels, key=len, reverse=True))


class DocumentKind(_Strict):
    """One kind. `sides` are sets of fields of which one is enough: the two sides of a card."""

    kind: str
    fact: str
    headings: tuple[str, ...]
    signs: tuple[str, ...]
    materials: tuple[str, ...]
    fields: tuple[FieldLayout, ...]
    others: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()
    seal: bool = False
    sealed_as: str = ""
    signed_as: str = ""
    sign: tuple[str, ...] = ()

    def fits(self, material: str) -> bool:
        """Whether the catalogue's material is asked for by a document of this kind."""
        return any(word in material for word in self.materials)


class _Kinds(_Strict):
    kinds: tuple[DocumentKind, ...]


@functools.lru_cache(maxsize=1)
def document_kinds() -> tuple[DocumentKind, ...]:
    """All kinds, in the order of the file."""
    sheet = read_yaml(_FILE.read_bytes())
    if isinstance(sheet, Unreadable):
        raise UnusableKinds(f"{_FILE} cannot be read: {sheet.message}. Mend it, or restore the file that ships.")
    return _Kinds.model_validate(sheet).kinds


def kind_named(name: str) -> DocumentKind | None:
    """The kind of that name."""
    return next((kind for kind in document_kinds() if kind.kind == name), None)


def kinds_for(material: str) -> tuple[str, ...]:
    """The kinds that the catalogue's material may be; none where any document may be meant."""
    return tuple(kind.kind for kind in document_kinds() if kind.fits(material))
