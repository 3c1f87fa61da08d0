"""People and companies whom a document names, against everybody whom the application names elsewhere."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prefill.review.comparing import Compared, same
from prefill.review.documents import DocumentState
from prefill.review.evidence import FORM, Evidence, Found
from prefill.review.rules import ItemRules
from prefill.review.values import plain, same_text
from prefill.review.vocabulary import bare_key, is_checked, spellings

_NAMES_SOMEONE = re.compile(
    r"(姓名|名称|名字|户名|人|方|者|户主|代表人|负责人|经营者|患者|产妇|职工|管理员|安全员|药师|驾驶员|单位|企业)$"
)
_NOT_SOMEONE = re.compile(
    r"(机构|场所|项目|活动|发明|商标|字号|店铺|学校|院校|医院|银行|街道|产品|演出|印章|文件|材料)"
)
_MUST_BE_SOMEBODY_KNOWN = re.compile(
    r"^(姓名|申请人|申领人|持证人|户名|开户|持卡人|本人|法定代表人|负责人|经营者|所有人|承租[人方]|买受人|购买人|被保险人|纳税人|借款人"
    r"|患者|职工|死者|逝者|双方|声明人|承诺人|劳动者|受聘人|产妇|用人单位|单位|企业|名称|公司|申请单位|申报单位|聘用单位|雇主)(姓名|名称)?$"
)
_MAY_BE_KIN = re.compile(r"继承|成员|子女|股东|联系|代办|经办|监护|父|母|配偶|对方|权利人|出租")
_WHO_APPLIES = re.compile(r"^(申请人|申请人姓名|申领人|声明人|声明人姓名|承诺人|患者|患者姓名|职工姓名|开户姓名)$")
_ONE_PERSON = re.compile(
    r"^(父亲|母亲|男方|女方|配偶|新生儿|婴儿|逝者|死者|被继承人|被监护人|产妇|受伤职工)(姓名|号码|身份号码|证件号码|身份证号|公民身份号码)$"
)
_AGENT = re.compile(r"经办|联系|代办")
_AND = re.compile(r"[、,;/]|和|及|与")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_COMPANY = re.compile(r"[\u4e00-\u9fff()A-Za-z0-9]{4,}(公司|店|厂|社|中心|合作社|事务所|工作室|商行|经营部)")
_ITS_COMPANY = re.compile(
    r"单位|企业|公司|申请单位|申报单位|企业名称|单位名称|公司名称|用人单位|雇主|(社保)?缴费单位|平台企业|(执业)?注册单位|许可单位|持证单位|被许可人|备案单位|参保单位|投保单位|承办单位"
)
_ALL_OF_A_SHORT_NAME = 2


@dataclass(frozen=True, slots=True)
class _Named:
    """One name as it stands somewhere."""

    name: str
    found: Found


def people(
    evidence: Evidence, rules: ItemRules, documents: Mapping[str, DocumentState], *, all_there: bool
) -> Iterator[Compared]:
    """Names that differ by one sign from one the form gives, applicants nobody else knows, two names for one role.

    Whether somebody is known is told only where nothing is missing (`all_there`): the paper not handed in may name him.
    """
    everybody = list(_all_named(evidence, documents))
    named = [one for one in everybody if not _is_dropped(one, rules)]
    on_form = [one for one in named if one.found.where == FORM]
    applicants = [one for one in on_form if not _AGENT.search(one.found.key)]
    for one in everybody:
        if one.found.where == FORM or _is_known(one, everybody):
            continue
        other = next((form for form in on_form if _is_a_slip(one, form)), None)
        if other is None and one not in named:
            continue
        if other is None and _ITS_COMPANY.fullmatch(bare_key(one.found.key)) and _COMPANY.fullmatch(one.name):
            other = next((form for form in on_form if _COMPANY.fullmatch(form.name)), None)
        if other is None and all_there and _WHO_APPLIES.match(bare_key(one.found.key)) and _PERSON.fullmatch(one.name):
            other = next((form for form in applicants if _PERSON.fullmatch(form.name)), None)
        if other is not None:
            yield Compared(one.found, other.found, equal=False, impossible=False)
    yield from _same_role(evidence, documents)


def _all_named(evidence: Evidence, documents: Mapping[str, DocumentState]) -> Iterator[_Named]:
    places = (FORM, *(material for material, state in documents.items() if not state.wrong))
    for where in places:
        for found in evidence.all(where):
            key = bare_key(found.key)
            text = plain(found.value)
            if not isinstance(found.value, str) or not _NAMES_SOMEONE.search(key) or _NOT_SOMEONE.search(key):
                continue
            if is_checked(found.key) or "*" in text or evidence.vocabulary.is_unsure(text):
                continue
            for part in filter(None, _AND.split(text)):
                if _PERSON.fullmatch(part) or _COMPANY.fullmatch(part):
                    yield _Named(part, found)


def _is_dropped(one: _Named, rules: ItemRules) -> bool:
    return any((one.found.where, name) in rules.dropped_agreements for name in spellings(one.found.key))


def _is_known(one: _Named, named: list[_Named]) -> bool:
    """Does the same name stand in another place, or in another role of the same document?"""
    return any(
        same_text(other.name, one.name) and (other.found.where, other.found.key) != (one.found.where, one.found.key)
        for other in named
    )


def _is_a_slip(one: _Named, other: _Named) -> bool:
    """Equal but for one sign, and not the name of a relative."""
    if len(one.name) != len(other.name) or not _MUST_BE_SOMEBODY_KNOWN.match(bare_key(one.found.key)):
        return False
    if _MAY_BE_KIN.search(bare_key(other.found.key)) or one.name[0] != other.name[0]:
        return False
    differing = sum(a != b for a, b in zip(one.name, other.name, strict=True))
    return differing == 1 and len(one.name) > _ALL_OF_A_SHORT_NAME


def _same_role(evidence: Evidence, documents: Mapping[str, DocumentState]) -> Iterator[Compared]:
    """父亲姓名 in two documents: one person has one name."""
    seen: dict[str, Found] = {}
    for material, state in documents.items():
        if state.wrong:
            continue
        for found in evidence.all(material):
            key = bare_key(found.key)
            if not _ONE_PERSON.match(key) or is_checked(found.key) or evidence.vocabulary.is_unsure(found.value):
                continue
            first = seen.setdefault(key, found)
            if first.where != found.where and not same(found, first):
                yield Compared(found, first, equal=False, impossible=False)
