"""Situation judgement (情形判断): which situation of an item someone is in, and the one question that matters next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from knowledge.corpus.shape import SHIPPED
from knowledge.corpus.yaml_reading import Unreadable, read_yaml
from prefill.review.application import Application
from prefill.review.authoring import RuleFileInvalid, as_cells, as_mapping, as_words, read_facts_section
from prefill.review.evidence import Evidence
from prefill.review.facts import Sources
from prefill.review.measures import read_facts
from prefill.review.rules import FactRule
from prefill.review.tables import fits
from prefill.review.vocabulary import Vocabulary

Known = Mapping[str, bool | float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One way an item can be: when it holds, what it takes, and what to know. `instead`: another item to take."""

    id: str
    name: str
    when: Mapping[str, str]
    materials: tuple[str, ...] = ()
    note: str = ""
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer, and the value the fact then has. `said`: words by which people give it, besides its label."""

    label: str
    value: bool | float | str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain words about one fact. `given`: the answer's label where a bundle (its slug) implies it."""

    fact: str
    text: str
    choices: tuple[Choice, ...]
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPaths:
    """The situations of one item, the questions between them, and how facts are read from what is known."""

    item: str
    facts: tuple[FactRule, ...]
    questions: tuple[Question, ...]
    situations: tuple[Situation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Where someone stands: the situation, once it is certain; else the next question, and what is still possible."""

    situation: Situation | None
    question: Question | None
    possible: tuple[Situation, ...]


def facts_known(
    paths: DecisionPaths, application: Application, vocabulary: Vocabulary
) -> dict[str, bool | float | str]:
    """What the application says so far about the facts the situations ask for."""
    sources = Sources(
        evidence=Evidence(application, vocabulary, frozenset()), today=application.today, compared=(), documents={}
    )
    facts = read_facts(paths.facts, sources)
    return {name: fact.value for name, fact in facts.items() if fact.value is not None}


def judge_situation(paths: DecisionPaths, known: Known) -> Judgement:
    """The situation that is certain, or the question that leaves the fewest in the worst case."""
    possible = tuple(one for one in paths.situations if _is_possible(one, known))
    certain = [one for one in possible if fits(one.when, known)]
    if certain and (len(possible) == 1 or certain[0] is possible[0]):
        return Judgement(situation=certain[0], question=None, possible=possible)
    question = _best_question(paths, possible, known)
    only = possible[0] if len(possible) == 1 and question is None else None
    return Judgement(situation=only, question=question, possible=possible)


def _is_possible(situation: Situation, known: Known) -> bool:
    """No cell over a known fact is broken."""
    return all(fits({name: cell}, known) for name, cell in situation.when.items() if name in known)


def _best_question(paths: DecisionPaths, possible: tuple[Situation, ...], known: Known) -> Question | None:
    asking = [
        question
        for question in paths.questions
        if question.fact not in known and any(question.fact in one.when for one in possible)
    ]

    def left_at_worst(question: Question) -> int:
        return max(
            sum(_is_possible(one, {**known, question.fact: choice.value}) for one in possible)
            for choice in question.choices
        )

    return min(asking, key=left_at_worst, default=None)


def load_paths(folder: Path) -> dict[str, DecisionPaths]:
    """Every item's decision paths of a folder, by slug."""
    return {file.stem: _read(file) for file in sorted(folder.glob("*.yaml"))}


@lru_cache(maxsize=1)
def shipped_paths() -> dict[str, DecisionPaths]:
    """The decision paths that ship with the product."""
    return load_paths(SHIPPED / "rules" / "situations")


def _read(file: Path) -> DecisionPaths:
    values = read_yaml(file.read_bytes())
    if isinstance(values, Unreadable):
        message = f"{file}:{values.line}: {values.message}"
        raise RuleFileInvalid(message)
    return DecisionPaths(
        item=str(values["item"]),
        facts=read_facts_section(values.get("facts")),
        questions=tuple(_question(fact, part) for fact, part in as_mapping(values.get("questions")).items()),
        situations=tuple(_situation(name, part) for name, part in as_mapping(values.get("situations")).items()),
    )


def _question(fact: str, written: object) -> Question:
    values = as_mapping(written)
    said = as_mapping(values.get("said"))
    choices = (
        Choice(label, _value(value), as_words(said.get(label)))
        for label, value in as_mapping(values["answers"]).items()
    )
    given = {bundle: str(label) for bundle, label in as_mapping(values.get("given")).items()}
    return Question(fact, str(values["ask"]), tuple(choices), given)


def _value(value: object) -> bool | float | str:
    return value if isinstance(value, bool | float | str) else float(str(value))


def _situation(name: str, written: object) -> Situation:
    values = as_mapping(written)
    return Situation(
        id=name,
        name=str(values["name"]),
        when=as_cells(values.get("when")),
        materials=as_words(values.get("materials")),
        note=str(values.get("note", "")),
        instead=str(values["instead"]) if "instead" in values else None,
    )
