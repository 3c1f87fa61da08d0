"""The dialogue about situations: an answer to the question, one given by the way, a change, and what is then told."""

import re
from dataclasses import replace

from assistant.cases.answering import answer_of
from assistant.cases.handling import Handled, Handling
from assistant.cases.reply import Reply
from assistant.cases.situating import heard_choice
from assistant.cases.situation import SituationQuestion
from assistant.cases.telling import Telling
from assistant.cases.wishes import Wish, asks_something, corrects
from prefill.forms import FieldType, FormField, Need

_MOST = 3
_OTHER = re.compile("同意|授权|符合|满足|条件|承诺|agree|conditions")  # a yes or no to something else
_LEAD = re.compile(r"^(?:不对|不是|错了|说错了|填错了|改一下|更正)[,，。、 ]*")


def answer_situation(handling: Handling, handled: Handled, text: str, wish: Wish | None) -> Handled | None:
    """The case after the answer to its question between situations; None where the message is about something else."""
    question = handled.step.situation
    if question is None:
        return None
    label = _label(handling, question, text, wish)
    if label is not None:
        return handling.situate(handled.case, question, label)
    return handling.situate(handled.case, question, None) if wish in (Wish.NOT_KNOWN, Wish.GO_ON) else None


def _label(handling: Handling, question: SituationQuestion, text: str, wish: Wish | None) -> str | None:
    labels = tuple(choice.label for choice in question.choices)
    if text.strip() in labels:
        return text.strip()
    if wish in (Wish.YES, Wish.NO) and not _OTHER.search(text):
        meant = wish is Wish.YES
        return next((c.label for c in question.choices if c.value is meant), None)
    if asks_something(text) or wish is Wish.NOT_KNOWN:
        return None
    by_value = [c.label for c in question.choices if isinstance(c.value, str) and c.value in text]
    if len(by_value) == 1:
        return by_value[0]
    asked = FormField(name=question.text, type=FieldType.CHOICE, need=Need.ALWAYS, choices=labels)
    return answer_of(asked, text, handling.today())


def hear_by_the_way(handling: Handling, handled: Handled, text: str) -> Handled:
    """The case after what a message says about the situation by the way; an answer that stands only by a correction."""
    if asks_something(text):
        return handled
    for _ in range(_MOST):
        situations = handled.standing.situations
        open_ones = [one.question for one in situations if one.question is not None]
        stand = [q for one in situations for q in one.answered]
        found = heard_choice(open_ones, text)
        if found is None and corrects(text):
            found = heard_choice(stand, _LEAD.sub("", text), corrects=True)
        if found is None or found[0].chosen == found[1].label:
            return handled
        handled = handling.situate(handled.case, found[0], found[1].label)
    return handled


def told_situation(handling: Handling, before: Handled | None, reply: Reply, telling: Telling) -> Reply:
    """The reply with the situations that became certain in this turn, before the next question."""
    after = reply.handled
    if after is None:
        return reply
    former = {one.part: one.situation for one in before.standing.situations} if before is not None else {}
    for one in after.standing.situations:
        if one.situation is None or one.situation == former.get(one.part):
            continue
        slug = one.situation.instead
        instead = handling.desk.knowledge.item(slug, handling.today()) if slug else None
        says, offers = telling.situation(one.situation, instead)
        reply = replace(reply, says=(*reply.says, *says), offers=(*reply.offers, *offers))
        if instead is not None:  # change over or go on: that is the one question now
            reply = replace(reply, question=None, options=(), card=None, rows=())
    return reply
