"""The dialogue that handles: what a message means for the case in hand, and what the case says to it."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.cases import happenings as h
from assistant.cases.case import CLOSED_STATES, OPEN_STATES, Case, CaseState
from assistant.cases.choosing_situation import told_situation
from assistant.cases.code import code_in
from assistant.cases.correcting import is_answer
from assistant.cases.errors import CaseChanged
from assistant.cases.guiding import progress
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Channel, Way
from assistant.cases.meaning import Meaning
from assistant.cases.reply import Because, CardKind, Option, Reply, say
from assistant.cases.roles import Listener
from assistant.cases.stepping import Stepping
from assistant.cases.telling import Telling
from assistant.cases.wishes import Wish, asks_something
from assistant.dialogue import Question, Speaker
from assistant.transcript import CHOICE_MARK
from knowledge.items import ServiceItem

_STALE_HOURS = 12
_NAME = 4
_MERE_WISH = 8
"""Signs beside a name that ask for nothing more: 我想办理一下……吧。"""
_MINE = ("我的", "办件", "进度", "进展")
_WITHDRAW = "withdraw"
_OTHERS = 2
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
            return self._joined(code, holder, telling)
        case = self._current(question)
        handled = self.handling.look(case) if case is not None else None
        answers = handled is not None and is_answer(handled, text, self.handling.today())
        step = handled.step.kind if handled is not None else None
        wish = self._meaning.wish(text, telling.phrases, step, answers=answers)
        if wish is Wish.PROGRESS:
            return self._progress(question, text, telling)
        if case is None:
            return self._gone_on(holder, telling) if wish is Wish.GO_ON else None
        try:
            return self._for_case(case, question, text, wish)
        except CaseChanged:
            newest = self.handling.look(self.handling.desk.cases.case(case.id))
            return self._steps.step(newest, question).after(say(telling.phrases.changed_elsewhere))

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
        called = self._called_by_name(text)
        if called and not any(item.name in text for item in items):
            items = called
        items = self._only_called(text, items)
        if not items:
            return telling.which_item(likely) if likely else None
        if items[0].clerk_only:
            return telling.clerk_only(items[0])
        handled = [item for item in items if self.handling.desk.reviewer.handles(item)]
        if not handled:
            return telling.unhandled(items[0])
        known_slugs = {item.slug for item in handled}
        instead = self.handling.desk.situations.instead
        handled = [item for item in handled if instead(item.slug, text) not in known_slugs] or handled
        handled.sort(key=lambda item: not item.is_bundle)
        self._pause_others(question)
        known = next((c for c in self.handling.mine(question.holder) if _is_same(c, handled)), None)
        if known is not None:
            return self._resumed(self.handling.add(known, [h.GoneOn()]), question)
        opened = self.handling.open(question.holder, handled, question.region)
        opened, changed = self._steps.keep(opened, question, text, None)
        names = "、".join(item.name for item in handled)
        p = telling.phrases
        first = say(p.opened, item=names) if len(handled) == 1 else say(p.opened_with, items=names)
        reply = self._steps.step(opened, question).after(first, *telling.understood(changed))
        reply = told_situation(self.handling, None, reply, telling)
        return self._steps.early(opened, _with_others(reply, handled, likely, telling), telling)

    def _only_called(self, text: str, items: Sequence[ServiceItem]) -> Sequence[ServiceItem]:
        """Of several items the one that is the whole wish by its official name; all of them where more was said."""
        called = [item for item in items if len(item.name) >= _NAME and item.name in text]
        longest = max(called, key=lambda item: len(item.name), default=None)
        if longest is None or len(items) == 1 or len(text.replace(longest.name, "").strip("。，！ ")) > _MERE_WISH:
            return items
        return (longest,)

    def _called_by_name(self, text: str) -> tuple[ServiceItem, ...]:
        """The item whose whole official name stands in the message, the longest where one name holds another."""
        known = self.handling.desk.knowledge.items(self.handling.today())
        called = [item for item in known if len(item.name) >= _NAME and item.name in text]
        return (max(called, key=lambda item: len(item.name)),) if called else ()

    def wants_a_person(self, question: Question, text: str) -> bool:
        """True where somebody in the middle of a case asks for a person, in whatever words."""
        return self._current(question) is not None and self._meaning.wants_a_person(text)

    def begins(self, text: str) -> bool:
        """True where the message alone wishes for something to be done."""
        return self._meaning.begins(text)

    def begins_this(self, text: str) -> bool:
        """True where the message wants done what was just talked about."""
        return self._meaning.begins_this(text)

    def wants_done(self, question: Question, text: str) -> bool:
        """True where the message, or the one that we asked back about, wishes for something to be done."""
        if self._meaning.begins(text) or self._meaning.begins_this(text):
            return True
        said = [u for u in question.history if u.speaker is Speaker.XIAOSHEN]
        asked = [u for u in question.history if u.speaker is Speaker.CITIZEN]
        was_choice = bool(said) and CHOICE_MARK in said[-1].text
        return was_choice and bool(asked) and self._meaning.begins(asked[-1].text) and not asks_something(text)

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
        reply = self._about_the_case(handled, question, text, wish, telling)
        if reply is None and case.state in OPEN_STATES:
            reply = self._steps.hear(handled, question, text, wish, telling)
        if reply is None or reply.handled is None or not question.message:
            return reply
        heard = reply.handled.case
        if heard.heard != question.message:
            self.handling.add(heard, [h.Heard(question.message)])
        return reply

    def _about_the_case(  # noqa: C901, PLR0911 - one line for each wish
        self, handled: Handled, question: Question, text: str, wish: Wish | None, telling: Telling
    ) -> Reply | None:
        """Wishes that mean the same at every step."""
        case, p = handled.case, telling.phrases
        if case.asked == _WITHDRAW:
            if wish in (Wish.WITHDRAW, Wish.YES) or p.withdraw_yes in text:
                gone = self.handling.withdraw(case)
                return Reply(says=(say(p.withdrawn, item=handled.standing.item.name),), handled=gone)
            handled = self.handling.add(case, [h.Asked("")])
            if wish in (Wish.NO, Wish.GO_ON):
                return self._steps.step(handled, question).after(say(p.kept_open))
            case = handled.case
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

    def _joined(self, code: str | None, holder: str, telling: Telling) -> Reply:
        joined = self.handling.join(code, holder, Channel.PAGE) if code else None
        if joined is None:
            return Reply(says=(say(telling.phrases.wrong_code),))
        joined = self.handling.add(joined.case, [h.GoneOn()])
        return self._told_resumed(joined, telling)

    def _gone_on(self, holder: str, telling: Telling) -> Reply | None:
        open_cases = [c for c in self.handling.mine(holder) if c.state not in CLOSED_STATES]
        if not open_cases:
            return None
        return self._told_resumed(self.handling.add(open_cases[0], [h.GoneOn()]), telling)

    def _resumed(self, handled: Handled, question: Question) -> Reply:
        return self._told_resumed(handled, self._steps.telling(question, handled))

    def _told_resumed(self, handled: Handled, telling: Telling) -> Reply:
        done, total = progress(handled.standing)
        telling = Telling(telling.phrases, self.handling.offered(handled.standing))
        told = say(telling.phrases.resumed, item=handled.standing.item.name, done=str(done), total=str(total))
        return telling.step(handled).after(told)

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

    def is_under_way(self, question: Question) -> bool:
        """Whether an open case of theirs waits for what they say."""
        case = self._current(question)
        return case is not None and case.state in OPEN_STATES

    def _pause_others(self, question: Question) -> None:
        case = self._current(question)
        if case is not None:
            self.handling.add(case, [h.Paused()])


def _offering_a_person(reply: Reply, question: Question, telling: Telling) -> Reply:
    """The same, and a person beside it where the office has sent the case back twice; said once, offered each time."""
    case = reply.handled.case if reply.handled is not None else None
    if case is None or case.state is not CaseState.RETURNED or len(case.returns) < _TOO_OFTEN:
        return reply
    offered = replace(reply, person=True, because=Because.RETURNED_TWICE)
    sentence = telling.phrases.returned_twice
    is_told = any(sentence in u.text for u in question.history if u.speaker is Speaker.XIAOSHEN)
    return offered if is_told else replace(offered, says=(*offered.says, say(sentence)))


def _with_others(reply: Reply, begun: Sequence[ServiceItem], likely: Sequence[ServiceItem], telling: Telling) -> Reply:
    """The same, with how to change over to another item that may have been meant."""
    others = [item for item in likely if item not in begun][:_OTHERS]
    if not others or not reply.says:
        return reply
    p = telling.phrases
    first, *rest = reply.says
    instead = tuple(Option(p.instead.format(item=item.name), p.offer_send.format(item=item.name)) for item in others)
    return replace(reply, says=(first, say(p.meant_another), *rest), offers=(*reply.offers, *instead))


def _is_same(case: Case, items: Sequence[ServiceItem]) -> bool:
    return case.state in OPEN_STATES and case.item == items[0].slug and {i.slug for i in items} <= set(case.parts)
