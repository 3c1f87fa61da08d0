"""Terms: the one way in which passages and queries become searchable words, pairs and single characters."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import rjieba

ANALYSIS = "rjieba-pairs-characters-1"
"""Name of this way of cutting. A generation remembers it: change it whenever the terms change."""

PAIR = "__"
"""Prefix that keeps a pair of characters apart from a word of two."""

CHARACTER = "_"
"""Prefix that keeps a single character apart from a word of one."""

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_RUN = re.compile(r"[0-9a-z]+(?:[.][0-9]+)*|[^\W_0-9a-z]+")
_LONGEST = 48

# Words of asking and grammar. They say nothing about what a passage holds, and in a corpus of tens of passages their
# rarity would drown the words that do.
_EMPTY = frozenset(
    """
    的 了 吗 呢 吧 啊 呀 嘛 么 在 是 我 你 您 他 她 它 我们 你们 他们 我家 这 那 这个 那个 这些 那些 有
    没有 和 与 及 或 或者 以及 就 都 也 还 要 想 想要 会 能 能够 可以 请 请问 问 问下 一下 帮 帮我 给 把 被
    让 对 从 到 为 为了 于 由 以 而 则 其 之 所 等 什么 啥 怎么 怎么办 怎样 怎么样 如何 咋 咋办 哪 哪里
    哪儿 哪些 哪个 哪种 多少 几 多久 多长 多大 几个 何 何时 何种 为什么 为何 谁 是否 能否 可否 是不是
    能不能 可不可以 有没有 要不要 需不需要 知道 告诉 关于 如果 但是 因为 所以 然后 现在 已经 a an the of to
    in on for is are do does can i my me you how what where when which who and or
    """.split()  # noqa: SIM905 - a list of a hundred strings hides the words
)


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """OpenCC's character table, one to one, so that offsets stay."""
    listing = resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in listing.splitlines())
    return {ord(old): new.split(" ")[0] for old, _, new in rows if len(old) == 1 and new}


def searchable(text: str) -> str:
    """Return the text in NFKC, simplified characters and lower case, without hidden characters. Takes any string."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _HIDDEN.sub("", unicodedata.normalize("NFKC", whole)).translate(_simplified()).lower()


def words(text: str) -> list[str]:
    """Return the words in order, long ones also as their parts, without those of grammar and asking."""
    return _words(_runs(text))


def pairs(text: str) -> list[str]:
    """Return the neighboring pairs of characters, which find what the dictionary of words cuts differently."""
    return _pairs(_runs(text))


def characters(text: str) -> list[str]:
    """Return the single Chinese characters: the last bridge between two wordings of one thing."""
    return _characters(_runs(text))


def terms(text: str) -> list[str]:
    """Return what is indexed and searched: words, and pairs and characters with their prefixes."""
    runs = _runs(text)
    return [*_words(runs), *(PAIR + pair for pair in _pairs(runs)), *(CHARACTER + c for c in _characters(runs))]


def _words(runs: Sequence[str]) -> list[str]:
    found: list[str] = []
    for run in runs:
        found.extend([run[:_LONGEST]] if run.isascii() else rjieba.cut_for_search(run, True))
    return [word for word in found if word not in _EMPTY and len(word) <= _LONGEST]


def _pairs(runs: Sequence[str]) -> list[str]:
    found: list[str] = []
    for run in runs:
        if not run.isascii():
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return [pair for pair in found if pair not in _EMPTY]


def _characters(runs: Sequence[str]) -> list[str]:
    return [c for run in runs if not run.isascii() for c in run if c not in _EMPTY]


def _runs(text: str) -> list[str]:
    found: list[str] = _RUN.findall(searchable(text))
    return found
