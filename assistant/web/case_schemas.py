"""The JSON of cases, as the citizen's page shows and changes them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from assistant.cases.case import CaseState
from assistant.cases.guiding import StepKind
from assistant.cases.happenings import Way
from assistant.cases.standing import Settlement
from assistant.web.schemas import NamedItem, Text, Wire
from prefill.forms import FieldType
from prefill.papers.request import PaperFormat, PaperKind

Slug = Annotated[Text, Field(min_length=1, max_length=80)]
Value = Annotated[Text, Field(max_length=2000)]
Version = Annotated[int, Field(ge=1, le=1_000_000, description="The version that the change was made on.")]


class CaseGlance(Wire):
    """A case in a list: what it is, where it stands, how far it is."""

    id: str
    version: int
    item: NamedItem
    english: str
    state: CaseState
    state_label: str
    done: int
    total: int
    changed_at: datetime
    reminder: str


class CaseGlances(Wire):
    """The citizen's cases, the last changed first."""

    cases: list[CaseGlance]


class CaseFieldSchema(Wire):
    """What the form's JSON Schema says of a field, for the page to check the same before it sends.

    `check` names a check digit. The field is needed only where `needed_when` has one of the `needed_values`.
    """

    pattern: str
    most: int
    check: str
    needed_when: str
    needed_values: list[str]


class CaseField(Wire):
    """A field of the form. `source` says where the value comes from; a locked one is verified and only shown.

    `hint` says how the value is written; `english` is the field's name for who reads English.
    """

    key: str
    name: str
    type: FieldType
    value: str
    source: str
    source_english: str
    why: str
    locked: bool
    required: bool
    choices: list[str]
    other_choices: bool
    help: str
    hint: str
    english: str
    fits: CaseFieldSchema
    items: list[str]


class CaseRegister(Wire):
    """A register and what it would be asked for."""

    name: str
    english: str
    fields: list[str]
    fields_english: list[str]
    until: date | None


class CaseFile(Wire):
    """A file that was handed in, with what was read from it; `fits`: it looks like what was asked for."""

    id: str
    name: str
    kind: str
    kind_english: str
    fits: bool
    readable: bool
    remark: str
    remark_english: str
    read: dict[str, str]
    read_english: dict[str, str]


class CaseMaterial(Wire):
    """A material. `exempt`: an electronic licence may take its place."""

    part: str
    material: str
    name: str
    english: str
    form: str
    needed: bool
    made_here: bool
    exempt: bool
    settled: Settlement | None
    file: CaseFile | None


class CaseSituationQuestion(Wire):
    """A question between situations; `chosen` is the answer given, empty where nobody answered."""

    part: str
    fact: str
    text: str
    choices: list[str]
    chosen: str


class CaseSituation(Wire):
    """Where a part stands: the situation that is certain, what to know about it, the item that is right instead.

    `question` is the one that matters next; `answered` can be changed.
    """

    part: str
    name: str
    note: str
    instead: NamedItem | None
    question: CaseSituationQuestion | None
    answered: list[CaseSituationQuestion]


class CaseCondition(Wire):
    """A condition, and what was answered about it; None where nobody has answered or somebody is not sure."""

    id: str
    text: str
    answered: bool
    holds: bool | None


class CaseMember(Wire):
    """A member of a bundle, and whether it goes with this case."""

    slug: str
    name: str
    english: str
    chosen: bool


class CaseSpot(Wire):
    """A place on a page of a file that was handed in: left, top, right and bottom as shares of its picture."""

    file: str
    page: int
    name: str
    english: str
    place: tuple[float, float, float, float]


class CaseFinding(Wire):
    """One finding of the pre-review, with the places on pictures that it is about.

    `about` names the condition or the point that it is about, where the finding itself does not.
    """

    code: str
    part: str
    where: str
    about: str
    what: str
    what_english: str
    remedy: str
    remedy_english: str
    spots: list[CaseSpot]


class CaseReview(Wire):
    """The last pre-review of what the case holds."""

    outcome: str
    notice: str
    findings: list[CaseFinding]


class CaseMoment(Wire):
    """One line of the time line."""

    at: datetime
    text: str


class CaseView(Wire):
    """A case with everything that can be seen and changed."""

    id: str
    version: int
    item: NamedItem
    english: str
    parts: list[NamedItem]
    members: list[CaseMember]
    state: CaseState
    state_label: str
    done: int
    total: int
    step: StepKind
    step_fields: list[str]
    step_material: str | None
    way: Way
    situations: list[CaseSituation]
    conditions: list[CaseCondition]
    warnings: list[str]
    warnings_english: list[str]
    registers: list[CaseRegister]
    declined: list[CaseRegister]
    consents: list[CaseRegister]
    identified: bool
    example_people: list[NamedItem]
    fields: list[CaseField]
    materials: list[CaseMaterial]
    review: CaseReview | None
    code: str
    office: str
    receipt: str
    returned: str
    mend_until: date | None
    due: date | None
    result: str
    reminder: str
    changed_at: datetime
    timeline: list[CaseMoment]


class CasePaper(Wire):
    """A paper that can be looked at and downloaded."""

    part: str
    kind: PaperKind
    format: PaperFormat
    title: str
    file_name: str
    pages: int


class CasePapers(Wire):
    """The papers of a case."""

    papers: list[CasePaper]
