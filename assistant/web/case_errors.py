"""What can go wrong with cases, told to people."""

from collections.abc import Mapping

from assistant.cases.errors import CaseChanged, CaseKept, LockedValue, StepNotAllowed, UnknownCase, ValueTampered
from assistant.storage.errors import SealBroken
from assistant.web.errors import WebError
from assistant.web.public_errors import Public


class WrongCode(WebError):
    """The continuation code opens nothing."""


class UnfitValue(WebError):
    """A value does not have the form of its field."""


class FileNotTaken(WebError):
    """The file is nothing that a material can be handed in as."""


CASES: Mapping[type[Exception], Public] = {
    UnknownCase: Public(
        404,
        "unknown_case",
        "没有找到这个办件。可能已经删除，或者不是在这台设备上办的；有接续码的话，请输入接续码。",
        "There is no such case on this device. If you have its continuation code, enter it.",
    ),
    CaseChanged: Public(
        409,
        "case_changed",
        "这件事刚在别处更新过（另一个页面、另一台设备或窗口）。您写的内容还在，请看过最新内容后再保存一次。",
        "The case was changed elsewhere just now. What you wrote is still here: look at it anew, then save again.",
    ),
    StepNotAllowed: Public(
        409,
        "step_not_allowed",
        "办件现在的状态不能做这一步。请刷新看看它到了哪一步。",
        "This step is not possible in the case's present state. Reload to see where it stands.",
    ),
    CaseKept: Public(
        409,
        "case_kept",
        "这件事已经交给办理部门，办理记录要依法保存，现在不能删除。不想办了可以先撤回，撤回后就能删除；已撤回或办结的到保存期满自动删除。",
        "The office has this case and must keep its record: it cannot be deleted now. Withdraw it first.",
    ),
    LockedValue: Public(
        409,
        "locked_value",
        "有一项内容已由登记数据核实，不能手工改动，这次没有保存。数据本身不对的，请找原登记部门更正，或收回同意后自己填写。",
        "One of the values is verified by a register and cannot be changed by hand; nothing was saved.",
    ),
    ValueTampered: Public(
        409,
        "value_tampered",
        "已核实的内容和登记数据对不上，没有提交。请在“看办件”里收回同意后重新查询，再预审一次；还不行请找人工。",
        "A verified value is not what its register told; nothing was handed in. Look it up again, then submit.",
    ),
    SealBroken: Public(
        503,
        "case_sealed",
        "这个办件现在打不开，内容没有丢。请稍后再试，或者找人工。",
        "This case cannot be opened just now; nothing is lost. Try again later, or ask a person.",
    ),
    FileNotTaken: Public(
        415,
        "upload_not_taken",
        "这个文件不是照片、PDF 或 Word 文档，没有接收。请重新拍照，或换成 JPG、PNG、PDF、DOCX 文件再上传。",
        "This file is no photo, PDF or Word document and was not taken. Choose a JPG, PNG, PDF or DOCX file.",
    ),
    WrongCode: Public(
        404,
        "wrong_code",
        "没有找到这个接续码对应的办件。请核对每一位；码由三组四位组成。",
        "No case has this code. Please check every sign; it has three groups of four.",
    ),
}
