"""Whether a sheet has the published shape (`corpus/schema/*.json`), said in sentences that help to mend it."""

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path

import jsonschema_rs
from jsonschema_rs import ValidationErrorKind as Kind

from knowledge.corpus.problem import Flaw, KeyPath

SHIPPED = Path(__file__).resolve().parents[2] / "corpus"

_LONGEST_SHOWN = 60  # a message stays on one line
_TYPE_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "keys and values",
    "null": "null",
}


class SheetKind(StrEnum):
    """The kinds of sheet, and the rules that belong to an item; the value names the schema file."""

    ITEM = "item"
    POLICY = "policy"
    RULES = "rules"


class _Shape:
    """One schema, ready to check with."""

    def __init__(self, kind: SheetKind) -> None:
        self.schema = json.loads((SHIPPED / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
        self.validator = jsonschema_rs.validator_for(self.schema)

    def around(self, error: jsonschema_rs.ValidationError) -> Mapping[str, object]:
        """The part of the schema that holds the rule that failed."""
        found: object = self.schema
        for step in error.schema_path[:-1]:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int):
                found = found[step]
        return found if isinstance(found, dict) else {}


@cache
def _shape(kind: SheetKind) -> _Shape:
    return _Shape(kind)


def shape_flaws(sheet: Mapping[str, object], kind: SheetKind) -> Iterator[Flaw]:
    """Everything the schema objects to."""
    shape = _shape(kind)
    for error in shape.validator.iter_errors(sheet):
        path: KeyPath = tuple(error.instance_path)
        if isinstance(error.kind, Kind.AdditionalProperties):
            yield from _unknown_keys(path, error.kind.unexpected, shape.around(error))
        else:
            yield Flaw(path=path, message=_said(path, error, shape.around(error)))


def _unknown_keys(path: KeyPath, keys: list[str], around: Mapping[str, object]) -> Iterator[Flaw]:
    properties = around.get("properties")
    known = [str(key) for key in properties] if isinstance(properties, dict) else []
    for key in keys:
        near = get_close_matches(key, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "remove it, or correct its name"
        yield Flaw(path=(*path, key), message=f"unknown key {key}: {hint}", blocks=False, at_key=True)


def _said(path: KeyPath, error: jsonschema_rs.ValidationError, around: Mapping[str, object]) -> str:
    where, shown = dotted(path), _shown(error.instance)
    match error.kind:
        case Kind.Required(property=key):
            said = f"{where}: the key {key} is missing: add it"
        case Kind.Enum(options=options):
            said = f"{where} is {shown}: write one of {', '.join(str(option) for option in options)}"
        case Kind.Type(types=types):
            wanted = " or ".join(_TYPE_NAMES.get(name, name) for name in types)
            quotes = " in quotes" if "string" in types and isinstance(error.instance, (bool, int, float)) else ""
            said = f"{where} is {shown}: write {wanted}{quotes}"
        case Kind.Pattern(pattern=pattern):
            said = f"{where} is {shown}: {around.get('description') or f'it must match {pattern}'}"
        case Kind.Constant(expected_value=expected):
            said = f"{where} is {shown}: write {_shown(expected)}"
        case Kind.MinLength() | Kind.MinItems():
            said = f"{where} is empty: write it, or leave the key out"
        case _:
            said = f"{where}: {error.message}"
    return said


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def dotted(path: KeyPath) -> str:
    """A path as people write it: conditions[0].status."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".") or "the sheet"
