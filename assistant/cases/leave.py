"""Whether a message allows registers to be asked: all of them, some, or none; a yes to something else is no consent."""

import re

from assistant.cases.wishes import Wish, wish_of

_LEAVE = re.compile(
    r"(?:授权|同意|批准|准许|允许)(?:给|你|吧|了|的|啦|呀|查|用|$)|(?:你们?|让你们?|帮我|随便|尽管|放心|可以|能|去|就)(?:去|来|帮我)?(?:查|调|用)"
    r"(?!.{0,4}(?:不|别))|(?:^|[得嘞好行嗯成那,，。! ])(?:查|调)(?:吧|呗|好了|就是了|一下|出来|去|查)*$|拿去用|拿去查|"
    r"\b(?:check|look (?:it |them |that |me )?up|access)\b",
    re.I,
)
_NO_LEAVE = re.compile(
    r"\b(?:don'?t|not|no|only|except)\b|别|不(?:想|要|准|许|能|同意|授权|愿|给|让|用)|除了|但|只|自己填"
)
_SHORT_LEAVE, _SHORT_WORDS = 12, 8


def gives_leave(text: str) -> bool:
    """True for 「好呀,授权给你们」: a yes to registers, wherever it comes."""
    is_short = len(text) <= _SHORT_LEAVE or (text.isascii() and len(text.split()) <= _SHORT_WORDS)
    return is_short and bool(_LEAVE.search(text)) and not _NO_LEAVE.search(text)


_SOME = re.compile(
    r"(?:可以|行|同意|给|准|只|就)[^,，。]{0,3}(?:查|用|调)|(?:查|用|调)[^,，。]{1,8}(?:可以|行|好了|没事)|只(?:给|同意|授权)"
)


def gives_some(text: str) -> bool:
    """True for 「查我的身份证可以,别的不要」: a yes to what is named, whatever is refused beside it."""
    return bool(_SOME.search(text)) and bool(_NO_LEAVE.search(text)) and not text.startswith(("别", "不"))


_OTHER_ASSENT = re.compile(
    r"符合|满足|条件|撤|不办|材料|齐|准备好|够|达标|具备|办好|\b(?:meet|qualif\w*|conditions?|appl(?:y|ies) to)\b", re.I
)
_ASSENT_WORD = re.compile(
    r"同意|可以|行|好|查|授权|调|用吧|没问题|没意见|随便|随你|愿意|没关系|不介意|是|对|嗯|中|要得|"
    r"\b(?:yes|yeah|sure|ok|okay|agree|fine|go ahead|please|do)\b",
    re.I,
)


def consents(text: str, wish: Wish | None) -> bool:
    """Whether a yes is a yes to registers being asked: 「都符合」 answers the conditions and consents to nothing.

    What merely sounds like a yes (「在家里住,居家的」) is none: nobody's data is asked for on a guess.
    """
    plain = wish_of(text) in {Wish.YES, Wish.ALL} or _ASSENT_WORD.search(text) is not None
    return plain and wish in {Wish.YES, Wish.ALL} and _OTHER_ASSENT.search(text) is None
