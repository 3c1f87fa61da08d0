"""Lets a language model write the answer, from facts whose values it never sees, with the proof of each sentence.

A sentence that proves itself leaves in the model's words. One that does not is replaced by the words of the facts it
names, so that nothing is lost in silence; where even that is not possible, the grounded composer answers instead.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing

from assistant.errors import ModelUnavailable
from assistant.llm.chat import ChatModel, Message
from assistant.llm.fact_sheet import FactSheet, Proved
from assistant.llm.marked_sentences import marked_sentences
from assistant.llm.prompt import load_prompt
from assistant.llm.second_reader import SecondReader
from assistant.steps.grounds import Grounds, Piece
from assistant.steps.wording import ended
from guardrails import grounding, inbound, pii
from guardrails.approved import Wording
from knowledge.statements import Facet, Statement

MOST_PIECES = 6  # four sentences are asked for; a line may hold two
LONGEST_FACTS = 1200  # characters: a small model reads about a hundred tokens a second
LONGEST_STAND_IN = 120  # characters of a fact's own words; a longer passage needs the grounded composer's choice
LEAST_HAN = 0.3  # share of Chinese among the letters that the model itself writes


class ModelComposer:
    """Composes with a language model, in Chinese. Raises ModelUnavailable where no sentence proves itself.

    English questions go to the grounded composer: an English sentence cannot be checked against Chinese facts.
    """

    def __init__(self, model: ChatModel, second_reader: SecondReader | None = None) -> None:
        self._model = model
        self._second_reader = second_reader
        self._prompt = load_prompt("answer")

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def compose(self, grounds: Grounds) -> AsyncIterator[Piece]:
        """Sentences in order, each as soon as it is written and proved."""
        if grounds.understood.language != "zh":
            raise ModelUnavailable("Only Chinese sentences can be checked against the facts.")
        around = [s for s in grounds.background if s.facet is not Facet.REFERENCE_STATUS]
        sheet = FactSheet(_readable([*grounds.statements, *around]), longest=LONGEST_FACTS)
        if not sheet.facts:
            raise ModelUnavailable("There is no fact that a model may read here.")
        answer = _Answer()
        async with aclosing(self._model.stream(self._messages(grounds, sheet))) as pieces:
            async for sentence in marked_sentences(pieces):
                proved = sheet.prove(sentence)
                if proved is not None and _is_supported(proved) and await self._is_agreed(proved):
                    for piece in answer.say(proved):
                        yield piece
                else:
                    answer.put_off(sheet.named(sentence))
                if answer.said >= MOST_PIECES:
                    return
        if not answer.said:
            raise ModelUnavailable(f"{self._model.name} wrote no sentence that the facts prove.")
        for piece in answer.stand_ins():
            yield piece

    async def _is_agreed(self, proved: Proved) -> bool:
        if self._second_reader is None:
            return True
        return await self._second_reader.agrees(proved.text, [f"{s.title}:{s.text}" for s in proved.statements])

    def _messages(self, grounds: Grounds, sheet: FactSheet) -> tuple[Message, ...]:
        about = "、".join([*(i.name for i in grounds.items), *(p.name for p in grounds.policies)]) or "政务服务"
        return self._prompt.fill(item=about, facts=str(sheet), question=_as_content(grounds.understood.standalone))


class _Answer:
    """What has been said, and the facts whose own words are to stand in for a sentence that was not proved.

    They wait for the next proved sentence: an answer of stand-ins alone is the grounded composer's, who does it better.
    """

    def __init__(self) -> None:
        self.said = 0
        self._texts: set[str] = set()
        self._told: set[str] = set()
        self._waiting: list[Statement] = []

    def say(self, proved: Proved) -> list[Piece]:
        """The sentence, after the stand-ins for those before it; nothing where it was said already."""
        if proved.text in self._texts:
            return []
        self._texts.add(proved.text)
        self._told.update(s.id for s in proved.statements)
        pieces = self.stand_ins()
        self.said += 1
        return [*pieces, Piece(text=ended(proved.text), wording=Wording.GENERATED, statements=proved.statements)]

    def put_off(self, statements: tuple[Statement, ...]) -> None:
        """Keep the facts of a sentence that was not proved. Raises ModelUnavailable where they are too long."""
        if any(len(s.text) > LONGEST_STAND_IN for s in statements):
            raise ModelUnavailable("A sentence was not proved, and its facts are too long to stand in for it.")
        self._waiting += statements

    def stand_ins(self) -> list[Piece]:
        """The facts that wait, in their own words, without those that a sentence has told since."""
        waiting = [s for s in dict.fromkeys(self._waiting) if s.id not in self._told]
        self._waiting = []
        self._told.update(s.id for s in waiting)
        self.said += len(waiting)
        return [Piece(text=ended(s.text), wording=Wording.QUOTED, statements=(s,)) for s in waiting]


def _readable(statements: list[Statement]) -> list[Statement]:
    """Without what gives orders to a model: such a source may be quoted by program, but no model gets to read it."""
    return [
        s
        for s in dict.fromkeys(statements)
        if not (s.suspicious or inbound.scan_untrusted(f"{s.heading} {s.question or ''} {s.text}"))
    ]


def _as_content(question: str) -> str:
    """The citizen's words without personal data, and without the signs that could end their place in the prompt."""
    return pii.mask(question).translate(str.maketrans("<>[]", "()()"))


def _is_supported(proved: Proved) -> bool:
    """True where the model wrote Chinese that stays close to its facts: the guard's own judgement, asked in time."""
    letters = [c for c in proved.own_words if c.isalpha()]
    if letters and sum("\u3400" <= c <= "\u9fff" for c in letters) < LEAST_HAN * len(letters):
        return False
    draft = Piece(text=proved.text, wording=Wording.GENERATED, statements=proved.statements).draft()
    return grounding.supported(draft.text, draft.evidence).allowed
