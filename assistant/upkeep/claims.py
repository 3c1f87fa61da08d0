"""Sentences that state numbers, so that two of them can be compared: the wording without values, and the values."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from guardrails.quantities import Quantity, quantities
from knowledge.life.work import Place
from knowledge.passages import DocumentVersion, Passage
from knowledge.search.tokens import words
from knowledge.statements import Statement

# What two sources can disagree on. Other counts (项, 件, 次 of a list) depend on how one counts.
COMPARED = frozenset({"元", "%", "工作日", "小时", "月", "岁", "平方米", "份", "人", "倍"})
_SENTENCE = re.compile(r"[^。；;\n！？]+")
# Dates, years and numbers of documents count nothing.
_DATES = re.compile(
    r"(?:19|20)\d{2}\s?年(?:度|\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?|\d{1,2}月\d{1,2}日|[〔\[（(]\s?(?:19|20)\d{2}\s?[〕\]）)]"
    r"\s?\d{0,4}\s?号?|\d{4}-\d{2}-\d{2}"
)
_YEARS = re.compile(r"(?:19|20)\d{2}")
_MARK = "\ue000"  # stands for a value in the wording
_NOISE = re.compile(r"[\s，,、：:（）()「」“”\"《》\[\]【】]")
_SHORTEST, _LONGEST = 8, 400


@dataclass(frozen=True)
class Claim:
    """One sentence of one source with its numbers. `subject` is what the source is about; `region` where it holds."""

    place: Place
    subject: str
    region: str
    number: tuple[Quantity, ...]
    years: frozenset[str]

    @property
    def text(self) -> str:
        """The sentence."""
        return self.place.text

    @cached_property
    def wording(self) -> str:
        """The sentence with a mark and the unit for each number, without punctuation."""
        parts: list[str] = []
        position = 0
        for quantity in self.number:
            parts += [self.text[position : quantity.start], _MARK, quantity.unit]
            position = quantity.end
        return _NOISE.sub("", "".join([*parts, self.text[position:]]))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words of the sentence that say something."""
        return frozenset(w for w in words(self.wording.replace(_MARK, " ")) if len(w) > 1)

    @property
    def units(self) -> tuple[str, ...]:
        """The units in order."""
        return tuple(quantity.unit for quantity in self.number)


def claims_of_statement(statement: Statement, region: str) -> Iterator[Claim]:
    """What a sheet states with numbers, where it may be stated at all."""
    if statement.may_be_stated:
        whole = f"{statement.question}：{statement.text}" if statement.question else statement.text
        yield from _claims(whole, _place_of(statement), subject=statement.title, region=region)


def claims_of_passage(passage: Passage, version: DocumentVersion) -> Iterator[Claim]:
    """What a passage states with numbers; garbled ones state none."""
    if passage.garbled:
        return
    place = Place(
        source=version.source,
        title=version.title,
        text="",
        anchor=f"{version.source}#p{passage.ordinal}",
        version=version.id,
        clause=passage.clause,
    )
    subject = f"{version.title} {passage.heading}"
    yield from _claims(passage.text, place, subject=subject, region=version.region)


def _place_of(statement: Statement) -> Place:
    return Place(
        source=statement.source,
        title=statement.title,
        text="",
        anchor=statement.id,
        version=statement.version,
        clause=statement.clause,
    )


def _claims(text: str, place: Place, *, subject: str, region: str) -> Iterator[Claim]:
    for sentence in sentences_of(text):
        number = numbers_in(sentence)
        if number:
            spans = tuple((q.start, q.end) for q in number)
            stands = Place(
                source=place.source,
                title=place.title,
                text=sentence,
                anchor=place.anchor,
                version=place.version,
                clause=place.clause,
                spans=spans,
            )
            years = frozenset(_YEARS.findall(f"{sentence} {place.title}"))
            yield Claim(place=stands, subject=subject, region=region, number=number, years=years)


def sentences_of(text: str) -> Iterator[str]:
    """Sentences long enough to say something, and short enough to be one."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if _SHORTEST <= len(sentence) <= _LONGEST:
            yield sentence


def numbers_in(sentence: str) -> tuple[Quantity, ...]:
    """The numbers with a unit that two sources can disagree on; dates are none."""
    blanked = _DATES.sub(lambda m: " " * len(m.group()), sentence)
    return tuple(q for q in quantities(blanked) if q.unit in COMPARED)


def common_years(claims: Iterable[Claim]) -> bool:
    """False where each of the claims speaks of years, and of none in common: this year's standard and last year's."""
    named = [claim.years for claim in claims if claim.years]
    return len(named) < 2 or bool(frozenset.intersection(*named))  # noqa: PLR2004 - a comparison needs two
