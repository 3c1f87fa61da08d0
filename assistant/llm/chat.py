"""The port to a language model: messages in, text out, and nothing else that a particular server offers."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from pydantic import BaseModel

Shape = TypeVar("Shape", bound=BaseModel)


class Role(StrEnum):
    """Who speaks in a prompt, in the words of the chat protocol."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Role
    text: str


class ChatModel(Protocol):
    """A language model. Whatever goes wrong arrives as `assistant.errors.ModelUnavailable`, never as anything else."""

    @property
    def name(self) -> str:
        """The model's name as configured; shown in evaluations and in the turn's `composer`."""
        ...

    def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The answer in pieces, as they come. Ends normally only where the model said that it had finished."""
        ...


class StructuredModel(Protocol):
    """A language model that answers in a given shape, checked when it arrives."""

    async def fill(self, messages: Sequence[Message], shape: type[Shape]) -> Shape:
        """The answer as that shape. Raises ModelUnavailable, also where the answer does not fit."""
        ...
