"""Stands between a channel and the assistant: asks the switch, and counts what the risk monitor watches."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

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
        if question.holder is not None and not await self._is_on(Capability.HANDLING):
            question = replace(question, holder=None)  # answered, not handled
        if await self._is_on(self._channel):
            async with aclosing(_generator(self._assistant.answer(question))) as events:
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
        for event in _paused(question, shown):
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


def _paused(question: Question, shown: list[int]) -> list[Event]:
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
    events.append(Sentence(id=number, text=notice(OFF_EN if english else OFF_ZH)))
    events += ways_to_people(phrases_for(language))[:1]
    events.append(TurnFinished(status=Status.HANDOFF, why=Why.SWITCHED_OFF))
    return events
