"""Conversations in the database: each turn once, whole, and the same when it is read back."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import UnknownConversation
from assistant.storage.conversations import SqlConversations
from assistant.storage.opening import open_store
from assistant.storage.tables import MessageRow
from assistant.web.conversations import Conversations, StoredEvent, Turn
from knowledge.storage.engine import reading

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
EVENTS = (
    StoredEvent("sentence", '{"type":"sentence","id":1,"text":"每户一只。","citations":[1]}'),
    StoredEvent("sentence", '{"type":"sentence","id":2,"text":"错的话。","citations":[]}'),
    StoredEvent("sentences_replaced", '{"type":"sentences_replaced","ids":[2],"reason":"更正"}'),
    StoredEvent("turn_finished", '{"type":"turn_finished","status":"answered","why":"grounded","item":"dog_reg"}'),
)


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[SqlConversations]:
    store = open_store(tmp_path)
    yield SqlConversations(store.engine)
    store.engine.dispose()


def a_turn(client_id: str = "c1", text: str = "狗证怎么办") -> Turn:
    return Turn(client_id=client_id, text=text, at=NOW, events=EVENTS)


def test_it_is_what_the_edge_asks_for(conversations: SqlConversations) -> None:
    edge: Conversations = conversations
    assert edge.turns("unknown") is None


def test_a_new_conversation_has_no_turns_and_may_be_begun_twice(conversations: SqlConversations) -> None:
    conversations.create("k", NOW, language="zh", mode="large")
    conversations.create("k", NOW)
    assert conversations.turns("k") == ()


def test_turns_come_back_as_they_were_in_their_order(conversations: SqlConversations) -> None:
    conversations.create("k", NOW)
    turns = (a_turn("c1"), a_turn("c2", "那要带什么"), a_turn("c3", ""))
    for turn in turns:
        assert conversations.add("k", turn)
    assert conversations.turns("k") == turns


def test_a_turn_sent_again_is_not_kept_twice(conversations: SqlConversations) -> None:
    conversations.create("k", NOW)
    assert conversations.add("k", a_turn())
    assert not conversations.add("k", a_turn())
    assert conversations.turns("k") == (a_turn(),)


def test_the_same_client_id_in_two_conversations_is_two_messages(conversations: SqlConversations) -> None:
    for conversation in ("k", "m"):
        conversations.create(conversation, NOW)
        assert conversations.add(conversation, a_turn())


def test_one_turn_added_by_many_at_once_is_kept_once(conversations: SqlConversations) -> None:
    conversations.create("k", NOW)
    gate = threading.Barrier(6)

    def add(_: int) -> bool:
        gate.wait()
        return conversations.add("k", a_turn())

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(add, range(6))) == [False] * 5 + [True]


def test_how_a_turn_ended_can_be_counted(conversations: SqlConversations, tmp_path: Path) -> None:
    conversations.create("k", NOW)
    conversations.add("k", a_turn())
    store = open_store(tmp_path)
    with reading(store.engine) as session:
        answer = session.query(MessageRow).filter(MessageRow.answers.is_not(None)).one()
        assert (answer.status, answer.why, answer.item) == ("answered", "grounded", "dog_reg")
        assert answer.text == "每户一只。"
    store.engine.dispose()


def test_a_turn_without_an_end_is_kept_too(conversations: SqlConversations) -> None:
    conversations.create("k", NOW)
    stopped = Turn(client_id="c", text="停", at=NOW, events=(StoredEvent("stopped", '{"type":"stopped"}'),))
    conversations.add("k", stopped)
    assert conversations.turns("k") == (stopped,)


def test_a_turn_for_no_conversation_is_refused(conversations: SqlConversations) -> None:
    with pytest.raises(UnknownConversation, match="begin it"):
        conversations.add("unknown", a_turn())


def test_half_a_surrogate_pair_does_no_harm(conversations: SqlConversations) -> None:
    conversations.create("k", NOW)
    conversations.add("k", a_turn(text="\ud800ﷺ\x00"))
    turns = conversations.turns("k")
    assert turns is not None
    assert turns[0].text == "\ufffdﷺ\ufffd"


def test_a_rating_may_be_changed(conversations: SqlConversations) -> None:
    conversations.create("k", NOW)
    conversations.add("k", a_turn())
    assert conversations.rate("k", "c1", helpful=True, at=NOW)
    assert conversations.rate("k", "c1", helpful=False, at=NOW)
    assert not conversations.rate("k", "c9", helpful=True, at=NOW)


def test_a_forgotten_conversation_leaves_nothing(conversations: SqlConversations) -> None:
    conversations.create("k", NOW)
    conversations.add("k", a_turn())
    conversations.rate("k", "c1", helpful=True, at=NOW)
    conversations.delete("k")
    conversations.delete("k")
    assert conversations.turns("k") is None


def test_old_conversations_are_forgotten_and_young_ones_stay(conversations: SqlConversations) -> None:
    conversations.create("old", NOW - timedelta(days=200))
    conversations.create("young", NOW - timedelta(days=100))
    assert conversations.delete_older_than(timedelta(days=183), now=NOW) == 1
    assert conversations.turns("old") is None
    assert conversations.turns("young") == ()
