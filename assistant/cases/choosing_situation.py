"""The dialogue about situations: an answer to the question, one given by the way, a change, and what is then told."""

import re
from dataclasses import replace

from assistant.cases.answering import answer_of
from assistant.cases.beginning import wants_this_begun
from assistant.cases.choice_words import choice_meant, heard_choices
from assistant.cases.choosing_value import said_for
from assistant.cases.handling import Handled, Handling
from assistant.cases.leave import gives_leave
from assistant.cases.reply import Reply
from assistant.cases.situation import SituationQuestion
from assistant.cases.telling import Telling
from assistant.cases.wishes import CLAUSES, Wish, asks_something, corrects, meets_conditions, wish_of
from prefill.forms import FieldType, FormField, Need

_OTHER = re.compile("同意|授权|符合|满足|条件|承诺|agree|conditions")  # a yes or no to something else
_PLAIN_YES = re.compile(
    r"^[\s,，]*(?:就|也)?(?:是|对|嗯|有|没错|确实|当然|必须|要|需要|正是|yes|yep|yeah|correct|right|i (?:am|do|have))",
    re.I,
)
_LEAD = re.compile(r"^(?:不对|不是|错了|说错了|填错了|改一下|更正)[,，。、 ]*")


def answer_situation(handling: Handling, handled: Handled, text: str, wish: Wish | None) -> Handled | None:
    """The case after the answer to its question between situations; None where the message is about something else."""
    question = handled.step.situation
    if question is None:
        return None
    label = _label(handling, question, text, wish)
    if label is not None:
        return handling.situate(handled.case, question, label)
    not_known = (wish is Wish.NOT_KNOWN and not gives_leave(text) and not meets_conditions(text, None)) or (
        wish is Wish.GO_ON and wish_of(text) is Wish.GO_ON
    )
    return handling.situate(handled.case, question, None) if not_known else None


def _label(handling: Handling, question: SituationQuestion, text: str, wish: Wish | None) -> str | None:
    labels = tuple(choice.label for choice in question.choices)
    if text.strip() in labels:
        return text.strip()
    if asks_something(text) or (wish is Wish.NOT_KNOWN and wish_of(text) is wish) or wants_this_begun(text):
        return None
    meant = choice_meant(question, text)
    if meant is not None:
        return meant.label
    if not _OTHER.search(text) and not gives_leave(text) and (yes := _yes_or_no(text, wish)) is not None:
        return next((c.label for c in question.choices if c.value is yes), None)
    asked = FormField(name=question.text, type=FieldType.CHOICE, need=Need.ALWAYS, choices=labels)
    return answer_of(asked, text, handling.today()) or _by_value(question, text)


def _by_value(question: SituationQuestion, text: str) -> str | None:
    """The label whose value people name so: 「my first one」 for 首次."""
    values = {str(choice.value): choice.label for choice in question.choices if isinstance(choice.value, str)}
    asked = FormField(name=question.text, type=FieldType.CHOICE, need=Need.ALWAYS, choices=tuple(values))
    meant = said_for(asked, text) if values else None
    return values.get(meant) if meant is not None else None


def _yes_or_no(text: str, wish: Wish | None) -> bool | None:
    """What a message answers to a question of yes or no, the reason beside it left out: 「没有,早就还了」."""
    if corrects(text):
        return None  # 「不对，是11月3号」 takes back a value
    if wish is Wish.YES and not _PLAIN_YES.match(text):
        return None  # 「可以」 agrees to something, it says of nothing that it is so
    if wish in (Wish.YES, Wish.NO):
        return wish is Wish.YES
    clauses = [clause for clause in CLAUSES.split(text) if clause]
    said = {wish_of(clause) for clause in clauses} & {Wish.YES, Wish.NO} if len(clauses) > 1 else set()
    return said.pop() is Wish.YES if len(said) == 1 else None


def hear_by_the_way(handling: Handling, handled: Handled, text: str) -> Handled:
    """The case after what a message says about the situation by the way; an answer that stands only by a correction."""
    if asks_something(text):
        return handled
    situations = handled.standing.situations
    found = heard_choices([q for one in situations for q in one.open], text)
    if corrects(text):
        stand = [q for one in situations for q in one.answered]
        found += heard_choices(stand, _LEAD.sub("", text), corrects=True)
    for question, choice in found:
        if question.chosen != choice.label:
            handled = handling.situate(handled.case, question, choice.label)
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
