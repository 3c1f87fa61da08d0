"""A form as JSON Schema (2020-12): the one description of its fields that server and page share."""

from collections.abc import Mapping
from typing import Final, TypedDict

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
    FieldType.MOBILE: r"^1[3-9]\d{9}$",
    FieldType.ID_NUMBER: r"^\d{17}[\dX]$",
    FieldType.COMPANY_CODE: r"^[0-9A-HJ-NPQRTUWXY]{18}$",
    FieldType.BANK_CARD: r"^\d{16,19}$",
    FieldType.VIN: r"^[0-9A-HJ-NPR-Z]{17}$",
}
# What stays visible of a value on a page that others may see.
_MASKS: Final[Mapping[FieldType, str]] = {
    FieldType.ID_NUMBER: "3-4",
    FieldType.MOBILE: "3-4",
    FieldType.BANK_CARD: "0-4",
}
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
        "properties": {field.name: _property(field) for field in form.fields},
        "required": [f.name for f in form.fields if f.need is Need.ALWAYS and f.needed_when is None],
        "additionalProperties": False,
    }


def _property(field: FormField) -> Property:
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
    if field.type in _MASKS:
        described["x-mask"] = _MASKS[field.type]
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
