"""A language model that says what it was told to: for tests, demonstrations and rehearsals without a server."""

from collections.abc import AsyncGenerator, Sequence

from assistant.errors import ModelUnavailable
from assistant.llm.chat import Message


class ScriptedModel:
    """Answers with the given texts in order, the last one for ever. A ModelUnavailable in the list is raised.

    `heard` keeps the prompts, so that a reader can see what would have left the house.
    """

    def __init__(self, *answers: str | ModelUnavailable, name: str = "scripted", piece_chars: int = 5) -> None:
        if not answers:
            raise ValueError("A scripted model needs at least one answer.")
        self._answers = answers
        self._name = name
        self._piece_chars = piece_chars
        self.heard: list[tuple[Message, ...]] = []

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The next answer in small pieces."""
        answer = self._answers[min(len(self.heard), len(self._answers) - 1)]
        self.heard.append(tuple(messages))
        if isinstance(answer, ModelUnavailable):
            raise answer
        for start in range(0, len(answer), self._piece_chars):
            yield answer[start : start + self._piece_chars]
