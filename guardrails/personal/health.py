"""Finds what somebody says about their own health: a test result or a diagnosis, not a question about a disease."""

import re
from collections.abc import Iterator

from guardrails.personal.span import Span

_RESULT = re.compile(
    (
        "(?:HIV|艾滋病?|梅毒|乙肝|丙肝|肺结核|结核|新冠|淋病|HPV|毒品|尿检)(?:病毒)?(?:抗体|抗原|"
        "核酸|DNA|表面抗原|毒品)?(?:检测|检查)?(?:结果)?(?:呈|为|是)?(?:弱|强)?阳性"
    ),
    re.IGNORECASE,
)
_DIAGNOSED = re.compile(
    r"(?:我|本人|他|她|孩子|老人|父亲|母亲|爸爸|妈妈|老公|老婆)[\u4e00-\u9fff]{0,6}?(?:确诊|诊断|"
    "患有?|得了|查出)(?:为|是|了)?"
    r"((?:[\u4e00-\u9fff]{0,6}?(?:癌|肿瘤|白血病|尿毒症|精神分裂症|抑郁症|艾滋病|梅毒|癫痫|乙肝|"
    "红斑狼疮))(?:晚期|早期|中期)?)"
)


def find_health(folded: str) -> Iterator[Span]:
    """Yield statements about a person's health."""
    yield from (Span(m.start(), m.end(), "medical") for m in _RESULT.finditer(folded))
    yield from (Span(m.start(1), m.end(1), "medical") for m in _DIAGNOSED.finditer(folded))
