"""Repairs homophone slips (公积斤, 申凌) and typed pinyin (huzhao) with the words of the catalogue itself.

A noisy channel: each character may stand for any other that sounds alike, a chain of character pairs learnt from names
and ways of asking says which reading is likely. Text that already reads well is left as it is.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

import rjieba
from pypinyin import Style, pinyin

_SLIP = 5.5  # nats a replaced character must earn; found on phrases of the styles `typo` against all others
_TYPED = 1.0  # typed pinyin is no word of ours anyway, so reading it as characters costs less
_UNSEEN = 0.05
_STANDS_ALONE = 12  # a character this often a word of its own in the texts is no slip
_WELL_KNOWN_PAIR = 4
_READINGS = 24
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PIECES = re.compile(r"[\u4e00-\u9fff]|[a-z']+|[^\u4e00-\u9fffa-z']+")
_LOOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
_LONGEST_TYPED = 24
_START = "\x02"


@cache
def _sounds(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


def _loose(sound: str) -> str:
    for strict, loose in _LOOSE:
        sound = sound.replace(strict, loose)
    return sound.replace("l", "n", 1) if sound.startswith("l") else sound


def _places_in_words(text: str) -> list[bool]:
    """For each character, whether the segmenter sees it inside a word of two or more."""
    return [len(word) > 1 for word in rjieba.cut(text, False) for _character in word]


class SpellingRepair:
    """Knows the characters and pairs of the texts it was given."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs: Counter[str] = Counter()
        self._single: Counter[str] = Counter()
        self._latin: set[str] = set()
        self._words: Counter[str] = Counter()
        for text in texts:
            self._read(text.lower())
        self._homophones: dict[str, list[str]] = defaultdict(list)
        self._loose_homophones: dict[str, list[str]] = defaultdict(list)
        for character, _count in self._single.most_common():
            if not _HAN.fullmatch(character):
                continue
            for sound in _sounds(character):
                self._homophones[sound].append(character)
                if character not in self._loose_homophones[_loose(sound)]:
                    self._loose_homophones[_loose(sound)].append(character)
        self._total = sum(self._single.values()) or 1

    def _read(self, text: str) -> None:
        self._words.update(rjieba.cut(text, False))
        before = _START
        for piece in _PIECES.findall(text):
            if piece.isascii() and piece[0].isalpha():
                self._latin.add(piece)
            for character in piece if _HAN.match(piece) else (piece[:1],):
                self._pairs[before + character] += 1
                self._single[character] += 1
                before = character

    def repair(self, text: str) -> str:
        """The likeliest reading; the text itself where nothing reads better."""
        if not _HAN.search(text) and not self._is_typed_pinyin(text):
            return text
        lattice = self._lattice(text)
        if not any(price for place in lattice for _choice, price in place):
            return text
        return self._believed(text, self._best(lattice))

    def _believed(self, before: str, after: str) -> str:
        """Takes back a replacement that does not make a word or a pair that the catalogue knows well."""
        if len(before) != len(after):
            return after
        in_word = _places_in_words(after)
        kept = list(before)
        for place, character in enumerate(after):
            pairs = max(self._pairs[after[max(0, place - 1) : place + 1]], self._pairs[after[place : place + 2]])
            if in_word[place] or pairs >= _WELL_KNOWN_PAIR:
                kept[place] = character
        return "".join(kept)

    def _is_typed_pinyin(self, text: str) -> bool:
        words = re.findall(r"[a-z']+", text.lower())
        return bool(words) and all(word not in self._latin and self._syllables(word) for word in words)

    def _lattice(self, text: str) -> list[list[tuple[str, float]]]:
        """For each place the possible characters with what choosing them costs."""
        places: list[list[tuple[str, float]]] = []
        in_word = _places_in_words(text)
        for found in _PIECES.finditer(text.lower()):
            piece = found.group()
            original = text[found.start() : found.end()]
            if _HAN.fullmatch(piece):
                sound = in_word[found.start()] or self._words[piece] >= _STANDS_ALONE
                places.append([(piece, 0.0)] if sound else self._alike(piece))
            elif syllables := self._typed(piece):
                places.extend([(c, _TYPED) for c in self._homophones[s][:_READINGS]] for s in syllables)
            else:
                places.append([(original, 0.0)])
        return places

    def _typed(self, piece: str) -> list[str]:
        if not piece[0].isalpha() or piece in self._latin or not 2 <= len(piece) <= _LONGEST_TYPED:  # noqa: PLR2004
            return []
        return self._syllables(piece) or []

    def _syllables(self, word: str) -> list[str] | None:
        """The fewest pinyin syllables that spell the word, or None."""
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 6), end):
                head = best[start]
                if head is None or word[start:end] not in self._homophones:
                    continue
                known = best[end]
                if known is None or len(head) + 1 < len(known):
                    best[end] = [*head, word[start:end]]
        return best[-1]

    def _alike(self, character: str) -> list[tuple[str, float]]:
        choices = {character: 0.0}
        for sound in _sounds(character):
            for other in self._homophones.get(sound, [])[:_READINGS]:
                choices.setdefault(other, _SLIP)
            for other in self._loose_homophones.get(_loose(sound), [])[:_READINGS]:
                choices.setdefault(other, _SLIP + 2)
        return list(choices.items())

    def _cost(self, before: str, character: str) -> float:
        before, character = before[-1:], character[:1]
        seen, context = self._pairs[before + character], self._single[before]
        general = (self._single[character] + _UNSEEN) / (self._total + 1)
        return -math.log((seen + 2 * general) / (context + 2))

    def _best(self, lattice: list[list[tuple[str, float]]]) -> str:
        paths: dict[str, tuple[float, str]] = {_START: (0.0, "")}
        for place in lattice:
            following: dict[str, tuple[float, str]] = {}
            for choice, price in place:
                following[choice] = min(
                    (cost + price + self._cost(before, choice), text + choice) for before, (cost, text) in paths.items()
                )
            paths = following
        return min(paths.values())[1]
