"""Reads a handoff's story and log into the dialogue that suggestions are drawn from."""

import re
from collections.abc import Sequence

from assistant.clerk.told import Told
from assistant.dialogue import Speaker, Utterance
from assistant.events import Status, Why
from assistant.handoff.happenings import Happening, Kind, Side
from assistant.handoff.screening import words_of_a_person
from assistant.handoff.ticket import Ticket
from assistant.web import schemas as wire
from assistant.web.conversations import Turn
from assistant.web.turns import said

_NO_QUESTION = frozenset({Why.PERSON_WANTED, Why.SMALL_TALK})


def told_of(ticket: Ticket, turns: Sequence[Turn], lines: Sequence[Happening]) -> Told:
    """The dialogue. Only what citizen, Xiao Shen and clerks said to each other; notes are no part of it.

    The case is the one that the conversation itself moved: a case that somebody only names is not shown.
    """
    history: list[Utterance] = []
    questions: list[str] = []
    last_answer, item, case, unanswered = None, ticket.subject.item, None, 0
    for turn in turns:
        events = [wire.wire_event.validate_json(event.payload) for event in turn.events]
        end = next((e for e in reversed(events) if isinstance(e, wire.TurnFinishedEvent)), None)
        case = next((e.case for e in reversed(events) if isinstance(e, wire.CaseMovedEvent)), case)
        if end is not None and end.why in _NO_QUESTION:
            continue
        text = words_of_a_person(turn.text, from_citizen=False).text
        answer = said(events)
        history += [Utterance(Speaker.CITIZEN, text), Utterance(Speaker.XIAOSHEN, answer)]
        questions.append(text)
        if end is not None:
            item = end.item or item
            is_answered = end.status is Status.ANSWERED
            last_answer = answer if is_answered else last_answer
            unanswered += not is_answered
    said_since = [line for line in lines if line.kind is Kind.MESSAGE and line.text]
    for line in said_since:
        speaker = Speaker.CITIZEN if line.side is Side.CITIZEN else Speaker.XIAOSHEN
        history.append(Utterance(speaker, line.text or ""))
        questions += [line.text or ""] if line.side is Side.CITIZEN else []
    place = _open_place(history, spoken=any(line.side is Side.CLERK for line in said_since))
    return Told(
        ticket=ticket.id,
        seq=lines[-1].seq if lines else 0,
        history=tuple(history[:place]) if place is not None else tuple(history),
        open_question=history[place].text if place is not None else None,
        item=item,
        region=f"上海市/{ticket.subject.district}" if ticket.subject.district else None,
        language=ticket.subject.language,
        questions=tuple(questions),
        last_answer=last_answer,
        unanswered=unanswered,
        person_has_spoken=any(line.side is Side.CLERK for line in said_since),
        case=case,
    )


# A greeting or a word that somebody is looking is no answer: the suggested one stays.
_NO_ANSWER = re.compile(
    r"(?:(?:您好|你好|早上好|下午好|hello|hi)[,，!！。\s]*)?(?:我是[^,，。]{0,12}[,，。]?)?"
    r"(?:前面的情况我都看到了.{0,12}|(?:请)?稍等.{0,6}|(?:我|让我)?(?:来)?(?:帮您)?(?:看|查)(?:一下|看|下)?.{0,6})?[。!！~]?",
    re.I,
)


def _open_place(history: Sequence[Utterance], *, spoken: bool) -> int | None:
    """Where the message stands that waits for an answer: the last of the citizen's that no person has answered."""
    last = next((n for n in range(len(history) - 1, -1, -1) if history[n].speaker is Speaker.CITIZEN), None)
    if last is None:
        return None
    since = [u.text for u in history[last + 1 :] if u.speaker is Speaker.XIAOSHEN]
    answered_by_a_person = spoken and any(_NO_ANSWER.fullmatch(text.strip()) is None for text in since)
    return None if answered_by_a_person else last
