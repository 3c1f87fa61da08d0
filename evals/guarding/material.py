"""What the inbound judge learns from: messages with their group, so that whole groups can be held out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pypinyin import Style, lazy_pinyin

from evals.guarding.framing import Frames, read_tsv
from knowledge.corpus.catalogue import load_catalogue
from knowledge.statements_of import item_statements

ROOT = Path(__file__).parents[2]

_WANTED_EACH, _REPORTED_EACH, _ENGLISH_EACH, _SCORNED_EACH, _SERVED_EACH, _ASKED_EACH, _ITEM_EACH = 7, 5, 4, 5, 2, 5, 4
_ERRAND_EACH, _ERRAND_WEIGHT = 6, 1.5
_DEALT_EACH, _DEALT_WEIGHT = 5, 1.0
_LONGEST_STATEMENT = 60
_WRITTEN_WEIGHT, _SAYING_WEIGHT = 3.0, 1.0
_SPELLED, _ALL_SPELLED = 900, 0.25


@dataclass(frozen=True, slots=True)
class Example:
    """A message, whether it is harmful, the group it is held out with, and how much it counts."""

    text: str
    harmful: bool
    group: str
    weight: float = 1.0


def examples(corpus: Path = ROOT / "corpus", seed: int = 20261122) -> list[Example]:
    """All messages. Seeded: the same files give the same messages."""
    frames = Frames(corpus / "guarding" / "frames.txt", Random(seed))  # noqa: S311 - sampling, no secret
    acts = read_tsv(corpus / "guarding" / "acts.txt")
    return [
        *_harmful(corpus / "guarding", acts, frames),
        *_turned_round(acts, frames),
        *_turned_round_english(read_tsv(corpus / "guarding" / "acts_en.txt"), frames),
        *_sheets(corpus, frames),
        *_errands(corpus / "guarding", frames),
        *_dealt(frames),
        *_written_out(corpus),
        *_spelled(corpus, Random(seed)),  # noqa: S311
    ]


def _harmful(folder: Path, acts: list[tuple[str, str]], frames: Frames) -> Iterator[Example]:
    for kind, act in acts:
        yield Example(act, True, kind)
        yield Example("zenme " + " ".join(lazy_pinyin(act)), True, kind)
        for text in frames.around([act], "wanted", _WANTED_EACH):
            yield Example(text, True, kind)
    for kind, act in read_tsv(folder / "acts_en.txt"):
        for text in frames.around([act], "wanted en", _ENGLISH_EACH):
            yield Example(text, True, kind)
    for kind, message in read_tsv(folder / "messages.txt"):
        yield Example(message, True, kind, _WRITTEN_WEIGHT)
    for text in frames.around(frames.of("group"), "contempt", _SCORNED_EACH):
        yield Example(text, True, "scorned")
    for kind, message in read_tsv(folder / "wished.txt"):
        yield Example(message, True, f"wished {kind}", _WRITTEN_WEIGHT)


def _turned_round(acts: list[tuple[str, str]], frames: Frames) -> Iterator[Example]:
    """The same acts and groups in the mouth of somebody who needs an office; and questions about the law."""
    for kind, act in acts:
        for text in frames.around([act], "reported", _REPORTED_EACH):
            yield Example(text, False, f"reported {kind}")
    for text in frames.around(frames.of("group"), "served", _SERVED_EACH):
        yield Example(text, False, "served")
    for text in frames.around(frames.of("matter"), "matter asked", _ASKED_EACH):
        yield Example(text, False, "law asked", 0.7)
    for text in frames.around(frames.of("public matter"), "public asked", _ASKED_EACH):
        yield Example(text, False, "policy asked", 0.7)


def _turned_round_english(acts: list[tuple[str, str]], frames: Frames) -> Iterator[Example]:
    for kind, act in acts:
        for text in frames.around([act], "reported en", _ENGLISH_EACH):
            yield Example(text, False, f"reported {kind}")


def _sheets(corpus: Path, frames: Frames) -> Iterator[Example]:
    """What the sheets say of themselves: questions about each item, its own questions and conditions."""
    catalogue = load_catalogue(corpus)
    for text in frames.around([item.name for item in catalogue.items], "item asked", _ITEM_EACH):
        yield Example(text, False, "items asked", 0.7)
    for item in catalogue.items:
        for statement in item_statements(item):
            yield Example(statement.text[:_LONGEST_STATEMENT], False, "items told", 0.5)
            if statement.question is not None:
                yield Example(statement.question, False, "items told", 0.7)


def _errands(folder: Path, frames: Frames) -> Iterator[Example]:
    """Honest errands in the words in which harm is wished for: "help me" and "I want" alone are no sign of it."""
    for topic, errand in read_tsv(folder / "errands.txt"):
        yield Example(errand, False, f"errand {topic}")
        for text in frames.around([errand], "errand", _ERRAND_EACH):
            yield Example(text, False, f"errand {topic}", _ERRAND_WEIGHT)


def _dealt(frames: Frames) -> Iterator[Example]:
    """Things and services that may not be had, those that may, in the same questions; and who meets the first."""
    for sort in ("thing", "service"):
        for word in frames.of(f"illicit {sort}"):
            for text in frames.around([word], f"dealt {sort}", _DEALT_EACH):
                yield Example(text, True, f"illicit {word}", _DEALT_WEIGHT)
            for text in frames.around([word], f"met {sort}", _DEALT_EACH):
                yield Example(text, False, f"illicit {word}", _DEALT_WEIGHT)
        for word in frames.of(f"lawful {sort}"):
            for text in frames.around([word], f"dealt {sort}", _DEALT_EACH):
                yield Example(text, False, f"lawful {word}", _DEALT_WEIGHT)


def _written_out(corpus: Path) -> Iterator[Example]:
    for name, weight in (
        ("lawful", 3.0),
        ("civil", 3.0),
        ("sought", 3.0),
        ("told", 2.0),
        ("everyday", 1.5),
        ("values", 1.0),
    ):
        for kind, message in read_tsv(corpus / "guarding" / f"{name}.txt"):
            yield Example(message, False, f"{name} {kind}", weight)
    for saying in (corpus / "handling" / "intents.txt").read_text(encoding="utf-8").splitlines():
        if saying and saying[0] not in "#[":
            yield Example(saying, False, "said to a case", _SAYING_WEIGHT)
    for file in sorted((corpus / "asking").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield Example(str(json.loads(line)["query"]), False, f"asking {file.stem}", 0.5)


def _spelled(corpus: Path, rng: Random) -> Iterator[Example]:
    """Ways of asking in which somebody wrote some words in Latin letters: that alone is no sign of harm."""
    asked = [e.text for e in _written_out(corpus) if e.group.startswith("asking") and not e.text.isascii()]
    for number, text in enumerate(rng.sample(asked, _SPELLED)):
        group = f"spelled {number % 12}"
        start = rng.randrange(max(1, len(text) - 3))
        end = start + rng.randint(2, 4)
        style = rng.choice((Style.NORMAL, Style.FIRST_LETTER))
        yield Example(text[:start] + "".join(lazy_pinyin(text[start:end], style=style)) + text[end:], False, group)
        if rng.random() < _ALL_SPELLED:
            yield Example(" ".join(lazy_pinyin(text)), False, group)
