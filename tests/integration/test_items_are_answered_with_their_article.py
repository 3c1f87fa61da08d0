"""Whole turns: an answer that quotes an item of a regulation also quotes what it is an item of."""

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
from knowledge.recognition.decision import Decision, Recognition, RecognitionRequest
from knowledge.search.opening import open_index
from knowledge.storage.documents import ParsedDocument
from knowledge.storage.memory import MemoryKnowledgeBase
from tests.fakes.sheets import a_document

NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
NEXT_YEAR = date(2027, 3, 1)
LEAD = "灯塔参观申请有下列情形之一的，管理单位不予受理，并应当当场告知申请人理由："
DRONE = "（七）申请人携带无人驾驶航空器并且没有取得空域批准文件；"
_OTHERS = (
    "（一）灯塔主体结构正在维修加固，经专业检测机构评定暂时不具备对社会公众安全开放条件的，或者周边海堤正在施工、通道封闭的；",
    "（二）申请参观的日期适逢台风、暴雨、大雾等预警信号生效期间，或者海事管理机构已经发布航行警告、限制人员登岛登塔的；",
    "（三）提交的身份证明、团体名单或者未成年人监护人同意书不齐全，经一次性告知后在规定期限以内仍然没有补正齐全的；",
    "（四）同一参观时段预约的总人数已经达到管理单位公布的最大承载数量，且申请人不同意由管理单位调整到其他时段的；",
    "（五）申请人在此前参观中有攀爬灯器、损毁助航设施、干扰值守人员工作等行为，并且被管理单位书面记录尚未满规定期间的；",
    "（六）申请人要求进入机房、灯笼、蓄电池间等涉及助航安全的区域，而没有取得航标管理机关出具的书面同意意见的；",
)
_LAST = "（八）申请人拒绝接受入口安全检查，或者随身携带易燃易爆、管制器具以及其他法律法规禁止携带的危险物品的。"
RULE = "\n".join(
    (
        "上海市灯塔参观办法",
        "",
        "第一条 为了规范灯塔参观，制定本办法。",
        f"第二条 {LEAD}",
        *_OTHERS,
        DRONE,
        _LAST,
        "第三条 本办法自2020年1月1日起施行。",
        "",
    )
)
NEW_LEAD = LEAD.replace("当场告知", "书面告知")
NEW_RULE = RULE.replace(LEAD, NEW_LEAD).replace("2020年1月1日", "2027年3月1日")


class NoItem:
    """A recognizer that knows no item: these questions are about documents."""

    def recognize(self, request: RecognitionRequest) -> Recognition:
        return Recognition(decision=Decision.NONE, accepted=(), choices=(), candidates=())


def publish_both(knowledge: MemoryKnowledgeBase) -> None:
    """The rule in force and the one of next year, read, saved and published as ingestion does."""
    for text in (RULE, NEW_RULE):
        reading = read_file(text.encode(), "灯塔.txt")
        document = ParsedDocument(
            name="灯塔.txt",
            sha256=a_document(body=text).sha256,
            original=text.encode(),
            media_type=reading.media_type,
            title=reading.facts.title,
            number=None,
            issuer=None,
            issued_on=None,
            effective_from=reading.facts.effective_from,
            effective_to=None,
            region="上海市",
            passages=reading.passages,
        )
        saved = knowledge.documents.save(document, now=NOW, actor="王")
        knowledge.documents.publish(saved.version_id, now=NOW, actor="李", why="reviewed")


@pytest.fixture(name="knowledge")
def _knowledge() -> MemoryKnowledgeBase:
    return MemoryKnowledgeBase()


@pytest.fixture(name="assistant")
def _assistant(knowledge: MemoryKnowledgeBase, tmp_path: Path) -> Iterator[Assistant]:
    embedder = HashingEmbedder()
    index = open_index(knowledge, embedder, home=tmp_path, clock=lambda: NOW)
    publish_both(knowledge)
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


async def ask(assistant: Assistant, text: str, as_of: date = date(2026, 11, 20)) -> Transcript:
    return await collect(assistant.answer(Question(text=text, as_of=as_of, region="上海市")))


def test_the_article_is_long_enough_to_be_cut(knowledge: MemoryKnowledgeBase) -> None:
    publish_both(knowledge)
    version = knowledge.published_documents()[0]
    holding = [p for p in knowledge.passages(version.id) if DRONE in p.text]
    assert holding
    assert all(LEAD not in p.text for p in holding)


@pytest.mark.parametrize(
    "question", ["灯塔参观办法对携带无人驾驶航空器怎么规定", "灯塔参观办法第二条第（七）项怎么规定"]
)
async def test_an_item_comes_with_the_words_that_lead_its_list(assistant: Assistant, question: str) -> None:
    told = await ask(assistant, question)
    assert told.finished.status is Status.ANSWERED
    assert f"{LEAD}……{DRONE.rstrip('；')}" in told.text
    assert told.text.count(LEAD) == 1
    assert not told.finished.flags
    (item, *_) = [c for c in told.citations if "无人驾驶航空器" in c.quote.text]
    (article, *_) = [c for c in told.citations if LEAD in c.quote.text]
    assert (item.clause or "").startswith("第二条")
    assert item.anchor != article.anchor
    assert LEAD not in item.quote.text
    assert item.version == article.version


async def test_the_lead_is_that_of_the_version_in_force(assistant: Assistant) -> None:
    today = await ask(assistant, "灯塔参观办法第二条第（七）项怎么规定")
    later = await ask(assistant, "灯塔参观办法第二条第（七）项怎么规定", as_of=NEXT_YEAR)
    assert NEW_LEAD not in today.text
    assert f"{NEW_LEAD}……" in later.text
    assert LEAD not in later.text
