"""Which facet a question of a sheet's FAQ asks about, and which further facets a wording tells about."""

import re

from knowledge.statements import Facet

# The first pattern that fits decides, so that 办证要钱吗 is about the fee and not about how to apply.
_ASKED: tuple[tuple[Facet, re.Pattern[str]], ...] = (
    (Facet.AGENT, re.compile("代办|代领|代为|委托|别人办|家人办|本人不|亲自|本人到场")),
    (Facet.MATERIALS, re.compile("材料|带什么|要带|带哪些|准备什么|户口簿吗|照片|手续齐")),
    (Facet.VALIDITY, re.compile("多久有效|有效期|有效多久|几年有效|多久续|每年续|多久重新|过期|要重新办|还有效")),
    (Facet.FEE, re.compile("收费|多少钱|要钱|费用|工本费|花钱|免费")),
    (Facet.TIME_LIMIT, re.compile("多久|几天|几日|多长时间|时限|什么时候|何时|最晚|期限|来得及")),
    (Facet.LEGAL_BASIS, re.compile("依据|哪部法|规定在哪|哪条")),
    (Facet.CHANNELS, re.compile("在哪|哪里|去哪|哪个窗口|线上|网上|随申办|银行办|异地|外地|全国|就近|跨省")),
    (Facet.PROCESS, re.compile("怎么办$|怎么申请|怎么申领|流程|步骤|跑几次|几个部门|怎么操作|需要申报")),
    (Facet.DEPARTMENT, re.compile("哪个部门|哪个局|谁批|谁管")),
    (Facet.BENEFIT, re.compile("补多少|领多少|几天假|几天陪|能领几|待遇|额度|比例|标准")),
    (Facet.RESULT, re.compile("拿到什么|发什么证|电子版|同等效力|有效吗")),
)
_GIVES = re.compile("给付|奖励")

_ALSO: tuple[tuple[Facet, re.Pattern[str]], ...] = (
    (Facet.AGENT, re.compile("代办|代为|代理人|委托|监护人|亲自|本人到|双方到场|留宿人|近亲属")),
    (Facet.VALIDITY, re.compile("有效期|复核一次|有效[一二三四五六七八九十\\d]+年|签注|顺延")),
    (
        Facet.TIME_LIMIT,
        re.compile("\\d+个?(工作)?日内|[一二三四五六七八九十]+个?(工作)?日内|个?月内|小时内|日前|年内|次日|当场"),
    ),
    (Facet.FEE, re.compile("元/|免费|收费|工本费|不收")),
    (Facet.BENEFIT, re.compile("补贴|津贴|贴息|奖励\\d|\\d+元|补助")),
    (Facet.CHANNELS, re.compile("全国通办|全市通办|一网通办|随申办|户籍所在地|户籍地|居住地|任一")),
)


def facet_of_question(question: str, item_type: str) -> Facet:
    """The facet an FAQ entry is about; money asked of a benefit item is what it gives, not what it costs."""
    for facet, pattern in _ASKED:
        if pattern.search(question.rstrip("？?。 ")):
            if facet is Facet.FEE and _GIVES.search(item_type):
                return Facet.BENEFIT
            return facet
    return Facet.CONDITIONS


def further_facets(text: str, facet: Facet) -> tuple[Facet, ...]:
    """The facets beyond its own that a wording tells about."""
    found = (other for other, pattern in _ALSO if other is not facet and pattern.search(text))
    return tuple(other for other in found if {facet, other} != {Facet.FEE, Facet.BENEFIT})
