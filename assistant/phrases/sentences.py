"""English for our own fixed Chinese sentences, from the file beside this module; never for words of sheets or rules."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from assistant.phrases.glossary import Glossary, load_glossary

_SLOT = re.compile(r"\\\{(\w+)\\\}")
_LONGEST_SLOT = 60
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Patterns of Chinese sentences with their English."""

    patterns: tuple[tuple[re.Pattern[str], str], ...]
    glossary: Glossary

    def english(self, chinese: str) -> str:
        """All of it in English; empty where one of its sentences is none of ours: half a translation would mislead."""
        told: list[str] = []
        rest = chinese.strip().replace(",", "，")
        while rest:
            found = next(((said, m) for pattern, said in self.patterns if (m := pattern.match(rest))), None)
            if found is None:
                return ""
            said, match = found
            sentence = said.format(**{slot: self._named(words) for slot, words in match.groupdict().items()})
            told.append(sentence[:1].upper() + sentence[1:])
            rest = rest[match.end() :].lstrip()
        return " ".join(told)

    def _named(self, words: str) -> str:
        """Chinese words as they stand in form or document, with the English beside them where it is known."""
        if day := _DAY.fullmatch(words):
            return "-".join(part.zfill(2) for part in day.groups())
        names = {one: self.glossary.plain(one) for one in words.split("、")}
        return ", ".join(f"{known} ({one})" if known else one for one, known in names.items())


@lru_cache(maxsize=1)
def load_sentences() -> Sentences:
    """Read the shipped file, once. Raises TypeError where it is not what it should be."""
    read = yaml.safe_load(files("assistant.phrases").joinpath("english_sentences.yaml").read_text("utf-8"))
    found = read.get("sentences") if isinstance(read, dict) else None
    if not isinstance(found, dict):
        raise TypeError("english_sentences.yaml has no mapping `sentences`: restore the shipped file.")
    # What has no slots is looked for first: a slot would take it in.
    ordered = sorted(found.items(), key=lambda pair: pair[0].count("{"))
    return Sentences(tuple((_pattern(chinese), str(english)) for chinese, english in ordered), load_glossary())


def _pattern(chinese: str) -> re.Pattern[str]:
    """A slot takes no end of a sentence in, so that a sentence of somebody else never passes for one of ours."""
    return re.compile(_SLOT.sub(rf"(?P<\1>[^。；！？]{{1,{_LONGEST_SLOT}}}?)", re.escape(chinese)))
