"""English names of items, policies, departments and common materials, read from the file beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Glossary:
    """English by source name (items/dog_reg) and by Chinese term."""

    names: Mapping[str, str]
    terms: Mapping[str, str]

    def name_of(self, source: str, chinese: str) -> str:
        """Dog license (养犬登记); the Chinese alone where there is no English name."""
        english = self.names.get(source)
        return f"{english} ({chinese})" if english else chinese

    def with_english(self, chinese: str) -> str:
        """The term as it must be shown at a window, with the English beside it where it is known."""
        english = self.terms.get(chinese)
        return f"{chinese} ({english})" if english else chinese


def load_glossary() -> Glossary:
    """Read the shipped file. Raises TypeError where it is not what it should be."""
    read = yaml.safe_load(files("assistant.phrases").joinpath("english_names.yaml").read_text("utf-8"))
    parts = {part: _texts(read, part) for part in ("items", "policies", "materials", "departments")}
    names = {f"{part}/{key}": name for part in ("items", "policies") for key, name in parts[part].items()}
    return Glossary(names=names, terms=parts["materials"] | parts["departments"])


def _texts(read: object, part: str) -> dict[str, str]:
    found = read.get(part) if isinstance(read, dict) else None
    if not isinstance(found, dict):
        raise TypeError(f"english_names.yaml has no mapping `{part}`: add it, or restore the shipped file.")
    return {str(key): str(value) for key, value in found.items()}
