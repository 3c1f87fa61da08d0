"""What a question asks for: the facets of an item, and the kind of value that would answer it."""

import re
from dataclasses import dataclass

from assistant.steps.need_words import (
    AHEAD,
    BENEFIT_WORDS,
    CONFIRMS,
    DEADLINE,
    FACETS,
    KIND_OF_UNIT,
    KINDS,
    MEASURES,
    OFFICE_ACTS,
    OWN_MONEY,
    PROCESSING,
    PROMISED,
    REQUIRED,
    STATUTORY,
    VALIDITY,
    VALUES,
    WAITS,
    Timing,
    ValueKind,
)
from assistant.steps.quantities import quantities_in
from knowledge.statements import Facet

__all__ = ["Need", "Timing", "ValueKind", "kinds_in", "need_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing asked. `promised` and `statutory` are set where the question names that time limit and no other."""

    facets: tuple[Facet, ...] = ()
    kinds: frozenset[ValueKind] = frozenset()
    timings: frozenset[Timing] = frozenset()
    promised: bool = False
    statutory: bool = False
    confirms: bool = False
    measures: tuple[re.Pattern[str], ...] = ()

    def is_measured_in(self, text: str) -> bool:
        """Whether a source's wording has a figure of every measure that is asked by its name: 「离学校多少米」."""
        return all(measure.search(text) for measure in self.measures)


def need_of(text: str) -> Need:
    """Read one question, or one clause of it. Works on simplified, half-width text."""
    text = text.strip().rstrip("?!。,;~ ")
    kinds = {kind for kind, pattern in KINDS if pattern.search(text)}
    confirms = bool(CONFIRMS.search(text))
    if confirms:
        kinds |= {KIND_OF_UNIT[q.unit] for q in quantities_in(text)}
    if not kinds and re.search(r"多少|(?<![好十])几(?!乎|率|天前|样|句|经|度)|[上下]限|封顶|天数|人数|次数|年限", text):
        kinds.add(ValueKind.NUMBER)
    timings = _timings(text, kinds)
    facets = [facet for facet, pattern in FACETS if pattern.search(text)]
    facets = _timed(facets, timings, ValueKind.DURATION in kinds)
    if BENEFIT_WORDS.search(text):
        facets.insert(0 if kinds & {ValueKind.MONEY, ValueKind.PERCENT} else len(facets), Facet.BENEFIT)
    elif ValueKind.MONEY in kinds:
        facets.insert(0, Facet.CONDITIONS if OWN_MONEY.search(text) else Facet.FEE)
    if Facet.REFERENCE_STATUS in facets:
        return Need(facets=(Facet.REFERENCE_STATUS,))
    return Need(
        facets=tuple(dict.fromkeys(facets)),
        kinds=frozenset(kinds),
        timings=frozenset(timings),
        promised=bool(PROMISED.search(text)) and not STATUTORY.search(text),
        statutory=bool(STATUTORY.search(text)) and not PROMISED.search(text),
        confirms=confirms,
        measures=tuple(said for name, said in MEASURES if name.search(text)),
    )


def _timings(text: str, kinds: set[ValueKind]) -> set[Timing]:
    found = {
        timing
        for timing, pattern in (
            (Timing.PROCESSING, PROCESSING),
            (Timing.DEADLINE, DEADLINE),
            (Timing.VALIDITY, VALIDITY),
            (Timing.REQUIRED, REQUIRED),
        )
        if pattern.search(text)
    }
    if Timing.DEADLINE in found and Timing.PROCESSING in found:
        found.discard(Timing.DEADLINE if OFFICE_ACTS.search(text) else Timing.PROCESSING)
    if WAITS.search(text) or AHEAD.search(text):
        found = {Timing.DEADLINE}
    if found and Timing.PROCESSING in found:
        kinds.add(ValueKind.DURATION)
    return found


def _timed(facets: list[Facet], timings: set[Timing], asks_duration: bool) -> list[Facet]:
    first: list[Facet] = []
    if Timing.PROCESSING in timings or (asks_duration and not timings):
        first.append(Facet.TIME_LIMIT)
    if Timing.VALIDITY in timings:
        first.append(Facet.VALIDITY)
    if timings & {Timing.DEADLINE, Timing.REQUIRED}:
        first.append(Facet.CONDITIONS)
    return first + facets


def kinds_in(text: str) -> frozenset[ValueKind]:
    """The kinds of value that a source's wording contains."""
    return frozenset(kind for kind, pattern in VALUES if pattern.search(text))
