"""Whole turns over the knowledge that ships: what is answered, what is honestly not, and what never leaves."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.dialogue import Question, Speaker, Utterance
from assistant.errors import ModelUnavailable
from assistant.events import SentencesReplaced, SourcesFound, Status, TurnFinished, Why
from assistant.steps.compose import GroundedComposer
from assistant.steps.grounds import Composer, Grounds, Piece
from assistant.transcript import Transcript, collect, transcript_of
from assistant.turn import Assistant
from guardrails.approved import Wording
from guardrails.outbound import OutboundGuard
from knowledge.corpus.catalogue import load_catalogue
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.errors import IndexDamaged
from knowledge.recognition.decision import Candidate, Decision, Recognition, RecognitionRequest
from knowledge.roles import Found
from knowledge.storage.memory import MemoryKnowledgeBase

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


class Recognizes:
    """A recognizer that was told the answer: these tests are about everything after it."""

    def __init__(self, *slugs: str, choices: tuple[str, ...] = (), score: float = 0.4) -> None:
        self._slugs, self._choices, self._score = slugs, choices, score

    def recognize(self, request: RecognitionRequest) -> Recognition:
        thought_of = tuple(Candidate(slug, self._score) for slug in (*self._slugs, *self._choices))
        decision = Decision.ACCEPT if self._slugs else Decision.CLARIFY if self._choices else Decision.NONE
        return Recognition(decision=decision, accepted=self._slugs, choices=self._choices, candidates=thought_of)


class NoDocuments:
    """A library without documents."""

    def search(self, query: str, *, as_of: date, limit: int = 8) -> Found:
        return Found(hits=(), evidence=0.0)


class BrokenIndex:
    """A library whose index is gone."""

    def search(self, query: str, *, as_of: date, limit: int = 8) -> Found:
        raise IndexDamaged("the index folder is missing: run `xiaoshen doctor --repair`")


class BreaksOff:
    """A model that says one sentence and is gone."""

    name = "breaks-off"

    async def compose(self, grounds: Grounds) -> AsyncIterator[Piece]:
        first = grounds.statements[0]
        yield Piece(text=first.text, wording=Wording.QUOTED, statements=(first,))
        raise ModelUnavailable("the server closed the connection")


class Invents:
    """A model that invents a fee."""

    name = "invents"

    async def compose(self, grounds: Grounds) -> AsyncIterator[Piece]:
        yield Piece(text="办这件事要收88888元。", wording=Wording.GENERATED, statements=grounds.statements[:1])


@pytest.fixture(scope="module")
def knowledge() -> MemoryKnowledgeBase:
    base = MemoryKnowledgeBase()
    base.publish_catalogue(load_catalogue(CORPUS), now=NOW, actor="test", why="the shipped sheets")
    return base


def an_assistant(
    knowledge: MemoryKnowledgeBase,
    recognizer: Recognizes,
    composer: Composer | None = None,
    search: NoDocuments | BrokenIndex | None = None,
) -> Assistant:
    grounded = GroundedComposer()
    return Assistant(
        knowledge=knowledge,
        recognizer=recognizer,
        search=search or NoDocuments(),
        composer=composer or grounded,
        fallback=grounded,
        guard=OutboundGuard(),
        embedder=HashingEmbedder(),
    )


async def ask(assistant: Assistant, text: str, as_of: date = TODAY, history: tuple[Utterance, ...] = ()) -> Transcript:
    return await collect(assistant.answer(Question(text=text, as_of=as_of, history=history)))


async def test_a_sourced_fee_is_stated_with_its_source(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes("passport_first")), "做一本护照多少钱")
    assert told.finished.status is Status.ANSWERED
    assert "120元" in told.text
    assert [c.source for c in told.citations] == ["items/passport_first"]
    assert told.cards


async def test_an_unverified_fee_is_never_stated(knowledge: MemoryKnowledgeBase) -> None:
    item = knowledge.item("id_first", TODAY)
    assert item is not None
    assert not item.fee.is_known
    told = await ask(an_assistant(knowledge, Recognizes("id_first")), "第一次做身份证收费吗,多少钱")
    assert (told.finished.status, told.finished.why) == (Status.CANNOT_ANSWER, Why.FACT_UNVERIFIED)
    assert "没有可靠来源" in told.text
    assert any(step.value == "12345" for step in told.next_steps)


async def test_a_validity_that_no_sheet_knows_is_not_replaced_by_another_time(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes("foreigner_work")), "工作许可证的有效期是多久")
    assert told.finished.status is Status.CANNOT_ANSWER


async def test_a_rival_that_happens_to_know_a_number_does_not_answer_for_the_likelier_item(
    knowledge: MemoryKnowledgeBase,
) -> None:
    unsure = Recognizes(choices=("birth_cert", "paternity_maternity_leave"), score=0.65)
    told = await ask(an_assistant(knowledge, unsure), "出生证明几个工作日出结果")
    assert "陪产假" not in "".join(s.text.text for s in told.sentences)


async def test_materials_come_as_one_list(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes("injury_identify")), "申请要准备哪些材料")
    assert sum("您需要带：" in s.text.text for s in told.sentences) == 1
    assert "诊断证明" in told.text


async def test_the_answer_to_another_question_says_which_it_was(knowledge: MemoryKnowledgeBase) -> None:
    told = (await ask(an_assistant(knowledge, Recognizes("divorce_reg")), "离婚冷静期能不能跳过")).text

    assert "“过了领证期没去领”：视为撤回离婚登记申请" in told


async def test_an_expired_policy_is_said_to_be_over_and_was_in_force_before(knowledge: MemoryKnowledgeBase) -> None:
    assistant = an_assistant(knowledge, Recognizes())
    after = await ask(assistant, "汽车置换更新补贴以旧换新,转让旧车购新车个人的补贴是多少钱", date(2026, 5, 1))
    before = await ask(assistant, "汽车置换更新补贴以旧换新,转让旧车购新车个人的补贴是多少钱", date(2025, 5, 1))
    assert "2026年3月31日" in after.text
    assert "已经到期" in after.text
    assert "已经到期" not in before.text


async def test_a_formula_is_worked_out_for_what_the_question_states(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes()), "失业保险金:我一共缴了三年失业保险,失业金能领几个月")
    assert "6个月" in told.text
    assert told.citations[0].anchor == "policies/unemployment_benefit#computed"


async def test_a_false_number_is_corrected_and_not_repeated(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes("vehicle_transfer")), "过户只要在九十天内办就行对吧?")
    assert "30日" in told.text
    assert "不是这样" in told.text
    assert "九十" not in told.text


async def test_nothing_is_said_about_another_place(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes("public_rental")), "深圳的公租房怎么申请")
    assert told.finished.why is Why.OTHER_REGION
    assert not told.citations


async def test_an_unclear_request_gets_one_question_with_choices(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes(choices=("id_loss", "id_renew"))), "身份证")
    assert told.finished.status is Status.CLARIFY
    assert told.question is not None
    assert [choice.item for choice in told.question.choices] == ["id_loss", "id_renew", None]


async def test_nothing_that_fits_is_an_honest_answer_with_a_way_on(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes()), "我家的猫会说话怎么登记")
    assert (told.finished.status, told.finished.why) == (Status.CANNOT_ANSWER, Why.NO_ITEM)
    assert told.next_steps


async def test_a_broken_index_degrades_and_is_said(knowledge: MemoryKnowledgeBase) -> None:
    with_item = await ask(an_assistant(knowledge, Recognizes("dog_reg"), search=BrokenIndex()), "养狗登记收多少钱")
    without = await ask(an_assistant(knowledge, Recognizes(), search=BrokenIndex()), "报告里怎么说的")
    assert with_item.finished.status is Status.ANSWERED
    assert with_item.finished.degraded
    assert without.finished.why is Why.SEARCH_BROKEN


async def test_a_model_that_breaks_off_is_replaced_within_the_turn(knowledge: MemoryKnowledgeBase) -> None:
    assistant = an_assistant(knowledge, Recognizes("dog_reg"), BreaksOff())
    events = [event async for event in assistant.answer(Question(text="养狗登记收多少钱", as_of=TODAY))]
    assert any(isinstance(event, SentencesReplaced) for event in events)
    told = transcript_of(events)
    assert told.finished.composer == "grounded"
    assert "500元" in told.text


async def test_an_invented_fee_never_leaves(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes("dog_reg"), Invents()), "养狗登记收多少钱")
    assert "88888" not in told.text
    assert "500元" in told.text
    assert told.finished.flags


async def test_an_english_question_is_answered_in_english_with_the_chinese_beside(
    knowledge: MemoryKnowledgeBase,
) -> None:
    told = await ask(an_assistant(knowledge, Recognizes("med_transfer")), "Is there a fee for this filing?")
    assert "free of charge" in told.text
    assert "免费" in told.text


@pytest.mark.parametrize(
    "text", ["", "   ", "😀😀😀", "\u200b\u200d", "\ud800", "ﷺ" * 500, "啊" * 10000, "<script>1</script>"]
)
async def test_any_message_ends_in_exactly_one_end(knowledge: MemoryKnowledgeBase, text: str) -> None:
    assistant = an_assistant(knowledge, Recognizes())
    events = [event async for event in assistant.answer(Question(text=text, as_of=TODAY))]
    assert sum(isinstance(event, TurnFinished) for event in events) == 1
    assert isinstance(events[-1], TurnFinished)
    assert len(events) > 1


async def test_every_cited_number_was_announced_before(knowledge: MemoryKnowledgeBase) -> None:
    assistant = an_assistant(knowledge, Recognizes("res_hukou"))
    announced: set[int] = set()
    async for event in assistant.answer(Question(text="居转户要什么条件", as_of=TODAY)):
        if isinstance(event, SourcesFound):
            announced.update(c.number for c in event.citations)
        elif (numbers := getattr(event, "citations", None)) is not None:
            assert set(numbers) <= announced


async def test_a_wish_for_a_person_is_met_with_the_honest_channels(knowledge: MemoryKnowledgeBase) -> None:
    told = await ask(an_assistant(knowledge, Recognizes()), "转人工")
    assert (told.finished.status, told.finished.why) == (Status.HANDOFF, Why.PERSON_WANTED)
    assert "12345" in told.text


async def test_a_follow_up_asks_about_the_item_of_the_dialogue(knowledge: MemoryKnowledgeBase) -> None:
    history = (Utterance(Speaker.CITIZEN, "我要给狗办证"), Utterance(Speaker.XIAOSHEN, "好的。"))
    told = await ask(an_assistant(knowledge, Recognizes("dog_reg")), "那要带什么", history=history)
    assert "狂犬病免疫证明" in told.text
