"""Which situation (情形) of an item a case is in: what is asked for it, and what it decides. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from prefill.review.application import Value
from prefill.review.situations import Choice, Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationQuestion:
    """A question between situations. `fills`: the form field that its answer is a value of, empty where there is none.

    `chosen` is the label of the answer given, empty where nobody answered; `values` are what the form then says.
    """

    part: str
    fact: str
    text: str
    choices: tuple[Choice, ...]
    fills: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    chosen: str = ""

    def choice(self, label: str) -> Choice | None:
        """The answer with this label."""
        return next((one for one in self.choices if one.label == label), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSituation:
    """Where a part of the case stands: the situation once it is certain, else the one question that matters next.

    `open` are the questions that nobody has answered yet, whether or not they come next.
    `required` and `excluded` are the materials by which the situations still possible differ from the others;
    `beside` are answers that no field of the form holds, as pre-review reads them. `leads_away`: a situation still
    possible is another item's: that is asked before anything else.
    """

    part: str
    situation: Situation | None
    question: SituationQuestion | None
    answered: tuple[SituationQuestion, ...] = ()
    open: tuple[SituationQuestion, ...] = ()
    required: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    beside: Mapping[str, Value] = field(default_factory=dict)
    leads_away: bool = False
