"""Which of several offered things a message selects: by name, by place, all, all but some, none. Pure."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

_CLAUSES: Final = re.compile(r"[,，。;；!！]|\bbut\b|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", re.I)
_DIGITS: Final = "一二三四五六七八九"
_N: Final = rf"(?:[{_DIGITS}两俩仨]|[1-9]|1\d)"
_PLACE: Final = re.compile(rf"第\s?(?P<n>{_N})\s?(?:个|项|种|样|条|件)?")
_FIRST: Final = re.compile(rf"(?:前面?|头|开头|上面|最前面?)的?\s?(?P<n>{_N})\s?(?:个|项|种|样|件)")
_LAST: Final = re.compile(rf"(?:后面?|最后|末|下面|最后面|倒数)的?\s?(?P<n>{_N})\s?(?:个|项|种|样|件)")
_LAST_ONE: Final = re.compile(
    r"(?:最后|最末|末尾)(?:面)?的?(?:一|那)?(?:个|项|种)?$|后(?:面|头|边|一)(?:那|的)?(?:一)?个?$|下面(?:那|的)一?个?$"
)
_FIRST_ONE: Final = re.compile(r"(?:最前面?|前(?:面|头|边|一)|上面|头一)(?:那|的)?一?个$")
_ONLY_NUMBERS: Final = re.compile(
    rf"^(?:选|要|办|就)*\s*{_N}(?:\s*(?:[、,，和跟与及+&/]|\band\b|\s)\s*{_N})*\s*(?:吧|号)?$", re.I
)
_ENGLISH: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six")
_ENGLISH_PLACE: Final = re.compile(rf"\b(?:{'|'.join(_ENGLISH)})\b(?!\s+(?:{'|'.join(_NUMBERS[1:])}|time))", re.I)
_ENGLISH_FIRST: Final = re.compile(rf"\bfirst (?P<n>{'|'.join(_NUMBERS)})\b(?<!first one)", re.I)
_ENGLISH_LAST: Final = re.compile(rf"\b(?:the )?last (?P<n>{'|'.join(_NUMBERS)})\b|\bthe last$", re.I)
_ALL: Final = re.compile(
    r"(?:都|全部?|统统|所有的?|样样|一起|侪)(?:都)?(?:要|办|选|刻|装|做|弄|交|需要|来|一起)|^(?:全部?|都|所有的?|全套|统统|侪)(?:都)?(?:一起|要|办|选|刻|装|来|上)*(?:的|吧|了|额)?$|"
    r"全部(?:都)?(?:一起)?|都要|全要|(?:一起|一道|一并)(?:都)?(?:办|弄|来|做|刻)|"
    r"\b(?:all|everything|every one|each of them)\b|\bboth\b",
    re.I,
)
_REST: Final = re.compile(r"其他|其它|其余|剩下|另外|别的|余下|\b(?:the )?(?:rest|others?)\b", re.I)
_EXCEPT: Final = re.compile(
    r"(?:除了?|除开|除去|不算|不包括|不含)(?P<a>[^,，]+?)(?:以外|之外|外)?(?=[,，]|都|全|其|别|剩|$|统统|样样)|"
    r"\b(?:except|apart from|without|excluding|other than|not)\b(?: for)?(?: the)?(?P<b>[^,，]+)",
    re.I,
)
_REFUSED: Final = re.compile(
    r"^(?P<a>.+?)(?:先|暂时|就|也|都|我)*(?:不要|不用|用不着|用不上|不办|不需要|没必要|不弄|不刻|不装|不选|别|免了|算了|不必|去掉|以后再|下次再|再说|不考虑|不急)|"
    r"^(?:不要|不用|不办|不需要|去掉|不刻|不装|先不)(?P<b>.+)$|^(?P<c>.+?)(?:已经|早就|都)?[^,，]{0,2}(?:有了|办(?:好|过|完|掉)了?|核好了?|弄好了?|做(?:好|过)了|刻过了|下来了)$"
)
_NONE: Final = re.compile(
    r"^(?:都|全|全部|一个|一样|哪个)?(?:都|也)?(?:不要|不办|不用|不选|不需要)(?:了|吧|的)*$|\b(?:none|neither)\b", re.I
)

Means = Callable[[str], Collection[str]]


def selected(text: str, names: Sequence[str], means: Means) -> tuple[str, ...] | None:
    """The names selected, in their order; empty: none is wanted; None: the message selects nothing.

    `means` tells which of the names a piece of the message calls.
    """
    said = text.strip(" 。.!！,，~～吧呀啊哦")
    if _NONE.search(said):
        return ()
    wanted: set[str] = set()
    refused: set[str] = set()
    takes_all = takes_rest = False
    rest = _without_exceptions(said, names, means, refused)
    for clause in filter(None, (part.strip() for part in _CLAUSES.split(rest))):
        gone = _REFUSED.match(clause)
        if gone is not None and (off := _called(gone["a"] or gone["b"] or gone["c"], names, means)):
            refused |= off
            continue
        if _REST.search(clause):
            takes_rest = takes_rest or gone is None
            if gone is not None:
                continue
        called = _called(clause, names, means)
        wanted |= called
        takes_all = takes_all or (not called and _ALL.search(clause) is not None)
    if wanted and not takes_rest:
        return tuple(name for name in names if name in wanted and name not in refused)
    if takes_all or takes_rest or (refused and not wanted):
        return tuple(name for name in names if name not in refused) if takes_all or takes_rest or wanted else None
    return None


def by_place(said: str, count: int) -> list[int]:
    """The places that a message names, from 0: 第二个, 前三个, 最后一个, the first one, 1和3."""
    found: list[int] = []
    if match := _FIRST.search(said) or _ENGLISH_FIRST.search(said):
        found += range(min(_value(match["n"]), count))
    elif match := _LAST.search(said) or _ENGLISH_LAST.search(said):
        found += range(count - min(_value(match["n"] or "1"), count), count)
    elif _ONLY_NUMBERS.fullmatch(said):
        found += [_value(n) - 1 for n in re.findall(_N, said)]
    else:
        found += [_value(m["n"]) - 1 for m in _PLACE.finditer(said)]
        found += [_ENGLISH.index(m.group().lower()) for m in _ENGLISH_PLACE.finditer(said)]
        if not found and _LAST_ONE.search(said):
            found.append(count - 1)
        if not found and _FIRST_ONE.search(said):
            found.append(0)
    return [place for place in dict.fromkeys(found) if 0 <= place < count]


def _value(written: str) -> int:
    if written.isdigit():
        return int(written)
    if written.lower() in _NUMBERS:
        return _NUMBERS.index(written.lower()) + 1
    return {"两": 2, "俩": 2, "仨": 3}.get(written) or _DIGITS.find(written) + 1


def _called(piece: str | None, names: Sequence[str], means: Means) -> set[str]:
    if not piece or not piece.strip():
        return set()
    placed = {names[place] for place in by_place(piece.strip(), len(names))}
    return placed | set(means(piece))


def _without_exceptions(said: str, names: Sequence[str], means: Means, refused: set[str]) -> str:
    """The message without 「除了……以外」; what stands there is refused."""

    def taken(match: re.Match[str]) -> str:
        off = _called(match["a"] or match["b"], names, means)
        refused.update(off)
        return "" if off else match.group()

    return _EXCEPT.sub(taken, said)


def pieces(said: str) -> Iterator[str]:
    """The parts of an enumeration: 食品证、招牌和消防, 报户口 办医保."""
    return (
        piece for piece in re.split(r"[,，、;；。+＋&\s]|和|跟|与|及|还有|以及|加上|\band\b|\bplus\b", said) if piece
    )
