"""The JSON of item sheets as forms."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from assistant.web.console_schemas import Effect, Who, Why
from assistant.web.schemas import Text, Wire
from knowledge.items import FactStatus
from knowledge.passages import VersionState

Value = Annotated[Text, Field(max_length=5_000)]


class ItemLine(Wire):
    """One item of the list: how many of its facts have a source, and whether a draft waits."""

    slug: str
    name: str
    department: str
    theme: str
    sourced: int
    derived: int
    unverified: int
    draft: VersionState | None


class ItemLines(Wire):
    """A page of the list."""

    rows: list[ItemLine]
    total: int


class SourceOption(Wire):
    """A source of the sheet that facts point to."""

    id: str
    title: str
    url: str
    date: str | None


class FactSource(Wire):
    """A fact's pointer to a source, with the clause where it is known."""

    ref: Text
    locator: Text | None = None


class FactForm(Wire):
    """One fact of a sheet. `index` is its place in the group as it was loaded, None for a new one.

    `values` are its texts by key (lists one entry a line).
    """

    group: str
    index: int | None
    values: dict[str, Value]
    status: FactStatus
    sources: Annotated[list[FactSource], Field(max_length=20)]


class FieldShape(Wire):
    """A text of a fact: its key, what to call it, and whether it is long."""

    key: str
    label: str
    long: bool


class GroupShape(Wire):
    """A group of facts: whether it holds several, and which texts each has."""

    group: str
    label: str
    many: bool
    fields: list[FieldShape]


class SheetProblem(Wire):
    """What is wrong, at which fact (`index` counts in the group as sent); `blocks` keeps it from being saved."""

    group: str
    index: int | None
    message: str
    blocks: bool


class ChangedFact(Wire):
    """A fact of the draft that the published sheet has otherwise; None where it has none."""

    label: str
    before: str | None
    after: str | None


class ItemForm(Wire):
    """A sheet as a form: the draft where one waits, else what is published. `tag` comes back with a change."""

    slug: str
    name: str
    aliases: list[str]
    department: str
    tag: str
    draft: VersionState | None
    authors: list[Who]
    why: str
    saved_at: datetime | None
    groups: list[GroupShape]
    facts: list[FactForm]
    sources: list[SourceOption]
    problems: list[SheetProblem]
    changes: list[ChangedFact]
    effect: Effect | None


class ItemEdit(Wire):
    """The whole form as somebody left it."""

    name: Annotated[Text, Field(min_length=1, max_length=200)]
    aliases: Annotated[list[Value], Field(max_length=50)]
    department: Annotated[Text, Field(min_length=1, max_length=200)]
    facts: Annotated[list[FactForm], Field(max_length=500)]
    sources: Annotated[list[SourceOption], Field(max_length=100)]
    why: Why


class ItemCheck(Wire):
    """What a form would say of itself, without saving it."""

    problems: list[SheetProblem]


class Rests(Wire):
    """One thing to look at again when the target changes."""

    kind: str
    source: str
    title: str
    text: str
    certain: bool


class ImpactSheet(Wire):
    """Everything that rests on a source or clause."""

    target: str
    title: str
    affected: list[Rests]
    answers_given: int
