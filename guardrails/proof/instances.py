"""An age that is an example of a rule: 七十二岁 is among those of 70周岁以上, and is judged as one of them."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Final

from guardrails.claims import Claim
from guardrails.numerals import NUMBER, value_of
from guardrails.proof.times import bound_of
from guardrails.quantities import Quantity, quantities, stands_in

_AGE: Final = "岁"
_SPAN = re.compile(
    rf"(?P<least>{NUMBER})(?:周?岁)?(?:至|到|-|~|—|–)(?P<most>{NUMBER})周?岁(?:以下)?|"
    rf"(?:年?满|超过)?(?P<from>{NUMBER})周?岁(?:及|或)?以上(?:、?(?:不满|未满)(?P<below>{NUMBER})周?岁)?|"
    rf"(?:不满|未满|不足)(?P<under>{NUMBER})周?岁|(?<!不)(?<!未)(?:年满|满|超过)(?P<full>{NUMBER})周?岁|"
    rf"(?P<to>{NUMBER})周?岁(?:及|或)?以下"
)
_OF_SOMEBODY = re.compile("[的了]|老|小|男|女|孩|儿童|学生|居民|市民|职工")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Ages from `least` to below `end`, as a rule writes them."""

    written: str
    least: Fraction
    end: Fraction | None

    def holds(self, age: Fraction) -> bool:
        """Return whether an age is among them."""
        return self.least <= age and (self.end is None or age < self.end)


def by_its_rule(claim: Claim) -> Claim:
    """Return the claim with each age that is only an example in the words of the one rule that it falls under."""
    ages = [q for q in quantities(claim.sentence) if q.unit == _AGE]
    sentence = claim.sentence
    for age in reversed(ages):
        span = _span_of(age, claim)
        if span is not None:
            sentence = sentence[: age.start] + span.written + sentence[age.end :]
    return claim if sentence == claim.sentence else replace(claim, sentence=sentence)


def _span_of(age: Quantity, claim: Claim) -> Span | None:
    """Return the only span of ages in the evidence that holds somebody's age; 65岁可以退休 tells a rule of its own."""
    if _OF_SOMEBODY.match(claim.sentence, age.end) is None or bound_of(claim.sentence, age):
        return None
    if stands_in(age, quantities(claim.evidence)):
        return None
    among = {span.written: span for span in spans_in(claim.evidence) if span.holds(age.value)}
    return next(iter(among.values())) if len(among) == 1 else None


@lru_cache(maxsize=256)
def spans_in(text: str) -> tuple[Span, ...]:
    """Return the spans of ages that a text names."""
    return tuple(span for match in _SPAN.finditer(text) if (span := _span(match)) is not None)


def _span(match: re.Match[str]) -> Span | None:
    """Return the span that was written; None where one of its numbers cannot be read."""
    values = {name: value_of(written) for name, written in match.groupdict().items() if written is not None}
    if None in values.values():
        return None
    least, most, begin, below, under, full, to = (
        values.get(name) for name in ("least", "most", "from", "below", "under", "full", "to")
    )
    end = below or under or (None if most is None and to is None else (most or to or Fraction(0)) + 1)
    return Span(written=match.group(), least=least or begin or full or Fraction(0), end=end)
