"""Made-up people: names of every kind, of the parts in `corpus/naming/names.txt`, and the project's own lines."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import rjieba

from guardrails.personal.surnames import DOUBLE, SINGLE

ROOT: Final = Path(__file__).parents[2] / "corpus"
PARTS: Final = ROOT / "naming"
_A_SENTENCE: Final = 3  # Chinese signs, more of which say something
_GIVEN: Final = 2  # signs of most given names
_HAN = re.compile("[\u4e00-\u9fff]")
_NOT_GIVEN: Final = frozenset("的了吗呢吧啊呀么们这那哪谁什怎您她他它我你咱")  # no name ends so


def chance(rng: Random, share: float) -> bool:
    """Return whether it happens this time; it does in this share of times."""
    return rng.random() < share


def sections(name: str) -> dict[str, list[str]]:
    """The parts of a file: a section name, a tab, and what it holds, separated by spaces or upright lines."""
    held: dict[str, list[str]] = {}
    for line in (PARTS / name).read_text(encoding="utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            section, rest = line.split("\t", 1)
            held.setdefault(section, []).extend(rest.split("|") if "|" in rest else rest.split())
    return held


_SOURCES: Final = ("lawful", "civil", "errands", "everyday", "messages", "unseen", "acts", "wished", "sought")


def own_lines() -> Iterator[str]:
    """The project's own lines in which, as a rule, nobody is named: messages, ways of asking, statements of sheets."""
    for source in _SOURCES:
        for line in (ROOT / "guarding" / f"{source}.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#") and "\t" in line:
                yield line.rsplit("\t", 1)[1]
    for path in sorted((ROOT / "asking").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["query"]
    for path in sorted([*(ROOT / "items").glob("*.y*ml"), *(ROOT / "policies").rglob("*.y*ml")]):
        for line in path.read_text(encoding="utf-8").splitlines():
            said = re.sub(r"^[\s\-]*(?:[a-z_]+:)?\s*", "", line.strip()).strip("\"'")
            if len(_HAN.findall(said)) > _A_SENTENCE:
                yield said


class People:
    """Makes up names of every kind."""

    def __init__(self, rng: Random) -> None:
        """Read the parts; the weights of surnames fall with their place in the list."""
        self._rng = rng
        parts = sections("names.txt")
        self._parts = parts
        self._surnames = list(parts["surnames"][0])
        self._weights = [1 / (place + 8) for place in range(len(self._surnames))]
        self._rare = list(parts["rare"][0])
        self._given = [*parts["men"][0], *parts["women"][0]]
        self._words = [word for word in parts["words"] if len(word) == _GIVEN]
        self._wordy = [word for word in self._words if word[0] in SINGLE]
        signs = sorted({sign for message in own_lines() for sign in message if _HAN.match(sign)} | set(self._given))
        self._entries = [a + b for a in sorted(SINGLE) for b in signs if b not in _NOT_GIVEN and rjieba.has_word(a + b)]

    def any_name(self, *, plain: bool = False) -> str:
        """One name of a random kind; `plain`: hardly ever one that is a word."""
        kinds = (self._common, self._wordy_name, self._rare_name, self._double, self._by_sound, self._abroad)
        return self._rng.choices(kinds, (42, 3 if plain else 32, 10, 6, 12, 5))[0]()

    def latin(self) -> str:
        """A name in Latin letters."""
        rng, parts = self._rng, self._parts
        if chance(rng, 0.3):
            family, given = (
                rng.choice(parts["pinyin_family"]),
                "".join(rng.choices(parts["pinyin_given"], k=rng.choice((1, 2)))),
            )
            return rng.choice((f"{family} {given.title()}", f"{family} {given}".upper(), f"{given.title()} {family}"))
        given, family = rng.choice(parts["latin_given"]), rng.choice(parts["latin_family"])
        shapes = (f"{given} {family}",) * 5 + (
            f"{given} {family}".upper(),
            f"{family.upper()} {given}",
            f"{given} {rng.choice('ABCDEJKLMRST')}. {family}",
        )
        return rng.choice(shapes)

    def _surname(self) -> str:
        surname: str = self._rng.choices(self._surnames, self._weights)[0]
        return surname

    def _two(self) -> str:
        rng = self._rng
        if chance(rng, 0.08):
            return "".join([rng.choice(self._given)] * 2)
        return "".join(rng.choices(self._given, k=2))

    def _common(self) -> str:
        rng = self._rng
        if chance(rng, 0.02):
            return self._surname() + self._surname() + self._two()
        return self._surname() + (rng.choice(self._given) if chance(rng, 0.3) else self._two())

    def _wordy_name(self) -> str:
        rng = self._rng
        surname = self._surname() if chance(rng, 0.7) else rng.choice(self._rare)
        return rng.choices(
            (surname + rng.choice(self._words), rng.choice(self._wordy), rng.choice(self._entries)), (5, 2, 3)
        )[0]

    def _rare_name(self) -> str:
        rng = self._rng
        return rng.choice(self._rare) + (rng.choice(self._given) if chance(rng, 0.35) else self._two())

    def _double(self) -> str:
        rng = self._rng
        given = rng.choice(self._given) if chance(rng, 0.5) else rng.choice((self._two(), rng.choice(self._words)))
        return rng.choice((*self._parts["double"], *sorted(DOUBLE)[:8])) + given

    def _by_sound(self) -> str:
        rng = self._rng
        people = rng.choice(("uyghur", "uyghur", "tibetan", "tibetan", "mongol", "hui"))
        words = self._parts[people]
        if people == "tibetan":
            return rng.choice(words) + (rng.choice(words) if chance(rng, 0.85) else "")
        one = rng.choice([word for word in words if len(word) > _GIVEN] if chance(rng, 0.8) else words)
        if people == "uyghur" and chance(rng, 0.35):
            return one + rng.choice("·•・") + rng.choice(words)
        return one + rng.choice(words) if people == "mongol" and chance(rng, 0.2) else one

    def _abroad(self) -> str:
        rng, parts = self._rng, self._parts
        if chance(rng, 0.3):
            return rng.choice(parts["japanese"]) + rng.choice(parts["japanese_given"])
        given, family = rng.choice(parts["foreign"]), rng.choice(parts["foreign_family"])
        return rng.choice((f"{given}·{family}", f"{given}·{family}", given if len(given) > _GIVEN else given + family))
