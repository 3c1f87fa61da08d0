"""Numbers the sources of an answer as its sentences come."""

from collections.abc import Iterable

from assistant.events import Citation
from guardrails.outbound import quote
from knowledge.statements import Statement


class Citations:
    """The citations of one turn: each statement gets one number, in the order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def numbers(self) -> dict[str, int]:
        """Statement id to number."""
        return dict(self._numbers)

    def add(self, statements: Iterable[Statement]) -> tuple[tuple[int, ...], tuple[Citation, ...]]:
        """The numbers of the statements, and the citations that were not there before."""
        numbers: list[int] = []
        fresh: list[Citation] = []
        for statement in statements:
            if statement.id not in self._numbers:
                self._numbers[statement.id] = len(self._numbers) + 1
                fresh.append(_citation(self._numbers[statement.id], statement))
            numbers.append(self._numbers[statement.id])
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
        quote=quote(statement.text, statement.source),
        anchor=statement.id,
        url=url,
    )
