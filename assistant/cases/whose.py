"""Of whom an answer tells: another's name is not the applicant's, a number beside a name is that person's. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.cases.answering import answer_of
from assistant.cases.correcting import Meant
from assistant.cases.standing import Standing, StandingField
from prefill.facts import FIELD_PREFIX, Fact
from prefill.forms import FieldType

_OWN: Final = frozenset({"姓名", "申请人姓名", "申请人"})
_OTHER: Final = re.compile(r"配偶|对方")
_OF_ANOTHER: Final = re.compile(
    r"^[\s,，]*(?:他|她|对方|我?(?:老公|老婆|爱人|丈夫|妻子|先生|太太|男朋友|女朋友|未婚夫|未婚妻))(?:的?名字)?(?:叫|是)"
)
_FOR_ANOTHER: Final = re.compile(
    r"(?:给|帮|替|代|为)(?:我|我们)?(?:家)?(?:的)?(?:老头|老伴|老爸|老妈|爸|妈|爹|娘|父|母|姆妈|爷|奶|外公|外婆|公公|婆婆|岳父|岳母|丈人|"
    r"老公|老婆|爱人|儿子|女儿|孩子|小孩|小囡|宝宝|哥|姐|弟|妹|舅|姨|姑|叔|亲戚|朋友|邻居)|"
    r"\bfor my (?:father|mother|dad|mom|husband|wife|son|daughter|child|parents?|grand\w+)\b"
)
_NAME: Final = "姓名"
_CALLED: Final = "名称"


def of_whom(
    asked: StandingField | None, stands: Standing, text: str, before: Sequence[str] = ()
) -> StandingField | None:
    """The field that the answer is for: 「他叫…」 to the own name is the partner's, or nobody's that is asked for.

    Where it is done for somebody else (给我爸换身份证), 「他叫…」 is the name that is asked for.
    """
    if asked is None or asked.field.name not in _OWN or _OF_ANOTHER.match(text) is None:
        return asked
    partners = [f for f in stands.fields if _OTHER.search(f.field.name) and f.field.name.endswith(_NAME)]
    if not partners and any(_FOR_ANOTHER.search(said) for said in before):
        return asked
    return partners[0] if len(partners) == 1 else None


def for_the_asked(asked: StandingField, stands: Standing, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, a name for another field that has one already turned to the name that was asked for.

    「分公司名字叫…」, asked for the branch's name, renames no company.
    """
    if (
        not asked.field.name.endswith(_CALLED)
        or asked.value is not None
        or any(fact.field == asked.field.name for fact in facts)
    ):
        return list(facts)
    known = {f.field.name for f in stands.fields if f.value is not None and f.field.name.endswith(_CALLED)}
    return [replace(fact, key=f"{FIELD_PREFIX}{asked.field.name}") if fact.field in known else fact for fact in facts]


def numbers_beside(
    asked: StandingField, stands: Standing, text: str, heard: Collection[str | None], today: date
) -> list[Meant]:
    """The identity number said with the partner's name, where one field of theirs is open for it."""
    if not _OTHER.search(asked.field.name):
        return []
    open_ones = [
        f
        for f in stands.fields
        if f.is_asked
        and f.field.type is FieldType.ID_NUMBER
        and _OTHER.search(f.field.name)
        and f.field.name not in heard
    ]
    value = answer_of(open_ones[0].field, text, today) if len(open_ones) == 1 else None
    return [Meant(open_ones[0], value)] if value is not None else []
