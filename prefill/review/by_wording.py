"""A point for which no rule found anything: decided by what is plainly written about it under other names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from knowledge.items import Condition, ReviewPoint, ServiceItem
from prefill.review.documents import DocumentState, is_signature
from prefill.review.evidence import Evidence
from prefill.review.points import Judged
from prefill.review.result import PointResult, Seen
from prefill.review.rules import Standing
from prefill.review.values import number_in, plain
from prefill.review.vocabulary import Vocabulary, bare_key, is_checked

BAD_THING = re.compile(
    r"失信|犯罪|违法|违章|违建|欠|查封|抵押|冻结|黑名单|重复|处罚|限制|异常|否决|逾期|不良|纠纷|诉讼|冒用|异议|已(签发|发放|领|建|享|报销|登记)|在制|敏感"
)
"""What a field asks after that had better not be there."""
DENIED = re.compile(r"^(本人|申请人|是否)?(无|未|没有|不存在|非|已结清|已处理|已解除)")


def is_bad_thing(name: str) -> bool:
    """Does a field of this name ask after what had better not be there? 无犯罪记录 asks after its absence."""
    return bool(BAD_THING.search(name)) and (name.startswith("有无") or not DENIED.match(name))


EITHER_WAY = re.compile(
    r"^(是否)?(绿色|补充|难产|多胎|绝育|绝|邮寄|代办|加急|公开|共有$|联合|专间|外籍|境外|港澳台|现役|首次|独生|多子女|贷款|二手|新能源|网签|委托(书)?$|授权|复印件?$|公证$|原件$|电子|扫描)"
)
"""What may be so or not: neither is a fault."""
_GOOD = re.compile(
    r"(均|都|已|全部|完全|经核|核验|审查)*(一致|有效|通过|符合|合格|属实|正常|真实|存续|达标|齐全|齐备|完整|具备|匹配|成立|良好|相符|同意|满足|合规|无误|认定|取得|缴清|结清|完成)(要求|规定|条件|标准)?"
)
_BAD = re.compile(
    r"(均|都|已|经核|核验|审查)*(不|未|没有?|非|无)(一致|有效|通过|符合|合格|属实|正常|真实|存续|达标|齐全?|完整|具备|匹配|成立|相符|同意|满足|合规|认定|取得|缴清|结清|完成|批准|认证|确认|缴)(要求|规定|条件|标准)?"
    r"|(已)?(失效|作废|吊销|注销|过期|超标|虚假|停保|停缴)|无效"
)
_NONE = re.compile(r"(无|没有|未发现|未查到|不存在|未见|未)(此类|相关|任何)?(记录|情况|情形|重复|异常|命中|列入)?")
_THERE = re.compile(r"(有|存在|命中|列入|已列入|在列|异常|是)(记录|异常)?")
_CLAUSES = re.compile(r"[,;。]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_EVERYWHERE = frozenset(
    {
        "申请",
        "材料",
        "证明",
        "登记",
        "有效",
        "本人",
        "企业",
        "单位",
        "情况",
        "结果",
        "状态",
        "记录",
        "一致",
        "符合",
        "规定",
        "核验",
        "信息",
        "日期",
        "人员",
    }
)
_WORDS_ENOUGH = 1


def verdict(vocabulary: Vocabulary, key: str, value: object) -> bool | None:
    """Is it plainly good, plainly bad, or neither, by how field and value are worded?"""
    name = bare_key(key)
    is_bad = is_bad_thing(name)
    if isinstance(value, bool):
        return value is not is_bad
    number = number_in(value) if isinstance(value, int | float | str) else None
    if number is not None and is_bad:
        return number == 0
    if not isinstance(value, str) or vocabulary.is_unsure(value):
        return None
    text = plain(value)
    if is_bad and (_NONE.fullmatch(text) or _THERE.fullmatch(text)):
        return _NONE.fullmatch(text) is not None
    clauses = [part for part in _CLAUSES.split(text) if part]
    if any(_BAD.fullmatch(part) for part in clauses):
        return False
    return True if all(_GOOD.fullmatch(part) for part in clauses) else None


def decided_by_wording(
    one: Judged,
    item: ServiceItem,
    evidence: Evidence,
    documents: Mapping[str, DocumentState],
    read: frozenset[tuple[str, str]],
) -> Judged:
    """The point with the verdict of what nobody else has read and shares a word with it; as it was where open."""
    rule = one.rule
    if rule is None or one.review.result is not PointResult.UNKNOWN or one.review.trace or one.row is not None:
        return one
    text = _text_of(one, item)
    about = list(_about(text, evidence, documents, read))
    said = {good for _, good in about}
    if not about or None in said:
        return one
    trace = tuple(seen for seen, _ in about)
    if False in said:
        against = next(seen for seen, good in about if not good)
        reason = f"{bare_key(against.name)}是“{against.value}”，不符合：{text}"
        return replace(one, review=replace(one.review, result=PointResult.FAIL, reason=reason, trace=trace))
    if rule.standing is Standing.INFO:
        return one
    return replace(one, review=replace(one.review, result=PointResult.PASS, reason=f"符合：{text}", trace=trace))


def _about(
    text: str, evidence: Evidence, documents: Mapping[str, DocumentState], read: frozenset[tuple[str, str]]
) -> Iterator[tuple[Seen, bool | None]]:
    words = _words(text)
    for submitted in evidence.application.materials:
        if documents[submitted.material].wrong:
            continue
        for key, value in submitted.fields.items():
            name = bare_key(key)
            if (
                (submitted.material, key) in read
                or is_signature(name)
                or not (is_checked(key) or isinstance(value, bool))
            ):
                continue
            if len(_words(name) & words) >= _WORDS_ENOUGH:
                yield (
                    Seen(name=key, value=plain(value), where=submitted.material),
                    verdict(evidence.vocabulary, key, value),
                )


def _text_of(one: Judged, item: ServiceItem) -> str:
    points: tuple[Condition | ReviewPoint, ...] = (*item.conditions, *item.review_points)
    return next((point.text for point in points if point.id == one.review.id), "")


def _words(text: str) -> set[str]:
    """Pairs of neighbouring characters, without those that stand everywhere."""
    return {run[at : at + 2] for run in _CHINESE.findall(text) for at in range(len(run) - 1)} - _EVERYWHERE
