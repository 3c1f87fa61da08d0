"""Statements that are worked out: the result of a policy's formula, and the end of a policy's period."""

from assistant.steps.formula import compute
from knowledge.items import FactStatus
from knowledge.policies import Policy
from knowledge.statements import Facet, Statement
from knowledge.statements_of import policy_statements


def computed_statement(policy: Policy, question: str) -> Statement | None:
    """The result for the quantity the question states, with the rule; None where anything is left open."""
    computed = compute(policy, question)
    if computed is None:
        return None
    rules = [s.text for s in policy_statements(policy) if s.facet is Facet.BENEFIT and s.may_be_stated]
    rule = f"（规则：{rules[0].rstrip('。')}）" if rules else ""
    return _statement(
        policy,
        "computed",
        Facet.BENEFIT,
        f"按您说的{computed.input_name}{computed.input_words}算，「{policy.name}」是{computed.result}{rule}",
    )


def expiry_statement(policy: Policy) -> Statement:
    """That the policy's period is over, and since when."""
    ends = policy.period.ends
    if ends is None:
        raise ValueError(f"The policy {policy.id} has no end; ask period.is_over first.")
    day = f"{ends.year}年{ends.month}月{ends.day}日"
    return _statement(policy, "period", Facet.VALIDITY, f"「{policy.name}」的有效期到{day}为止，现在已经到期")


def beginning_statement(policy: Policy) -> Statement:
    """That the policy has not begun, and when it will."""
    begins = policy.period.begins
    if begins is None:
        raise ValueError(f"The policy {policy.id} has no beginning; ask for period.begins first.")
    day = f"{begins.year}年{begins.month}月{begins.day}日"
    return _statement(policy, "period", Facet.VALIDITY, f"「{policy.name}」自{day}起施行，目前尚未施行")


def _statement(policy: Policy, part: str, facet: Facet, text: str) -> Statement:
    return Statement(
        id=f"{policy.source}#{part}",
        source=policy.source,
        title=policy.name,
        facet=facet,
        text=text,
        status=FactStatus.SOURCED,
        version=policy.version,
        effective_from=policy.period.begins,
        effective_to=policy.period.ends,
    )
