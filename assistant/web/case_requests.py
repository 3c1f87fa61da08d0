"""The JSON by which the citizen's page changes a case."""

from typing import Annotated

from pydantic import Field

from assistant.cases.happenings import Way
from assistant.cases.standing import Settlement
from assistant.web.case_schemas import Slug, Value, Version
from assistant.web.schemas import Text, Wire


class BeginCase(Wire):
    """The item to begin with."""

    item: Slug


class ResumeCase(Wire):
    """The continuation code, as it was typed."""

    code: Annotated[Text, Field(max_length=40)]


class OnVersion(Wire):
    """A change without anything else."""

    version: Version


class Submission(OnVersion):
    """Hand in. `values`: the form as the page shows it; a verified value that differs stops the submission."""

    values: dict[Slug, Value] = Field(default_factory=dict, max_length=200)


class ChosenParts(OnVersion):
    """Which members of the bundle go with it."""

    members: list[Slug] = Field(max_length=40)


class AnsweredSituation(OnVersion):
    """The answer to a question between situations, by its label; null where the citizen does not know."""

    part: Slug
    fact: Slug
    answer: Annotated[Text, Field(max_length=80)] | None


class AnsweredConditions(OnVersion):
    """By condition: true, false, or null where the citizen is not sure."""

    answers: dict[Slug, bool | None] = Field(max_length=40)


class ProvenAs(OnVersion):
    """One of the invented people of the example registers."""

    person: Slug


class ChosenWay(OnVersion):
    """One thing at a time, or several as a form."""

    way: Way


class GivenConsents(OnVersion):
    """The registers that may be asked; those that were offered and are not named are refused."""

    registers: list[Slug] = Field(max_length=60)


class EnteredFields(OnVersion):
    """Values by the fields' keys; null where the citizen does not know it now."""

    values: dict[Slug, Value | None] = Field(max_length=200)


class SettledMaterial(OnVersion):
    """A material that comes another way than by a file."""

    part: Slug
    material: Slug
    how: Settlement
