"""What a message says of conditions that were asked: met, stated to be so, not met and which, or nothing. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.cases.falling_short import ruled_out, took_longer
from assistant.cases.meaning import Meaning
from assistant.cases.naming import affirms, meant_condition, named, numbered, pairs, says_unmet, unmet_conditions
from assistant.cases.wishes import CLAUSES, Wish, asks_something, wish_of

_GENERIC: Final = re.compile(
    r"没(?:有)?(?:啥|什么)?(?:问题|毛病)|都?(?:好|行|妥|齐|够|办妥|弄好|准备好|谈妥|谈好|搞定)(?:的|了)|可以的|对的|是的|(?<!不)(?<!没)(?:符合|满足)|"
    r"\b(?:all (?:fine|good|set|yes)|no problem|that'?s (?:right|fine|true)|appl(?:y|ies) to)\b",
    re.I,
)
_STATES: Final = re.compile(
    r"了|过|的|有|在|带|才|属于|户口|户籍|沪籍|上海人|本地人|都|会|能|够|已|刚|早就|一直|肯定|当然|齐|\b(?:have|has|am|are|is|did|was|were|yes|already|all)\b",
    re.I,
)
_DENIES: Final = re.compile(r"没有?|不|未|无|别|勿|\b(?:not|no|never|n't|don't)\b", re.I)
_DOUBTS: Final = re.compile(
    r"外地|外省|外来|农村户|但|不过|可惜|只有|只是|还差|就差|如果|要是|可能|大概|也许|应该|好像|似乎|不确定|除了|几|多少|\b(?:but|except|only|maybe|if)\b",
    re.I,
)
_EXCLUDES: Final = re.compile(r"无|不得|没有|未|非|不|处理完|结清|还清|禁止")
_EXCLUDES_HAVING: Final = re.compile(r"无(?!论|需)|不得|没有|禁止|不属")
_HAS: Final = re.compile(
    r"名下|还有|也有|欠|(?:我|他|她|老公|老婆|家里?|爱人)(?:自己)?有|有一|有两|有个|有套|有处|有房|有贷"
)
_THING: Final = re.compile(r"(?:没有?|不是?|未|无)(?:再|被|办|做|设|有|欠|什么|任何|其他|别的)?([\u4e00-\u9fff]{1,4})")
_NOT_YET: Final = re.compile("还没(?:有)?[^,，。来得及]{0,4}[办弄开签交做备拿到领缴登注]|没(?:有)?(?:来得及|顾上)")
_WISHES: Final = re.compile(r"^(?:我|我们)?(?:想|要|帮|给我|麻烦)|叫[\u4e00-\u9fff]{2,4}$|电话|手机|号码|地址")
_LONGEST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionsHeard:
    """What was heard: which are not met; whether they all hold; `stated`: told by what is so, without a yes."""

    unmet: frozenset[str] = frozenset()
    holds: bool = False
    stated: bool = False
    some_short: bool = False


def hear_conditions(
    text: str, wish: Wish | None, wordings: Sequence[str], meaning: Meaning, *, which: bool
) -> ConditionsHeard:
    """What the message says of the conditions. `which`: it answers which of them is not met."""
    unmet = set() if asks_something(text) else unmet_conditions(text, wordings)
    holds = not unmet and (meaning.assents(text) or affirms(text, wordings))
    if not unmet and not holds and wish is None:
        stated = [clause for clause in CLAUSES.split(text) if clause and not asks_something(clause)]
        unmet = ruled_out(",".join(stated), wordings) if stated else set()
    is_stated = not unmet and not holds and wish is None and not which and stated_to_hold(text, wordings)
    short = bool(unmet) or (wish is None and not holds and not is_stated and meaning.falls_short(text))
    if not unmet and which:
        unmet = numbered(text, wordings) or named(text, wordings) or meant_condition(text, wordings)
    elif not unmet and (short or _NOT_YET.search(text)) and not holds and not asks_something(text):
        short = True
        unmet = meant_condition(text, wordings) or ruled_out(text, wordings)
    return ConditionsHeard(unmet=frozenset(unmet), holds=holds, stated=is_stated, some_short=short)


def stated_to_hold(text: str, wordings: Sequence[str]) -> bool:
    """True for 「合同签了,社保也在缴」, 「没违章,刚交的车」: every clause says that something is as it should be."""
    parts = [text] if text.isascii() else CLAUSES.split(text)
    clauses = [clause for clause in parts if clause and wish_of(clause) not in (Wish.YES, Wish.ALL)]
    if (
        not clauses
        or says_unmet(text)
        or len(text) > _LONGEST
        or asks_something(text)
        or _DOUBTS.search(_within_time(text, wordings))
    ):
        return False
    if any(took_longer(text, wording) for wording in wordings):
        return False
    told = [_is_so(clause, wordings) for clause in clauses]
    return True in told and False not in told


def _within_time(text: str, wordings: Sequence[str]) -> str:
    """The message without what only says how short a time has passed, where a condition sets one."""
    limited = any("内" in wording for wording in wordings)
    return re.sub(r"(?:才|刚|就)?(?:前|这|没)几(?:天|日)", "", text) if limited else text


def _is_so(clause: str, wordings: Sequence[str]) -> bool | None:
    """Whether a clause says that something is as it should be; None where it says neither that nor the opposite."""
    if _GENERIC.search(clause):
        return True
    if _WISHES.search(clause):
        return False
    if _DENIES.search(clause):
        lacking = _THING.search(clause)
        return lacking is not None and any(
            _EXCLUDES.search(wording) and any(sign in wording for sign in lacking[1][:2]) for wording in wordings
        )
    excluding = [wording for wording in wordings if _EXCLUDES_HAVING.search(wording)]
    asked = any(pairs(clause) & pairs(wording) for wording in wordings if wording not in excluding)
    if excluding and not asked and (_HAS.search(clause) or any(pairs(clause) & pairs(w) for w in excluding)):
        return None  # 「我老公名下有一套」, 「离学校一百米」: what must not be so may be meant
    return True if asked or _STATES.search(clause) is not None else None
