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
_OWN = re.compile(
    "(?:我|本人|我们?家?(?:孩子|老人|父亲|母亲|爸爸?|妈妈?|老公|老婆|儿子|女儿|爷爷|奶奶))(?:自己)?(?:是|一直|现在|从小|就)*(?:带|有|患)"
    "(?:了|着)?((?:[轻中重]度|急性|慢性|早期|晚期)?(?:[乙丙]肝(?:[大小]三阳)?|抑郁症?|认知障碍|双相情感障碍|艾滋病?|梅毒|抑郁症|精神分裂症?|双相|癫痫|自闭症|糖尿病|尿毒症|白血病|肺结核|红斑狼疮|[\u4e00-\u9fff]{1,4}癌)"
    "(?:晚期|早期|中期)?)"
)
_DIAGNOSED = re.compile(
    r"(?:我|本人|他|她|孩子|老人|父亲|母亲|爸爸|妈妈|老公|老婆)[\u4e00-\u9fff]{0,6}?(?:确诊|诊断|"
    "患有?|得了|查出来?)(?:为|是|了|有)?"
    r"((?:[1-4]型)?(?:(?:(?![和与及])[\u4e00-\u9fff]){0,6}?(?:高血压|癌|肿瘤|白血病|尿毒症|精神分裂症|抑郁症?|艾滋病|梅毒|癫痫|[乙丙]肝(?:[大小]三阳)?|障碍|糖尿病|"
    "自闭症|孤独症|帕金森病?|红斑狼疮))(?:晚期|早期|中期|[一二三四1-4][期级])?)"
)

_ILLNESS = (
    "(?:[1-4ⅠⅡⅢ一二三]型)?[\u4e00-\u9fff]{0,6}?(?:癌|瘤|[乙丙]肝[大小]三阳|产后抑郁|抑郁|焦虑|障碍|心衰|肾衰|肾病|心脏病|偏执|躁狂|残疾[一二三四]级|痛风|脑出血|"
    "脑积水|唐氏|肺气肿|肝炎|红斑狼疮|白化|硬化|畸形|白血病|尿毒症|肾衰竭|精神分裂症|抑郁症|自闭症|孤独症|癫痫|[乙丙]肝|肝硬化|红斑狼疮|"
    "高血压|糖尿病|冠心病|心梗|脑梗|脑瘫|中风|偏瘫|截瘫|瘫痪|后遗症|尘肺|矽肺|结核|痴呆|阿尔茨海默|帕金森|渐冻症|哮喘|"
    "骨折|失明|失聪|综合征|[\u4e00-\u9fff]{2}(?:病|症|炎))(?:病|症|晚期|早期|中期|[一二三四1-4]期|[一二三四1-4]级|后遗症)?"
)
_ILLNESSES = re.compile(f"(?P<first>{_ILLNESS})(?:[和与及、](?:并发)?(?P<second>{_ILLNESS}))?")
_AFTER_NAME = re.compile(
    "(?:先生|女士|阿姨|叔叔|师傅|老师|同志|老人|同学)?"
    "[ ,，:(]{0,2}(?:现|现在|已|已经|经|因|被|因为|是|去年|今年|前年|医院|最近|刚|不幸|长期)*"
    "(?:患有?|得了?|确诊(?:为|了|是|患有)?|诊断(?:为|出|是|书)?|检?查出来?(?:了|有|是)?|罹患|身患|有|因|"
    "[,，:(]|病情[:：]?)[ ]?"
)


def health_after(folded: str, name_end: int) -> Iterator[Span]:
    """Yield the illnesses that a text tells of the person whose name ends here."""
    told = _AFTER_NAME.match(folded, name_end)
    found = _ILLNESSES.match(folded, told.end()) if told else None
    if found:
        yield from (Span(found.start(g), found.end(g), "medical") for g in ("first", "second") if found[g])


def find_health(folded: str) -> Iterator[Span]:
    """Yield statements about a person's health."""
    yield from (Span(m.start(), m.end(), "medical") for m in _RESULT.finditer(folded))
    yield from (Span(m.start(1), m.end(1), "medical") for m in _DIAGNOSED.finditer(folded))
    yield from (Span(m.start(1), m.end(1), "medical") for m in _OWN.finditer(folded))
