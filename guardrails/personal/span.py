"""A piece of personal data in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data at text[start:end]; `type` is e.g. id_card, phone, name."""

    start: int
    end: int
    type: str
