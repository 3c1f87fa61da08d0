"""What can be said of a stretch that might be a name: signs in and around it, words beside it, numbers near."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

import numpy as np
import rjieba
from numpy.typing import NDArray

from guardrails.personal.candidates import DATA, DOTS, FIRST, candidates
from guardrails.personal.likeness import word_tag
from guardrails.personal.name_signs import COMMON, GIVEN, RARE, SOUNDS_BY_DOT
from guardrails.personal.public import KNOWN
from guardrails.personal.surnames import DOUBLE, PUBLIC, UNLIKELY

Numbers = NDArray[np.int64]
Facts = NDArray[np.bool_] | NDArray[np.float64]

BUCKETS: Final = 1 << 15
LEFT, RIGHT = 6, 6
_PRIME, _MIX, _SALT = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15), np.uint64(7919)
_TO_BUCKET = np.uint64(49)
_CODES: Final = 1 << 16  # of signs; what lies beyond is as good as unknown
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_BEYOND: Final = 8  # signs after the end that may be asked for
_PAIR, _THREE, _FOUR = 2, 3, 4
_NEAR: Final = 6  # signs within which a number is beside a name
_SHORT, _LONG, _VERY_LONG = 12, 60, 300  # signs of a text


@dataclass(frozen=True, slots=True)
class Described:
    """What a judge reads of each candidate: the signs around and in it, buckets of groups of signs, and plain facts."""

    spans: list[tuple[int, int]]
    signs: Numbers
    groups: Numbers
    facts: NDArray[np.float32]


def rows_by_code(signs: str) -> Numbers:
    """The rows of these signs in the judge's table, by their codes: 0 for unknown ones, 1 is beyond the text."""
    rows = np.zeros(_CODES, dtype=np.int64)
    rows[[ord(sign) for sign in signs]] = np.arange(2, len(signs) + 2)
    return rows


def describe(signs: str, rows: Numbers) -> Described | None:
    """Describe every candidate; `rows` is of `rows_by_code`. None where nothing may be a name."""
    tokens = _Tokens(signs)
    spans = [span for span in dict.fromkeys(candidates(signs)) if tokens.leave(*span)]
    if not spans:
        return None
    codes = np.minimum(np.frombuffer(signs.encode("utf-32-le", "replace"), dtype=np.uint32), _CODES - 1)
    starts, ends = np.array([start for start, _ in spans]), np.array([end for _, end in spans])
    seen = _Seen(signs=signs, codes=codes, tokens=tokens, starts=starts, ends=ends)
    return Described(spans, _around(seen, rows), _groups(seen), _facts(seen))


