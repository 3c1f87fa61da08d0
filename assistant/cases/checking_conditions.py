"""What an answer to its conditions does to a case: they are met, taken as met and told so, or one is not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.cases import happenings as h
from assistant.cases.guiding import StepKind, open_conditions
from assistant.cases.handling import Handled, Handling
from assistant.cases.hearing_conditions import hear_conditions
from assistant.cases.meaning import Meaning
from assistant.cases.reply import Option, Reply, Say, say
from assistant.cases.telling import Telling
from assistant.cases.wishes import Wish
from knowledge.items import Condition

_WHICH = "conditions:which"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The case after an answer. `reply` where that is all of the turn; `listens`: values beside it are heard too."""

    handled: Handled
    says: tuple[Say, ...] = ()
    reply: Reply | None = None
    listens: bool = False


def take_conditions(handling: Handling, handled: Handled, telling: Telling, *, stated: bool = False) -> Checked:
    """The conditions taken as met, by a yes before they were asked or by what is so: told, so that it can be undone."""
    conditions = open_conditions(handled.standing)
    if not conditions:
        return Checked(handled=handled)
    told = telling.conditions_stated(conditions) if stated else telling.conditions_taken(conditions)
    return Checked(handled=_answered(handling, handled, conditions, holds=True), says=(told,), listens=stated)


def check_conditions(
    handling: Handling, handled: Handled, text: str, wish: Wish | None, *, telling: Telling, meaning: Meaning
) -> Checked | None:
    """What the message does to the conditions that were asked; None where it is about something else."""
    conditions, p = handled.step.conditions or open_conditions(handled.standing), telling.phrases
    wordings = [c.text for c in conditions]
    heard = hear_conditions(text, wish, wordings, meaning, which=handled.case.asked == _WHICH)
    unmet = set(heard.unmet)
    if not unmet and len(conditions) == 1 and (wish is Wish.NO or text.strip() == p.one_fails):
        unmet = set(wordings)  # "which one?" has one answer only
    if unmet:
        return _not_met(handling, handled, conditions, unmet, telling)
    if heard.holds or wish in (Wish.YES, Wish.ALL, Wish.GO_ON):
        return Checked(handled=_answered(handling, handled, conditions, holds=True), listens=heard.holds)
    if heard.stated:
        return take_conditions(handling, handled, telling, stated=True)
    if wish in (Wish.NOT_KNOWN, Wish.REVIEW) or text.strip() == p.not_sure:
        return Checked(handled=_answered(handling, handled, conditions, holds=None))
    if wish is not Wish.NO and not heard.some_short and p.one_fails not in text:
        return None
    asked = handling.add(handled.case, [h.Asked(_WHICH)])
    return Checked(handled=asked, reply=telling.which_condition(asked))


def _answered(handling: Handling, handled: Handled, conditions: Sequence[Condition], *, holds: bool | None) -> Handled:
    return handling.add(handled.case, [h.ConditionAnswered(c.id, holds) for c in conditions])


def _not_met(
    handling: Handling, handled: Handled, conditions: Sequence[Condition], unmet: Collection[str], telling: Telling
) -> Checked:
    """Somebody is probably not eligible: why, what else there is, and a person to ask."""
    p = telling.phrases
    told = handling.add(handled.case, [h.ConditionAnswered(c.id, c.text not in unmet) for c in conditions])
    why = [say(p.condition_fails, condition=text) for text in sorted(unmet)]
    more = (*why, say(p.ineligible_way_on), *telling.elsewhere(told.standing.item))
    options = (Option(p.go_on, p.go_on), Option(p.withdraw_yes, p.withdraw_yes))
    asked = handling.add(told.case, [h.Asked(StepKind.CONDITIONS)])
    return Checked(handled=asked, reply=Reply(says=more, handled=asked, person=True, offers=options))
