"""What happens while a clerk of a conversation sees the form and proposes values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShared:
    """The citizen lets the clerk of a conversation see the form and propose values, until one of them ends it."""

    ticket: str
    clerk: str


@dataclass(frozen=True, slots=True)
class FormShareEnded:
    """The citizen takes that back; open proposals go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProposed:
    """A clerk proposes a value; it stands in no field before the citizen takes it. `mark` tells the value it is for."""

    proposal: str
    key: str
    name: str
    value: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalTaken:
    """The citizen took a proposal; what it says is kept as what they entered themselves."""

    proposal: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined:
    """The citizen did not want a proposal, or the clerk took it back."""

    proposal: str
    name: str
