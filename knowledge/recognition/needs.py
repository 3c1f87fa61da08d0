"""Finds the clauses of a message that asks for several things at once."""

import re

_SEVERAL = re.compile(
    r"都要|都得|都想|都没|也要|也想|也没|还要|还想|还有|两样|两件|两边|两个都|几样都|各去|分别|以及|先补哪|加上|"
    r"\bboth\b|\bas well\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"不是|先不|不光|不只|不单|不想|不要|别搞错|一起|一次|一趟|一并|联办|一件事|整套|打包|合并|合成")
_CUT = re.compile(r"[,，。;；、!！?？]|还想|还要|以及|加上|加|和(?=[\u4e00-\u9fff]{2})|\band\b|\bas well\b")
_SHORTEST = 3
_MOST = 4  # a longer message tells a story; its clauses are no list


def clauses_of_several_needs(text: str) -> list[str]:
    """The clauses, or nothing where the message does not say that it wants several things."""
    if not _SEVERAL.search(text) or _DENIED.search(text):
        return []
    clauses = [clause.strip() for clause in _CUT.split(text)]
    clauses = [clause for clause in clauses if len(clause) >= _SHORTEST]
    return clauses if 1 < len(clauses) <= _MOST else []
