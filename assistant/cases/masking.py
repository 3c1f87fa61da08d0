"""Values as they may stand in a conversation: numbers that identify somebody show their ends only."""

import re

from assistant.cases.standing import StandingField
from prefill.schema import MASKS

_LONG_NUMBER = re.compile(r"(?<!\d)(\d{3})\d{8,}([\dXx]{4})(?!\d)")


def masked(field: StandingField) -> str:
    """The value as it may stand in a conversation: numbers that identify somebody show their ends only."""
    value = field.value or ""
    ends = MASKS.get(field.field.type)
    if ends is not None and len(value) > sum(ends):
        return f"{value[: ends[0]]}{'*' * (len(value) - sum(ends))}{value[-ends[1] :]}"
    return _LONG_NUMBER.sub(r"\1****\2", value)


def unnumbered(text: str) -> str:
    """A finding's sentence with long numbers shortened."""
    return _LONG_NUMBER.sub(r"\1****\2", text)
