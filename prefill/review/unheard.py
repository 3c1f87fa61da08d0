"""What is written about a point that nothing has decided, under a name that no rule knows: a person reads it."""

import re
from collections.abc import Iterable, Iterator

from knowledge.items import Condition, ReviewPoint, ServiceItem
from prefill.review.documents import DocumentState, short_name
from prefill.review.evidence import Evidence
from prefill.review.leftovers import NOT_BAD, asked_for
from prefill.review.points import Judged
from prefill.review.result import Code, Finding, PointResult, Seen
from prefill.review.values import date_in, plain, same_text, shared_pairs
from prefill.review.vocabulary import bare_key, is_checked, speaks_against

_WAIT = "您不用做什么，工作人员会核实；需要补充时会一次告诉您。"
_PLAIN_FACT = re.compile(
    r"(姓名|名称|地址|住址|住所|坐落|号码|编号|号|日期|时间|人|方|类型|种类|份|单位|机构|医院|等级|银行|行)$"
)
_PLAINLY_GOOD = re.compile(r"^(√|符合|合格|通过|正常|齐全|一致|属实|无误|已(登记|完成|核验|办理|通过|核实)$)")
_RECKONED, _SUM = re.compile(r"[×÷*%％]"), re.compile(r"(金额|补贴|补助|津贴|贴息|额|款)$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_AS_THE_SHEET_SAYS = 0.8
_EVERYWHERE = frozenset(
    {"申请", "材料", "证明", "登记", "有效", "本人", "企业", "单位", "情况", "结果", "状态", "记录"}
)  # pairs that tell no point from another


def unheard(
    evidence: Evidence,
    item: ServiceItem,
    judged: Iterable[Judged],
    documents: dict[str, DocumentState],
    read: Iterable[Seen],
) -> Iterator[Finding]:
    """A finding for each unread value that speaks, by a word of its name, of a point left without any evidence.

    The point may rest with the office; but what was handed in about it may also say that it is not met.
    """
    open_points = [_text_of(one, item) for one in judged if _is_without_evidence(one)]
    open_words = {word for text in open_points for word in _words(text)}
    is_reckoned = any(_RECKONED.search(text) for text in open_points)
    asked = asked_for(open_points)
    known = {(seen.where, seen.name) for seen in read}
    names = {material.id: short_name(material) for material in item.materials}
    for submitted in evidence.application.materials:
        if documents[submitted.material].wrong:
            continue
        for key, value in submitted.fields.items():
            name = bare_key(key)
            if (submitted.material, key) in known or _PLAIN_FACT.search(name) or isinstance(value, bool):
                continue
            if any(same_text(plain(value), plain(written)) for written in evidence.application.form.values()):
                continue
            if (
                plain(value) in evidence.vocabulary.harmless
                or _PLAINLY_GOOD.match(plain(value))
                or NOT_BAD.fullmatch(plain(value))
                or date_in(value) is not None
            ):
                continue
            if not speaks_against(plain(value)) and shared_pairs(plain(value), asked) >= _AS_THE_SHEET_SAYS:
                continue
            words = _words(name) | (_words(plain(value)) if is_checked(key) else set())
            if words & open_words or (is_reckoned and _SUM.search(name)):
                where = names.get(submitted.material, submitted.name)
                what = f"“{where}”里的{name}写着“{plain(value)}”，需要工作人员看一下。"
                seen = Seen(name=key, value=plain(value), where=submitted.material)
                yield Finding(code=Code.NEEDS_HUMAN, where=submitted.material, what=what, remedy=_WAIT, trace=(seen,))


def _is_without_evidence(one: Judged) -> bool:
    return one.review.result is PointResult.UNKNOWN and not one.review.trace


def _text_of(one: Judged, item: ServiceItem) -> str:
    points: tuple[Condition | ReviewPoint, ...] = (*item.conditions, *item.review_points)
    return next((point.text for point in points if point.id == one.review.id), "")


def _words(text: str) -> set[str]:
    """Pairs of neighbouring characters, without those that stand everywhere."""
    return {run[at : at + 2] for run in _CHINESE.findall(text) for at in range(len(run) - 1)} - _EVERYWHERE
