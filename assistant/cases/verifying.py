"""Verified values: sealed when a register tells them and when they are reviewed, checked when the case is handed in."""

import hmac
from collections.abc import Mapping, Sequence

from assistant.cases import happenings as h
from assistant.cases.case import Case
from assistant.cases.errors import LockedValue, ValueTampered
from assistant.cases.kept_facts import facts_of, kept_of
from assistant.cases.masking import masked
from assistant.cases.standing import Standing
from prefill.facts import Fact, Provenance, SourceKind
from prefill.filling import Filling
from prefill.sealing import changed, is_intact, seal, seal_facts

_PROVING = frozenset({SourceKind.REGISTER.value, SourceKind.LICENCE.value})


class Verifying:
    """Seals with the newest key, believes seals of any. The keys never leave the server."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)

    def told(self, case_id: str, facts: Sequence[Fact], register: str) -> h.FactsKept:
        """What a register told, as the case keeps it."""
        kept = kept_of(facts, reference=register)
        return h.FactsKept(kept, seal_facts(facts_of(kept), case=case_id, key=self._keys[0]))

    def reviewed(self, stands: Standing) -> str:
        """The seal over the verified values that a pre-review looks at."""
        return seal(_verified(stands), case=stands.case.id, key=self._keys[0])

    def require_intact(self, stands: Standing) -> None:
        """Raises ValueTampered where a verified value is not what its register told, or not what was reviewed."""
        case = stands.case
        told = [e.happening for e in case.events if isinstance(e.happening, h.FactsKept)]
        if not all(self._is_as_told(case, kept) for kept in told):
            raise ValueTampered(f"A register's answer in case {case.id} was changed; revoke the consent and ask again.")
        filling = _verified(stands)
        values = {name: f.value for name, f in filling.filled.items()}
        given = case.review.seal if case.review is not None else ""
        if not any(is_intact(filling, values, given, case=case.id, key=key) for key in self._keys):
            raise ValueTampered(f"Verified values of case {case.id} are not those that were reviewed; review it again.")

    def _is_as_told(self, case: Case, kept: h.FactsKept) -> bool:
        if not any(fact.kind in _PROVING for fact in kept.facts):
            return True
        found = facts_of(kept.facts)
        seals = (seal_facts(found, case=case.id, key=key) for key in self._keys)
        return any(hmac.compare_digest(kept.seal, one) for one in seals)


def proved(values: Mapping[str, str], source: str) -> tuple[Fact, ...]:
    """Facts that somebody vouches for, as a register's."""
    provenance = Provenance(kind=SourceKind.REGISTER, source=source)
    return tuple(Fact(key=key, value=value, provenance=provenance) for key, value in values.items())


def require_unchanged(stands: Standing, submitted: Mapping[str, str | None]) -> None:
    """Raises LockedValue where what is sent has another value for a verified field than the one that is shown."""
    sent = {key: value or "" for key, value in submitted.items()}
    verified = _verified(stands)
    same = {key: verified.filled[key].value for key in sent if key in verified.filled and _is_shown(stands, key, sent)}
    for key in changed(verified, {**sent, **same}):
        if key in sent:
            raise LockedValue(key, verified.filled[key].provenance.source)


def _is_shown(stands: Standing, key: str, sent: Mapping[str, str]) -> bool:
    """True where the value is the shortened one that the page shows."""
    field = stands.field(key)
    return field is not None and sent[key] == masked(field)


def _verified(stands: Standing) -> Filling:
    return Filling({f.key: f.filled for f in stands.fields if f.filled is not None and f.filled.locked}, ())
