"""The JSON of a form that citizen and clerk fill together."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from assistant.web.case_requests import OnVersion
from assistant.web.case_schemas import Slug
from assistant.web.handoff_schemas import Id
from assistant.web.schemas import Text, Wire
from prefill.forms import FieldType


class SharedField(Wire):
    """A field as the clerk sees it: identifying numbers show their ends only. `mark` goes back with a proposal."""

    key: str
    name: str
    type: FieldType
    value: str
    source: str
    locked: bool
    required: bool
    choices: list[str]
    help: str
    mark: str
    proposal: str | None
    proposed: str | None


class SharedForm(Wire):
    """The form that the citizen agreed to fill together with this clerk."""

    case: str
    version: int
    name: str
    since: datetime
    fields: list[SharedField]


class FieldProposal(Wire):
    """What a clerk proposes: `before` is what stands in the field. `is_stale`: it was changed after the proposal."""

    id: str
    key: str
    name: str
    value: str
    before: str
    is_stale: bool
    at: datetime


class FormSharing(Wire):
    """How it stands for the citizen: whether the form is shared now, and what is proposed."""

    case: str
    version: int
    shared: bool
    since: datetime | None
    proposals: list[FieldProposal]


class ShareWanted(OnVersion):
    """Fill the form together with the person of this conversation."""

    conversation: Id


class ProposalWanted(Wire):
    """A value for a field, made for what the clerk saw in it."""

    key: Slug
    value: Annotated[Text, Field(min_length=1, max_length=2000)]
    mark: Annotated[Text, Field(max_length=32)]


class ProposalAnswer(OnVersion):
    """Take a proposal, or not."""

    taken: bool
