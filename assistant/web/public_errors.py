"""The one table from exception to status and public sentence."""

from dataclasses import dataclass

from assistant import errors
from assistant.cases.errors import FileNotOpened
from assistant.identity.objects import NotYours
from assistant.operation.switches import SwitchedOff, SwitchRefused
from assistant.phrases.sentences import load_sentences
from assistant.web.errors import (
    BodyTooLarge,
    BrokenJson,
    BrokenText,
    CitizenUnknown,
    ClientIdReused,
    ConversationBusy,
    ForgedRequest,
    MessageTooLong,
    MethodNotAllowed,
    NotAllowed,
    NotFound,
    NotSignedIn,
    PagesNotBuilt,
    ReportRefused,
    SheetRefused,
    SignInBraked,
    SignInNotOffered,
    SignInRefused,
    TooManyRequests,
    UnknownConversation,
    UnknownItem,
    UnknownSource,
    UploadEmpty,
    UploadNotTaken,
    UploadTooBig,
    VersionNotNewest,
    WrongHost,
    WrongShape,
)
from guardrails.approved import Approved
from guardrails.outbound import notice
from ingest.errors import JobRefused, UnknownJob
from knowledge.errors import (
    FourEyesRequired,
    StorageFull,
    TransitionRefused,
    UnknownVersion,
    UnknownWork,
    VersionChanged,
)


@dataclass(frozen=True, slots=True)
class Public:
    """What a person is told. Never built from the exception's text, which may hold a citizen's words."""

    status: int
    code: str
    zh: str
    en: str

    def sentence(self, language: str) -> Approved:
        """The sentence in the person's language."""
        return notice(self.en if language == "en" else self.zh)


UNEXPECTED = Public(
    500,
    "unexpected",
    "小申这边出了点问题，您的问题没有丢。请稍后再试一次；急事请拨打12345。",
    "Something went wrong on our side; your question is not lost. Try again shortly, or call 12345 if it is urgent.",
)
CONVERSATION_GONE = Public(
    404,
    "unknown_conversation",
    "这段对话在服务器上找不到了，请开始一段新的对话。",
    "This conversation is no longer on the server. Please start a new one.",
)
CHANGED_MEANWHILE = Public(
    409,
    "changed_meanwhile",
    "在您编辑的时候，别人已经改过这一份。您写的内容还在页面上：请先复制，再刷新页面，在新的内容上修改。",
    "Somebody else changed this while you were editing. Copy what you wrote, reload the page, and change it there.",
)


def upload_too_big(limit: int) -> Public:
    """Told with the limit of the place where the file was handed in (bytes)."""
    most = limit // 1024**2
    return Public(
        413,
        "upload_too_big",
        f"文件超过{most} MB，没有上传。请拆分或压缩图片后再传。",
        f"The file is larger than {most} MB and was not taken. Split it, or compress its pictures.",
    )


