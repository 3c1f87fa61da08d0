"""What the citizen does not know or has not decided: those fields are asked, whatever else is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prefill.forms import FieldType
from prefill.said.conversation import Conversation
from prefill.said.mentions import Kind
from prefill.said.senses import Sense

_UNKNOWN: Final = re.compile(
    "不知道|不清楚|不晓得|记不[清得起住]|不记得|想不起|忘了|忘记|说不[清准上]|不确定|没印象|搞不清|吃不准|拿不准|说不来|不太懂|不懂|没数|没概念"
)
_PENDING: Final = re.compile(
    "还?没(?:最后|最终)?(?:想好|定|决定|商量|说好|谈好|谈拢|敲定|选好|拿定|有?拿到|下来|办好?|批|谈|选|带|出来?|决定|收到|发|到手|查|问|注意|量|算|签|找|租|开|取|起)|未定|没主意|再说|再定|再看|再告诉|再补|再给|"
    "不填了|先空着|空着吧|晚点|晚些|回头|等.{1,12}(?:再|才|告诉|发|给|定|来)|要问|得问|问一?下|问问|问了再|待定|考虑|纠结|稍后|过两天|过几天|犹豫|"
    r"在(?:我)?(?:老婆|老公|家里?|妈|爸|单位|公司|会计|人事|房东|中介|抽屉)\S{0,2}(?:那|手|里|边|儿)?\S{0,2}$|不在手边|不在身边|没在手"
)


_STALE: Final = re.compile(
    "换人了|换号|(?:号码?|手机|电话|卡|地址|住址|账号)(?:都|也|已经|早就?)?(?:换|变|停)了|早就?不住"
)
_OF_OLD: Final = re.compile("老|旧|原来|以前|之前|原先")
_ANY_TIME: Final = re.compile("时间|几点")
_ANY_NAME: Final = re.compile("名字|姓名|叫什么|叫啥|姓什么|全名|就知道姓")
_ANY_DAY: Final = re.compile("哪一?天|几号|什么时候|哪年|日期|日子|几月|何时")

_FILLING_WORDS: Final = re.compile("这个|那个|我|也|真的?|还|具体|就|都|暂时|现在|倒|可|的|了|是|吧|呢|啊|得|要|先")


@dataclass(frozen=True, slots=True)
class Missing:
    """Where a field's value was said to be missing; `pending` where an earlier value must not stand either."""

    clause: int
    pending: bool
    stale: bool = False

    def outdoes(self, clause: int) -> bool:
        """Whether a value said in a clause does not stand: 号码换了 leaves the new one that is named with it."""
        return self.clause > clause or (self.clause == clause and not self.stale)


def withheld(senses: Sequence[Sense], conversation: Conversation) -> dict[str, Missing]:
    """The fields somebody said not to know yet, with the clause that says so last."""
    found: dict[str, Missing] = {}
    for clause in conversation.clauses:
        pending = _PENDING.search(clause.text) is not None
        stale = _STALE.search(clause.text) is not None and not _OF_OLD.search(clause.text)
        if not pending and not stale and not _UNKNOWN.search(clause.text):
            continue
        mine = _meant(senses, clause.text)
        if not mine and clause.number and _is_elliptical(clause.text):
            before = conversation.clauses[clause.number - 1]
            mine = _meant(senses, before.text) if before.message == clause.message else []
        for sense in mine:
            found[sense.field.name] = Missing(clause.number, pending or stale, stale and not pending)
    return found


def _meant(senses: Sequence[Sense], text: str) -> list[Sense]:
    """The fields whose words stand in a text; one character counts only where nothing longer does."""
    lengths = {position: max(sense.cue_length(text), _day_asked(sense, text)) for position, sense in enumerate(senses)}
    longest = max(lengths.values(), default=0)
    return [senses[p] for p, n in lengths.items() if n and (n > 1 or longest == 1)]


def _day_asked(sense: Sense, text: str) -> int:
    """Words for any day or name (哪天, 叫什么) speak of every field that wants one."""
    found = None
    if Kind.DAY in sense.kinds:
        timed = sense.field.type in {FieldType.DATE_TIME, FieldType.DATE_TIME_RANGE}
        found = _ANY_DAY.search(text) or (_ANY_TIME.search(text) if timed else None)
    elif Kind.PERSON in sense.kinds:
        found = _ANY_NAME.search(text)
    return found.end() - found.start() if found else 0


def _is_elliptical(text: str) -> bool:
    """Whether a clause only says that something is not known, and the clause before says what."""
    left = _FILLING_WORDS.sub("", _PENDING.sub("", _UNKNOWN.sub("", text)))
    return len(left) <= 1
