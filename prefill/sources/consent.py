"""A citizen's consent: which register may be asked for which fields, for which item and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One consent. It covers nothing but its keys, for its item, up to and including its last day."""

    id: str
    register: str
    keys: frozenset[str]
    item: str
    until: date
    revoked: bool = False

    def covers(self, key: str, *, item: str, today: date) -> bool:
        """Whether this key may be asked for this item on this day."""
        return key in self.keys and item == self.item and today <= self.until and not self.revoked


def allowed(
    consents: Iterable[Consent], register: str, keys: frozenset[str], *, item: str, today: date
) -> list[Consent]:
    """The consents under which a register may tell at least one of the keys, each narrowed to those keys."""
    found: list[Consent] = []
    for consent in consents:
        mine = frozenset(key for key in keys if consent.covers(key, item=item, today=today))
        if consent.register == register and mine:
            found.append(
                Consent(id=consent.id, register=register, keys=mine, item=item, until=consent.until, revoked=False)
            )
    return found
