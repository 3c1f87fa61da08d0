"""Compares texts by their words: single characters with their neighbours, families by their signs, numbers apart."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import add, mul
from typing import Final

from guardrails.proof.families import SIGN_OF, canonical, is_sign
from guardrails.quantities import quantities

# Characters that say little by themselves.
_LITTLE: Final = frozenset(
    "的了呢吧啊吗嘛呀哦哈么地得着过就也还又再才都把被给让您你我们咱它他她这那哪个些是有在为以于其之而则且因从对所按照根据及等即将要会去来上下里中间时候后前一想先只到不没用能可应当做算找搞弄完样般"
)
_HAN = "一二两三四五六七八九十百千万亿半〇零"
_NUMBERS = re.compile(
    rf"[0-9.]+|[{_HAN}]+(?=[个年月岁%周份次人倍项张小工平级家件米成名位期套台号点时层楼户{SIGN_OF['日']}{SIGN_OF['元']}])|"
    rf"(?=[{_HAN}]*[十百千万亿〇])(?!百姓|万一|千万别|十分)[{_HAN}]{{2,}}"
)
# Families of words that only join or qualify: the looks at modality and scope compare them.
_JOINING: Final = frozenset(SIGN_OF[name] for name in ("可以", "和", "如果"))
_WORDS = re.compile("[\u4e00-\u9fff\ue000-\uf8ff]+")
_MONTH_DAY = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|底|初)?")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(\d{4})年")

ALONE: Final = 0.55  # a character that stands in the evidence without its neighbour
LITTLE_WEIGHT, SIGN_WEIGHT = 0.2, 1.3

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The signs of a text: single ones and neighbours."""

    single: frozenset[str]
    pairs: frozenset[str]


def bare(canonical_text: str) -> str:
    """Return the text with its numbers blanked: they are compared as quantities."""
    return _NUMBERS.sub(lambda m: " " * len(m.group()), canonical_text)


def is_word(char: str) -> bool:
    """Return whether a character is a Chinese one or a family's sign."""
    return "\u4e00" <= char <= "\u9fff" or is_sign(char)


def says_little(char: str) -> bool:
    """Return whether a character is too common to say anything by itself."""
    return char in _LITTLE or char in _JOINING


def held_by(canonical_text: str) -> Held:
    """Return the signs of a text."""
    return held_by_bare(bare(canonical_text))


@lru_cache(maxsize=4096)
def held_by_bare(text: str) -> Held:
    """Return the signs of a text in bare canonical form."""
    runs = _WORDS.findall(text)
    return Held(frozenset().union(*runs), frozenset(_pairs(runs)))


def _pairs(runs: Iterable[str]) -> Iterable[str]:
    return chain.from_iterable(map(add, run, run[1:]) for run in runs)


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """Return signs, neighbours and values of a text, to find the piece that speaks of the same."""
    runs = _WORDS.findall(bare(canonical(text)))
    return (frozenset().union(*runs) - _LITTLE).union(_pairs(runs), _values_in(text))


@lru_cache(maxsize=4096)
def _values_in(text: str) -> frozenset[str]:
    found = {f"{q.unit or '#'}={q.value}" for q in quantities(text)}
    if _DIGIT.search(text):
        found.update(f"年={m[1]}" for m in _YEAR.finditer(text))
        found.update(f"月={m.group()}" for m in _MONTH_DAY.finditer(text))
    return frozenset(found)


def shared(wanted: Collection[str], text: str, plain: str) -> list[str]:
    """Return which of these words of a sentence a text has, whose bare canonical form is `plain`.

    The same as `wanted & words_of(text)`; much faster where few words are looked for in much evidence.
    """
    values = [word for word in wanted if "=" in word]
    found = [word for word in wanted if word in plain]
    return found + [value for value in values if value in _values_in(text)] if values else found


def said(text: str, held: Held) -> float:
    """Return the share of a text that is held."""
    plain = bare(canonical(text))
    return share(plain, said_in(plain, held))


def said_in(text: str, held: Held) -> Row:
    """Return for each character how far it is held: with a neighbour, alone, or not; -1 where it is no word."""
    single, pairs = held.single, held.pairs
    if single.isdisjoint(text):
        return _nothing_of(text)
    return tuple(
        -1.0 if not word else 0.0 if char not in single else 1.0 if sign or left in pairs or right in pairs else ALONE
        for char, word, sign, left, right in _spelled(text)
    )


@lru_cache(maxsize=1024)
def _nothing_of(text: str) -> Row:
    return tuple(0.0 if is_word(char) else -1.0 for char in text)


@lru_cache(maxsize=1024)
def _spelled(text: str) -> tuple[tuple[str, bool, bool, str, str], ...]:
    """Return each character, whether it is a word, whether a sign, and it with the one before and the one after."""
    return tuple(
        (char, is_word(char), is_sign(char), text[index - 1 : index + 1] if index else "", text[index : index + 2])
        for index, char in enumerate(text)
    )


def share(text: str, row: Row) -> float:
    """Return the share of a text's words that a row says, common characters counting little."""
    weights, whole = _weights(text)
    return sum(map(mul, weights, row)) / whole if whole else 1.0


@lru_cache(maxsize=1024)
def _weights(text: str) -> tuple[tuple[float, ...], float]:
    weights = tuple(
        0.0 if not is_word(char) else LITTLE_WEIGHT if says_little(char) else SIGN_WEIGHT if is_sign(char) else 1.0
        for char in text
    )
    return weights, sum(weights)
