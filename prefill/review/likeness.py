"""Are two names of fields likely to mean the same? The last resort, after spelling, vocabulary and containment."""

import re
from functools import lru_cache
from typing import Final

# Words that say how something was found out, not what it is.
_GENERIC: Final = re.compile(
    r"是否|核验|核查|核对|核实|审核|比对|查询|审查|查重|检测|认证|校验|结果|情况|信息|状态|状况|一致性?|匹配|通过|已经?|"
    r"登记|在册|日期|时间|有无|的|与|及|和|或"
)
_BRACKETS: Final = re.compile(r"\([^()]*\)")
# Words that make a field another one where only one of the two names has them.
_TELLING: Final = (
    "号",
    "姓名",
    "名称",
    "签",
    "章",
    "电话",
    "手机",
    "址",
    "配偶",
    "父",
    "母",
    "对方",
    "子女",
    "监护",
    "法定",
    "男",
    "女",
    "出租",
    "承租",
    "转让",
    "受让",
    "原因",
    "人数",
    "次数",
    "月数",
    "天数",
    "套数",
    "年限",
    "金额",
    "面积",
    "贷款",
    "类型",
    "学历",
    "学位",
    "用途",
    "单位",
    "照片",
    "清晰",
)
_WHEN: Final = re.compile(r"日期|时间|日$|期$|期限|有效期")
_BEGIN, _END = re.compile(r"起|始|入境|签发|发证|开具|出具"), re.compile(r"止|终|到期|期至|届满|期满")
_ENOUGH: Final = 0.5
_OF_THE_LONGER: Final = 0.25
_LEAST_PAIRS: Final = 2
_TOO_GENERAL: Final = frozenset({"姓名", "名称", "号码", "编号", "证号", "地址", "日期", "签名", "盖章", "单位"})


@lru_cache(maxsize=8192)
def core_of(name: str) -> str:
    """The name without what only says how it was found out."""
    return _GENERIC.sub("", _BRACKETS.sub("", name)) or name


@lru_cache(maxsize=65536)
def likeness(name: str, key: str, *, surely: bool = False) -> float:
    """From 0, another thing, to 1, the same but for words that say nothing; `surely` asks for more to be the same."""
    if _differ_tellingly(name, key):
        return 0.0
    one, other = core_of(name), core_of(key)
    if one == other:
        return 1.0
    pairs, others = sorted((_pairs(one), _pairs(other)), key=len)
    if len(pairs) < _LEAST_PAIRS:
        return 0.0
    both = len(pairs & others)
    if both < (_LEAST_PAIRS if surely else 1) or both / len(others) < _OF_THE_LONGER:
        return 0.0
    share = both / len(pairs)
    return share * 0.95 if share >= _ENOUGH else 0.0


def is_head_of(key: str, name: str) -> bool:
    """Is the key the end of the name, as 原因 of 解除原因? The document itself says the rest."""
    return len(key) > 1 and key not in _TOO_GENERAL and name.endswith(key)


def _differ_tellingly(name: str, key: str) -> bool:
    if any((word in name) is not (word in key) for word in _TELLING):
        return True
    if bool(_WHEN.search(name)) is not bool(_WHEN.search(key)):
        return True
    for one, other in ((name, key), (key, name)):
        if _BEGIN.search(one) and _END.search(other) and not _BEGIN.search(other):
            return True
    return False


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
