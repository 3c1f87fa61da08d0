"""What form and materials call by the same name and no rule compares: it must still be the same."""

import re
from collections.abc import Iterator, Mapping

from knowledge.items import ServiceItem
from prefill.review.comparing import Compared, same
from prefill.review.documents import DocumentState
from prefill.review.evidence import FORM, Evidence, Found
from prefill.review.rules import ItemRules
from prefill.review.values import date_in, number_in, plain
from prefill.review.vocabulary import bare_key, is_checked

_ITS_OWN = re.compile(
    r"姓名|^名称$|电话|手机|联系|^日期$|填表|申请日期|签|章|承诺|备注|说明|描述|经过|理由|内容|有效|图样?$|^类型$|^证号$|^编号$"
)
_MUST_BE_EQUAL = re.compile(
    r"(名称|企业|单位|公司|编号|号码|号|代码|目的国|国家|地址|地点|坐落|住所|场所|路段|孩次|来源|代表|负责人|责任人|管理员|药师|发起人|等级|险种|车型|犬种|基数)$"
)
_SHORT = 12


def same_named(
    evidence: Evidence,
    item: ServiceItem,
    rules: ItemRules,
    documents: Mapping[str, DocumentState],
    compared: frozenset[tuple[str, str]],
) -> Iterator[Compared]:
    """Comparisons by name alone; where two texts merely word it differently, none: a person may look."""
    form = {bare_key(field.name): field.name for field in item.form_fields}
    for material, state in documents.items():
        if state.wrong:
            continue
        for found in evidence.all(material):
            name = bare_key(found.key)
            written = evidence.application.form.get(form.get(name, ""))
            if written in (None, "") or _ITS_OWN.search(name) or (material, found.key) in compared:
                continue
            if (material, name) in rules.dropped_agreements or isinstance(written, bool):
                continue
            mine = Found(written, form[name], FORM)
            if _can_be_compared(evidence, found, mine):
                yield Compared(found, mine, equal=same(found, mine), impossible=False)


def _can_be_compared(evidence: Evidence, found: Found, mine: Found) -> bool:
    vocabulary = evidence.vocabulary
    if isinstance(found.value, bool) or vocabulary.is_unsure(found.value) or vocabulary.is_unsure(mine.value):
        return False
    if is_checked(found.key) and vocabulary.flag(found.value) is not None and number_in(found.value) is None:
        return False  # 核验_孩次 一致 tells that somebody compared them
    if same(found, mine):
        return True
    for read in (lambda one: number_in(one.value, one.key), lambda one: date_in(one.value)):
        values = read(found), read(mine)
        if None not in values:
            return True
        if values != (None, None):
            return False
    return bool(_MUST_BE_EQUAL.search(bare_key(found.key))) and _is_plainly_another(found, mine)


def _is_plainly_another(found: Found, mine: Found) -> bool:
    one, other = plain(found.value), plain(mine.value)
    return one not in other and other not in one and max(len(one), len(other)) <= _SHORT * 3
