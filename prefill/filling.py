"""Filling a form from facts: which value stands in which field, from where, and what is still to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from prefill.facts import Fact, Provenance
from prefill.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledField:
    """A value in a field. `locked` values came from a register that proves identity and are not changed by hand.

    `why` says in plain Chinese why this value stands here, e.g. 根据身份证号码推算.
    """

    value: str
    provenance: Provenance
    locked: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """A form filled as far as facts go. `ask` are the fields still to be asked, in the order to ask them.

    Optional fields that are empty are neither filled nor asked.
    """

    filled: Mapping[str, FilledField]
    ask: tuple[str, ...]

    def value(self, field: str) -> str | None:
        """The value that stands in a field, or None."""
        found = self.filled.get(field)
        return found.value if found else None


def fill(form: Form, facts: Sequence[Fact], today: date) -> Filling:
    """Fill a form. Pure: the same form, facts and day give the same filling.

    Facts come in the order they became known; what was said or typed last wins, except over verified identity.
    """
    _ = today
    filled: dict[str, FilledField] = {}
    for field in form.fields:
        own = next((f for f in reversed(facts) if f.field == field.name), None)
        sources = (f for key in field.prefill for f in reversed(facts) if f.key == key)
        fact = next(sources, own) if field.identity else own or next(sources, None)
        if fact is not None and fact.value and not field.is_commitment:
            filled[field.name] = FilledField(value=fact.value, provenance=fact.provenance, locked=field.identity)
    ask = tuple(f.name for f in form.fields if f.name not in filled and f.need.value != "否")
    return Filling(filled, ask)
