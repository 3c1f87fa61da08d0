"""Which values were taken back where they were said: 不是…, …停了, 老号码, 本来想…, 那就不填了, another child's."""

import re
from collections.abc import Sequence
from typing import Final

from prefill.said.mentions import Kind, Mention
from prefill.said.people import Person, people
from prefill.said.speech import Clause

_REACH: Final = 3
_TAKEN_BACK: Final = re.compile(
    r"(?:不是|别(?:用|写|填|打)?|不要(?:用|写|填|打)?|不用|不填|不写|(?<![一-鿿])非|[并而绝]非|(?:写|填|登|弄|搞)错(?:成|为)|错写|误写)[\u4e00-\u9fff]{0,4}$"
)
_VOID: Final = re.compile(
    "^.{0,4}(?:停了|停用|停机|不用了|别用|作废|不对|错了|过期了|注销|不是我|是我爸|那个不|丢了|不能领|不算|等下|等会|回头再|先不|再填|再办|已经办|办过了|(?:去年|前年|之前|以前|上次|早就?)?(?:已经)?(?:领|办|报|申请|登记)过)"
)
INTENDED: Final = re.compile(
    "(?:本来|原本|原先|起初|一开始|开始|之前|以前|原来)(?:是|我|我们|都|就)*(?:想|打算|说|谈|讲|定|约|要|准备|计划|看中|选)[^,]*$"
)
_ALREADY: Final = re.compile(
    "已经(?:有|办|领|上|参|交|入|拿|报)|早(?:就|都|已经)*(?:报|办|上|参|交|领|登|入)|(?:办|领|上|参加|交|登记|报)过|不能领|超龄|不符合|不用办|不办|不算"
)
_THIS_ONE: Final = re.compile("(?:这次|这回|今天|现在|要办的|给)(?:要)?(?:是|给|办|的是|说的是)*")
_OLD: Final = re.compile(
    "(?:原来|之前|以前|原先|老(?!板|公|婆|伴|家|师|大|二|三|总|爸|妈|人)的?|旧的?|曾经|早先|过去)[\u4e00-\u9fff]{0,4}$"
)
_ONLY_A_LIMIT: Final = re.compile("(?:之前|以前|前)(?:都|就|随便|可以|来|即可|(?:出)?生)")
_BY_HOW_MUCH: Final = re.compile("(?:涨|降|加|减|多|少|便宜|贵|省|退)(?:了|掉了?)$")
_REFUSED: Final = re.compile("(?:元|块)?(?:我|他|她|对方)?(?:没|不)(?:同意|答应|肯|卖|接受)")
_NOT_GONE: Final = re.compile("(?:玩|旅游)?(?:没去|不去|去过|玩过|没成|取消)")
_DROPPED: Final = re.compile(
    "(?:那|就|还是|算了)*(?:不填|不写|不留|不用填|先空着?)了?吧?$|"
    "(?:我|我们|还|具体|也|就|都|但是?|不过|到底)*[没未](?:最后|最终|真)?"
    "(?:决定|定|想好|商量好|谈好|谈拢|确定|敲定|说好|选好)(?:下来|呢|哪个)?$"
)
_MOVED_ON: Final = re.compile("(?:的|那段|那边|那里|那份)?(?:早就?|已经|都)+(?:转|并|合并)(?:去|到|进|掉|过|好|完)")


_OR: Final = re.compile(
    "^[^,]{0,4}(?:或者?(?:是|说)?|要么|要不就?是?|亦或|/)[^,]{0,3}$|^,(?:或者?|要么|就是|要不就?是)(?:是|在|去|按|选|叫)?$|^,?(?:和|跟)?[^,]{0,2}(?:二选一|都行)$"
)
_EITHER: Final = re.compile("^(还是|就是)(?:在|去|是|叫)?$")
_ALSO: Final = re.compile("^[^,]{0,6}(?:也行|也可以|也有空|也得|都行|都可以|都有空|二选一)")


def in_doubt(mentions: Sequence[Mention], clauses: Sequence[Clause]) -> set[int]:
    """The places of values of which it was said that it is the one or the other (2号或者3号, 不是2号就是3号)."""
    found: set[int] = set()
    for index, mention in enumerate(mentions):
        other = next((i for i in range(index + 1, len(mentions)) if mentions[i].kind is mention.kind), None)
        if other is None or not _is_alternative(mention, mentions[other], clauses):
            continue
        found |= {index, other}
    return found


