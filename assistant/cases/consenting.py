"""Which registers could help a case, and what happens when the citizen allows some of them to be asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from assistant.cases import happenings as h
from assistant.cases.case import Case, CaseState
from assistant.cases.earlier import Earlier
from assistant.cases.happenings import Happening
from assistant.cases.roles import Registers
from assistant.cases.standing import Settlement, Standing
from assistant.cases.uploading import issues
from assistant.cases.verifying import Verifying
from prefill.forms import FormField
from prefill.sources.earlier_cases import NAME as EARLIER

CONSENT_LASTS = timedelta(days=30)
"""A consent is for this case; a case that is not over by then asks again."""


_MENDED: Final = frozenset({CaseState.COLLECTING, CaseState.RETURNED})


def in_force(case: Case, today: date) -> Case:
    """The case without what was told under consents whose last day has passed; those registers are offered again."""
    over = {consent.register for consent in case.consents if consent.until < today}
    if not over or case.state not in _MENDED:
        return case
    return replace(
        case,
        consents=tuple(c for c in case.consents if c.register not in over),
        facts=tuple(f for f in case.facts if f.reference not in over),
    )


def keys_of(field: FormField) -> tuple[str, ...]:
    """The keys under which a register may tell the field; a register named as a whole is asked for the field itself."""
    return tuple(key if "." in key else f"{key}.{field.name}" for key in field.prefill)


class Consenting:
    """Registers and earlier cases as sources of a case. Nothing is asked beyond what a consent names."""

    def __init__(self, registers: Registers, earlier: Earlier, verifying: Verifying, today: Callable[[], date]) -> None:
        self._registers, self._earlier, self._verifying, self._today = registers, earlier, verifying, today

    def until(self) -> date:
        """The last day of a consent given today."""
        return self._today() + CONSENT_LASTS

    def offered(self, stands: Standing) -> Mapping[str, tuple[str, ...]]:
        """The sources that could fill what is missing, each with its keys; earlier cases for what no register tells."""
        identity = stands.case.identity
        if identity is None:
            return {}
        keys = frozenset(key for f in stands.fields if f.is_asked for key in keys_of(f.field))
        found = self._registers.offered(keys, identity.subject)
        told = frozenset(key for mine in found.values() for key in mine)
        return {**found, **self._earlier.offered(stands.case, keys - told)}

    def consented(self, stands: Standing, registers: Sequence[str]) -> list[Happening]:
        """What happens when these are allowed: consents, refusals of the others, what they told."""
        case, offered = stands.case, self.offered(stands)
        until = self.until()
        given = [
            h.ConsentGiven(register=name, fields=tuple(offered[name]), item=case.item, until=until)
            for name in registers
            if name in offered
        ]
        decided = {*registers, *case.refused, *(consent.register for consent in case.consents)}
        refused = tuple(name for name in offered if name not in decided)
        happened: list[Happening] = [*given]
        if refused:
            happened.append(h.ConsentRefused(refused))
        if given and case.identity is not None:
            earlier = [self._earlier.ask(case, consent) for consent in given if consent.register == EARLIER]
            others = [consent for consent in given if consent.register != EARLIER]
            answers = (*earlier, *self._registers.ask(case.identity.subject, others))
            happened += [self._verifying.told(case.id, a.facts, a.register) for a in answers if a.facts]
            happened += _shared(stands, [a.register for a in answers if a.facts])
        return happened


def _shared(stands: Standing, told: Sequence[str]) -> Sequence[Happening]:
    """Materials that the government holds itself and the citizen let us look up: nobody has to bring them."""
    return [
        h.MaterialSettled(part=m.uses[0][0], material=m.uses[0][1], how=Settlement.LICENCE, reference=register)
        for m in stands.materials
        if not m.is_there and m.material.exempt == "yes"
        for register in told
        if issues(register, m.name)
    ]
