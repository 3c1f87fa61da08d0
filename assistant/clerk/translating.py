"""Chinese and English side by side: a translation beside the original, never instead of it, its numbers the same."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Final

from assistant.clerk.same_claims import claims_nothing_more, mean_the_same
from assistant.clerk.same_numbers import say_the_same_numbers
from assistant.errors import ModelUnavailable
from assistant.llm.chat import ChatModel
from assistant.llm.prompt import load_prompt
from guardrails import pii
from guardrails.approved import Approved
from guardrails.entered import show_entered
from guardrails.learned import Embeds
from guardrails.outbound import quote

LONGEST: Final = 1000
_KEPT: Final = 500
_MOST_LONGER: Final = 12
_NAMES: Final = {"zh": "Simplified Chinese", "en": "English"}


class Withheld(StrEnum):
    """Why there is no translation."""

    NO_MODEL = "no_model"
    FAILED = "failed"
    NUMBERS = "numbers"
    UNSAFE = "unsafe"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A translation with the name of the model that made it, or why there is none."""

    to: str
    text: Approved | None = None
    withheld: Withheld | None = None
    model: str | None = None


class Translator:
    """Translates messages, each once. Without a model it says so."""

    def __init__(self, model: ChatModel | None, embedder: Embeds | None = None) -> None:
        self._model = model
        self._embedder = embedder
        self._prompt = load_prompt("translate")
        self._made: OrderedDict[str, Translation] = OrderedDict()
        self._lock = Lock()

    async def other_language(self, text: str) -> Translation:
        """The text in the other of the two languages."""
        to = "en" if _is_chinese(text) else "zh"
        if self._model is None:
            return Translation(to=to, withheld=Withheld.NO_MODEL)
        if show_entered(text).withheld:  # orders and strange addresses are not said once more in another language
            return Translation(to=to, withheld=Withheld.UNSAFE)
        if len(text) > LONGEST:
            return Translation(to=to, withheld=Withheld.TOO_LONG)
        with self._lock:
            known = self._made.get(text)
        if known is not None:
            return known
        made = await self._translated(self._model, text, to)
        if made.withheld is not Withheld.FAILED:  # a model that is down may be up the next time
            with self._lock:
                self._made[text] = made
                while len(self._made) > _KEPT:
                    self._made.popitem(last=False)
        return made

    async def _translated(self, model: ChatModel, text: str, to: str) -> Translation:
        pieces: list[str] = []
        try:
            async for piece in model.stream(self._prompt.fill(language=_NAMES[to], text=pii.mask(text))):
                pieces.append(piece)
                if sum(map(len, pieces)) > _MOST_LONGER * len(text) + LONGEST:
                    return Translation(to=to, withheld=Withheld.UNSAFE)
        except ModelUnavailable:
            return Translation(to=to, withheld=Withheld.FAILED)
        said = "".join(pieces).strip().removeprefix("<text>").removesuffix("</text>").strip()
        withheld = _problem(text, said, to) or await asyncio.to_thread(self._other_sense, text, said)
        if withheld is not None:
            return Translation(to=to, withheld=withheld, model=model.name)
        return Translation(to=to, text=quote(said, "translation"), model=model.name)

    def _other_sense(self, text: str, said: str) -> Withheld | None:
        """Something else than the text, in a wording that no list of claims knows."""
        if self._embedder is None or mean_the_same(self._embedder, text, said):
            return None
        return Withheld.UNSAFE


def _problem(text: str, said: str, to: str) -> Withheld | None:
    if not said or _is_chinese(said) is (to == "en") or show_entered(said).withheld:
        return Withheld.UNSAFE
    if not claims_nothing_more(text, said):
        return Withheld.UNSAFE
    chinese, english = (said, text) if to == "zh" else (text, said)
    return None if say_the_same_numbers(chinese, english) else Withheld.NUMBERS


def _is_chinese(text: str) -> bool:
    """Whether it is written in Chinese: a few characters in an English sentence do not make it so."""
    han = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    latin = sum(sign.isascii() and sign.isalpha() for sign in text)
    return han * 4 > latin
