"""The people who work with the product, by role, and the actions that a role may allow."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody works as. One person may have several roles, but four eyes are two persons."""

    EDITOR = "editor"  # knowledge editor 知识编辑
    REVIEWER = "reviewer"  # reviewer 审核人
    CLERK = "clerk"  # counter clerk, online helper 窗口和在线帮办人员
    DRAFTER = "drafter"  # policy drafter 政策起草人
    QUALITY = "quality"  # quality engineer 质量管理人员
    OPERATOR = "operator"  # operator 运维人员
    AUDITOR = "auditor"  # auditor 审计人员


class Action(StrEnum):
    """What can be done behind the sign-in, as `resource:verb`. Who may is in permissions.csv."""

    READ_KNOWLEDGE = "knowledge:read"
    EDIT_KNOWLEDGE = "knowledge:edit"
    REVIEW_KNOWLEDGE = "knowledge:review"
    PUBLISH_KNOWLEDGE = "knowledge:publish"
    WITHDRAW_KNOWLEDGE = "knowledge:withdraw"
    WORK_LISTS = "worklists:work"
    TEST_SEARCH = "search:test"
    SAVE_CASES = "evaluation:save"
    RUN_EVALUATIONS = "evaluation:run"
    HELP_CITIZENS = "handoff:help"
    SUPERVISE_HELP = "handoff:supervise"
    MANAGE_PEOPLE = "people:manage"
    READ_AUDIT = "audit:read"
    WATCH_OPERATION = "operation:watch"
    SWITCH = "operation:switch"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in. `id` is what the log of publications names."""

    id: str
    name: str
    roles: frozenset[Role]
