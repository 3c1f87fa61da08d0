"""Numbers the sources of an answer as its sentences come."""

from collections.abc import Iterable

from assistant.events import Citation
from guardrails.outbound import quote
from knowledge.statements import Statement


class Citations:
    """The citations of one turn: each statement gets one number, in the order of first use.

    The same place of two versions of a document is two sources: what holds today, and what is announced. So are a
    clause and the article it was cut out of.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str | None], int] = {}

    @property
    def numbers(self) -> dict[str, int]:
        """Statement id to its first number."""
        newest_first = sorted(self._numbers.items(), key=lambda pair: -pair[1])
        return {statement: number for (statement, _, _), number in newest_first}

    def add(self, statements: Iterable[Statement]) -> tuple[tuple[int, ...], tuple[Citation, ...]]:
        """The numbers of the statements, and the citations that were not there before."""
        numbers: list[int] = []
        fresh: list[Citation] = []
        for statement in statements:
            key = (statement.id, statement.version, statement.clause)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
                fresh.append(_citation(self._numbers[key], statement))
            numbers.append(self._numbers[key])
        return tuple(dict.fromkeys(numbers)), tuple(fresh)


def _citation(number: int, statement: Statement) -> Citation:
    url = next((ref.origin.url for ref in statement.sources if ref.origin.url), "")
    return Citation(
        number=number,
        source=statement.source,
        title=quote(statement.title, statement.source),
        version=statement.version,
        effective_from=statement.effective_from,
        effective_to=statement.effective_to,
        clause=statement.clause,
        quote=quote(statement.text, statement.source, suspicious=statement.suspicious),
        anchor=statement.id,
        url=url,
    )
