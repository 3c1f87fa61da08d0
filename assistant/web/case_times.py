"""The time line of a case in plain words: which happenings are told, and how."""

from collections.abc import Mapping

from assistant.cases import happenings as h
from assistant.phrases.glossary import load_glossary
from assistant.phrases.handling import handling_phrases

_TOLD: Mapping[type, str] = {
    h.Opened: "开始办理",
    h.ConsentGiven: "同意查询{register}",
    h.ConsentRevoked: "收回对{register}的同意",
    h.FileAdded: "上传{name}",
    h.FileRemoved: "删除一份文件",
    h.Reviewed: "预审",
    h.Submitted: "提交，编号{receipt}",
    h.Returned: "退回补正",
    h.Accepted: "受理",
    h.Decided: "办结",
    h.Withdrawn: "撤回",
    h.Joined: "在另一台设备或窗口接着办",
    h.HandedTo: "转给工作人员",
    h.Reminded: "提醒：{why}",
    h.CodeRenewed: "换了接续码",
    h.FormShared: "同意和工作人员一起填表",
    h.FormShareEnded: "停止和工作人员一起填表",
    h.FieldProposed: "工作人员建议填：{name}",
    h.ProposalTaken: "采纳建议：{name}",
    h.ProposalDeclined: "没有采纳建议：{name}",
}

_TOLD_ENGLISH: Mapping[type, str] = {
    h.Opened: "Begun",
    h.ConsentGiven: "Agreed that {register} is asked",
    h.ConsentRevoked: "Consent for {register} withdrawn",
    h.FileAdded: "Uploaded {name}",
    h.FileRemoved: "A file deleted",
    h.Reviewed: "Pre-reviewed",
    h.Submitted: "Submitted, number {receipt}",
    h.Returned: "Returned to be mended",
    h.Accepted: "Accepted",
    h.Decided: "Decided",
    h.Withdrawn: "Withdrawn",
    h.Joined: "Continued on another device or at the window",
    h.HandedTo: "Given to a person",
    h.Reminded: "Reminder: {why}",
    h.CodeRenewed: "New continuation code",
    h.FormShared: "Agreed to fill the form together with a person",
    h.FormShareEnded: "Filling together ended",
    h.FieldProposed: "A person proposed: {name}",
    h.ProposalTaken: "Proposal taken: {name}",
    h.ProposalDeclined: "Proposal declined: {name}",
}


def moment(happening: h.Happening, language: str) -> str | None:
    """What the line says, before the guard; None where the happening is not for the time line."""
    told = (_TOLD_ENGLISH if language == "en" else _TOLD).get(type(happening))
    if told is None:
        return None
    words = {slot: str(getattr(happening, slot, "")) for slot in ("register", "name", "receipt")}
    if language == "en":
        words |= {slot: load_glossary().with_english(words[slot]) for slot in ("register", "name")}
    if isinstance(happening, h.Reminded):
        words["why"] = handling_phrases(language).reminder(happening.why)
    return told.format(**words)
