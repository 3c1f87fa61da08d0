"""Of whom an answer tells: another's name is not the applicant's, a number beside a name is that person's. Pure."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from assistant.cases.answering import answer_of
from assistant.cases.correcting import Meant
from assistant.cases.standing import Standing, StandingField
from prefill.forms import FieldType

_OWN: Final = frozenset({"姓名", "申请人姓名", "申请人"})
_OTHER: Final = re.compile(r"配偶|对方")
_OF_ANOTHER: Final = re.compile(
    r"^[\s,，]*(?:他|她|对方|我?(?:老公|老婆|爱人|丈夫|妻子|先生|太太|男朋友|女朋友|未婚夫|未婚妻))(?:的?名字)?(?:叫|是)"
)
_NAME: Final = "姓名"


def of_whom(asked: StandingField | None, stands: Standing, text: str) -> StandingField | None:
    """The field that the answer is for: 「他叫…」 to the own name is the partner's, or nobody's that is asked for."""
    if asked is None or asked.field.name not in _OWN or _OF_ANOTHER.match(text) is None:
        return asked
    partners = [f for f in stands.fields if _OTHER.search(f.field.name) and f.field.name.endswith(_NAME)]
    return partners[0] if len(partners) == 1 else None


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
