"""The life of knowledge on a database: due, versions, differences, impact, gaps, and from a gap to an answer."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.events import Status, Why
from assistant.storage.asked import AskedQuestions
from assistant.storage.conversations import SqlConversations
from assistant.storage.migrating import upgrade_to_head
from assistant.upkeep.building import build_life
from assistant.upkeep.drafting import EntryDraft
from assistant.upkeep.life import KnowledgeLife
from assistant.web.conversations import StoredEvent, Turn
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.errors import FourEyesRequired, TransitionRefused, UnknownVersion
from knowledge.life.differences import ChangeKind
from knowledge.life.due import DueState
from knowledge.life.impact import AffectedKind
from knowledge.life.work import Step, WorkKind, WorkState
from knowledge.passages import VersionState
from knowledge.search.opening import open_index
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.store import KnowledgeStore
from tests.fakes.databases import postgresql
from tests.fakes.sheets import POLICY, a_catalogue, a_document, an_item_sheet

FRIDAY = datetime(2026, 11, 20, 2, tzinfo=UTC)
SATURDAY, TODAY = FRIDAY + timedelta(days=1), date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Home:
    """A knowledge base with its life and its conversations."""

    store: KnowledgeStore
    life: KnowledgeLife
    conversations: SqlConversations


@pytest.fixture(scope="module")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgresql(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(name="home", params=["sqlite", "postgresql"])
def _home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    if request.param == "sqlite":
        engine = open_engine(sqlite_url(tmp_path / "home"))
    else:
        engine = open_engine(request.getfixturevalue("postgres_url"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    upgrade_to_head(engine)
    store = KnowledgeStore(engine, look_again_after=0)
    embedder = HashingEmbedder()
    index = open_index(store, embedder, home=tmp_path, clock=lambda: FRIDAY)
    life = build_life(store, index.search, embedder, lambda: FRIDAY)
    yield Home(store, life, SqlConversations(engine))
    index.close()
    engine.dispose()


def publish_sheets(home: Home, folder: Path, *sheets: str, now: datetime = FRIDAY) -> None:
    home.store.publish_catalogue(a_catalogue(folder, *sheets), now=now, actor="tester", why="test")


def asked(home: Home, *questions: str, why: Why = Why.NO_EVIDENCE, source: str | None = None) -> None:
    """Keep turns as the chat does; with `source` they were answered from it."""
    for n, question in enumerate(questions):
        conversation = f"c{n}-{question}"
        home.conversations.create(conversation, FRIDAY)
        ending = {"status": Status.CANNOT_ANSWER, "why": why, "item": None}
        events: Sequence[StoredEvent] = ()
        if source is not None:
            ending = {"status": Status.ANSWERED, "why": Why.GROUNDED, "item": None}
            events = (StoredEvent("sources_found", json.dumps({"citations": [{"source": source}]})),)
        turn = Turn(
            client_id="1", text=question, at=FRIDAY, events=(*events, StoredEvent("turn_finished", json.dumps(ending)))
        )
        home.conversations.add(conversation, turn)


def test_a_draft_for_monday_alarms_on_friday_until_another_person_publishes_it(home: Home) -> None:
    saved = home.store.documents.save(a_document(body="讲解费45元", effective_from=MONDAY), now=FRIDAY, actor="王")
    (due,) = home.life.due(FRIDAY)
    assert (due.state, due.deadline, due.is_alarming) == (DueState.TODAY, TODAY, True)
    assert home.life.due(SATURDAY)[0].state is DueState.LATE
    home.life.look(FRIDAY, (WorkKind.DUE,))
    assert [work.due for work in home.life.work.list(WorkKind.DUE)] == [TODAY]
    home.store.documents.publish(saved.version_id, now=FRIDAY, actor="李", why="reviewed")
    assert [due.state for due in home.life.due(FRIDAY)] == [DueState.READY]
    home.life.look(FRIDAY, (WorkKind.DUE,))
    assert [work.state for work in home.life.work.list(WorkKind.DUE)] == [WorkState.DONE]


def test_the_versions_of_a_document_tell_who_saved_approved_and_published(home: Home) -> None:
    saved = home.store.documents.save(a_document(body="旧"), now=FRIDAY, actor="王")
    home.store.documents.review(saved.version_id, now=FRIDAY, actor="李", why="compared")
    home.store.documents.publish(saved.version_id, now=FRIDAY, actor="王", why="reviewed by 李")
    (line,) = home.life.versions("documents/通知.txt")
    assert (line.saved_by, line.approved_by, line.published_by) == ("王", ("李",), "王")
    assert (line.state, line.why) == (VersionState.PUBLISHED, "reviewed by 李")
    assert home.life.versions("documents/nothing.txt") == ()


def test_versions_of_documents_and_of_sheets_are_compared_by_clause(home: Home, tmp_path: Path) -> None:
    ids = [
        home.store.documents.save(a_document(body=body), now=FRIDAY, actor="王").version_id
        for body in ("每年缴纳管理费500元。", "每年缴纳管理费300元。")
    ]
    (change,) = home.life.difference(*ids).changes
    assert change.kind is ChangeKind.CHANGED
    for fee in ("500元", "300元"):
        publish_sheets(home, tmp_path / "c", an_item_sheet(fee=fee))
    new, old = home.life.versions("items/dog_reg")
    difference = home.life.difference(old.version_id, new.version_id)
    assert [(c.kind, c.label) for c in difference.changes] == [(ChangeKind.CHANGED, "fee")]
    with pytest.raises(UnknownVersion):
        home.life.difference(ids[0], "nothing")


def test_a_changed_clause_leads_to_items_materials_policies_documents_and_answers(home: Home, tmp_path: Path) -> None:
    publish_sheets(home, tmp_path / "c", an_item_sheet(), POLICY)
    home.store.documents.save_all(
        (a_document(body="依照《上海市养犬管理条例》第十条办理。"),),
        now=FRIDAY,
        actor="王",
        publish_why="test",
        approved_by="李",
    )
    asked(home, "狗证要什么材料", "打针证明要吗", source="items/dog_reg")
    asked(home, "无关的问题", source="items/dog_reg_other")
    impact = home.life.impact("《上海市养犬管理条例》第十条", TODAY)
    assert {(a.kind, a.source, a.certain) for a in impact.affected} >= {
        (AffectedKind.MATERIAL, "items/dog_reg", True),
        (AffectedKind.CONDITION, "items/dog_reg", False),
        (AffectedKind.DOCUMENT, "documents/通知.txt", True),
    }
    assert impact.answers_given == 2
    assert {a.source for a in home.life.impact("沪医保规〔2025〕7号", TODAY).affected} == {"policies/flex_waiting"}
    assert {a.source for a in home.life.impact("市公安局", TODAY).affected} == {"items/dog_reg"}
    assert {a.source for a in home.life.impact("狂犬病免疫证明", TODAY).affected} == {"items/dog_reg"}
    other = home.life.impact("《上海市养犬管理条例》第九十九条", TODAY)
    assert all(not a.certain for a in other.affected)


def test_the_impact_of_a_document_that_is_not_here_is_said_to_be_unknown(home: Home) -> None:
    with pytest.raises(UnknownVersion, match="file name"):
        home.life.impact("documents/nothing.txt", TODAY)


def test_unanswered_questions_are_grouped_counted_and_masked(home: Home) -> None:
    asked(home, "灯塔讲解费多少钱", "灯塔讲解费要多少钱", "灯塔的讲解费多少钱呢", "我的手机13812345678怎么绑定随申办")
    asked(home, "人身攻击", why=Why.UNSAFE_REQUEST)
    home.life.look(FRIDAY, (WorkKind.GAP,))
    gaps = home.life.work.list(WorkKind.GAP)
    assert gaps[0].finding.volume == 3
    assert "13812345678" not in json.dumps([place.text for gap in gaps for place in gap.finding.places])
    assert not any("人身攻击" in place.text for gap in gaps for place in gap.finding.places)


def test_a_gap_becomes_a_draft_then_reviewed_then_an_answer_and_is_done(home: Home) -> None:
    asked(home, "灯塔讲解费多少钱")
    home.life.look(FRIDAY, (WorkKind.GAP,))
    (gap,) = home.life.work.list(WorkKind.GAP)
    entry = EntryDraft(
        title="灯塔讲解费",
        question="灯塔讲解费多少钱",
        answer="灯塔讲解费每人30元。",
        basis="灯塔管理处2026年11月18日书面答复",
        region="上海市",
    )
    step = Step(at=FRIDAY, actor="王", reason="asked the office")
    saved = home.life.draft_entry(gap.finding.id, entry, step)
    assert (home.life.work.one(gap.finding.id).owner, home.life.settle_drafted(FRIDAY)) == ("王", ())
    with pytest.raises(FourEyesRequired):
        home.store.documents.publish(saved.version_id, now=FRIDAY, actor="王", why="mine")
    home.store.documents.publish(saved.version_id, now=FRIDAY, actor="李", why="checked with the office")
    (done,) = home.life.settle_drafted(FRIDAY)
    assert done.state is WorkState.DONE
    home.life.look(FRIDAY, (WorkKind.GAP,))
    assert home.life.work.one(gap.finding.id).state is WorkState.DONE
    asked(home, "灯塔讲解费要多少钱")
    home.life.look(FRIDAY, (WorkKind.GAP,))
    assert home.life.work.one(gap.finding.id).state is WorkState.OPEN
    version = home.store.version(saved.version_id)
    assert version is not None
    assert next(p.text for p in home.store.passages(version.id)) == "灯塔讲解费每人30元。"


def test_an_entry_without_a_basis_is_not_drafted(home: Home) -> None:
    asked(home, "灯塔讲解费多少钱")
    home.life.look(FRIDAY, (WorkKind.GAP,))
    (gap,) = home.life.work.list(WorkKind.GAP)
    entry = EntryDraft(title="灯塔", question="多少钱", answer="30元", basis=" ", region="上海市")
    with pytest.raises(TransitionRefused, match="rests on"):
        home.life.draft_entry(gap.finding.id, entry, Step(at=FRIDAY, actor="王"))


def test_answers_that_did_not_help_are_gaps_too(home: Home) -> None:
    asked(home, "狗证多少钱", source="items/dog_reg")
    home.conversations.rate("c0-狗证多少钱", "1", helpful=False, at=FRIDAY)
    (question,) = AskedQuestions(home.store.engine).unanswered(FRIDAY - timedelta(days=1))
    assert (question.text, question.why) == ("狗证多少钱", "unhelpful")


def test_a_sheet_that_changes_on_a_later_day_waits_for_it(home: Home, tmp_path: Path) -> None:
    later = POLICY.replace("'2025-09-10'", "'2027-01-01'")
    for sheet in (POLICY, later):
        publish_sheets(home, tmp_path / "c", sheet)
    assert home.store.beginnings(TODAY) == (date(2027, 1, 1),)
    now, then = home.store.policy("flex_waiting", TODAY), home.store.policy("flex_waiting", date(2027, 1, 1))
    assert now is not None
    assert then is not None
    assert (now.period.begins, then.period.begins) == (date(2025, 9, 10), date(2027, 1, 1))
