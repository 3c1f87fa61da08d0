"""The words of pre-review: ways of writing the same field, kinds of documents, and what counts as yes, no or open."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from prefill.review.application import Value
from prefill.review.values import plain

CHECKED = "核验_"
"""The beginning of a key that carries the result of a back-office check."""

_CHECKED_PREFIX = re.compile(r"^(?:核验|核查|校验|比对)[_::\-]")
_SAYS_NO = ("不", "未", "无", "没", "非", "缺", "否", "仅", "只有")
_SAYS_YES = (
    "已",
    "有",
    "均",
    "全部",
    "双方均",
    "通过",
    "是,",
    "是;",
    "是(",
    "全体",
    "都",
    "符合",
    "满足",
    "达标",
    "合格",
    "一致",
    "属实",
    "正常",
    "同意",
)
_ENDS_WITH_YES = re.compile(r"[,;。](情况)?(属实|一致|通过|合格|符合|无误|正常|有效)$")
_STILL_OPEN = re.compile(
    r"未能(确认|核实|核对|查到|取得|判断|查询|返回|比对|识别)|"
    r"待[^,，。;；]{0,8}(答复|回复|反馈|确认|核实|核验|结果|出具|审核|认定|查证|定论)|(还没|尚?未)(核到|查到|返回|回复|反馈|出结果)"
)
_NOT_DONE = re.compile(
    r"(未|没有?|尚未|拒绝?)(到场|到|来|完成|通过|提交|提供|签|盖|缴|交|办|认证|实名|同意|出席|参加|约定|写|填)|"
    r"不(符合|一致|通过|同意|合格|匹配|满足|达标|具备|足|齐)"
)
_BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=8192)
def clean_key(key: str) -> str:
    """A field's name without widths, blanks and the mark of a back-office check."""
    return _CHECKED_PREFIX.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", key)))


@lru_cache(maxsize=8192)
def bare_key(key: str) -> str:
    """`clean_key` without what stands in brackets."""
    return _BRACKETS.sub("", clean_key(key)) or clean_key(key)


def is_checked(key: str) -> bool:
    """Does the key carry what a back-office check returned?"""
    return bool(_CHECKED_PREFIX.match(unicodedata.normalize("NFKC", key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything the rules need to know about words; data of `corpus/rules/vocabulary.yaml`."""

    keys: Mapping[str, tuple[str, ...]]
    documents: Mapping[str, tuple[str, ...]]
    accepted_instead: Mapping[str, tuple[str, ...]]
    unsure: tuple[str, ...]
    yes: frozenset[str]
    no: frozenset[str]
    illegible: tuple[str, ...]
    remarks: frozenset[str]
    harmless: frozenset[str]
    agreements: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    _groups: dict[str, frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        groups: dict[str, set[str]] = {}
        for name, others in self.keys.items():
            members = {bare_key(part) for part in (name, *others)} | {clean_key(part) for part in (name, *others)}
            for member in members:
                groups.setdefault(member, set()).update(members)
        object.__setattr__(self, "_groups", {name: frozenset(members) for name, members in groups.items()})

    def alike(self, name: str) -> frozenset[str]:
        """All ways in which a field of this name is written, itself included."""
        return self._groups.get(clean_key(name), frozenset()) | self._groups.get(bare_key(name), frozenset())

    def is_unsure(self, value: Value) -> bool:
        """Does the text leave open what it should say?"""
        if not isinstance(value, str):
            return False
        return any(word in value for word in self.unsure) or bool(_STILL_OPEN.search(value))

    def is_illegible(self, value: Value) -> bool:
        """Does the text say that nothing could be read?"""
        return isinstance(value, str) and any(word in value for word in self.illegible)

    def flag(self, value: Value) -> bool | None:
        """Yes or no; none where the text says neither clearly."""
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return value != 0
        text = plain(value)
        if self.is_unsure(value):
            return None
        if text in self.yes or text in self.no:
            return text in self.yes
        if text.startswith(_SAYS_NO) or _NOT_DONE.search(text):
            return False
        return True if text.startswith(_SAYS_YES) or _ENDS_WITH_YES.search(text) else None

    def kinds_of(self, name: str) -> frozenset[str]:
        """The kinds of document a name speaks of; the longest words win over words inside them."""
        text = unicodedata.normalize("NFKC", name)
        hits = [(word, kind) for kind, words in self.documents.items() for word in words if word in text]
        return frozenset(
            kind for word, kind in hits if not any(word != longer and word in longer for longer, _ in hits)
        )
