"""What the same citizen entered in earlier cases: contact and account details, never what a register must prove."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from prefill.facts import Fact, Provenance, SourceKind
from prefill.forms import is_proof
from prefill.sources.consent import Consent
from prefill.sources.source import Subject

NAME: Final = "以前办过的事"
FRESH: Final = timedelta(days=365)
"""An address or an account from longer ago is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCase:
    """What stood in one earlier case, by register key."""

    subject: str
    submitted: date
    values: Mapping[str, str]


class EarlierCases:
    """Facts from the newest earlier case that has them. Implements `FactSource`."""

    def __init__(self, cases: Callable[[str], Sequence[EarlierCase]], today: Callable[[], date]) -> None:
        self._cases, self._today = cases, today

    @property
    def name(self) -> str:
        """What the citizen is shown as source."""
        return NAME

    def keys(self) -> frozenset[str]:
        """Contact and account details."""
        return frozenset(
            {
                "随申办账户.手机号",
                "一网通办.常用地址",
                "社会保障卡.金融账户",
                "社会保障卡.开户行",
                "随申办账户.收件地址",
            }
        )

    def facts(self, subject: Subject, consent: Consent) -> tuple[Fact, ...]:
        """The newest value of each key; old ones and proofs are left out."""
        newest: dict[str, tuple[date, str]] = {}
        for case in self._cases(subject.id):
            if case.subject != subject.id or self._today() - case.submitted > FRESH:
                continue
            for key, value in case.values.items():
                known = newest.get(key)
                if key in consent.keys and not is_proof(key) and (known is None or known[0] < case.submitted):
                    newest[key] = (case.submitted, value)
        return tuple(
            Fact(
                key=key,
                value=value,
                provenance=Provenance(
                    kind=SourceKind.EARLIER_CASE,
                    source=NAME,
                    confidence=0.8,
                    observed=datetime.combine(day, datetime.min.time()),
                    consent=consent.id,
                ),
            )
            for key, (day, value) in newest.items()
        )
