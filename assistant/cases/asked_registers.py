"""Registers asked over HTTP for a case: what the citizen consented to, in parallel, and nothing else."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from assistant.cases.happenings import ConsentGiven
from assistant.cases.roles import RegisterAnswer
from prefill.errors import SourceUnavailable
from prefill.sources.asking import ask_all
from prefill.sources.consent import Consent
from prefill.sources.http_register import registers_at
from prefill.sources.source import FactSource, Subject

_LOG: Final = logging.getLogger(__name__)


class AskedRegisters:
    """Sources of facts as registers of a case. Implements `assistant.cases.roles.Registers`.

    `find` is called until it answers once, so that a register server that is down at the start is used when it is up.
    """

    def __init__(self, find: Callable[[], Sequence[FactSource]], clock: Callable[[], datetime]) -> None:
        self._find, self._clock = find, clock
        self._sources: tuple[FactSource, ...] = ()

    def offered(self, keys: frozenset[str], subject: str) -> Mapping[str, tuple[str, ...]]:
        """Which register could tell which of these keys; nothing while no register can be reached."""
        _ = subject
        told = {source.name: tuple(sorted(keys & source.keys())) for source in self._known()}
        return {name: mine for name, mine in told.items() if mine}

    def ask(self, subject: str, consents: Sequence[ConsentGiven]) -> tuple[RegisterAnswer, ...]:
        """Ask all of them at once, each within its deadline; one that fails says so and stops nobody."""
        today = self._clock().date()
        answers: list[RegisterAnswer] = []
        for item in dict.fromkeys(c.item for c in consents):
            mine = [_consent(c) for c in consents if c.item == item]
            found = ask_all(self._known(), Subject(subject), mine, item=item, today=today)
            answers.extend(RegisterAnswer(register=a.source, facts=a.facts, problem=a.problem) for a in found)
        return tuple(answers)

    def _known(self) -> tuple[FactSource, ...]:
        if not self._sources:
            try:
                self._sources = tuple(self._find())
            except SourceUnavailable:
                _LOG.warning("prefill.registers.unreachable")
        return self._sources


def registers_behind(url: str, token: str | None, clock: Callable[[], datetime]) -> AskedRegisters:
    """The registers a server at this address offers."""
    return AskedRegisters(lambda: registers_at(url, clock, token), clock)


def _consent(given: ConsentGiven) -> Consent:
    until: date = given.until
    return Consent(
        id=f"{given.item}/{given.register}/{until.isoformat()}",
        register=given.register,
        keys=frozenset(given.fields),
        item=given.item,
        until=until,
    )
