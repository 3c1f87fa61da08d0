"""Stopped answers and questions that went to a person become masked work; one click makes a case or a way of asking."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.clerk.outcomes import Happened, Outcomes
from assistant.clerk.suggestion import Outcome, Rejection, SuggestionKind
from assistant.handoff.reasons import Reason
from assistant.handoff.tables import TicketRow
from assistant.storage.conversations import SqlConversations
from assistant.storage.evaluation_cases import CaseTask, EvaluationCases
from assistant.storage.migrating import upgrade_to_head
from assistant.upkeep.signals import HANDED_OVER, REJECTED, REWRITTEN, STOPPED, signals_in
from assistant.web.conversations import StoredEvent, Turn
from knowledge.life.work import Severity, Step, WorkKind, WorkState
from knowledge.storage.engine import open_engine, sqlite_url, writing
from knowledge.storage.sql_work import SqlWorkList

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=1)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


def asked(engine: Engine, name: str, text: str, why: str) -> None:
    kept = SqlConversations(engine)
    kept.create(name, NOW)
    ended = {"status": "cannot_answer", "why": why, "item": None}
    said = StoredEvent("turn_finished", json.dumps(ended))
    kept.add(name, Turn(client_id="m", text=text, at=NOW, events=(said,)))


def ticket(engine: Engine, conversation: str, reason: Reason, item: str | None = None) -> None:
    at = NOW + timedelta(minutes=1)
    row = TicketRow(
        id=f"t-{conversation}",
        conversation=conversation,
        reason=reason.value,
        item=item,
        language="zh",
        state="ended",
        tier=0,
        asked_at=at,
        waiting_since=at,
        rank_at=at,
        is_call=False,
        calls=0,
        seq=1,
        changed_at=at,
        citizen_seen_at=at,
        citizen_read=0,
        clerk_read=0,
    )
    with writing(engine) as session:
        session.add(row)


def test_a_stopped_answer_is_one_masked_finding_however_often_it_was_asked(engine: Engine) -> None:
    for name in ("a", "b"):
        asked(engine, name, "我叫张伟,电话13812345678,居住证要多少钱", "guard_stopped")
    (found,) = signals_in(engine, SINCE)
    assert (found.code, found.kind, found.volume) == (STOPPED, WorkKind.SIGNAL, 2)
    assert "13812345678" not in str(found)
    assert "居住证要多少钱" in found.places[0].text


def test_what_went_to_a_person_is_told_by_reason_with_the_last_question_before_it(engine: Engine) -> None:
    for name, text in (("a", "居住证续签要去哪"), ("b", "居住证可以邮寄吗")):
        asked(engine, name, text, "no_evidence")
        ticket(engine, name, Reason.NO_SOURCE, item="residence_renew")
    (found,) = signals_in(engine, SINCE)
    assert (found.code, found.volume, found.severity) == (HANDED_OVER, 2, Severity.MEDIUM)
    assert {place.text for place in found.places} == {"居住证续签要去哪", "居住证可以邮寄吗"}
    assert found.places[0].source == "items/residence_renew"
    assert "没有可靠来源" in found.what


def test_what_a_clerk_rejected_or_wrote_anew_is_told_with_the_question_and_without_the_clerk(engine: Engine) -> None:
    asked(engine, "a", "居住证续签要去哪", "no_evidence")
    ticket(engine, "a", Reason.CLERK_ONLY)
    kept = Outcomes(engine)
    for name, outcome, share in (
        ("s1", Outcome.REJECTED, 0.0),
        ("s2", Outcome.EDITED, 0.9),
        ("s3", Outcome.EDITED, 0.2),
    ):
        kept.keep(
            Happened(
                ticket="t-a",
                suggestion=name,
                kind=SuggestionKind.ANSWER,
                item="residence_renew",
                clerk="zhou",
                outcome=outcome,
                reason=Rejection.OUTDATED if outcome is Outcome.REJECTED else None,
                kept_share=share,
                at=NOW,
            )
        )
    found = {finding.code: finding for finding in signals_in(engine, SINCE)}
    assert set(found) == {REJECTED, REWRITTEN}
    assert "已经过时" in found[REJECTED].what
    assert found[REWRITTEN].volume == 1
    assert found[REJECTED].places[0].text == "居住证续签要去哪"
    assert "zhou" not in str(found)


def test_a_crisis_and_what_only_a_person_does_are_not_read(engine: Engine) -> None:
    for name, reason in (("a", Reason.CRISIS), ("b", Reason.COMPLAINT), ("c", Reason.CLERK_ONLY)):
        asked(engine, name, "我不想活了", "crisis")
        ticket(engine, name, reason)
    assert signals_in(engine, SINCE) == ()


def test_what_a_citizen_deleted_teaches_nothing_more(engine: Engine) -> None:
    asked(engine, "a", "居住证要多少钱", "guard_stopped")
    work = SqlWorkList(engine)
    work.report((WorkKind.SIGNAL,), signals_in(engine, SINCE), now=NOW)
    SqlConversations(engine).delete("a")
    work.report((WorkKind.SIGNAL,), signals_in(engine, SINCE), now=NOW)
    (one,) = work.list(WorkKind.SIGNAL)
    assert one.state is WorkState.DONE


def test_finished_work_opens_again_only_when_it_happens_again(engine: Engine) -> None:
    asked(engine, "a", "居住证要多少钱", "guard_stopped")
    work = SqlWorkList(engine)
    work.report((WorkKind.SIGNAL,), signals_in(engine, SINCE), now=NOW)
    (one,) = work.list(WorkKind.SIGNAL)
    work.finish(one.finding.id, Step(at=NOW, actor="li"))
    work.report((WorkKind.SIGNAL,), signals_in(engine, SINCE), now=NOW)
    assert work.one(one.finding.id).state is WorkState.DONE
    asked(engine, "b", "居住证要多少钱", "guard_stopped")
    work.report((WorkKind.SIGNAL,), signals_in(engine, SINCE), now=NOW)
    assert work.one(one.finding.id).state is WorkState.OPEN


def test_a_proposed_way_of_asking_is_a_line_as_the_corpus_has_them(engine: Engine) -> None:
    cases = EvaluationCases(engine)
    way: dict[str, object] = {"item": "dog_reg", "query": "狗证咋弄", "style": "everyday", "source": "console"}
    cases.save(CaseTask.ASKING, way, note="", now=NOW, actor="li")
    assert [json.loads(line) for line in cases.lines(CaseTask.ASKING)] == [way]
    assert list(cases.lines(CaseTask.ANSWERS)) == []
