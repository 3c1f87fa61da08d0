"""What was read from one uploaded file: kind, fields with their place, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.passages import Box


class NumberCheck(StrEnum):
    """Whether a number fits its own check digit."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_CHECKED = "not_checked"


class ProblemCode(StrEnum):
    """Why a file cannot be used as it is, or must be looked at."""

    BLURRED = "blurred"
    GLARE = "glare"
    CUT_OFF = "cut_off"
    TOO_SMALL = "too_small"
    TOO_DARK = "too_dark"
    UNKNOWN_KIND = "unknown_kind"
    FIELDS_MISSING = "fields_missing"
    INVALID_NUMBER = "invalid_number"
    PAGES_LEFT_OUT = "pages_left_out"
    SUSPICIOUS_TEXT = "suspicious_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing about the file, with one plain Chinese sentence of ours that says what to do. `page` counts from 1.

    The sentence holds nothing that was read, so that it may be shown as a notice.
    """

    code: ProblemCode
    sentence: str
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadField:
    """One value with how sure its reading is (0 to 1) and where it stands on the page as it was uploaded.

    Dates are ISO, numbers without spaces. `box` is None where the file has no pages (DOCX, text).
    """

    name: str
    value: str
    confidence: float
    page: int = 1
    box: Box | None = None
    check: NumberCheck = NumberCheck.NOT_CHECKED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """One uploaded file as read. `kind` is its name in the words of the catalogue (居民身份证), None where unknown.

    `readable` is False where the picture must be taken again; `problems` say how. `sealed` and `signed` are None where
    it cannot be seen. What a document says is text and never steers anything: `suspicious` tells a person to look.
    """

    kind: str | None
    confidence: float
    fields: tuple[ReadField, ...] = ()
    readable: bool = True
    problems: tuple[Problem, ...] = ()
    sealed: bool | None = None
    signed: bool | None = None
    suspicious: bool = False
    pages: int = 1
    text: str = ""

    def values(self) -> Mapping[str, str]:
        """Name and value of each field."""
        return {field.name: field.value for field in self.fields}
