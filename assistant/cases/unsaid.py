"""Messages that are no value for a free field: another kind's number, what somebody wants or does, an excuse. Pure."""

import re
from datetime import date
from typing import Final

from assistant.cases.english import speaks_english
from prefill.facts import Fact
from prefill.forms import FieldType, FormField
from prefill.said.conversation import listen
from prefill.said.mentions import Kind
from prefill.said.shapes import shaped
from prefill.said.speech import fold

_PERSON: Final = re.compile(r"(?:姓名|负责人|管理员|药师|联系人|权利人|\(负责人\))\)?$")
_CODE: Final = re.compile(r"(?:编号|证号|账号|号码|号)$")
_OTHER_NUMBER: Final = frozenset({Kind.MOBILE, Kind.IDENTITY, Kind.CARD, Kind.COMPANY_CODE})
_LONG_NUMBER: Final = re.compile(r"\d{11,}")
_DIGIT: Final = re.compile(r"[0-9A-Za-z]|[一二三四五六七八九〇零]{3}")
_NO_NAME: Final = re.compile(
    r"[0-9]|我自己|本人|自己|没|不|还|先|要|想|能|会|多|什么|怎么|就是|寄|给|拿|我|你|他|她|知道|现在|这个|那个|[吗呢吧了过着]$|^[我他她它这那]|^(?:是|在|有|从|到|给|把|被|做|去|来)"
)
_WANTS: Final = re.compile(
    r"^(?:我|我们|俺|阿拉)?(?:要|想|得|先)(?!求)[^,，。]{0,3}(?:改|换|填|看|问|查|办|撤|取消|停|退|走|去|回|等|知道|了解)|"
    r"^(?:帮|给|替|麻烦|请)(?:我|你|您|帮)|^(?:等|稍等)"
)
_CLAUSE: Final = re.compile(
    r"^(?:i|we|you|they)(?:'m|'ll|'ve|'re|'d)?\b.*\b(?:am|was|were|will|would|have|had|don'?t|do|can|cannot|can'?t|want|need|like|"
    r"think|arrived|came|got|live|lost|forgot|do(?:es)?n'?t|'ll|'ve)\b|^(?:i|we)(?:'m|'ll|'ve|'d)\b|"
    r"^(?:hold on|wait|one moment|just a|can |could |please )",
    re.I,
)
_KIN: Final = re.compile(
    r"^(?:我|他|她)?(?:的)?(?:女儿|儿子|老公|老婆|爱人|丈夫|妻子|爸爸?|妈妈?|父亲|母亲|哥哥?|姐姐?|弟弟?|妹妹?|孙子|孙女|女婿|媳妇|朋友|邻居)"
    r"(?:叫|是)?(?=[\u4e00-\u9fff]{2,4}$)"
)
_INSURANCE: Final = re.compile("保")
_RUNS_ON: Final = re.compile(r"(?<=.)(?:是(?:个|只|条|一)|今年|已经|[一二两三四五六七八九十\d]+(?:个月|岁)).*$")
_ANY_DAY: Final = date(2026, 1, 1)  # names depend on no day
_ONE: Final = re.compile("一(?:笔|下|份|次|趟|件|把|起|回)")
_HEADS: Final = re.compile("人数|个数")
_DEED_IN_NAME: Final = re.compile(
    r"^(?:和|跟|与|想|要|准备|打算|我|帮|去|来|在)|合伙开|想开|要开|成立一|注册一|开一?(?:个|家)|开(?:有限|公司)"
)
_LONGEST_NAME: Final = 6


def says_no_value(field: FormField, text: str) -> bool:
    """True where a message cannot be what a free field asks for, whatever words it takes."""
    said = fold(text).strip(" 。.!！,，")
    kinds = {mention.kind for mention in shaped(said, 0)}
    if kinds & _OTHER_NUMBER or (_LONG_NUMBER.search(said) and not _CODE.search(field.name)):
        return True
    if speaks_english(said):
        return field.type is not FieldType.TEXT and _CLAUSE.search(said) is not None
    if _CODE.search(field.name) and not _DIGIT.search(said):
        return True
    if _PERSON.search(field.name):
        first = re.split(r"[,，;；。:：]|叫|名字是|姓名是|大名|^是|\b(?:is|called|named) ", said)
        return all(_is_no_name(part) for part in first if part)
    return field.type is not FieldType.TEXT and _WANTS.search(said) is not None


def names_itself(field: FormField, clause: str) -> bool:
    """True where a clause says what it is: a company's name for a name, 「叫…」 for somebody's."""
    kinds = {mention.kind for mention in listen([clause], _ANY_DAY).mentions}
    if field.name.endswith(("名称", "单位", "学校")):
        return Kind.ORGANISATION in kinds or re.match("(?:名字|名称|店名|字号|公司)?叫|^名字", clause) is not None
    return _PERSON.search(field.name) is not None and (Kind.PERSON in kinds or "叫" in clause)


def name_alone(field: FormField, value: str) -> str:
    """A name without what runs on behind it where nobody wrote a stop: 「米粒是个比熊一岁」."""
    if not field.name.endswith("犬名") and _PERSON.search(field.name) is None:
        return value
    return _KIN.sub("", _RUNS_ON.sub("", value))


def is_misheard(field: FormField, fact: Fact) -> bool:
    """True for what was read in words that say no such thing: 「申请一笔」 is no amount, 「合伙开有限公司」 no name."""
    value, evidence = fact.value or "", fact.provenance.evidence or ""
    if field.type is FieldType.YES_NO and field.name.startswith("医保"):
        return _INSURANCE.search(evidence) is None
    if field.type in (FieldType.DECIMAL, FieldType.INTEGER):
        counts = value == "1" and _ONE.search(evidence) is not None and "1" not in evidence
        return counts or (_HEADS.search(field.name) is not None and "万" in evidence and "人" not in evidence)
    return field.name.endswith("名称") and is_no_name(value)


def is_no_name(value: str) -> bool:
    """True where the name of an organisation would begin with what somebody wants or does."""
    return _DEED_IN_NAME.search(value) is not None


def _is_no_name(said: str) -> bool:
    return len(said) > _LONGEST_NAME or _NO_NAME.search(said) is not None
