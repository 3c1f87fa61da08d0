"""What sources are about: how much two titles have in common, by the words that few titles have."""

import math
import re
from collections import Counter
from collections.abc import Iterable

from knowledge.search.tokens import words

_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
# Kinds of texts and of acts: two 办法 have nothing in common because both are.
_KINDS = frozenset(
    """
    条例 办法 规定 暂行 若干 细则 实施 实施细则 管理 管理条例 管理办法 关于 意见 通知 决定 方案 促进 保障 工作 行政
    监督 服务 上海 上海市 海市 中华 人民 共和 共和国 中华人民共和国 华人 国家 全国 本市 国务院 地方 一件 件事
    贯彻 落实 执行 做好 加强 进一步 印发 转发 调整 部分 有关 事项 一步
    """.split()  # noqa: SIM905 - a list of forty strings hides the words
)


class Subjects:
    """The weights of the words of all titles: the rarer, the more a common one says."""

    def __init__(self, titles: Iterable[str]) -> None:
        distinct = tuple(dict.fromkeys(titles))
        self._terms = {title: _terms(title) for title in distinct}
        counts = Counter(term for terms in self._terms.values() for term in terms)
        self._weight = {term: 1 + math.log((len(distinct) + 1) / count) for term, count in counts.items()}

    def in_common(self, one: str, other: str) -> float:
        """Share of the weightier title's words that the other has too, 0 to 1."""
        here, there = self._of(one), self._of(other)
        if not here or not there:
            return 0.0
        most = max(self._sum(here), self._sum(there))
        return self._sum(here & there) / most if most else 1.0

    def _of(self, title: str) -> frozenset[str]:
        if title not in self._terms:
            self._terms[title] = _terms(title)
        return self._terms[title]

    def _sum(self, terms: frozenset[str]) -> float:
        return sum(self._weight.get(term, 1.0) for term in terms)


def _terms(title: str) -> frozenset[str]:
    return frozenset(w for w in words(_BRACKETS.sub("", title)) if len(w) > 1 and w not in _KINDS)
