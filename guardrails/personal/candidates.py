"""Which stretches of a text might be a name, in a text where numbers, addresses and Latin words are one sign each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guardrails.personal.name_signs import JAPANESE, RARE, SOUNDS, SOUNDS_BY_DOT
from guardrails.personal.span import Span
from guardrails.personal.surnames import DOUBLE, SINGLE

_KINDS: Final = {
    kind: chr(0xE000 + place)
    for place, kind in enumerate(
        (
            "phone",
            "id_card",
            "address",
            "bank_card",
            "passport",
            "hk_macau_permit",
            "taiwan_permit",
            "residence_permit",
            "plate",
            "email",
            "wechat",
            "qq",
            "medical",
            "name",
        )
    )
}
SPECIAL: Final = (*_KINDS.values(), "\ue020", "\ue021", "\ue022")
_DIGITS, _SMALL, _CAPITAL = SPECIAL[-3:]
_PIECES = re.compile(r"[0-9]+|[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’-]*")
_WORD = rf"{_CAPITAL}(?:,? (?:{_CAPITAL}\. ?)?{_CAPITAL}){{1,3}}"
_LATIN = re.compile(rf"(?<!{_CAPITAL} )(?<!{_SMALL} ){_WORD}(?! ?[{_CAPITAL}{_SMALL}{_DIGITS}])")
DATA: Final = frozenset(_KINDS.values())
_NEVER: Final = frozenset("的了吗呢吧啊呀么们这那哪谁什怎您她他它我你咱")
_ANNOUNCES: Final = frozenset('叫:"“「')
DOTS: Final = frozenset("·•・‧∙⋅")
FIRST: Final = SINGLE | RARE | {double[0] for double in DOUBLE}
_NAME = f"(?:(?![{''.join(sorted(_NEVER))}])[\u4e00-\u9fff])"
_BEGINS = re.compile(f"(?:(?=[{''.join(sorted(FIRST))}])|(?<=[{''.join(sorted(_ANNOUNCES))}]))(?=({_NAME}{{2,4}}))")
_RUNS = re.compile(f"[{''.join(sorted(SOUNDS))}]{{2,}}")
_RUNS_BY_DOT = re.compile(f"[{''.join(sorted(SOUNDS_BY_DOT | DOTS))}]{{2,}}")
_LONGEST_BY_SOUND: Final = 14
_AS_LONG_AS_OTHERS: Final = 3  # a name by sound of so many signs that begins with a surname is a candidate anyhow


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in which a number, an address or a Latin word is one sign; `origin` tells where each sign stood."""

    signs: str
    origin: list[int]


def shown(text: str, data: Sequence[Span]) -> Shown:
    """Return the text with one sign for each piece of other data, each number and each Latin word."""
    signs: list[str] = []
    origin: list[int] = []
    position = 0
    for span in sorted(data, key=lambda one: (one.start, -one.end)):
        if span.start >= position:
            _plain(text, position, span.start, signs, origin)
            signs.append(_KINDS[span.type])
            origin.append(span.start)
            position = span.end
    _plain(text, position, len(text), signs, origin)
    origin.append(len(text))
    return Shown("".join(signs), origin)


def _plain(text: str, start: int, end: int, signs: list[str], origin: list[int]) -> None:
    position = start
    for piece in _PIECES.finditer(text, start, end):
        signs += text[position : piece.start()]
        origin += range(position, piece.start())
        first = piece.group()[0]
        signs.append(_DIGITS if first.isdigit() else _CAPITAL if first.isupper() else _SMALL)
        origin.append(piece.start())
        position = piece.end()
    signs += text[position:end]
    origin += range(position, end)


def candidates(signs: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that may be a name: a surname with one or two signs, or what is spelled by sound."""
    for found in _BEGINS.finditer(signs):
        start = found.start()
        yield start, start + 2
        han = len(found[1])
        if han > 2:  # noqa: PLR2004 - a surname and a given name
            yield start, start + 3
        if han > 3 and _may_have_four(found[1]):  # noqa: PLR2004 - a surname and a given name of two signs each
            yield start, start + 4
    yield from _by_sound(signs)
    yield from (found.span() for found in _LATIN.finditer(signs))


def _may_have_four(signs: str) -> bool:
    return signs[:2] in DOUBLE or (signs[1] in FIRST and signs[0] in FIRST) or signs[:2] in JAPANESE


def _by_sound(signs: str) -> Iterator[tuple[int, int]]:
    for run in (_RUNS if DOTS.isdisjoint(signs) else _RUNS_BY_DOT).finditer(signs):
        yield from _within(signs, run.start(), run.end())


def _within(signs: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for begin in range(start, min(start + 3, end - 1)):
        if signs[begin] in DOTS:
            continue
        for stop in range(begin + 2, min(end, begin + _LONGEST_BY_SOUND) + 1):
            if signs[stop - 1] not in DOTS and (
                stop - begin > _AS_LONG_AS_OTHERS or begin == start or signs[begin] not in FIRST
            ):
                yield begin, stop
