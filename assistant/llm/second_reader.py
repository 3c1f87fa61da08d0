"""A second opinion on a model's sentence: another call that sees only the sentence and its evidence."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from assistant.llm.chat import StructuredModel
from assistant.llm.prompt import load_prompt


class Opinion(BaseModel):
    """The shape in which the model has to answer."""

    says_so: bool = Field(description="True where the evidence says all of the sentence.")


class SecondReader:
    """Agrees or not. It can only take a sentence away: the deterministic checks have passed before it is asked."""

    def __init__(self, model: StructuredModel) -> None:
        self._model = model
        self._prompt = load_prompt("second_reader")

    async def agrees(self, sentence: str, evidence: Sequence[str]) -> bool:
        """True where the evidence says it. Raises ModelUnavailable, which ends the model's answer: fails closed."""
        messages = self._prompt.fill(sentence=_as_content(sentence), evidence=_as_content("\n".join(evidence)))
        return (await self._model.fill(messages, Opinion)).says_so


def _as_content(text: str) -> str:
    return text.translate(str.maketrans("<>", "()"))
