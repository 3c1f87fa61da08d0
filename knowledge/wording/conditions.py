"""A policy's conditions and period in words, for sheets that bring no reviewed wording of their own."""

import re

from knowledge.policies import Period, Policy, PolicyCondition, Scalar
from knowledge.wording.chinese import day, listed, moment, prose

_UNITS = {"月": "个月", "人/月": "人", "孩": "个孩子"}
_COMPARED = {"<=": "不超过", ">=": "不少于", "<": "少于", ">": "多于", "!=": "不是"}
_RANGE = 2


def condition_in_words(condition: PolicyCondition) -> str:
    """中断月数不超过3个月. The reviewed wording where there is one."""
    if condition.plain:
        return condition.plain
    name, value = prose(condition.text), condition.value
    if isinstance(value, bool):
        return name if value else f"{name}：否"
    if isinstance(value, tuple):
        if condition.op == "between" and len(value) == _RANGE:
            return f"{name}在{_amount(value[0], condition.unit)}至{_amount(value[1], condition.unit)}之间"
        return f"{name}为以下之一：{listed(tuple(_amount(part, condition.unit) for part in value))}"
    if value is None:
        return name
    compared = _COMPARED.get(condition.op, "为")
    return f"{name}{compared}{_amount(value, condition.unit)}"


def _amount(value: Scalar, unit: str | None) -> str:
    written = f"{value:g}" if isinstance(value, float) else str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        return moment(written)
    return prose(written) + _UNITS.get(unit or "", unit or "")


def logic_in_words(policy: Policy) -> str | None:
    """How the conditions belong together, where not all of them are needed; None where they are."""
    worded = {c.id: condition_in_words(c) for c in policy.conditions}
    match re.sub(r"\s+", "", policy.logic):
        case "all":
            return None
        case "any":
            return f"满足下列任意一项即可：{'；'.join(worded.values())}。"
        case logic:
            return _expression(logic, worded)


def _expression(logic: str, worded: dict[str, str]) -> str | None:
    """any_of(k1,k2)andk3 and optional(k2,k3); any other expression is not worded."""
    chosen = re.search(r"any_of\(([^)]*)\)", logic)
    extra = re.search(r"optional\(([^)]*)\)", logic)
    either = _named(chosen, worded)
    optional = _named(extra, worded)
    needed = [text for name, text in worded.items() if text not in either and text not in optional]
    if not either and not optional:
        return None
    parts = [f"须满足：{'；'.join(needed)}"] if needed else []
    if either:
        parts.append(
            f"并且满足下列任意一项：{'；'.join(either)}" if needed else f"满足下列任意一项：{'；'.join(either)}"
        )
    if optional:
        parts.append(f"不是必须的情形：{'；'.join(optional)}")
    return "。".join(parts) + "。"


def _named(match: re.Match[str] | None, worded: dict[str, str]) -> list[str]:
    names = match.group(1).split(",") if match else []
    return [worded[name] for name in names if name in worded]


def period_in_words(period: Period) -> str:
    """From when to when, as far as it is known."""
    begins = f"自{moment(period.begins_text)}起" if period.begins_text else ""
    note = f"（{prose(period.note)}）" if period.note else ""
    if period.ends:
        first = f"自{day(period.begins)}" if period.begins else begins
        return f"有效期{first}至{day(period.ends)}{note}。"
    if period.verified:
        return f"{begins or '现行'}有效，没有公布截止日期{note}。"
    return f"{begins}{'，' if begins else ''}有效期到什么时候没有核实{note}。"


def benefit_in_words(policy: Policy) -> str | None:
    """What a benefit without reviewed wording can say: its note, and its cap with the unit."""
    parts = [prose(policy.benefit.note)] if policy.benefit.note else []
    if policy.benefit.cap is not None:
        parts.append(f"最高{policy.benefit.cap:g}{policy.benefit.unit or ''}")
    return f"{prose(policy.benefit.type)}：{'；'.join(parts)}。" if parts else None