class _Tokens:
    """The words that the segmenter sees, by where they begin and end."""

    def __init__(self, signs: str) -> None:
        self._signs, self._is_long = signs, len(signs) > _VERY_LONG
        ends = list(accumulate(map(len, rjieba.cut(signs, False))))
        starts = [0, *ends[:-1]]
        self.begins = dict(zip(starts, ends, strict=False))
        self.ends = dict(zip(ends, starts, strict=False))

    def leave(self, start: int, end: int) -> bool:
        """Return whether this may be a name: not what cuts two words; in long texts nothing that cuts one or is one."""
        if not self._is_long:
            return start in self.begins or end in self.ends
        if self.begins.get(start) == end:
            return word_tag(self._signs[start:end]).startswith("nr")  # the dictionary knows names, too
        return start in self.begins and end in self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A text with its words, and where its candidates begin and end."""

    signs: str
    codes: NDArray[np.uint32]
    tokens: _Tokens
    starts: Numbers
    ends: Numbers


def _around(seen: _Seen, rows: Numbers) -> Numbers:
    """Rows of the signs before, after and in each candidate."""
    starts, ends = seen.starts, seen.ends
    codes = np.full(len(seen.signs) + LEFT + RIGHT, 1, dtype=np.int64)
    codes[LEFT : LEFT + len(seen.signs)] = rows[seen.codes]
    places = [starts - back for back in range(1, LEFT + 1)]
    places += [ends + ahead for ahead in range(RIGHT)]
    places += [starts, np.minimum(starts + 1, ends - 1), ends - 2, ends - 1]
    return np.stack([codes[LEFT + place] for place in places], axis=1)


def _groups(seen: _Seen) -> Numbers:
    """Buckets of what stands before and after, of both together, of the name's own pairs, of the words beside it."""
    starts, ends, pad = seen.starts, seen.ends, 6
    plain = np.full(len(seen.signs) + 2 * pad, 3, dtype=np.uint64)
    plain[pad : pad + len(seen.signs)] = seen.codes
    running = np.zeros(len(plain), dtype=np.uint64)
    of_length = [running]  # of_length[n][i]: the n signs from i on
    for length in range(1, 6):
        running = running[: len(plain) - length + 1] * _PRIME + plain[length - 1 :]
        of_length.append(running)
    before = {n: of_length[n][pad + starts - n] for n in range(1, 6)}
    after = {n: of_length[n][pad + ends] for n in range(1, 5)}
    word_before = starts - np.array([seen.tokens.ends.get(start, start) for start in starts.tolist()])
    word_after = np.array([seen.tokens.begins.get(end, end) for end in ends.tolist()]) - ends
    none = np.zeros_like(before[1])
    fields = [
        *(before[n] for n in (2, 3, 4, 5)),
        *(after[n] for n in (2, 3, 4)),
        *(before[back] * _PRIME + after[ahead] for back, ahead in ((1, 1), (2, 1), (1, 2), (2, 2))),
        of_length[2][pad + starts],
        of_length[2][pad + ends - 2],
        np.choose(np.minimum(word_before, _FOUR), [none, *(before[n] for n in range(1, 5))]),
        np.choose(np.minimum(word_after, _FOUR), [none, *(after[n] for n in range(1, 5))]),
    ]
    salted = np.stack(fields, axis=1) + np.arange(1, len(fields) + 1, dtype=np.uint64) * _SALT
    buckets: Numbers = ((salted * _MIX) >> _TO_BUCKET).astype(np.int64)
    return buckets


_COMMON, _UNLIKELY, _RARE, _NO_SURNAME, _GIVEN, _SOUND, _DOT, _OF_DATA, _HAN = (1 << bit for bit in range(9))


@lru_cache(maxsize=1)
def _traits() -> Numbers:
    """What is known of each sign, as bits, by its code."""
    known = np.zeros(_CODES, dtype=np.int64)
    groups = (
        *((COMMON, _COMMON), (UNLIKELY, _UNLIKELY), (RARE, _RARE), (GIVEN, _GIVEN)),
        *((SOUNDS_BY_DOT | DOTS, _SOUND), (DOTS, _DOT), (DATA, _OF_DATA)),
    )
    for signs, bit in groups:
        known[[ord(sign) for sign in signs]] |= bit
    known[_FIRST_HAN : _LAST_HAN + 1] |= _HAN
    surnames = np.zeros(_CODES, dtype=np.bool_)
    surnames[[ord(sign) for sign in FIRST]] = True
    known[~surnames] |= _NO_SURNAME
    return known


def _facts(seen: _Seen) -> NDArray[np.float32]:
    traits = np.concatenate([_traits()[seen.codes], np.zeros(_BEYOND, dtype=np.int64)])
    double = np.array([seen.signs[start : start + 2] in DOUBLE for start in seen.starts.tolist()])
    given_at = np.minimum(seen.starts + 1 + double, seen.ends)
    facts = (*_of_name(seen, traits, double, given_at), *_of_words(seen, given_at), *_of_place(seen, traits))
    return np.stack([np.asarray(fact, dtype=np.float32) for fact in facts], axis=1)


def _sums(traits: Numbers, bit: int) -> Numbers:
    """How many signs with this trait stand before each place."""
    return np.concatenate([[0], np.cumsum((traits & bit) > 0)])


