"""What one message may say about the fields of a case: typed candidates, each with how clearly it is meant. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from assistant.cases.standing import StandingField
from prefill.facts import Fact


class Means(Enum):
    """How a message gives a value, the clearest first. The value is the score between fields that it may be for."""

    NAMED = 0.97  # with the field's own name: 受伤部位是右脚踝
    CORRECTED = 0.96  # in the place of one said before: 不对，是上个月
    HEARD = 0.95  # read in the whole conversation, beside the field's words
    ANSWERED = 0.9  # what was asked for, in a form that only such a field takes
    OWN_KIND = 0.85  # of a kind that only one open field takes: a telephone number, a country
    CHOSEN = 0.8  # what people say for a choice of one open field
    BESIDE = 0.7  # a value of the field's kind in a clause with the field's words, or the only one of its kind
    FREE = 0.5  # any words, for the free field that was asked for: only where nothing fits better


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A value that a message may give to a field. `fact` where it was read with its evidence."""

    field: StandingField
    value: str
    means: Means
    fact: Fact | None = None
    score: float = 0.0

    @property
    def weight(self) -> float:
        """How clearly it is meant, from 0 to 1."""
        return self.score or self.means.value


def best_of(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a field, the clearest; the first said where two are as clear."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        former = found.get(candidate.field.key)
        if former is None or candidate.weight > former.weight:
            found[candidate.field.key] = candidate
    return sorted(found.values(), key=lambda one: -one.weight)
