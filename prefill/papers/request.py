"""What papers are made of: one application as it stands, in the words of the sheet and of the applicant."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaperKind(StrEnum):
    """Which paper."""

    FORM = "application_form"
    COMMITMENT = "commitment_letter"
    CHECKLIST = "material_checklist"


class PaperFormat(StrEnum):
    """In which format."""

    PDF = "pdf"
    DOCX = "docx"


class MaterialState(StrEnum):
    """What became of one material."""

    PROVIDED = "provided"
    EXEMPT = "exempt"
    MISSING = "missing"
    LATER = "later"  # to be shown at the window
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperField:
    """One field of the form. `source` says in plain Chinese where the value comes from (身份证、您在对话中说的).

    `generated` marks a value that a language model wrote or summed up; the paper says so beside it.
    """

    name: str
    value: str
    source: str = ""
    generated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMaterial:
    """One material of the check list. `note` is one sentence: why it is exempt, what to mend, when it is needed."""

    name: str
    state: MaterialState
    form: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRequest:
    """One application of one case.

    `case_code` is what the window opens; it stands in the QR code, or `case_url` where there is one. `commitments` are
    the sentences to be signed; without any, no commitment letter is made. Fields whose value is empty are printed as
    blank lines to be filled in by hand.
    """

    item_name: str
    item_code: str
    department: str
    applicant: str
    case_code: str
    made_on: date
    fields: tuple[PaperField, ...]
    materials: tuple[PaperMaterial, ...] = ()
    commitments: tuple[str, ...] = ()
    case_url: str = ""
    kinds: tuple[PaperKind, ...] = tuple(PaperKind)
    formats: tuple[PaperFormat, ...] = tuple(PaperFormat)
