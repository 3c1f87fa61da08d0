"""What people are told where a step of a handoff cannot be done."""

from assistant.handoff import errors as handoff
from assistant.handoff.arrivals import ArrivalsUnreadable
from assistant.handoff.choosing import PhoneInvalid, TimeNotOffered
from assistant.handoff.files import FileRefused, FileTooLarge
from assistant.handoff.ratings import RatingStepRefused
from assistant.handoff.teams import HoursUnreadable, TeamInUse
from assistant.web.errors import WebError
from assistant.web.public_errors import Public


class PersonIsHere(WebError):
    """A person has the conversation: Xiao Shen does not answer."""


_NOT_NOW = Public(
    409,
    "not_now",
    "这一步现在做不了，情况刚刚变了。请看页面上的最新状态。",
    "This cannot be done now; something has just changed. Look at the latest state on the page.",
)
HANDOFF: dict[type[Exception], Public] = {
    PersonIsHere: Public(
        409,
        "person_is_here",
        "现在由工作人员为您服务，小申不作答。您的话请直接发给工作人员。",
        "A person is helping you now; Xiao Shen does not answer. Send your message to the person.",
    ),
    handoff.UnknownTicket: Public(
        404,
        "unknown_ticket",
        "没有找到这次人工服务。需要的话，请点「转人工」。",
        "There is no such request for a person. Press the button for a person if you need one.",
    ),
    handoff.TicketTaken: Public(
        409,
        "ticket_taken",
        "这位市民刚刚被别的同事接了，请接下一位。",
        "Somebody else has just taken this one. Take the next.",
    ),
    handoff.DeskFull: Public(
        409,
        "desk_full",
        "您手上的对话已经满了，结束一个再接。",
        "Your desk is full. End a conversation before taking another.",
    ),
    handoff.OffDuty: Public(
        409,
        "off_duty",
        "您现在不在岗。请先点「上岗」。",
        "You are not on duty. Go on duty first.",
    ),
    handoff.NotYours: Public(
        409,
        "not_your_ticket",
        "这个对话现在不在您手上，可能已转给同事。请刷新列表。",
        "This conversation is not with you now; it may have been handed on. Reload the list.",
    ),
    handoff.NotNow: _NOT_NOW,
    RatingStepRefused: Public(
        409,
        "rating_step_refused",
        "这条评价现在不能做这一步：可能已处理过，或需要另一位同事复核，或没有写原因。",
        "This step does not follow for this rating: it may be handled, need another person, or lack a reason.",
    ),
    HoursUnreadable: Public(
        422,
        "hours_unreadable",
        "时间没有读懂。请写成 09:00-11:30,13:00-17:30；每天都开写 daily 09:00-17:00；全天写 always。",
        "These hours are not understood. Write 09:00-11:30,13:00-17:30, daily 09:00-17:00 or always.",
    ),
    TeamInUse: Public(
        409,
        "team_in_use",
        "这个团队里还有人，请先把他们调到别的团队。",
        "People belong to this team. Move them to another one first.",
    ),
    ArrivalsUnreadable: Public(
        422,
        "arrivals_unreadable",
        "次数没有读懂。请每行写一个半小时，如 09:30 24；或者写从零点起的48个数。",
        "These arrivals are not understood. Write one half-hour a line, like 09:30 24, or 48 numbers.",
    ),
    PhoneInvalid: Public(
        422,
        "phone_invalid",
        "电话号码不对，请写手机号，或带区号的座机号。",
        "This is no telephone number. Write a mobile number, or one with its area code.",
    ),
    TimeNotOffered: Public(
        422,
        "time_not_offered",
        "这个时间已经不能选了，请在新的时间里选一个。",
        "This time cannot be chosen any more. Choose one of the offered times.",
    ),
    FileRefused: Public(
        415,
        "file_refused",
        "这里只能发图片或PDF。请转成图片或PDF再发。",
        "Only pictures and PDF files can be sent here.",
    ),
    FileTooLarge: Public(
        413,
        "file_too_large",
        "文件超过10 MB，或已发满20个。请压缩后再发。",
        "The file is larger than 10 MB, or there are twenty already. Send a smaller one.",
    ),
}
