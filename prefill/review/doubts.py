"""What is written beside the facts and leaves something open: a person must look at it."""

import re
from collections.abc import Iterable, Iterator

from knowledge.items import ServiceItem
from prefill.review.application import Application, Value
from prefill.review.documents import DocumentState, short_name
from prefill.review.result import Code, Finding, Seen
from prefill.review.rules import ItemRules
from prefill.review.values import number_in, plain
from prefill.review.vocabulary import Vocabulary, bare_key, is_checked

_STATE = re.compile(r"(状态|结论|规格|照片|体检结果|检验结果|检测结果)$")
_BAD_STATE = re.compile(r"吊销|注销|撤销|作废|无效|失效|不合格|冻结|报废|不通过|未通过|不符合")
_LONG_NAME = 24  # a longer text is a story, in which such words mean nothing


def doubts(
    application: Application,
    item: ServiceItem,
    vocabulary: Vocabulary,
    documents: dict[str, DocumentState],
    read: Iterable[Seen],
) -> Iterator[Finding]:
    """Values nothing else has read that say 'unclear', remarks, and back-office results no rule knows."""
    names = {material.id: short_name(material) for material in item.materials}
    known = {(seen.where, seen.name) for seen in read}
    for submitted in application.materials:
        if documents[submitted.material].wrong:
            continue
        for key, value in submitted.fields.items():
            if (submitted.material, key) in known or not _is_doubtful(key, value, vocabulary):
                continue
            name = names.get(submitted.material, submitted.name)
            text = plain(value)
            yield Finding(
                code=Code.NEEDS_HUMAN,
                where=submitted.material,
                what=f"“{name}”里的{bare_key(key)}写着“{text}”，需要工作人员看一下。",
                remedy="您不用做什么，工作人员会核实；需要补充时会一次告诉您。",
                trace=(Seen(name=key, value=text, where=submitted.material),),
            )


def bad_states(
    application: Application,
    item: ServiceItem,
    rules: ItemRules,
    documents: dict[str, DocumentState],
    read: Iterable[Seen],
) -> Iterator[Finding]:
    """A document that says of itself that it does not hold: a licence struck off, a medical report that is failed."""
    names = {material.id: short_name(material) for material in item.materials}
    known = {(seen.where, seen.name) for seen in read}
    for submitted in application.materials:
        rule = rules.materials.get(submitted.material)
        if documents[submitted.material].wrong or (rule and not rule.keeps_date):
            continue
        for key, value in submitted.fields.items():
            bad = _STATE.search(bare_key(key)) and isinstance(value, str) and _BAD_STATE.search(value)
            if not bad or (submitted.material, key) in known:
                continue
            name = names.get(submitted.material, submitted.name)
            yield Finding(
                code=Code.CONDITION_NOT_MET,
                where=submitted.material,
                what=f"“{name}”的{bare_key(key)}是“{plain(value)}”，不符合要求。",
                remedy="请换成有效、合格的再交。",
                trace=(Seen(name=key, value=plain(value), where=submitted.material),),
            )


def _is_doubtful(key: str, value: Value, vocabulary: Vocabulary) -> bool:
    text, name = plain(value), bare_key(key)
    if not isinstance(value, str) or text in vocabulary.harmless or vocabulary.is_illegible(value):
        return _is_bad_check(key, value, vocabulary)
    if name in vocabulary.remarks:
        return "不适用" not in text
    if is_checked(key):
        return _is_bad_check(key, value, vocabulary)
    return len(text) <= _LONG_NAME and vocabulary.is_unsure(value) and not _is_name(name)


def _is_bad_check(key: str, value: Value, vocabulary: Vocabulary) -> bool:
    """A back-office result that no rule reads: what is not plainly good goes to a person."""
    if not is_checked(key) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return False
    if number_in(value, key) is not None:
        return False
    return vocabulary.flag(value) is not True and plain(value) not in vocabulary.harmless


def _is_name(name: str) -> bool:
    return name.endswith(("姓名", "名称", "地址", "住址", "坐落", "人"))
