"""English names of items, policies, departments and common materials, read from the file beside this module."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Glossary:
    """English by source name (items/dog_reg), by Chinese term (document, register, office) and by name of a field.

    `words` are English patterns with their Chinese.
    """

    names: Mapping[str, str]
    terms: Mapping[str, str]
    fields: Mapping[str, str]
    words: Mapping[re.Pattern[str], str]

    def name_of(self, source: str, chinese: str) -> str:
        """Dog license (养犬登记); the Chinese alone where there is no English name."""
        english = self.names.get(source)
        return f"{english} ({chinese})" if english else chinese

    def chinese_for(self, english: str) -> str:
        """The Chinese words for what an English message is about; empty where none is known."""
        return "".join(dict.fromkeys(word for said, word in self.words.items() if said.search(english)))

    def plain(self, chinese: str) -> str:
        """English for the name of a document, a register or a field; empty where none is known."""
        return self.terms.get(chinese) or self.fields.get(chinese, "")

    def with_english(self, chinese: str) -> str:
        """The term as it must be shown at a window, with the English beside it where it is known."""
        english = self.terms.get(chinese)
        return f"{chinese} ({english})" if english else chinese


@lru_cache(maxsize=1)
def load_glossary() -> Glossary:
    """Read the shipped file, once. Raises TypeError where it is not what it should be."""
    read = yaml.safe_load(files("assistant.phrases").joinpath("english_names.yaml").read_text("utf-8"))
    parts = {
        part: _texts(read, part) for part in ("items", "policies", "materials", "registers", "departments", "fields")
    }
    names = {f"{part}/{key}": name for part in ("items", "policies") for key, name in parts[part].items()}
    words = {re.compile(said, re.I): word for said, word in _texts(read, "words").items()}
    terms = parts["registers"] | parts["materials"] | parts["departments"]
    return Glossary(names=names, terms=terms, fields=parts["fields"], words=words)


def _texts(read: object, part: str) -> dict[str, str]:
    found = read.get(part) if isinstance(read, dict) else None
    if not isinstance(found, dict):
        raise TypeError(f"english_names.yaml has no mapping `{part}`: add it, or restore the shipped file.")
    return {str(key): str(value) for key, value in found.items()}
