"""Lets a language model write the answer, from facts whose values it never sees, with the proof of each sentence."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from assistant.errors import ModelUnavailable
from assistant.llm.chat import ChatModel, Message
from assistant.llm.fact_sheet import FactSheet, Proved
from assistant.llm.marked_sentences import marked_sentences
from assistant.llm.prompt import PromptFile, load_prompt
from assistant.llm.support import is_supported
from assistant.steps.grounds import Grounds, Piece, Understood
from guardrails import inbound, pii
from guardrails.approved import Wording
from knowledge.statements import Statement

MOST_SENTENCES = 6  # four are asked for; a line may hold two
LONGEST_FACTS = 1600  # characters: with prompt and answer inside the 4,096 tokens of a small server
MOST_HAN_IN_ENGLISH = 0.5
LEAST_HAN_IN_CHINESE = 0.3


class ModelComposer:
    """Composes with a language model. Whatever it cannot prove is left out; nothing proved means ModelUnavailable."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._prompts: dict[str, PromptFile] = {"zh": load_prompt("answer.zh"), "en": load_prompt("answer.en")}

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def compose(self, grounds: Grounds) -> AsyncIterator[Piece]:
        """Sentences in order, each as soon as it is written and proved."""
        sheet = FactSheet(_readable([*grounds.statements, *grounds.background]), longest=LONGEST_FACTS)
        if not sheet.facts:
            raise ModelUnavailable("There is no fact that a model may read here; the grounded composer says so better.")
        said: set[str] = set()
        async with aclosing(self._model.stream(self._messages(grounds, sheet))) as pieces:
            async for sentence in marked_sentences(pieces):
                proved = sheet.prove(sentence)
                if proved is None or proved.text in said or not _may_stand(proved, grounds.understood):
                    continue
                said.add(proved.text)
                yield Piece(text=proved.text, wording=Wording.GENERATED, statements=proved.statements)
                if len(said) == MOST_SENTENCES:
                    return
        if not said:
            raise ModelUnavailable(f"{self._model.name} wrote no sentence that the facts prove.")

    def _messages(self, grounds: Grounds, sheet: FactSheet) -> tuple[Message, ...]:
        about = "、".join([*(i.name for i in grounds.items), *(p.name for p in grounds.policies)]) or "政务服务"
        prompt = self._prompts.get(grounds.understood.language, self._prompts["zh"])
        return prompt.fill(item=about, facts=str(sheet), question=_as_content(grounds.understood.standalone))


def _readable(statements: list[Statement]) -> list[Statement]:
    """Without what gives orders to a model: such a source may be quoted by program, but no model gets to read it."""
    return [s for s in dict.fromkeys(statements) if not inbound.scan_untrusted(f"{s.question or ''} {s.text}")]


def _as_content(question: str) -> str:
    """The citizen's words without personal data, and without the signs that could end their place in the prompt."""
    return pii.mask(question).translate(str.maketrans("<>[]", "()()"))


def _may_stand(proved: Proved, understood: Understood) -> bool:
    """True where the model's own words are in the language that was asked in, and rest on the facts they name."""
    if understood.language == "en":
        return _share_of_han(proved.own_words) <= MOST_HAN_IN_ENGLISH
    if _share_of_han(proved.own_words) < LEAST_HAN_IN_CHINESE:
        return False
    return is_supported(proved.own_words, understood.standalone, proved.statements)


def _share_of_han(text: str) -> float:
    """Share of Chinese among the letters; all of it where there are none."""
    letters = [c for c in text if c.isalpha()]
    return sum("\u3400" <= c <= "\u9fff" for c in letters) / len(letters) if letters else 1.0
