"""Stands between a channel and the assistant: asks the switch, and counts what the risk monitor watches."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from assistant.cases.beginning import wants_this_begun, wants_to_begin
from assistant.cases.wishes import asks_something
from assistant.dialogue import Question
from assistant.events import Event, Sentence, SentencesReplaced, Status, TurnFinished, Why
from assistant.operation.metrics import Metrics
from assistant.operation.risks import RiskKind, RiskMonitor
from assistant.operation.switches import Capability, Switches
from assistant.phrases import phrases_for
from assistant.steps.suggest import ways_to_people
from assistant.steps.understand import language_of
from guardrails import inbound
from guardrails.inbound import InboundAction
from guardrails.outbound import notice

OFF_ZH = "小申的自动回答现在暂停，没有受理您的问题。请拨打12345，或到就近的社区事务受理服务中心窗口。"
OFF_EN = "Xiao Shen's answers are paused just now. Please call 12345 or go to the nearest community service center."
TAKEN_BACK_ZH = "以上内容已收回，请以12345或窗口的答复为准。"
TAKEN_BACK_EN = "What stood above was taken back. Please rely on 12345 or a service window."
HANDLING_OFF_ZH = (
    "在线办理（填表、预审、提交）现在暂停，没有开始新的办件，也没有改动您的办件；已经填好的内容都还在。"
    "着急的话，请拨打12345，或到就近的社区事务受理服务中心窗口办理，也可以找人工。"
)
HANDLING_OFF_EN = (
    "Handling cases (forms, pre-review, submission) is paused just now: no case was begun and yours was not changed; "
    "what you filled in is kept. If it is urgent, call 12345, go to the nearest community service center, or ask for a "
    "person."
)
_QUIET = (Status.ANSWERED, Status.CLARIFY)
_MODEL_FLAG = "model"


class Answering(Protocol):
    """The one way to answer a citizen."""

    def answer(self, question: Question) -> AsyncIterator[Event]:
        """The events of one turn."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight:
    """What watches over the turns of a process."""

    switches: Switches
    risks: RiskMonitor
    metrics: Metrics
    clock: Callable[[], datetime]


class OverseenAssistant:
    """Answers as the assistant does while its channel is on."""

    def __init__(self, assistant: Answering, channel: Capability, oversight: Oversight) -> None:
        self._assistant = assistant
        self._channel = channel
        self._oversight = oversight

    async def answer(self, question: Question) -> AsyncIterator[Event]:
        """The events of one turn; where the channel is off, the way to people, also in the middle of a turn."""
        began = time.perf_counter()
        shown: list[int] = []
        answers = self._assistant.answer
        if question.holder is not None and not await self._is_on(Capability.HANDLING):
            asked, question = question, replace(question, holder=None)  # answered, not handled
            answers = partial(_answered_not_handled, self._assistant, is_for_the_case=asked.case is not None)
        if await self._is_on(self._channel):
            async with aclosing(_generator(answers(question))) as events:
                async for event in events:
                    if not await self._is_on(self._channel):
                        break
                    if isinstance(event, Sentence):
                        if not shown:
                            self._oversight.metrics.first.observe(time.perf_counter() - began)
                        shown.append(event.id)
                    if isinstance(event, TurnFinished):
                        self._count(event, time.perf_counter() - began)
                    yield event
                else:
                    return
        for event in _paused(question, shown, OFF_ZH, OFF_EN):
            if isinstance(event, TurnFinished):
                self._count(event, time.perf_counter() - began)
            yield event

    async def _is_on(self, capability: Capability) -> bool:
        switches = self._oversight.switches
        if switches.is_fresh():
            return switches.is_on(capability)
        return await asyncio.to_thread(switches.is_on, capability)

    def _count(self, end: TurnFinished, seconds: float) -> None:
        metrics, now = self._oversight.metrics, self._oversight.clock()
        metrics.turns.labels(self._channel.value, end.status.value, end.why.value, end.composer).inc()
        metrics.whole.observe(seconds)
        note = self._oversight.risks.note
        note(RiskKind.TURN, end.status.value, now)
        if end.status not in _QUIET:
            note(RiskKind.WHY, end.why.value, now)
        if end.degraded is not None:
            note(RiskKind.DEGRADED, "degraded", now)
        for check in {flag.check for flag in end.flags if flag.check != _MODEL_FLAG}:
            metrics.stops.labels(check).inc()
            note(RiskKind.STOP, check, now)
        for reason in {flag.reason for flag in end.flags if flag.check == _MODEL_FLAG}:
            note(RiskKind.MODEL, reason, now)


async def _generator(events: AsyncIterator[Event]) -> AsyncGenerator[Event, None]:
    async for event in events:
        yield event


async def _answered_not_handled(
    assistant: Answering, question: Question, *, is_for_the_case: bool
) -> AsyncIterator[Event]:
    """The answer to a question, and plain words where something was to be done: that this is paused, and who helps."""
    if is_for_the_case and not asks_something(question.text):
        for event in _paused(question, [], HANDLING_OFF_ZH, HANDLING_OFF_EN, people=2):
            yield event
        return
    wants_it_done = is_for_the_case or wants_to_begin(question.text) or wants_this_begun(question.text)
    language = question.language or language_of(question.text)
    number = 0
    async for event in assistant.answer(question):
        if isinstance(event, Sentence):
            number = max(number, event.id)
        if isinstance(event, TurnFinished) and wants_it_done and event.status is not Status.REFUSED:
            yield Sentence(id=number + 1, text=notice(HANDLING_OFF_EN if language == "en" else HANDLING_OFF_ZH))
            for step in ways_to_people(phrases_for(language)):
                yield step
        yield event


def _paused(question: Question, shown: list[int], zh: str, en: str, people: int = 1) -> list[Event]:
    language = question.language or language_of(question.text)
    english = language == "en"
    events: list[Event] = []
    if shown:
        events.append(SentencesReplaced(ids=tuple(shown), reason=notice(TAKEN_BACK_EN if english else TAKEN_BACK_ZH)))
    number = max(shown, default=0) + 1
    screened = inbound.screen(question.text)
    if screened.action is InboundAction.SIGNPOST:  # somebody in danger gets the right number also now
        help_line = (screened.notice_en if english else screened.notice) or screened.notice
        events.append(Sentence(id=number, text=notice(help_line or "")))
        number += 1
    events.append(Sentence(id=number, text=notice(en if english else zh)))
    events += ways_to_people(phrases_for(language))[:people]
    events.append(TurnFinished(status=Status.HANDOFF, why=Why.SWITCHED_OFF))
    return events