_RANGE: Final = re.compile("^(?:元|块钱?|万|人)?(?:到|至|-|~|—)$")


def _is_alternative(one: Mention, other: Mention, clauses: Sequence[Clause]) -> bool:
    here, there = clauses[one.clause], clauses[other.clause]
    if one.value == other.value or here.message != there.message or there.number - here.number > 1:
        return False
    if there is here:
        between = here.text[one.end : other.start]
        if one.kind is Kind.AMOUNT and one.unit == other.unit and _RANGE.match(between):
            return True
        either = _EITHER.match(between)
        not_one = re.search("不是[^,]{0,4}$", here.text[: one.start]) is not None
        return _OR.match(between) is not None or (either is not None and (either[1] == "还是" or not_one))
    between = here.text[one.end :] + "," + there.text[: other.start]
    both = _ALSO.match(here.text[one.end :]) and _ALSO.match(there.text[other.end :])
    neither = re.search("(?:不是|要么|或者?)[^,]{0,4}$", here.text[: one.start]) is not None
    return (
        bool(both)
        or _OR.match(between) is not None
        or (neither and re.search(",(?:就是|要么|或者?)[^,]{0,4}$", between) is not None)
    )


def is_taken_back(mention: Mention, clauses: Sequence[Clause]) -> bool:
    """Whether the words around a value take it back, or it is about another child."""
    text = clauses[mention.clause].text
    if INTENDED.search(text[: mention.start]) or _is_another_child(mention, clauses) or _is_dropped(mention, clauses):
        return True
    if _is_no_value(mention, clauses, text):
        return True
    if mention.kind is Kind.DAY and re.match("(?:去|来|就)?申请过", text[mention.end :]):
        return False
    return _TAKEN_BACK.search(text[: mention.start]) is not None or _VOID.match(text[mention.end :]) is not None


def _is_no_value(mention: Mention, clauses: Sequence[Clause], text: str) -> bool:
    """What looks like a value of its kind and is none: 涨了两百, 十号之前都行, 深圳的早并过来了, 老号码, a question."""
    match mention.kind:
        case Kind.REGION:
            places = ((c.text, c.text.find(mention.value)) for c in clauses)
            return any(at >= 0 and _MOVED_ON.match(said, at + len(mention.value)) for said, at in places)
        case Kind.DAY:
            return _ONLY_A_LIMIT.match(text, mention.end) is not None
        case Kind.COUNTRY:
            return _NOT_GONE.match(text, mention.end) is not None
        case Kind.MOBILE | Kind.CARD | Kind.ADDRESS | Kind.CODE:
            return _OLD.search(text[: mention.start]) is not None
        case Kind.AMOUNT | Kind.PERSON | Kind.BANK:
            asked = clauses[mention.clause].is_question
            return asked or (mention.kind is Kind.AMOUNT and _is_no_sum(mention, text))
        case _:
            return False


def _is_no_sum(mention: Mention, text: str) -> bool:
    """By how much something changed, or an offer that was not taken."""
    changed = _BY_HOW_MUCH.search(text[: mention.start]) is not None
    return changed or _REFUSED.match(text, mention.end) is not None


def _is_dropped(mention: Mention, clauses: Sequence[Clause]) -> bool:
    """Whether one of the next clauses of the message leaves the field empty (…,那就不填了)."""
    after = clauses[mention.clause + 1 : mention.clause + 1 + _REACH]
    return any(c.message == clauses[mention.clause].message and _DROPPED.match(c.text) for c in after)


def _is_another_child(mention: Mention, clauses: Sequence[Clause]) -> bool:
    """老大叫…,已经有医保了,这次是老二: what is said of a child whose matter is settled is not this form's."""
    if mention.owner is not Person.CHILD or mention.kind not in {Kind.PERSON, Kind.DAY, Kind.CODE, Kind.IDENTITY}:
        return False
    here = clauses[mention.clause]
    words = [p.word for p in people(here.text) if p.person is Person.CHILD and p.end <= mention.start]
    for later in clauses[here.number : here.number + _REACH + 1]:
        if later.message != here.message:
            return False
        text = later.text[mention.end :] if later is here else later.text
        named = [p for p in people(text) if p.person is Person.CHILD]
        other = [p for p in named if p.word not in words]
        if other:
            return bool(words) and _THIS_ONE.search(text[: other[0].start]) is not None
        if _ALREADY.search(text):
            return True
    return False
