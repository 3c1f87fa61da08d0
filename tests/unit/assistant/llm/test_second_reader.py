"""A second opinion can take a model's sentence away, never add one."""

from collections.abc import Sequence

import pytest

from assistant.errors import ModelUnavailable
from assistant.llm.chat import Message, Shape
from assistant.llm.composer import ModelComposer
from assistant.llm.scripted import ScriptedModel
from assistant.llm.second_reader import SecondReader
from knowledge.statements import Facet
from tests.fakes.grounds import a_statement, grounds_for

FEE = a_statement("fee", Facet.FEE, "收费：免费")
PLACE = a_statement("channels", Facet.CHANNELS, "办理渠道：线下窗口")


class Doubtful:
    """Agrees only where the prompt does not hold a certain word; keeps what it was shown."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.shown: list[str] = []

    async def fill(self, messages: Sequence[Message], shape: type[Shape]) -> Shape:
        """An opinion in the shape asked for."""
        self.shown.append(messages[-1].text)
        return shape.model_validate({"says_so": self.word not in messages[-1].text})


class Broken:
    """A server that is gone."""

    async def fill(self, messages: Sequence[Message], shape: type[Shape]) -> Shape:
        """Nothing comes."""
        raise ModelUnavailable("gone")


async def test_a_sentence_without_the_second_readers_agreement_is_not_said_in_the_models_words() -> None:
    reader = Doubtful("窗口")
    composer = ModelComposer(ScriptedModel("收费是免费。 ||F1\n可以去线下窗口办理。 ||F2"), SecondReader(reader))
    pieces = [piece async for piece in composer.compose(grounds_for("收费吗,在哪办", FEE, PLACE))]
    assert not any(piece.text == "可以去线下窗口办理。" for piece in pieces)
    assert any("免费" in piece.text for piece in pieces)


async def test_the_second_reader_sees_the_sentence_and_its_evidence_and_not_the_question() -> None:
    reader = Doubtful("绝不")
    composer = ModelComposer(ScriptedModel("收费是免费。 ||F1"), SecondReader(reader))
    assert [piece async for piece in composer.compose(grounds_for("放个风筝要花钱吗", FEE, PLACE))]
    assert all("花钱" not in shown and "免费" in shown for shown in reader.shown)


async def test_a_second_reader_that_is_gone_leaves_the_answer_to_the_grounded_composer() -> None:
    composer = ModelComposer(ScriptedModel("收费是免费。 ||F1"), SecondReader(Broken()))
    with pytest.raises(ModelUnavailable):
        _ = [piece async for piece in composer.compose(grounds_for("收费吗", FEE))]
