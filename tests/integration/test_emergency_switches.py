"""Emergency switches: seen by other processes at once, with a reason on record, and what then answers citizens."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.audit.acts import MemoryAudit
from assistant.audit.keeping import Sealing, SqlAudit
from assistant.audit.reading import AuditTrail, Wanted
from assistant.dialogue import Question
from assistant.errors import ModelUnavailable
from assistant.events import Event, NextStep, Sentence, SentencesReplaced, Status, TurnFinished, Why
from assistant.llm.chat import Message, Shape
from assistant.llm.scripted import ScriptedModel
from assistant.operation.metrics import Metrics
from assistant.operation.overseeing import OverseenAssistant, Oversight
from assistant.operation.risks import RiskKind, RiskMonitor
from assistant.operation.switched_model import SwitchedModel
from assistant.operation.switches import Capability, MemorySwitches, SqlSwitches, Switches, SwitchRefused
from assistant.storage.migrating import upgrade_to_head
from cli.main import run
from guardrails.outbound import notice
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.databases import postgresql

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    if request.param == "sqlite":
        yield sqlite_url(home)
        return
    with postgresql(home) as url:
        yield url


@contextmanager
def switches_on(url: str, clock: list[float]) -> Iterator[SqlSwitches]:
    """The switches as another process has them: an engine of their own."""
    engine = open_engine(url)
    upgrade_to_head(engine)
    try:
        yield SqlSwitches(engine, SqlAudit(engine, Sealing(key=b"k")), lambda: clock[0])
    finally:
        engine.dispose()


def test_a_switch_turned_in_one_process_is_seen_in_another_within_two_seconds(database: str) -> None:
    clock = [0.0]
    with switches_on(database, clock) as here, switches_on(database, clock) as there:
        seen_in_both(here, there, clock)


def seen_in_both(here: SqlSwitches, there: SqlSwitches, clock: list[float]) -> None:
    assert there.is_on(Capability.MODEL)
    here.set(Capability.MODEL, on=False, reason="模型答非所问", by="operator", now=NOW)
    assert not here.is_on(Capability.MODEL)
    clock[0] = 1.9
    assert not there.is_on(Capability.MODEL)
    here.set(Capability.MODEL, on=True, reason="已经修复好了", by="operator", now=NOW)
    clock[0] = 3.8
    assert there.is_on(Capability.MODEL)
    trail = AuditTrail(here.engine).newest(Wanted(action="switch"), limit=2)
    assert [told.entry.link.action for told in trail] == ["switch.turned_on", "switch.turned_off"]
    assert trail[1].details == {"why": "模型答非所问"}


def test_a_switch_needs_a_reason() -> None:
    audit = MemoryAudit()
    switches = MemorySwitches(audit)
    with pytest.raises(SwitchRefused, match="why"):
        switches.set(Capability.UPLOADS, on=False, reason="  ", by="operator", now=NOW)
    assert switches.is_on(Capability.UPLOADS)
    assert audit.acts == ()


def test_the_last_known_state_holds_while_the_database_is_away(tmp_path: Path) -> None:
    clock = [0.0]
    with switches_on(sqlite_url(tmp_path), clock) as switches:
        switches.set(Capability.CHAT_PAGE, on=False, reason="系统升级中", by="operator", now=NOW)
        assert not switches.is_on(Capability.CHAT_PAGE)
        with switches.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE switches RENAME TO away")
        clock[0] = 5.0
        assert not switches.is_on(Capability.CHAT_PAGE)


def test_switches_are_listed_and_set_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(tmp_path)
    assert run(["switch", "set", "model", "off", "--why", "演练停用", "--home", home]) == 0
    assert run(["switch", "list", "--home", home]) == 0
    assert "model        OFF" in capsys.readouterr().out
    assert run(["switch", "set", "model", "off", "--why", "", "--home", home]) == 1
    assert run(["switch", "set", "everything", "off", "--why", "演练停用", "--home", home]) == 2
    assert run(["audit", "verify", "--home", home]) == 0


class Telling:
    """Says two sentences; where it has switches, its channel is turned off between them."""

    def __init__(self, switches: Switches | None = None) -> None:
        self.asked = 0
        self.holders: list[str | None] = []
        self._switches = switches

    async def answer(self, question: Question) -> AsyncIterator[Event]:
        self.asked += 1
        self.holders.append(question.holder)
        yield Sentence(id=1, text=notice("第一句。"))
        if self._switches is not None:
            self._switches.set(Capability.CHAT_PAGE, on=False, reason="发现错误回答", by="operator", now=NOW)
        yield Sentence(id=2, text=notice("第二句。"))
        yield TurnFinished(status=Status.ANSWERED, why=Why.GROUNDED)


def overseen(assistant: Telling, switches: Switches, risks: RiskMonitor | None = None) -> OverseenAssistant:
    oversight = Oversight(switches=switches, risks=risks or RiskMonitor(), metrics=Metrics(), clock=lambda: NOW)
    return OverseenAssistant(assistant, Capability.CHAT_PAGE, oversight)


def events_of(assistant: OverseenAssistant, asked: str | Question = "身份证丢了怎么办") -> list[Event]:
    question = asked if isinstance(asked, Question) else Question(text=asked, as_of=date(2026, 11, 22))

    async def collected() -> list[Event]:
        return [event async for event in assistant.answer(question)]

    return asyncio.run(collected())


def said(events: list[Event]) -> str:
    return "".join(event.text.text for event in events if isinstance(event, Sentence))


def test_a_channel_that_is_off_sends_people_to_12345_and_asks_nobody() -> None:
    switches, assistant, risks = MemorySwitches(), Telling(), RiskMonitor()
    switches.set(Capability.CHAT_PAGE, on=False, reason="发现错误回答", by="operator", now=NOW)
    events = events_of(overseen(assistant, switches, risks))
    assert assistant.asked == 0
    assert "12345" in said(events)
    assert [step.value for step in events if isinstance(step, NextStep)] == ["12345"]
    assert isinstance(events[-1], TurnFinished)
    assert (events[-1].status, events[-1].why) == (Status.HANDOFF, Why.SWITCHED_OFF)
    assert {(r.kind, r.name) for r in risks.picture(NOW).risks} >= {(RiskKind.WHY, "switched_off")}


def test_somebody_in_danger_gets_the_help_line_also_while_the_channel_is_off() -> None:
    switches = MemorySwitches()
    switches.set(Capability.CHAT_PAGE, on=False, reason="发现错误回答", by="operator", now=NOW)
    events = events_of(overseen(Telling(), switches), "我不想活了,想自杀")
    assert "12356" in said(events)
    assert "12345" in said(events)


def test_an_answer_that_is_running_is_taken_back_when_its_channel_is_turned_off() -> None:
    switches = MemorySwitches()
    events = events_of(overseen(Telling(switches=switches), switches))
    replaced = [event for event in events if isinstance(event, SentencesReplaced)]
    assert [event.ids for event in replaced] == [(1,)]
    assert "第二句" not in said(events)
    assert sum(isinstance(event, TurnFinished) for event in events) == 1


def test_a_channel_that_is_on_answers_as_before() -> None:
    assert said(events_of(overseen(Telling(), MemorySwitches()))) == "第一句。第二句。"


def test_while_handling_is_off_questions_are_answered_and_no_case_is_touched() -> None:
    switches, assistant = MemorySwitches(), Telling()
    question = Question(text="我要办居住证", as_of=date(2026, 11, 22), holder="somebody")

    async def asked() -> None:
        async for _ in overseen(assistant, switches).answer(question):
            pass

    asyncio.run(asked())
    switches.set(Capability.HANDLING, on=False, reason="系统迁移中", by="operator", now=NOW)
    asyncio.run(asked())
    assert assistant.holders == ["somebody", None]


@pytest.mark.parametrize(
    ("text", "case", "answered", "told"),
    [
        ("居住证要什么材料？", None, True, False),
        ("我要办居住证", None, True, True),
        ("居住证要什么材料？", "c1", True, True),
        ("我叫王小明，住徐汇区", "c1", False, True),
    ],
)
def test_while_handling_is_off_who_wants_something_done_is_told_so_and_offered_people(
    text: str, case: str | None, answered: bool, told: bool
) -> None:
    switches, assistant = MemorySwitches(), Telling()
    switches.set(Capability.HANDLING, on=False, reason="系统迁移中", by="operator", now=NOW)
    question = Question(text=text, as_of=date(2026, 11, 22), holder="somebody", case=case)
    events = events_of(overseen(assistant, switches), question)
    assert ("第一句" in said(events)) is answered
    assert ("在线办理（填表、预审、提交）现在暂停" in said(events)) is told
    assert {step.value for step in events if isinstance(step, NextStep)} == ({"12345", "person"} if told else set())
    assert isinstance(events[-1], TurnFinished)
    ids = [event.id for event in events if isinstance(event, Sentence)]
    assert ids == sorted(set(ids))


def test_somebody_in_danger_gets_the_help_line_also_in_a_case_that_is_paused() -> None:
    switches = MemorySwitches()
    switches.set(Capability.HANDLING, on=False, reason="系统迁移中", by="operator", now=NOW)
    question = Question(text="我不想活了,想自杀", as_of=date(2026, 11, 22), holder="somebody", case="c1")
    assert "12356" in said(events_of(overseen(Telling(), switches), question))


class NeverFilled:
    """A structured model that must not be asked."""

    async def fill(self, messages: Sequence[Message], shape: type[Shape]) -> Shape:
        raise AssertionError("asked although it is off")


class TurnedOffMidway:
    """Writes on for ever; the switch goes off after its second piece."""

    name = "endless"

    def __init__(self, switches: Switches) -> None:
        self._switches = switches

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        for number in range(1000):
            if number == 2:
                self._switches.set(Capability.MODEL, on=False, reason="模型出错了", by="operator", now=NOW)
            yield "字"


async def test_a_model_that_is_off_is_not_asked_and_counts_as_unavailable() -> None:
    switches, model = MemorySwitches(), ScriptedModel("好的。")
    switches.set(Capability.MODEL, on=False, reason="模型出错了", by="operator", now=NOW)
    switched = SwitchedModel(model, NeverFilled(), switches)
    with pytest.raises(ModelUnavailable, match="switched off"):
        async for _ in switched.stream(()):
            pass
    assert model.heard == []


async def test_a_model_that_is_turned_off_stops_in_the_middle() -> None:
    switches = MemorySwitches()
    switched = SwitchedModel(TurnedOffMidway(switches), NeverFilled(), switches)
    pieces: list[str] = []

    async def listen() -> None:
        async for piece in switched.stream(()):
            pieces.append(piece)

    with pytest.raises(ModelUnavailable):
        await listen()
    assert len(pieces) == 2
