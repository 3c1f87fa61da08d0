"""Whole turns: what is announced is told with its day beside what holds, and a district's own rule wins there only."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.dialogue import Question
from assistant.events import Status
from assistant.steps.compose import GroundedComposer
from assistant.transcript import Transcript, collect
from assistant.turn import Assistant
from guardrails.outbound import OutboundGuard
from ingest.reading import read_file
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.recognition.decision import Candidate, Decision, Recognition, RecognitionRequest
from knowledge.search.opening import open_index
from knowledge.storage.documents import ParsedDocument
from knowledge.storage.memory import MemoryKnowledgeBase
from tests.fakes.sheets import POLICY, a_catalogue, a_document, an_item_sheet

ZONE = ZoneInfo("Asia/Shanghai")
TODAY, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 9, tzinfo=ZONE)
MONDAY = date(2026, 11, 23)
CITY_RULE = (
    "上海市灯塔参观管理办法\n\n第一条 为了规范灯塔参观，制定本办法。\n第二条 灯塔参观每人收取讲解费30元。\n"
    "第三条 灯塔参观应当提前三个工作日预约。\n第四条 本办法自2020年1月1日起施行。\n"
)
NEW_RULE = CITY_RULE.replace("30元", "45元").replace("2020年1月1日", "2026年11月23日")
DISTRICT_RULE = (
    "徐汇区灯塔参观补充规定\n\n第一条 本区灯塔参观每人收取讲解费12元。\n第二条 本规定自2021年1月1日起施行。\n"
)
FEE = "灯塔参观讲解费收取多少元"


class NoItem:
    """A recognizer that knows no item: these questions are about documents."""

    def recognize(self, request: RecognitionRequest) -> Recognition:
        return Recognition(decision=Decision.NONE, accepted=(), choices=(), candidates=())


class TakesForTheCitysItem:
    """A recognizer that knows the city's item only."""

    def recognize(self, request: RecognitionRequest) -> Recognition:
        return Recognition(
            decision=Decision.ACCEPT, accepted=("dog_reg",), choices=(), candidates=(Candidate("dog_reg", 0.9),)
        )


@pytest.fixture(name="knowledge")
def _knowledge() -> MemoryKnowledgeBase:
    return MemoryKnowledgeBase()


@pytest.fixture(name="assistant")
def _assistant(knowledge: MemoryKnowledgeBase, tmp_path: Path) -> Iterator[Assistant]:
    embedder = HashingEmbedder()
    index = open_index(knowledge, embedder, home=tmp_path, clock=lambda: NOW)
    grounded = GroundedComposer()
    yield Assistant(
        knowledge=knowledge,
        recognizer=NoItem(),
        search=index.search,
        composer=grounded,
        fallback=grounded,
        guard=OutboundGuard(),
        embedder=embedder,
    )
    index.close()


def ingest(knowledge: MemoryKnowledgeBase, name: str, text: str, region: str = "上海市") -> str:
    """Read, save and publish a file as ingestion does."""
    reading = read_file(text.encode(), name, region="上海市")
    facts = reading.facts
    document = ParsedDocument(
        name=name,
        sha256=a_document(body=text).sha256,
        original=text.encode(),
        media_type=reading.media_type,
        title=facts.title,
        number=facts.number,
        issuer=facts.issuer,
        issued_on=facts.issued_on,
        effective_from=facts.effective_from,
        effective_to=facts.effective_to,
        region=region,
        passages=reading.passages,
    )
    saved = knowledge.documents.save(document, now=NOW, actor="王")
    knowledge.documents.publish(saved.version_id, now=NOW, actor="李", why="reviewed")
    return saved.version_id


async def ask(assistant: Assistant, text: str, as_of: date = TODAY, region: str = "上海市") -> Transcript:
    return await collect(assistant.answer(Question(text=text, as_of=as_of, region=region)))


async def test_a_rule_of_next_monday_is_told_as_such_beside_the_one_in_force(
    knowledge: MemoryKnowledgeBase, assistant: Assistant
) -> None:
    ingest(knowledge, "灯塔.txt", CITY_RULE)
    ingest(knowledge, "灯塔.txt", NEW_RULE)
    told = await ask(assistant, FEE)
    assert told.finished.status is Status.ANSWERED
    assert told.text.index("30元") < told.text.index("自2026年11月23日起（目前尚未施行）") < told.text.index("45元")
    assert {c.effective_from for c in told.citations} == {date(2020, 1, 1), MONDAY}


async def test_on_its_day_the_new_rule_is_the_answer_alone(
    knowledge: MemoryKnowledgeBase, assistant: Assistant
) -> None:
    ingest(knowledge, "灯塔.txt", CITY_RULE)
    ingest(knowledge, "灯塔.txt", NEW_RULE)
    told = await ask(assistant, FEE, as_of=MONDAY)
    assert "45元" in told.text
    assert "30元" not in told.text
    assert "尚未施行" not in told.text


