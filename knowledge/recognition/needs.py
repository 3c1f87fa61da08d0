"""Finds the clauses of a message that asks for several things at once."""

import re

# How Chinese adds one wish to another: an adverb before a verb of wanting (也要, 还想), an adverb that adds a clause
# (另外, 顺便), an order (先…再…), a count (两件事), or nouns in a row that a closing 都 or 分别 takes up again.
_WANTING = r"(?:要|想|得|需要|打算|准备|没|未|有|办|补|换|领|开|申请)"
_SEVERAL = re.compile(
    rf"(?:都|也|还|再|又){_WANTING}|另外|另一|此外|顺便|顺带|以及|同时|一并|分别|各[要办]|"
    r"先[^,，]{2,}[,，]?(?:再|然后|之后)|[两三四几]\s*(?:样|件|桩|项)|[两三]个(?:都|事|证|手续)|"
    r"[\u4e00-\u9fff]{2}(?:和|跟|与|及|加|加上)[\u4e00-\u9fff]{2}|"
    r"\b(?:both|as well|also|plus|another|two things|and)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?<!是)不是|并非|(?<!想)不想|(?<!要)不要|(?<!用)不用|先不|不需要|(?<!分)别[办搞弄]|\b(?:not|don't|instead)\b",
    re.I,
)
_AS_ONE = re.compile(
    r"一起|一次|一趟|一口气|联办|一件事|整套|全套|打包|合并|合成|all at once|one[- ]stop|together", re.IGNORECASE
)
"""Who wants it all in one go means a bundle, which is one item."""
_CUT = re.compile(
    r"[,，。;；、!！?？]|另外|此外|顺便|顺带|以及|同时|然后|之后|(?:还|也|再)(?=想|要|得|办|补|换|领)|"
    r"加上|(?<=[\u4e00-\u9fff]{2})(?:和|跟|与|及|加)(?=[\u4e00-\u9fff]{2})|\b(?:and|as well|also|plus)\b",
    re.IGNORECASE,
)
# 「身份证和驾照都丢了」, 「补身份证和护照」: what is said once holds for both nouns
_BOTH = re.compile(
    r"^(?P<verb>补办?|换领?|办理?|领取?|申请|申领|注销|[想要]?(?:要|办|补|换|领))?"
    r"(?P<first>[\u4e00-\u9fff]{2,8}?)(?:和|跟|与|及|、|加)(?P<second>[\u4e00-\u9fff]{2,8}?)"
    r"(?:(?:[两二]样|两个)?[都全](?P<said>[\u4e00-\u9fff]{1,8}))?$"
)
_SHORTEST = 3
_MOST = 4  # a longer message tells a story; its clauses are no list


def clauses_of_several_needs(text: str) -> list[str]:
    """The clauses, or nothing where the message does not say that it wants several things."""
    if not _SEVERAL.search(text) or _DENIED.search(text) or _AS_ONE.search(text):
        return []
    clauses = [part for clause in re.split(r"[,，。;；!！?？]", text) for part in _said_of_each(clause.strip())]
    clauses = [clause for clause in clauses if len(clause) >= _SHORTEST]
    return clauses if 1 < len(clauses) <= _MOST else []


def _said_of_each(clause: str) -> list[str]:
    both = _BOTH.match(clause)
    if both and (both["verb"] or both["said"]):
        return [f"{both['verb'] or ''}{noun}{both['said'] or ''}" for noun in (both["first"], both["second"])]
    return [part.strip() for part in _CUT.split(clause)]
