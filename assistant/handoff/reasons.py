"""Why a conversation goes to a person: a closed list, used by queue, desk, reports and tests alike."""

from datetime import timedelta
from enum import StrEnum


class Reason(StrEnum):
    """Why a person is needed."""

    ASKED = "asked"
    NO_SOURCE = "no_source"
    LOW_CONFIDENCE = "low_confidence"
    GUARD = "guard"
    COMPLAINT = "complaint"
    CRISIS = "crisis"
    STUCK = "stuck"
    RETURNED_TWICE = "returned_twice"
    CLERK_ONLY = "clerk_only"


IN_CHINESE = {
    Reason.ASKED: "本人要求",
    Reason.NO_SOURCE: "没有可靠来源",
    Reason.LOW_CONFIDENCE: "拿不准是哪件事",
    Reason.GUARD: "回答没有通过核对",
    Reason.COMPLAINT: "投诉",
    Reason.CRISIS: "可能有人身危险",
    Reason.STUCK: "几轮没有办成",
    Reason.RETURNED_TWICE: "被退回两次",
    Reason.CLERK_ONLY: "只能由工作人员办",
}


def head_start(reason: Reason) -> timedelta:
    """How much longer somebody counts as having waited. Only danger has one: nobody is more important than another."""
    return timedelta(minutes=10) if reason is Reason.CRISIS else timedelta(0)
