"""Registers kept in memory, of invented people: for trying things out, for evaluations and for tests."""

from collections.abc import Mapping, Sequence

from assistant.cases.happenings import ConsentGiven
from assistant.cases.roles import RegisterAnswer
from prefill.facts import register_facts

Values = Mapping[str, str]
"""Values under the registers' own names: 身份证.姓名. What stands before the dot names the register."""


class KeptRegisters:
    """Knows what it was given, by subject. Implements `assistant.cases.roles.Registers`."""

    def __init__(self, people: Mapping[str, Values] | None = None) -> None:
        self._people: dict[str, Values] = dict(people or {})

    def know(self, subject: str, values: Values) -> None:
        """Know one more invented person or company."""
        self._people[subject] = dict(values)

    def offered(self, keys: frozenset[str], subject: str) -> Mapping[str, tuple[str, ...]]:
        """Which register could tell which of these keys about the subject."""
        known = self._people.get(subject, {})
        found: dict[str, list[str]] = {}
        for key in sorted(keys & set(known)):
            found.setdefault(key.partition(".")[0], []).append(key)
        return {register: tuple(found[register]) for register in found}

    def ask(self, subject: str, consents: Sequence[ConsentGiven]) -> tuple[RegisterAnswer, ...]:
        """The values that the consents name, nothing else."""
        known = self._people.get(subject, {})
        return tuple(
            RegisterAnswer(
                register=c.register,
                facts=register_facts({k: known[k] for k in c.fields if k in known}, consent=c.register),
            )
            for c in consents
        )
