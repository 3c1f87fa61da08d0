"""The one complete notice (一次告知): everything at once, in words a person of 75 reads without help."""

from collections.abc import Iterable

from knowledge.items import ServiceItem
from prefill.review.result import Finding, Outcome


def compose_notice(
    item: ServiceItem,
    outcome: Outcome,
    faults: tuple[Finding, ...],
    open_ones: tuple[Finding, ...],
    exempted: Iterable[str],
    *,
    is_draft: bool = False,
) -> str:
    """The whole notice as plain text, one thing a line, numbered."""
    lines = [_first_line(item, outcome, len(faults))]
    lines += [f"{number}. {one.what}{one.remedy}" for number, one in enumerate(faults, 1)]
    if open_ones:
        lines.append("下面的由工作人员核实，您先不用管：")
        lines += [f"· {one.what}" for one in open_ones]
    free = list(exempted)
    if free:
        lines.append("不用交的材料：" + "".join(free))
    if outcome is Outcome.RETURN:
        lines.append("以上是全部要改的内容，一次改好再交就可以。有不明白的，可以问窗口或拨打12345。")
        rules = "，所用的规则还没有经部门审核" if is_draft else ""
        lines.append(f"这是系统的预先检查{rules}，不是正式决定；您认为不对的，可以转人工或到窗口办理。")
    return "\n".join(lines)


def _first_line(item: ServiceItem, outcome: Outcome, number: int) -> str:
    match outcome:
        case Outcome.PASS:
            return f"您申请的“{item.name}”预审通过，可以提交了。最后的结果以主管部门的决定为准。"
        case Outcome.RETURN:
            return f"您申请的“{item.name}”还有{number}处要改，改好后再提交："
        case Outcome.HUMAN:
            return f"您申请的“{item.name}”没有发现要改的地方，但有内容要由工作人员核实。"
