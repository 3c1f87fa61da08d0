"""A language model that can be turned off, in the middle of an answer too: then whoever asked falls back."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from assistant.errors import ModelUnavailable
from assistant.llm.chat import ChatModel, Message, Shape, StructuredModel
from assistant.operation.switches import Capability, Switches


class ModelSwitchedOff(ModelUnavailable):
    """An operator turned the model off."""


class SwitchedModel:
    """Implements `ChatModel` and `StructuredModel` on a model that does."""

    def __init__(self, model: ChatModel, structured: StructuredModel, switches: Switches) -> None:
        self._model = model
        self._structured = structured
        self._switches = switches

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The answer in pieces. Raises ModelSwitchedOff before the next piece once it is off."""
        await self._refuse_when_off()
        async with aclosing(self._model.stream(messages)) as pieces:
            async for piece in pieces:
                await self._refuse_when_off()
                yield piece

    async def fill(self, messages: Sequence[Message], shape: type[Shape]) -> Shape:
        """The answer as that shape."""
        await self._refuse_when_off()
        return await self._structured.fill(messages, shape)

    async def _refuse_when_off(self) -> None:
        switches = self._switches
        on = (
            switches.is_on(Capability.MODEL)
            if switches.is_fresh()
            else await asyncio.to_thread(switches.is_on, Capability.MODEL)
        )
        if not on:
            raise ModelSwitchedOff("The language model is switched off: xiaoshen switch list says why.")
