"""What a model reads instead of statements: numbered facts whose values are tokens, and the way back.

A model that never sees a fee cannot change it. It copies the token; the value is put in afterwards from the statement.
A sentence comes back only if every value in it is such a token and every fact it names exists.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.llm.marked_sentences import MarkedSentence
from assistant.llm.values import ValueKind, values_in
from knowledge.statements import Facet, Statement

FACET_NAMES: dict[Facet, str] = {
    Facet.OVERVIEW: "概况",
    Facet.CONDITIONS: "条件",
    Facet.MATERIALS: "材料",
    Facet.PROCESS: "流程",
    Facet.CHANNELS: "渠道",
    Facet.TIME_LIMIT: "时限",
    Facet.FEE: "收费",
    Facet.RESULT: "结果",
    Facet.LEGAL_BASIS: "依据",
    Facet.AGENT: "代办",
    Facet.RELATED: "相关事项",
    Facet.DEPARTMENT: "部门",
    Facet.BENEFIT: "待遇",
    Facet.VALIDITY: "有效期",
    Facet.REFERENCE_STATUS: "说明",
}
UNREADABLE_VALUE = "(原文数字不清)"

# What small models make of [期限3.1]: other brackets, spaces, the kind or the brackets left out. The number decides.
_NUMBER = r"\s*[FＦ]?(?P<{0}fact>\d{{1,2}})\.(?P<{0}value>\d{{1,2}})(?!\d)"
_KIND = "|".join(kind.value for kind in ValueKind)
_TOKEN = re.compile(
    rf"[\[【〔(（{{⟦<《「]\s*(?:{_KIND})?{_NUMBER.format('a_')}\s*[\]】〕)）}}⟧>》」]|(?:{_KIND}){_NUMBER.format('b_')}"
)
_BRACKETED_TITLE = re.compile(r"《([^《》]*)》")
_LEFTOVER = re.compile(r"[⟦⟧\[\]{}<>|]|[FＦ]\d|资料\d|<|>")
_LATIN_ADDRESS = re.compile(r"[\w-]+\.(?:com|cn|org|net|gov|edu|io)\b|@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberedFact:
    """A statement as the model sees it, and the values behind its tokens, in order."""

    number: int
    shown: str
    statement: Statement
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """A sentence with its values put back, the words in it that are the model's own, and what it rests on."""

    text: str
    own_words: str
    statements: tuple[Statement, ...]


class FactSheet:
    """The facts of one prompt."""

    def __init__(self, statements: Iterable[Statement], *, longest: int) -> None:
        """Number the statements that may be stated, in order, until `longest` characters are shown."""
        facts: list[NumberedFact] = []
        room = longest
        for statement in statements:
            fact = _numbered(len(facts) + 1, statement)
            if statement.may_be_stated and len(fact.shown) <= room:
                facts.append(fact)
                room -= len(fact.shown)
        self.facts = tuple(facts)

    def __str__(self) -> str:
        """The facts as lines of a prompt."""
        return "\n".join(fact.shown for fact in self.facts)

    def named(self, sentence: MarkedSentence) -> tuple[Statement, ...]:
        """The facts that a sentence names, by its mark or its tokens; numbers that do not exist are left out."""
        tokens = (int(token["a_fact"] or token["b_fact"]) for token in _TOKEN.finditer(sentence.text))
        numbers = sorted({*sentence.facts, *tokens})
        return tuple(self.facts[n - 1].statement for n in numbers if 1 <= n <= len(self.facts))

    def prove(self, sentence: MarkedSentence) -> Proved | None:
        """The sentence with its values, or None where it holds a value, a title or a fact that is not here."""
        rests_on = self.named(sentence)
        if not rests_on or not all(1 <= n <= len(self.facts) for n in sentence.facts):
            return None
        pieces: list[str] = []
        written: list[str] = []  # what the model itself wrote, tokens taken out
        position = 0
        for token in _TOKEN.finditer(sentence.text):
            fact, number = token["a_fact"] or token["b_fact"], token["a_value"] or token["b_value"]
            value = self._value(int(fact), int(number))
            if value is None:
                return None
            written.append(sentence.text[position : token.start()])
            pieces += [written[-1], value]
            position = token.end() + _repeated_unit(value, sentence.text[token.end() :])
        written.append(sentence.text[position:])
        if not any(c.isalnum() for c in sentence.text) or not _is_free_of_values(written, rests_on):
            return None
        return Proved("".join([*pieces, written[-1]]).strip(), "".join(written), rests_on)

    def _value(self, fact: int, number: int) -> str | None:
        if not 1 <= fact <= len(self.facts) or not 1 <= number <= len(self.facts[fact - 1].values):
            return None
        return self.facts[fact - 1].values[number - 1]


def _numbered(number: int, statement: Statement) -> NumberedFact:
    """Put a token in place of each value. What looks like our own marks in a source is made harmless first."""
    text = _harmless(statement.text)
    shown: list[str] = []
    values: list[str] = []
    position = 0
    for value in values_in(text):
        shown.append(text[position : value.start])
        position = value.end
        if statement.garbled:
            shown.append(UNREADABLE_VALUE)
            continue
        values.append(text[value.start : value.end])
        shown.append(f"[{value.kind.value}{number}.{len(values)}]")
    shown.append(text[position:])
    asked = f"问:{_without_values(_harmless(statement.question))} 答:" if statement.question else ""
    under = f"(见于:{_without_values(_harmless(statement.heading))}) " if statement.heading else ""
    line = f"F{number}({FACET_NAMES[statement.facet]}) {under}{asked}{''.join(shown)}"
    return NumberedFact(number, line, statement, tuple(values))


_TO_HARMLESS = str.maketrans(
    {"[": "(", "]": ")", "⟦": "(", "⟧": ")", "<": "(", ">": ")", "|": " ", "\n": " ", "\r": " "}
)


def _harmless(text: str) -> str:
    """A source's text on one line, without the signs that mean something in the prompt."""
    return re.sub(r"\s+", " ", text.translate(_TO_HARMLESS)).strip()


def _without_values(question: str) -> str:
    """The question that an FAQ entry answers; its own numbers prove nothing and are left out."""
    for value in reversed(values_in(question)):
        question = f"{question[: value.start]}…{question[value.end :]}"
    return question


def _repeated_unit(value: str, following: str) -> int:
    """How much of what follows only repeats the value's unit: [金额1.1]元 where the value is 500元."""
    unit = re.sub(r"^.*[\d零〇一二两三四五六七八九十百千万亿半]", "", value)
    return len(unit) if unit and following.startswith(unit) else 0


def _is_free_of_values(written: Iterable[str], statements: tuple[Statement, ...]) -> bool:
    """True where the model's own words hold no value, no address, no mark of ours and no title that no fact names."""
    for words in written:
        if any(c.isdigit() or (c.isnumeric() and not _is_han(c)) for c in words):
            return False
        if values_in(words) or _LEFTOVER.search(words) or _LATIN_ADDRESS.search(words):
            return False
        for title in _BRACKETED_TITLE.findall(words):
            if not any(title in statement.text or title in statement.title for statement in statements):
                return False
    return True


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or sign == "〇"
