"""What people are told where a step of a handoff cannot be done."""

from assistant.handoff import errors as handoff
from assistant.handoff.choosing import PhoneInvalid, TimeNotOffered
from assistant.handoff.files import FileRefused, FileTooLarge
from assistant.handoff.ratings import RatingStepRefused
from assistant.web.errors import Public, WebError


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
