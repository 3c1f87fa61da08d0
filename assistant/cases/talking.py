"""The dialogue that handles: what a message means for the case in hand, and what the case says to it."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.cases import happenings as h
from assistant.cases.case import CLOSED_STATES, OPEN_STATES, Case, CaseState
from assistant.cases.choosing_situation import told_situation
from assistant.cases.code import code_in
from assistant.cases.correcting import is_answer
from assistant.cases.errors import CaseChanged
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Way
from assistant.cases.meaning import Meaning
from assistant.cases.opening import is_same, items_called, items_to_handle, names_an_item, with_others
from assistant.cases.reply import Because, CardKind, Option, Reply, say
from assistant.cases.resuming import gone_on, joined, laid_aside, told_resumed
from assistant.cases.roles import Listener
from assistant.cases.stepping import Stepping
from assistant.cases.telling import Telling
from assistant.cases.wishes import Wish, asks_something, meets_conditions, wish_of
from assistant.dialogue import Question, Speaker
from assistant.transcript import CHOICE_MARK
from knowledge.items import ServiceItem

_STALE_HOURS = 12
_MINE = ("我的", "办件", "进度", "进展")
_WITHDRAW = "withdraw"
_OF_A_CASE_LAID_ASIDE = frozenset({Wish.WITHDRAW, Wish.CODE, Wish.REVOKE})
_TRIES = 4
_TOO_OFTEN = 2
"""So many returns, and a person is offered."""


class Talking:
    """Hears messages for cases. `None` means that the message is not for a case: the turn answers it."""

    def __init__(self, handling: Handling, listener: Listener) -> None:
        self.handling = handling
        self._steps = Stepping(handling, listener)
        self._meaning = Meaning(handling.desk.intents)

    def hear(self, question: Question, text: str) -> Reply | None:
        """What the case in hand says to the message; None where it is for nobody's case."""
        reply = self._heard(question, text)
        return _offering_a_person(reply, question, self._steps.telling(question)) if reply is not None else None

    def _heard(self, question: Question, text: str) -> Reply | None:
        holder = question.holder
        if holder is None:
            return None
        telling = self._steps.telling(question)
        code = code_in(text)
        if code is not None or ("接续码" in text and any(c.isdigit() for c in text)):
            return joined(self.handling, code, holder, telling)
        case = self._current(question)
        handled = self.handling.look(case) if case is not None else None
        answers = handled is not None and (
            is_answer(handled, text, self.handling.today()) or self._steps.tells(handled, question, text)
        )
        step = handled.step.kind if handled is not None else None
        wish = self._meaning.wish(text, telling.phrases, step, answers=answers)
        if wish is Wish.PROGRESS:
            return self._progress(question, text, telling)
        if case is None and wish is Wish.GO_ON:
            return gone_on(self.handling, holder, telling)
        case = case or (laid_aside(self.handling, holder) if wish in _OF_A_CASE_LAID_ASIDE else None)
        return self._on_the_newest(case, question, text, wish) if case is not None else None

    def _on_the_newest(self, case: Case, question: Question, text: str, wish: Wish | None) -> Reply | None:
        """What the case says; heard again where it changed meanwhile: what was told in another window is not lost."""
        for _ in range(_TRIES):
            try:
                return self._for_case(case, question, text, wish)
            except CaseChanged:
                case = self.handling.desk.cases.case(case.id)
        newest = self._steps.step(self.handling.look(case), question)
        return newest.after(say(self._steps.telling(question).phrases.changed_elsewhere))

    def begin(
        self, question: Question, text: str, items: Sequence[ServiceItem], likely: Sequence[ServiceItem] = ()
    ) -> Reply | None:
        """Begin what the message wants done with these items; None where it only wants to know something.

        `likely` are those that it may be about where none is certain: then one question says which, or, where
        one of them leads, it is begun and the others stand beside it to be taken instead.
        """
        if question.holder is None or not self.wants_done(question, text):
            return None
        telling = self._steps.telling(question)
        items = items_called(text, items, self.handling.desk.knowledge.items(self.handling.today()))
        if not items:
            return telling.which_item(likely) if likely else None
        if items[0].clerk_only:
            return telling.clerk_only(items[0])
        handled = items_to_handle(self.handling, text, items)
        return self._opened(question, text, handled, likely, telling) if handled else telling.unhandled(items[0])

    def _opened(
        self,
        question: Question,
        text: str,
        handled: Sequence[ServiceItem],
        likely: Sequence[ServiceItem],
        telling: Telling,
    ) -> Reply:
        """A case for these items, or the one that there is already."""
        holder = question.holder or ""
        current = self._current(question)
        known = next((c for c in self.handling.mine(holder) if is_same(c, handled)), None)
        if known is not None and current is not None and known.id == current.id:
            return self._steps.step(self.handling.look(current), question)
        self._pause_others(question)
        if known is not None:
            resumed = self.handling.add(known, [h.GoneOn()])
            return told_resumed(self.handling, resumed, self._steps.telling(question, resumed))
        opened = self._steps.recall(self.handling.open(holder, handled, question.region), question)
        opened, changed = self._steps.keep(opened, question, text, None)
        opened, more = self._steps.conditions_met(opened, telling) if self._takes_up(question, text) else (opened, ())
        names = "、".join(item.name for item in handled)
        p = telling.phrases
        first = say(p.opened, item=names) if len(handled) == 1 else say(p.opened_with, items=names)
        reply = self._steps.step(opened, question).after(first, *telling.understood(changed), *more)
        reply = told_situation(self.handling, None, reply, telling)
        return self._steps.early(opened, with_others(reply, handled, likely, telling), telling)

    def wants_a_person(self, question: Question, text: str) -> bool:
        """True where somebody in the middle of a case asks for a person, in whatever words."""
        return wish_of(text) is None and self._current(question) is not None and self._meaning.wants_a_person(text)

    def begins(self, text: str) -> bool:
        """True where the message alone wishes for something to be done."""
        return self._meaning.begins(text)

    def begins_this(self, question: Question, text: str) -> bool:
        """True where the message wants done what was just talked about, or says that its conditions are met."""
        if self._meaning.begins_this(text):
            return True
        return self._current(question) is None and self._takes_up(question, text)

    def _takes_up(self, question: Question, text: str) -> bool:
        """Whether 「都符合」 stands right after an answer about an item that can be handled here."""
        if question.current is None or not question.history or _was_asked_which(question):
            return False
        item = self.handling.desk.knowledge.item(question.current, self.handling.today())
        offered = item is not None and self.handling.desk.reviewer.handles(item)
        return offered and self._meaning.takes_up(text)

    def wants_done(self, question: Question, text: str) -> bool:
        """True where the message, or the one that we asked back about, wishes for something to be done."""
        if self._meaning.begins(text) or self.begins_this(question, text) or self._changes_over(question, text):
            return True
        asked = [u for u in question.history if u.speaker is Speaker.CITIZEN]
        if self._current(question) is not None or not _was_asked_which(question):
            return False
        return bool(asked) and self._meaning.begins(asked[-1].text) and not asks_something(text)

    def _changes_over(self, question: Question, text: str) -> bool:
        """Whether the message names an item right after we said that another than the one begun may have been meant."""
        said = [u.text for u in question.history if u.speaker is Speaker.XIAOSHEN]
        if not said or self._steps.telling(question).phrases.meant_another not in said[-1] or asks_something(text):
            return False
        return names_an_item(self.handling, text)

    def way_back(self, question: Question) -> Reply | None:
        """After a digression: the question of the case again. None where there is no case to go back to."""
        case = self._current(question)
        if question.holder is None or case is None or case.state not in OPEN_STATES:
            return None
        handled = self.handling.look(case)
        return self._steps.step(handled, question).after(
            say(self._steps.telling(question).phrases.back, item=handled.standing.item.name)
        )

    def offers(self, question: Question, items: Sequence[ServiceItem]) -> tuple[Option, ...]:
        """Buttons to begin what was just talked about."""
        if question.holder is None or len(items) != 1 or self._current(question) is not None:
            return ()
        p = self._steps.telling(question).phrases
        if not self.handling.desk.reviewer.handles(items[0]):
            return ()
        return (Option(p.offer.format(item=items[0].name), p.offer_send.format(item=items[0].name)),)

    def _for_case(self, case: Case, question: Question, text: str, wish: Wish | None) -> Reply | None:
        handled = self.handling.look(case)
        if question.message and case.heard == question.message:
            return self._steps.step(handled, question)
        telling = self._steps.telling(question, handled)
        reply = None
        if case.asked == _WITHDRAW:
            reply, handled = self._withdrawn_or_kept(handled, question, text, wish, telling)
        reply = reply or self._about_the_case(handled, question, text, wish, telling)
        if reply is None and case.state in OPEN_STATES:
            reply = self._steps.hear(handled, question, text, wish, telling)
        if reply is None or reply.handled is None or not question.message:
            return reply
        heard = reply.handled.case
        if heard.heard != question.message:
            self.handling.add(heard, [h.Heard(question.message)])
        return reply

    def _about_the_case(  # noqa: PLR0911 - one line for each wish
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        """Wishes that mean the same at every step."""
        case, p = handled.case, telling.phrases
        match wish:
            case Wish.WITHDRAW if case.state not in CLOSED_STATES:
                asked = self.handling.add(case, [h.Asked(_WITHDRAW)]) if case.state in OPEN_STATES else handled
                if asked is handled:
                    gone = self.handling.withdraw(case)
                    return Reply(says=(say(p.withdrawn, item=handled.standing.item.name),), handled=gone)
                options = (Option(p.withdraw_yes, p.withdraw_yes), Option(p.go_on, p.go_on))
                ask = say(p.ask_withdraw, item=handled.standing.item.name)
                return Reply(question=ask, options=options, handled=asked)
            case Wish.LATER:
                paused = self.handling.add(case, [h.Paused()])
                return Reply(says=(say(p.later, code=case.code),), card=CardKind.CODE, handled=paused)
            case Wish.CODE:
                return Reply(says=(say(p.code, code=case.code),), card=CardKind.CODE, handled=handled)
            case Wish.GO_ON:
                return self._steps.step(handled, question)
            case Wish.AS_FORM | Wish.ONE_BY_ONE if case.state in OPEN_STATES:
                way = Way.FORM if wish is Wish.AS_FORM else Way.ONE_BY_ONE
                changed = self.handling.add(case, [h.WayChosen(way)])
                return self._steps.step(changed, question).after(say(p.way_form if way is Way.FORM else p.way_one))
            case Wish.REVOKE if case.consents:
                for consent in case.consents:
                    handled = self.handling.revoke(handled.case, consent.register)
                registers = "、".join(c.register for c in case.consents)
                return self._steps.step(handled, question).after(say(p.revoked, register=registers))
            case _:
                return None

    def _withdrawn_or_kept(
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> tuple[Reply | None, Handled]:
        """The answer to whether it shall be withdrawn; anything else keeps it, and is heard as what it is."""
        p = telling.phrases
        agreed = wish_of(text) is Wish.YES and not meets_conditions(text, None)
        if wish is Wish.WITHDRAW or agreed or p.withdraw_yes in text:
            gone = self.handling.withdraw(handled.case)
            return Reply(says=(say(p.withdrawn, item=handled.standing.item.name),), handled=gone), gone
        kept = self.handling.add(handled.case, [h.Asked("")])
        if wish in (Wish.NO, Wish.GO_ON):
            return self._steps.step(kept, question).after(say(p.kept_open)), kept
        return None, kept

    def _progress(self, question: Question, text: str, telling: Telling) -> Reply | None:
        mine = self.handling.mine(question.holder or "")
        if not mine and not any(word in text for word in _MINE):
            return None
        if not mine:
            return Reply(says=(say(telling.phrases.nothing_yet),))
        case = self._current(question) or mine[0]
        return telling.standing(self.handling.look(case))

    def _current(self, question: Question) -> Case | None:
        """The case that messages are for: the one the page names, else the last one that was not laid aside."""
        mine = self.handling.mine(question.holder) if question.holder else ()
        shown = next((c for c in mine if c.id == question.case), None)
        if shown is not None and not shown.is_paused and shown.state not in CLOSED_STATES:
            return shown
        now = self.handling.desk.clock()
        fresh = (c for c in mine if not c.is_paused and c.state not in CLOSED_STATES)
        return next((c for c in fresh if (now - c.changed_at).total_seconds() < _STALE_HOURS * 3600), None)

    def is_answering(self, question: Question, text: str) -> bool:
        """Whether the message answers us: an open case of theirs waits for it, or what we asked or told before."""
        case = self._current(question)
        if case is not None and case.state in OPEN_STATES:
            return True
        if question.holder is None:
            return False
        has_one = any(c.state not in CLOSED_STATES for c in self.handling.mine(question.holder))
        of_it = has_one and wish_of(text) is not None
        return of_it or _was_asked_which(question) or self._takes_up(question, text)

    def _pause_others(self, question: Question) -> None:
        case = self._current(question)
        if case is not None:
            self.handling.add(case, [h.Paused()])


def _was_asked_which(question: Question) -> bool:
    """Whether we asked last, with choices."""
    said = [u for u in question.history if u.speaker is Speaker.XIAOSHEN]
    return bool(said) and CHOICE_MARK in said[-1].text


def _offering_a_person(reply: Reply, question: Question, telling: Telling) -> Reply:
    """The same, and a person beside it where the office has sent the case back twice; said once, offered each time."""
    case = reply.handled.case if reply.handled is not None else None
    if case is None or case.state is not CaseState.RETURNED or len(case.returns) < _TOO_OFTEN:
        return reply
    offered = replace(reply, person=True, because=Because.RETURNED_TWICE)
    sentence = telling.phrases.returned_twice
    is_told = any(sentence in u.text for u in question.history if u.speaker is Speaker.XIAOSHEN)
    return offered if is_told else replace(offered, says=(*offered.says, say(sentence)))
