"""Which of the values heard for a field is meant; none where two stand alike and no word decides between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prefill.said.conversation import Conversation
from prefill.said.mentions import Kind, Mention
from prefill.said.ranking import BARE, CLEAR, NAMED, WEAK
from prefill.said.senses import Sense
from prefill.said.standing import Standing, standing

_MONEY_UNITS: Final = frozenset({"元", "块", "块钱", "万元"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A value heard for a field, in which clause and how clearly (4 directly beside its words … 1 without them).

    `specific` is the length of the field's longest word in the clause.
    """

    value: str
    clause: int
    clearness: int
    message: int = 0
    standing: Standing = Standing.MEANT
    specific: int = 0


def heard_at(sense: Sense, mention: Mention, conversation: Conversation, value: str, rank: int) -> Heard:
    """A mention as heard for a field."""
    clause = conversation.clauses[mention.clause]
    return Heard(
        value=value,
        clause=clause.number,
        clearness=rank,
        message=clause.message,
        standing=standing(sense, mention, conversation),
        specific=sense.cue_length(clause.text),
    )


def decided(sense: Sense, listed: Sequence[Heard], conversation: Conversation) -> Heard | None:
    """The value meant. What stands aside (last year's, somebody else's) is taken only where nothing else was said."""
    listed = _with_unit(sense, [h for h in listed if h.standing < Standing.FOREIGN], conversation)
    meant = [h for h in listed if h.standing < Standing.ASIDE] or listed
    for least in (NAMED, CLEAR, WEAK):
        clear = [h for h in meant if h.clearness >= least]
        if clear and sense.field.name == "出行国家":
            return _together(clear[-1], meant)
        if clear:
            return _only(clear)
    meant = [h for h in meant if h.standing == min(o.standing for o in meant)]
    values = {h.value for h in meant}
    return meant[-1] if len(values) == 1 and sense.cues.alone else None


def _only(listed: Sequence[Heard]) -> Heard | None:
    """Of those that stand best the last message's; None where that names two alike."""
    best = min(h.standing for h in listed)
    meant = [h for h in listed if h.standing == best]
    meant = [h for h in meant if h.message == meant[-1].message]
    clearest = max(h.clearness for h in meant)
    if len({h.value for h in meant}) > 1:
        meant = [h for h in meant if h.clearness == clearest]
    most = max(h.specific for h in meant)
    if len({h.value for h in meant}) > 1:
        meant = [h for h in meant if h.specific == most]
    return meant[-1] if len({h.value for h in meant}) == 1 else None


def _with_unit(sense: Sense, listed: list[Heard], conversation: Conversation) -> list[Heard]:
    """Of sums, those said as money; a bare number beside them (4050, 第30类) names something else."""
    if not sense.money:
        return listed
    as_money = {m.clause for _, m in conversation.of(Kind.AMOUNT) if m.unit in _MONEY_UNITS}
    if not as_money:
        return listed
    return [
        h
        for h in listed
        if h.clearness > CLEAR or h.clause in as_money or (h.clearness > BARE and not _in_money(listed, as_money))
    ]


def _in_money(listed: list[Heard], as_money: set[int]) -> bool:
    return any(h.clause in as_money for h in listed)


def _together(last: Heard, listed: Sequence[Heard]) -> Heard:
    """Several countries in one breath are all meant."""
    values = dict.fromkeys(h.value for h in listed if h.clause == last.clause)
    return Heard(value="、".join(values), clause=last.clause, clearness=last.clearness)