TABLE: dict[type[Exception], Public] = {
    UnknownConversation: CONVERSATION_GONE,
    errors.UnknownConversation: CONVERSATION_GONE,  # deleted while it was being answered
    ConversationBusy: Public(
        409,
        "conversation_busy",
        "上一个问题还在回答，请等它答完或先点「停止」，再发下一个。",
        "The previous question is still being answered. Wait for it or press Stop, then send the next one.",
    ),
    ClientIdReused: Public(
        409,
        "client_id_reused",
        "这个消息编号已经用过。请换一个新的 client_id 再发送。",
        "This client_id was used for another text. Send again with a new client_id.",
    ),
    MessageTooLong: Public(
        422,
        "message_too_long",
        "这段话太长了。请缩短一些，先写最想办的一件事，再发送。",
        "This message is too long. Please shorten it to the one thing you need most, then send it again.",
    ),
    BodyTooLarge: Public(
        413,
        "body_too_large",
        "发来的内容太大了。请只发文字，缩短后再发送。",
        "The request is too large. Please send text only, shorter.",
    ),
    UnknownItem: Public(
        404,
        "unknown_item",
        "没有找到这个事项，可能已经取消或改名。请用自己的话问一问小申。",
        "There is no such service item; it may have been renamed. Please ask in your own words.",
    ),
    UnknownSource: Public(
        404,
        "unknown_source",
        "这份来源现在打不开，可能已经撤回。请以窗口或随申办页面为准。",
        "This source cannot be opened; it may have been withdrawn. Please ask at a window or in the Suishenban app.",
    ),
    NotSignedIn: Public(
        401,
        "not_signed_in",
        "请先登录。如果刚才已登录，可能是时间到了，请重新登录；没有保存的内容还在页面上。",
        "Please sign in. If you were signed in, the session has ended; what you typed is still on the page.",
    ),
    SignInRefused: Public(
        401,
        "sign_in_refused",
        "账号或密码不对，请检查后再试。",
        "The account or the password is wrong. Please check both and try again.",
    ),
    SignInBraked: Public(
        429,
        "too_many_attempts",
        "密码错了太多次。请等十五分钟再试，或请运维人员重设密码。",
        "Too many wrong passwords. Wait fifteen minutes, or ask an operator to set a new one.",
    ),
    NotAllowed: Public(
        403,
        "not_allowed",
        "您的岗位没有做这件事的权限。需要的话，请联系管理人员。",
        "Your role does not allow this. Ask whoever manages the accounts.",
    ),
    ForgedRequest: Public(
        403,
        "forged_request",
        "这次操作没有通过安全检查。请刷新页面后再试。",
        "This change did not pass the security check. Reload the page and try again.",
    ),
    VersionNotNewest: CHANGED_MEANWHILE,
    VersionChanged: CHANGED_MEANWHILE,
    UnknownVersion: Public(
        404,
        "unknown_version",
        "找不到这个版本，可能已经删除。请回到列表重新打开。",
        "There is no such version. Open the document again from the list.",
    ),
    TransitionRefused: Public(
        409,
        "transition_refused",
        "这个版本现在的状态不能做这一步。请刷新页面，看看它是不是已经被别人处理了。",
        "This step does not follow from the version's state. Reload the page: somebody may have handled it.",
    ),
    FourEyesRequired: Public(
        409,
        "four_eyes",
        "这一版是您自己上传或修改的，要由另一位同事审核后才能发布。",
        "You wrote this version: another person has to review it before it is published.",
    ),
    UnknownWork: Public(
        404,
        "unknown_work",
        "这一条已经不在清单里了，可能已经解决。请刷新清单。",
        "This is not in the list any more; it may have been mended. Reload the list.",
    ),
    UnknownJob: Public(
        404,
        "unknown_job",
        "找不到这次上传，可能已经清理。请重新上传。",
        "There is no such upload any more. Please upload the file again.",
    ),
    JobRefused: Public(
        409,
        "job_refused",
        "这份文件现在不能这样处理：它还在读取，或者已经入库。请刷新后再看。",
        "This cannot be done with the file now: it is being read, or it is in already.",
    ),
    UploadNotTaken: Public(
        415,
        "upload_not_taken",
        "这个文件不是文档或图片，没有接收。请上传 PDF、Word、Excel、图片等常用格式。",
        "This file is no document and no picture, and was not taken. Send PDF, Word, Excel or a picture.",
    ),
    UploadEmpty: Public(
        422,
        "upload_empty",
        "文件是空的，没有上传。请检查文件是否完整。",
        "The file is empty and was not taken. Please check it.",
    ),
    SheetRefused: Public(
        422,
        "sheet_refused",
        "事项表里有必须改正的地方，没有保存。请按页面上的提示逐条修改。",
        "The sheet has problems that have to be mended first; it was not saved.",
    ),
    CitizenUnknown: Public(
        401,
        "no_session",
        "请先打开小申的首页，再办理这件事。如果刚才已登录，可能是时间到了，请重新登录。",
        "Please open the home page first. If you were signed in, the session has ended: sign in again.",
    ),
    NotYours: Public(
        404,
        "not_found",
        "没有找到这一项，可能已经删除，或者不是您办理的。",
        "There is nothing here; it may have been deleted, or it is not yours.",
    ),
    SignInNotOffered: Public(
        404,
        "sign_in_not_offered",
        "这里暂不提供统一身份登录，不登录也可以咨询和办理。",
        "Signing in is not offered here; you can ask and apply without it.",
    ),
    TooManyRequests: Public(
        429,
        "too_many_requests",
        "发送得太快了，请稍等一会儿再试。急事请拨打12345。",
        "Too many requests. Please wait a little, then try again. Call 12345 if it is urgent.",
    ),
    ReportRefused: Public(
        404,
        "unknown_answer",
        "找不到这条回答，可能已经删除。有问题请拨打12345。",
        "There is no such answer; it may have been deleted. Call 12345 if something is wrong.",
    ),
    SwitchedOff: Public(
        503,
        "switched_off",
        "这项功能现在暂停使用。请稍后再试，或拨打12345、到就近的社区事务受理服务中心窗口办理。",
        "This is paused just now. Please try later, call 12345, or go to the nearest community service center.",
    ),
    SwitchRefused: Public(
        422,
        "reason_missing",
        "请写明原因，至少四个字，方便同事了解情况。",
        "Please say why, in at least four characters: colleagues will ask.",
    ),
    PagesNotBuilt: Public(
        503,
        "pages_not_built",
        "网页还没有生成。请在项目目录运行 make setup（或 cd web && npm ci && npm run build），再刷新本页。",
        "The page has not been built. Run `make setup` (or `cd web && npm ci && npm run build`) and reload.",
    ),
    BrokenJson: Public(
        400,
        "broken_json",
        "发来的内容不是完整的 JSON。请检查括号和引号后重新发送。",
        "The body is not valid JSON. Check brackets and quotes, then send it again.",
    ),
    BrokenText: Public(
        400,
        "broken_text",
        "文字里有无法识别的字符。请删去看不清的符号后重新发送。",
        "The text contains characters that cannot be read. Remove the unusual symbols and send it again.",
    ),
    WrongShape: Public(
        422,
        "wrong_shape",
        "发来的内容缺少必要的一项，或类型不对。消息需要 text(文字)和 client_id(编号)。",
        "A field is missing or has the wrong type. A message needs text and client_id, both strings.",
    ),
    StorageFull: Public(
        507,
        "storage_full",
        "服务器的存储满了，这次的回答没能保存。请稍后再试；急事请拨打12345。",
        "The server's storage is full; this answer could not be kept. Try later, or call 12345 if it is urgent.",
    ),
    NotFound: Public(
        404,
        "not_found",
        "没有这个地址。请从首页重新开始。",
        "There is nothing at this address. Please start from the home page.",
    ),
    WrongHost: Public(
        421,
        "wrong_host",
        "请用正式的网址打开小申。如果您是管理员：请把这个网址设为 XIAOSHEN_PUBLIC_URL。",
        "Please open Xiao Shen under its own address. Operators: set XIAOSHEN_PUBLIC_URL to this name.",
    ),
    MethodNotAllowed: Public(
        405,
        "method_not_allowed",
        "这个地址不支持这样的请求。用法见 /api/openapi.json。",
        "This address does not support that method. See /api/openapi.json.",
    ),
}


def public(failure: Exception) -> Public:
    """What to tell about this exception."""
    if isinstance(failure, UploadTooBig):
        return upload_too_big(failure.limit)
    if isinstance(failure, FileNotOpened):  # the reader's own fixed sentence: it says what to do with this very file
        english = load_sentences().english(failure.sentence) or "This file cannot be opened. Choose another one."
        return Public(422, "file_not_opened", failure.sentence, english)
    return TABLE.get(type(failure), UNEXPECTED)
