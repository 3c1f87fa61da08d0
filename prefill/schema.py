"""A form as JSON Schema (2020-12): the one description of its fields that server and page share."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypedDict

from prefill.check_digits import is_bank_card, is_company_code, is_identity_number
from prefill.forms import FieldType, Form, FormField, Need

_DATE: Final = r"\d{4}-\d{2}-\d{2}"
_MONTH: Final = r"\d{4}-\d{2}"
_TIME: Final = r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}"
_PATTERNS: Final[Mapping[FieldType, str]] = {
    FieldType.INTEGER: r"^\d{1,9}$",
    FieldType.DECIMAL: r"^-?\d{1,15}(\.\d{1,4})?$",
    FieldType.DATE: f"^{_DATE}$",
    FieldType.MONTH: f"^{_MONTH}$",
    FieldType.DATE_TIME: f"^{_TIME}$",
    FieldType.DATE_RANGE: f"^{_DATE}/{_DATE}$",
    FieldType.MONTH_RANGE: f"^{_MONTH}/{_MONTH}$",
    FieldType.DATE_TIME_RANGE: f"^{_TIME}/{_TIME}$",
    FieldType.MOBILE: r"^(1[3-9]\d{9}|0\d{9,11})$",
    FieldType.ID_NUMBER: r"^\d{17}[\dX]$",
    FieldType.COMPANY_CODE: r"^[0-9A-HJ-NPQRTUWXY]{18}$",
    FieldType.BANK_CARD: r"^\d{16,19}$",
    FieldType.VIN: r"^[0-9A-HJ-NPR-Z]{17}$",
}
# How many signs stay visible at the beginning and at the end, where others may see a value.
MASKS: Final[Mapping[FieldType, tuple[int, int]]] = {
    FieldType.ID_NUMBER: (6, 4),
    FieldType.MOBILE: (3, 4),
    FieldType.BANK_CARD: (4, 4),
}
# What a pattern cannot say: the page counts the same digits (web/citizen/src/case/fits.ts).
_CHECKS: Final[Mapping[FieldType, tuple[str, Callable[[str], bool]]]] = {
    FieldType.ID_NUMBER: ("gb11643", is_identity_number),
    FieldType.COMPANY_CODE: ("gb32100", is_company_code),
    FieldType.BANK_CARD: ("luhn", is_bank_card),
}
_NUMBERS: Final = frozenset({*_CHECKS, FieldType.INTEGER, FieldType.DECIMAL, FieldType.MOBILE, FieldType.VIN})
_DAYS: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_MONTH_LENGTH: Final = len("2026-11")
_LONGEST: Final = 2000

Property = TypedDict(
    "Property",
    {
        "type": str,
        "title": str,
        "description": str,
        "pattern": str,
        "enum": list[str],
        "maxLength": int,
        "x-type": str,
        "x-need": str,
        "x-choices": list[str],
        "x-prefill": list[str],
        "x-identity": bool,
        "x-mask": str,
        "x-check": str,
        "x-needed-when": dict[str, list[str]],
    },
    total=False,
)
Schema = TypedDict(
    "Schema",
    {
        "$schema": str,
        "$id": str,
        "title": str,
        "type": str,
        "properties": dict[str, Property],
        "required": list[str],
        "additionalProperties": bool,
    },
)


def json_schema(form: Form) -> Schema:
    """The schema of a form. All values are strings in the contract's formats; `x-` keys are for the page."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://xiaoshen.invalid/forms/{form.item}/{form.item_version}",
        "title": form.item_name,
        "type": "object",
        "properties": {field.name: field_schema(field) for field in form.fields},
        "required": [f.name for f in form.fields if f.need is Need.ALWAYS and f.needed_when is None],
        "additionalProperties": False,
    }


def tidy(field: FormField, value: str) -> str:
    """The value as it is kept: no spaces around it; in numbers none at all, and no full-width signs."""
    if field.type not in _NUMBERS:
        return value.strip()
    between = r"[\s,]" if field.type in {FieldType.INTEGER, FieldType.DECIMAL} else r"[\s,-]"
    return re.sub(between, "", unicodedata.normalize("NFKC", value)).upper()


def fits(field: FormField, value: str) -> bool:
    """True where a value entered by hand has the field's form: its schema, its check digit, days that exist."""
    schema = field_schema(field)
    if not value or len(value) > schema["maxLength"] or value not in schema.get("enum", [value]):
        return False
    if "pattern" in schema and re.fullmatch(schema["pattern"], value, re.ASCII) is None:
        return False
    if field.type in _CHECKS and not _CHECKS[field.type][1](value):
        return False
    return field.type not in _PATTERNS or all(_exists(day) for day in _DAYS.findall(value) if "-" in value)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(f"{day}-01" if len(day) == _MONTH_LENGTH else day)
    except ValueError:
        return False
    return True


def field_schema(field: FormField) -> Property:
    """The schema of one field."""
    described: Property = {
        "type": "string",
        "title": field.name,
        "maxLength": _LONGEST,
        "x-type": field.type.value,
        "x-need": field.need.value,
        "x-prefill": list(field.prefill),
        "x-identity": field.identity,
    }
    if field.type in _PATTERNS:
        described["pattern"] = _PATTERNS[field.type]
    if field.type in MASKS:
        described["x-mask"] = "{}-{}".format(*MASKS[field.type])
    if field.type in _CHECKS:
        described["x-check"] = _CHECKS[field.type][0]
    if field.help:
        described["description"] = field.help
    if field.choices:
        described["x-choices"] = list(field.choices)
        if field.type is FieldType.CHOICE and not field.other_choices:
            described["enum"] = list(field.choices)
    if field.type in {FieldType.YES_NO, FieldType.COMMITMENT}:
        described["enum"] = ["是", "否"] if field.type is FieldType.YES_NO else ["是"]
    if field.needed_when:
        described["x-needed-when"] = {field.needed_when.field: list(field.needed_when.values)}
    return described
