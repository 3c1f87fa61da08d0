"""How a simulated citizen words things: by script, or by a language model where one is configured."""

import random
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import ModelUnavailable
from assistant.llm.chat import ChatModel
from assistant.llm.prompt import load_prompt

AGAIN = ("我问的是{}", "还是没明白，{}", "就想知道{}", "麻烦再说一下，{}")
DIGRESSIONS = ("对了，你们周末上班吗", "等下，今天要带伞吗", "先问一句，你是真人吗", "对了，打12345能找到人吗")
BACK, PERSON = "上次的没办成，{}", "转人工"
_LONGEST = 60


class Wording(Protocol):
    """Words the next try."""

    @property
    def name(self) -> str:
        """Of the script, or of the model."""
        ...

    async def again(self, goal: str, said: str, heard: str, chance: random.Random) -> str:
        """The goal in other words, after an answer that did not help."""
        ...


class ScriptedWording:
    """Says it again with a few words around it."""

    name = "script"

    async def again(self, goal: str, said: str, heard: str, chance: random.Random) -> str:
        """By one of the patterns."""
        return chance.choice(AGAIN).format(goal)


@dataclass(frozen=True, slots=True)
class ModelWording:
    """Lets a model say it; where the model is not there the script goes on."""

    model: ChatModel

    @property
    def name(self) -> str:
        """Of the model."""
        return self.model.name

    async def again(self, goal: str, said: str, heard: str, chance: random.Random) -> str:
        """In the model's words, the first line of them."""
        messages = load_prompt("citizen", "evals.prompts").fill(goal=goal, said=said, heard=heard[:400])
        try:
            text = "".join([piece async for piece in self.model.stream(messages)])
        except ModelUnavailable:
            text = ""
        line = text.strip().split("\n")[0].strip("“”\"' ")[:_LONGEST]
        return line or await ScriptedWording().again(goal, said, heard, chance)


def with_a_typo(text: str, chance: random.Random) -> str:
    """One sign left out, or two that changed places: what thumbs do."""
    if len(text) < 4:  # noqa: PLR2004 - nothing would be left
        return text
    place = chance.randrange(1, len(text) - 2)
    if chance.random() < 0.5:  # noqa: PLR2004 - a coin
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
