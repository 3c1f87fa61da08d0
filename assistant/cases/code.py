"""The continuation code (接续码): short enough to read aloud, not to be guessed, wrong ones noticed at once."""

import re
from collections.abc import Callable

from guardrails.normalizing import normalize

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs without 0, 1, I and O, which are misread on paper."""
_RANDOM_SIGNS = 11
"""55 bits: with a million open cases and a hundred guesses a second for a year, nobody hits one."""
_GROUP = 4
_FILL = re.compile(r"[\s\-_.]+")
_LOOKALIKES = str.maketrans({"0": "Q", "1": "L", "I": "L", "O": "Q"})
_IN_TEXT = re.compile(r"(?<![0-9A-Z])(?:[0-9A-Z]{4}[\s\-]?){2}[0-9A-Z]{4}(?![0-9A-Z])")

Choose = Callable[[str], str]
"""Picks one sign at random; `secrets.choice` outside of tests."""


def new_code(choose: Choose) -> str:
    """A new code, as it is shown: three groups of four signs, the last sign checks the others."""
    signs = "".join(choose(_SIGNS) for _ in range(_RANDOM_SIGNS))
    return _grouped(signs + _check_sign(signs))


def read_code(text: str) -> str | None:
    """The code as it is kept, out of what somebody typed; None where a sign is wrong."""
    signs = _FILL.sub("", normalize(text)).upper().translate(_LOOKALIKES)
    if len(signs) != _RANDOM_SIGNS + 1 or any(sign not in _SIGNS for sign in signs):
        return None
    return _grouped(signs) if _check_sign(signs[:-1]) == signs[-1] else None


def code_in(text: str) -> str | None:
    """The first valid code that stands in a message."""
    found = (read_code(match[0]) for match in _IN_TEXT.finditer(normalize(text).upper()))
    return next((code for code in found if code is not None), None)


def _grouped(signs: str) -> str:
    return "-".join(signs[i : i + _GROUP] for i in range(0, len(signs), _GROUP))


def _check_sign(signs: str) -> str:
    """Luhn for 32 signs: notices every single wrong sign and nearly every swap of neighbours."""
    size, total = len(_SIGNS), 0
    for place, sign in enumerate(reversed(signs)):
        weighted = _SIGNS.index(sign) * (2 if place % 2 == 0 else 1)
        total += weighted // size + weighted % size
    return _SIGNS[-total % size]