def _of_name(seen: _Seen, traits: Numbers, double: NDArray[np.bool_], given_at: Numbers) -> tuple[Facts, ...]:
    """Its length, how common its surname is, how its given name is made, whether it is spelled by sound."""
    starts, ends = seen.starts, seen.ends
    lengths, given, first = ends - starts, ends - given_at, traits[starts]
    of_given, of_sound, dots = (_sums(traits, bit) for bit in (_GIVEN, _SOUND, _DOT))
    codes = np.concatenate([seen.codes, np.zeros(_BEYOND, dtype=np.uint32)])
    return (
        *(lengths == length for length in (_PAIR, _THREE, _FOUR)),
        lengths > _FOUR,
        double,
        *((first & bit) > 0 for bit in (_COMMON, _UNLIKELY, _RARE, _NO_SURNAME)),
        (of_given[ends] - of_given[given_at]) / np.maximum(1, given),
        (given == _PAIR) & (codes[given_at] == codes[given_at + 1]),
        of_sound[ends] - of_sound[starts] == lengths,
        dots[ends] > dots[starts],
    )


def _of_words(seen: _Seen, given_at: Numbers) -> tuple[Facts, ...]:
    """Whether it, its parts, or what it makes with its neighbours are words, and everybody knows somebody called so."""
    signs, tokens, starts, ends = seen.signs, seen.tokens, seen.starts, seen.ends
    words, lengths, given = _Words(signs, starts, ends), ends - starts, ends - given_at
    spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
    return (
        words.whole(starts, lengths),
        (lengths > _PAIR) & words.two(starts),
        (given > 1) & words.whole(given_at, given),
        (lengths > _THREE) & words.three(starts),
        *(words.two(starts - 1), words.three(starts - 2), words.three(starts - 1)),
        *(words.two(ends - 1), words.three(ends - 1), words.three(ends - 2)),
        *(words.two(ends), words.two(starts - 2)),
        np.array([start in tokens.begins for start, _ in spans]),
        np.array([end in tokens.ends for _, end in spans]),
        np.array([tokens.begins.get(start) == end for start, end in spans]),
        np.array([(name := signs[start:end]) in PUBLIC or name in KNOWN for start, end in spans]),
    )


def _of_place(seen: _Seen, traits: Numbers) -> tuple[Facts, ...]:
    """Whether it stands free, and whether a number or an address is beside it, near it or anywhere."""
    starts, ends, size = seen.starts, seen.ends, len(seen.signs)
    last, following, data = traits[starts - 1] * (starts > 0), traits[ends], _sums(traits, _OF_DATA)
    return (
        *(starts == 0, ends == size),
        *((starts > 0) & ((last & _HAN) == 0), (ends < size) & ((following & _HAN) == 0)),
        *((last & _OF_DATA) > 0, (following & _OF_DATA) > 0),
        data[starts] > data[np.maximum(starts - _NEAR, 0)],
        data[np.minimum(ends + _NEAR, size)] > data[ends],
        *(np.full(len(starts), truth) for truth in (data[size] > 0, size < _SHORT, size > _LONG)),
    )


class _Words:
    """Whether signs are a word of the dictionary, which is asked once for each place near a candidate."""

    def __init__(self, signs: str, starts: Numbers, ends: Numbers) -> None:
        self._signs = signs
        size, has = len(signs), rjieba.has_word
        near = np.zeros(size + _BEYOND, dtype=np.bool_)
        for places in (*(starts + ahead for ahead in range(-2, 3)), ends - 2, ends - 1, ends):
            near[np.maximum(places, 0)] = True
        self._pairs = np.zeros(size + _BEYOND, dtype=np.bool_)
        self._threes = np.zeros(size + _BEYOND, dtype=np.bool_)
        places = np.flatnonzero(near[: size - 1])
        listed = places.tolist()
        self._pairs[places] = [has(signs[place : place + 2]) for place in listed]
        self._threes[places] = [place + _THREE <= size and has(signs[place : place + 3]) for place in listed]

    def two(self, starts: Numbers) -> NDArray[np.bool_]:
        """Two signs from each place on; what reaches beyond the text is no word."""
        return self._pairs[starts] & (starts >= 0)

    def three(self, starts: Numbers) -> NDArray[np.bool_]:
        """Three signs from each place on."""
        return self._threes[starts] & (starts >= 0)

    def whole(self, starts: Numbers, lengths: Numbers) -> NDArray[np.bool_]:
        """As many signs as asked."""
        found = np.where(lengths == _PAIR, self.two(starts), (lengths == _THREE) & self.three(starts))
        for place in np.flatnonzero(lengths > _THREE).tolist():
            found[place] = rjieba.has_word(self._signs[starts[place] : starts[place] + lengths[place]])
        return found