async def test_a_first_rule_that_only_begins_later_is_answered_with_its_day(
    knowledge: MemoryKnowledgeBase, assistant: Assistant
) -> None:
    ingest(knowledge, "灯塔.txt", NEW_RULE)
    told = await ask(assistant, FEE)
    assert told.finished.status is Status.ANSWERED
    assert told.text.startswith("自2026年11月23日起（目前尚未施行）")


async def test_what_is_announced_is_told_only_to_who_asks_about_it(
    knowledge: MemoryKnowledgeBase, assistant: Assistant
) -> None:
    ingest(knowledge, "灯塔.txt", NEW_RULE)
    told = await ask(assistant, "怎么领养流浪猫")
    assert "尚未施行" not in told.text


async def test_a_withdrawn_announcement_is_not_told(knowledge: MemoryKnowledgeBase, assistant: Assistant) -> None:
    ingest(knowledge, "灯塔.txt", CITY_RULE)
    announced = ingest(knowledge, "灯塔.txt", NEW_RULE)
    knowledge.documents.withdraw(announced, now=NOW, actor="李", why="not adopted")
    told = await ask(assistant, FEE)
    assert "30元" in told.text
    assert "45元" not in told.text


@pytest.mark.parametrize(
    ("region", "said", "not_said"),
    [
        ("上海市/徐汇区", "12元", "30元"),
        ("上海市/静安区", "30元", "12元"),
    ],
)
async def test_a_districts_rule_wins_in_that_district_only(
    knowledge: MemoryKnowledgeBase, assistant: Assistant, region: str, said: str, not_said: str
) -> None:
    ingest(knowledge, "灯塔.txt", CITY_RULE)
    ingest(knowledge, "徐汇.txt", DISTRICT_RULE, region="上海市/徐汇区")
    told = await ask(assistant, FEE, region=region)
    assert said in told.text
    assert not_said not in told.text
    assert ("按徐汇区的规定" in told.text) is (said == "12元")


async def test_who_names_the_district_gets_its_rule(knowledge: MemoryKnowledgeBase, assistant: Assistant) -> None:
    ingest(knowledge, "灯塔.txt", CITY_RULE)
    ingest(knowledge, "徐汇.txt", DISTRICT_RULE, region="上海市/徐汇区")
    told = await ask(assistant, f"徐汇区{FEE}")
    assert "12元" in told.text


async def test_what_the_district_does_not_rule_is_the_citys(
    knowledge: MemoryKnowledgeBase, assistant: Assistant
) -> None:
    ingest(knowledge, "灯塔.txt", CITY_RULE)
    ingest(knowledge, "徐汇.txt", DISTRICT_RULE, region="上海市/徐汇区")
    told = await ask(assistant, "灯塔参观应当提前几个工作日预约", region="上海市/徐汇区")
    assert "三个工作日" in told.text


@pytest.mark.parametrize(("region", "fee"), [("上海市/徐汇区", "100元"), ("上海市/静安区", "500元")])
async def test_a_districts_item_replaces_the_citys_there(
    knowledge: MemoryKnowledgeBase, tmp_path: Path, region: str, fee: str
) -> None:
    own = an_item_sheet("dog_reg_xuhui", fee="100元").replace("region: 上海市", "region: 上海市/徐汇区")
    catalogue = a_catalogue(tmp_path / "c", an_item_sheet(fee="500元"), own)
    knowledge.publish_catalogue(catalogue, now=NOW, actor="a", why="test")
    grounded = GroundedComposer()
    index = open_index(knowledge, HashingEmbedder(), home=tmp_path, clock=lambda: NOW)
    assistant = Assistant(
        knowledge=knowledge,
        recognizer=TakesForTheCitysItem(),
        search=index.search,
        composer=grounded,
        fallback=grounded,
        guard=OutboundGuard(),
    )
    told = await ask(assistant, "养犬登记收费多少", region=region)
    assert fee in told.text
    assert ("按徐汇区的规定" in told.text) is (region == "上海市/徐汇区")
    index.close()


async def test_a_policy_whose_next_period_is_published_goes_on_until_then(
    knowledge: MemoryKnowledgeBase, assistant: Assistant, tmp_path: Path
) -> None:
    later = POLICY.replace("from: '2025-09-10'", "from: '2027-01-01'").replace("6个月", "4个月")
    for sheet in (POLICY, later):
        knowledge.publish_catalogue(a_catalogue(tmp_path / "c", sheet), now=NOW, actor="a", why="test")
    told = await ask(assistant, "灵活就业医保待遇等待期多久")
    assert "6个月" in told.text
    assert "自2027年1月1日起（目前尚未施行）" in told.text
    assert "4个月" in told.text
