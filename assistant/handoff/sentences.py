"""What a citizen is told about their ticket, in one plain sentence each: our own fixed words with numbers put in."""

from datetime import datetime

from assistant.handoff.estimating import Line
from assistant.handoff.happenings import Choice, FormStep, Happening, Kind, Side
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.ticket import State, Ticket

CHOICES = {
    Choice.KEEP_WAITING: "继续等，位置不变",
    Choice.CALL_BACK: "约个时间，给我回电话",
    Choice.LEAVE_CONTACT: "留下电话，有空就打给我",
    Choice.WINDOW: "约个时间，我去窗口",
}
GO_ON = "不约电话，接着在这里说"
GOOD = ("解决了我的问题", "回复快", "说得清楚", "态度好", "不用跑第二趟")
BAD = ("问题没解决", "等得太久", "说得不清楚", "态度不好", "来回转接", "前后说法不一样")
_HAPPENED = {
    Kind.WIDENED: "正在请更多工作人员接听。",
    Kind.ESCALATED: "已请领导帮办一起接听。",
    Kind.CHOICE_OFFERED: "还没有人接听，您可以继续等，也可以换一种方式。",
    Kind.ACCEPTED: "{named}已接手，能看到您前面说的内容。下面是真人在回复您，小申不再作答。",
    Kind.CLERK_LOST: "刚才的工作人员断线了，正在为您找下一位；您排在前面，前面说的都在。",
    Kind.TRANSFERRED: "正在为您转给更熟悉这件事的工作人员，前面说的都会一起转过去。",
    Kind.JOINED: "{named}加入了对话。",
    Kind.LEFT: "{named}离开了对话。",
    Kind.RESOLVED: "这次服务结束了。没解决的话可以重新接上；也请给这次服务打个分。",
    Kind.REOPENED: "已重新排队，前面说的都在。",
    Kind.FLAGGED: "如果您或身边的人有危险，请马上打110或120；心里难受可以打12356，有人听您说。",
}
_BY_CLERK = {
    Kind.CHOICE_OFFERED: "{named}需要时间处理，您可以约个时间接电话，不用守在这里；也可以接着说。",
    Kind.REOPENED: "{named}重新接上了对话，前面说的都在。",
}
_FORM = {
    FormStep.ASKED: "{named}想和您一起填表。您同意后，工作人员能看到您的表、提出建议，但改不了；您随时可以停。",
    FormStep.AGREED: "已同意一起填表：工作人员能看到表，填什么由您定。",
    FormStep.REFUSED: "没有同意一起填表，工作人员看不到您的表。",
    FormStep.ENDED: "一起填表已停止，工作人员看不到您的表了。",
    FormStep.PROPOSED: "工作人员对“{field}”有一个建议，请您看过再定。",
    FormStep.TAKEN: "已采纳“{field}”的建议。",
    FormStep.DECLINED: "没有采纳“{field}”的建议。",
}
_MINUTE = 60
_SOON = 45


def how_it_stands(ticket: Ticket, line: Line, clerk: str | None) -> str:
    """The sentence at the top of the page."""
    match ticket.state:
        case State.CLOSED_NOW:
            return f"现在不是工作时间，没有工作人员在线；{_moment(ticket.call_at)}开始有人。您可以先选下面一种。"
        case State.WAITING | State.OFFERED:
            return _waiting(ticket, line)
        case State.ACCEPTED:
            return f"{clerk or '工作人员'}已接手，正在看您前面说的内容，您不用重复。小申不再作答。"
        case State.TALKING:
            return f"{clerk or '工作人员'}正在为您服务，小申不再作答。"
        case State.OWED_CALL:
            return f"已记下，工作人员会在{_moment(ticket.call_at)}前后给您打电话。改主意的话可以继续等。"
        case State.ENDED:
            return _ended(ticket)


def what_happened(one: Happening, clerk: str | None) -> str | None:
    """A line of the log as a sentence for the citizen; None for what is no news to them, and for what people said."""
    sentence = _HAPPENED.get(one.kind)
    if one.kind is Kind.FORM and one.word:
        sentence = _FORM.get(FormStep(one.word))
    elif one.side is Side.CLERK and one.by is not None:
        sentence = _BY_CLERK.get(one.kind, sentence)
    return sentence.format(named=clerk or "工作人员", field=one.text or "") if sentence is not None else None


def _waiting(ticket: Ticket, line: Line) -> str:
    place = line.place(ticket.id)
    if ticket.is_call:
        return "到约定时间了，正在安排工作人员给您打电话。"
    if not line.anybody and not line.seats:
        return "现在没有工作人员在线。您可以继续等，也可以换一种方式；急事请打12345。"
    if ticket.state is State.OFFERED or place is None:
        return "正在接通工作人员，一般几秒钟。"
    seconds = line.estimate(place)
    told = "现在说不准要等多久" if seconds is None else f"大约还要{_length(seconds)}"
    return f"您前面有{place - 1}位，{told}。等的时候可以接着问小申。"


def _ended(ticket: Ticket) -> str:
    if ticket.choice is Choice.WINDOW:
        return _window(ticket)
    match ticket.ending:
        case "withdrawn":
            return "已取消转人工，小申接着为您服务。"
        case "not_reached":
            return "我们打了几次电话没有接通。还需要的话，请再点「转人工」。"
        case "abandoned":
            return "等待时页面关了很久，已经结束排队。还需要的话，请再点「转人工」。"
        case _:
            return "这次人工服务结束了，小申接着为您服务。"


def _window(ticket: Ticket) -> str:
    """About an appointment at a window."""
    when = _moment(ticket.call_at)
    match ticket.ending:
        case "window":
            where = "就近的社区事务受理服务中心都可以"
            return (
                f"已记下您{when}去窗口，{where}。到了请说约的时间和怎么称呼您，前面的内容工作人员看得到，不用再说一遍。"
            )
        case "not_come":
            return f"您约了{when}去窗口，没有等到您。还需要的话，请再点「转人工」。"
        case "withdrawn":
            return "已取消去窗口的预约，小申接着为您服务。"
        case _:
            return "窗口已经接待过您，小申接着为您服务。"


def _length(seconds: int) -> str:
    if seconds < _SOON:
        return "不到1分钟"
    return f"{max(1, round(seconds / _MINUTE))}分钟"


def _moment(at: datetime | None) -> str:
    if at is None:
        return "稍后"
    here = at.astimezone(OFFICE_TIME)
    return f"{here.month}月{here.day}日{here:%H:%M}"
