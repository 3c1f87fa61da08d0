"""What every knowledge base promises, checked in memory, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import text

from assistant.storage.migrating import upgrade_to_head
from knowledge.corpus.catalogue import Catalogue, load_catalogue
from knowledge.errors import FourEyesRequired, TransitionRefused, UnknownVersion
from knowledge.passages import Box, Place, VersionState
from knowledge.roles import KnowledgeBase
from knowledge.storage.documents import DocumentDrafts, SaveOutcome
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.four_eyes import OPERATOR
from knowledge.storage.memory import MemoryKnowledgeBase
from knowledge.storage.publishing import CatalogueChange
from knowledge.storage.store import KnowledgeStore
from tests.fakes.databases import postgresql
from tests.fakes.sheets import POLICY, a_catalogue, a_document, an_item_sheet, write_sheet

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY, TOMORROW, LAST_YEAR = date(2026, 11, 22), date(2026, 11, 23), date(2025, 11, 22)


class WritableKnowledge(KnowledgeBase, Protocol):
    """A knowledge base with its writes."""

    @property
    def documents(self) -> DocumentDrafts: ...

    def publish_catalogue(self, catalogue: Catalogue, *, now: datetime, actor: str, why: str) -> CatalogueChange: ...


@pytest.fixture(scope="module")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgresql(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def knowledge(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WritableKnowledge]:
    if request.param == "memory":
        yield MemoryKnowledgeBase()
        return
    if request.param == "sqlite":
        engine = open_engine(sqlite_url(tmp_path / "home"))
    else:
        engine = open_engine(request.getfixturevalue("postgres_url"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    upgrade_to_head(engine)
    yield KnowledgeStore(engine, look_again_after=0)
    engine.dispose()


def publish(knowledge: WritableKnowledge, catalogue: Catalogue, now: datetime = NOW) -> CatalogueChange:
    return knowledge.publish_catalogue(catalogue, now=now, actor="tester", why="test")


def test_a_new_knowledge_base_is_empty(knowledge: WritableKnowledge) -> None:
    assert knowledge.items(TODAY) == ()
    assert knowledge.policies(TODAY) == ()
    assert knowledge.item("dog_reg", TODAY) is None
    assert knowledge.document("通知.txt", TODAY) is None
    assert knowledge.published_documents() == ()
    assert knowledge.version("nothing") is None
    assert knowledge.passages("nothing") == ()
    assert knowledge.revision() == 0


def test_a_published_sheet_is_read_as_it_was_written(knowledge: WritableKnowledge, tmp_path: Path) -> None:
    catalogue = a_catalogue(tmp_path / "c", an_item_sheet(), POLICY)
    publish(knowledge, catalogue)
    assert knowledge.items(TODAY) == catalogue.items
    assert knowledge.policies(TODAY) == catalogue.policies
    assert knowledge.item("dog_reg", TODAY) == catalogue.items[0]
    assert knowledge.policy("flex_waiting", TODAY) == catalogue.policies[0]


def test_items_are_ordered_by_slug(knowledge: WritableKnowledge, tmp_path: Path) -> None:
    publish(knowledge, a_catalogue(tmp_path / "c", *(an_item_sheet(slug) for slug in ("b", "c", "a"))))
    assert [item.slug for item in knowledge.items(TODAY)] == ["a", "b", "c"]


def test_publishing_the_same_catalogue_again_changes_nothing(knowledge: WritableKnowledge, tmp_path: Path) -> None:
    catalogue = a_catalogue(tmp_path / "c", an_item_sheet(), POLICY)
    first = publish(knowledge, catalogue)
    again = publish(knowledge, catalogue, NEXT_DAY)
    assert (first.added, first.revision) == (("items/dog_reg", "policies/flex_waiting"), 1)
    assert (again.added, again.changed, again.withdrawn, again.unchanged) == ((), (), (), 2)
    assert again.revision == knowledge.revision() == 1


def test_the_first_version_of_a_sheet_answers_for_earlier_days_too(
    knowledge: WritableKnowledge, tmp_path: Path
) -> None:
    publish(knowledge, a_catalogue(tmp_path / "c", an_item_sheet()))
    assert knowledge.item("dog_reg", LAST_YEAR) is not None


def test_a_changed_sheet_counts_from_its_day_and_the_old_one_before(
    knowledge: WritableKnowledge, tmp_path: Path
) -> None:
    publish(knowledge, a_catalogue(tmp_path / "c", an_item_sheet(fee="500元")))
    change = publish(knowledge, a_catalogue(tmp_path / "c", an_item_sheet(fee="300元")), NEXT_DAY)
    assert change.changed == ("items/dog_reg",)
    before, after = knowledge.item("dog_reg", TODAY), knowledge.item("dog_reg", TOMORROW)
    assert before is not None
    assert after is not None
    assert (before.fee.value, after.fee.value) == ("500元", "300元")


def test_a_sheet_changed_twice_on_a_day_leaves_only_the_last(knowledge: WritableKnowledge, tmp_path: Path) -> None:
    for fee in ("1元", "2元", "3元"):
        publish(knowledge, a_catalogue(tmp_path / "c", an_item_sheet(fee=fee)))
    assert [item.fee.value for item in knowledge.items(TODAY)] == ["3元"]


def test_a_sheet_that_is_gone_is_withdrawn_for_every_day(knowledge: WritableKnowledge, tmp_path: Path) -> None:
    publish(knowledge, a_catalogue(tmp_path / "c", an_item_sheet("a"), an_item_sheet("b")))
    change = publish(knowledge, a_catalogue(tmp_path / "c", an_item_sheet("a")), NEXT_DAY)
    assert change.withdrawn == ("items/b",)
    assert knowledge.item("b", TOMORROW) is None
    assert knowledge.item("b", TODAY) is None


def test_a_withdrawn_sheet_may_come_back(knowledge: WritableKnowledge, tmp_path: Path) -> None:
    for sheets in ((an_item_sheet("a"), an_item_sheet("b")), (an_item_sheet("a"),), (an_item_sheet("b"),)):
        publish(knowledge, a_catalogue(tmp_path / "c", *sheets))
    assert [item.slug for item in knowledge.items(TODAY)] == ["b"]


def test_a_sheet_that_broke_keeps_its_last_good_version(knowledge: WritableKnowledge, tmp_path: Path) -> None:
    write_sheet(tmp_path / "c", "dog_reg", an_item_sheet())
    publish(knowledge, load_catalogue(tmp_path / "c"))
    write_sheet(tmp_path / "c", "dog_reg", an_item_sheet() + "\n  broken: [")
    change = publish(knowledge, load_catalogue(tmp_path / "c"), NEXT_DAY)
    assert change.withdrawn == ()
    assert knowledge.item("dog_reg", TOMORROW) is not None


def test_a_draft_is_never_read(knowledge: WritableKnowledge) -> None:
    saved = knowledge.documents.save(a_document(), now=NOW, actor="a")
    assert saved.outcome is SaveOutcome.NEW
    assert knowledge.document("通知.txt", TODAY) is None
    assert knowledge.published_documents() == ()
    assert [version.id for version in knowledge.documents.waiting()] == [saved.version_id]


def test_a_published_document_is_read_with_its_passages(knowledge: WritableKnowledge) -> None:
    document = a_document(body="第一条 为了方便。\n第二条 收费5元。")
    saved = knowledge.documents.save(document, now=NOW, actor="a")
    revision = knowledge.documents.publish(saved.version_id, now=NOW, actor="b", why="reviewed")
    version = knowledge.document("通知.txt", TODAY)
    assert version is not None
    assert (version.id, version.state, version.title) == (saved.version_id, VersionState.PUBLISHED, document.title)
    assert version.is_in_force(TODAY)
    assert version.source == "documents/通知.txt"
    passages = knowledge.passages(version.id)
    assert [(p.ordinal, p.text, p.start, p.end) for p in passages] == [
        (1, "第一条 为了方便。", 0, 9),
        (2, "第二条 收费5元。", 10, 19),
    ]
    assert {p.version_id for p in passages} == {version.id}
    assert knowledge.published_documents() == (version,)
    assert knowledge.version(saved.version_id) == version
    assert knowledge.revision() == revision == 1


def test_a_passage_keeps_its_places_and_a_document_its_addressees(knowledge: WritableKnowledge) -> None:
    places = (Place(1, (Box(left=0.1, top=0.25, right=0.9, bottom=0.275),)), Place(2))
    plain = a_document(body="第一条 为了方便。")
    passages = tuple(replace(passage, places=places) for passage in plain.passages)
    document = replace(plain, passages=passages, addressees=("各区人民政府", "市政府各委、办、局"))
    saved = knowledge.documents.save(document, now=NOW, actor="a")
    knowledge.documents.publish(saved.version_id, now=NOW, actor="b", why="reviewed")
    version = knowledge.document(document.name, TODAY)
    assert version is not None
    assert version.addressees == document.addressees
    assert [passage.places for passage in knowledge.passages(version.id)] == [places]


def test_saving_the_same_bytes_twice_changes_nothing(knowledge: WritableKnowledge) -> None:
    first = knowledge.documents.save(a_document(), now=NOW, actor="a")
    again = knowledge.documents.save(a_document(), now=NEXT_DAY, actor="b")
    assert again.version_id == first.version_id
    assert again.outcome is SaveOutcome.UNCHANGED
    assert len(knowledge.documents.versions("通知.txt")) == 1


def test_the_original_comes_back_byte_for_byte(knowledge: WritableKnowledge) -> None:
    document = a_document(body="\ufffe原文\r\n")
    saved = knowledge.documents.save(document, now=NOW, actor="a")
    original = knowledge.documents.original(saved.version_id)
    assert (original.content, original.media_type, original.sha256) == (
        document.original,
        "text/plain",
        document.sha256,
    )


def test_a_new_version_supersedes_the_former(knowledge: WritableKnowledge) -> None:
    old = publish_document(knowledge, "旧", NOW)
    saved = knowledge.documents.save(a_document(body="新"), now=NEXT_DAY, actor="a")
    assert saved.outcome is SaveOutcome.NEW_VERSION
    assert knowledge.document("通知.txt", TOMORROW) == knowledge.version(old)
    knowledge.documents.publish(saved.version_id, now=NEXT_DAY, actor="b", why="new")
    assert id_of(knowledge, TOMORROW) == saved.version_id
    assert id_of(knowledge, TODAY) == old
    assert [v.state for v in knowledge.documents.versions("通知.txt")] == [
        VersionState.SUPERSEDED,
        VersionState.PUBLISHED,
    ]


def test_a_document_may_take_over_from_one_of_another_name(knowledge: WritableKnowledge) -> None:
    old = publish_document(knowledge, "旧", NOW)
    later = knowledge.documents.save(a_document(name="新通知.txt", body="新"), now=NOW, actor="a").version_id
    with pytest.raises(TransitionRefused):
        knowledge.documents.supersede(old, successor=later, now=NEXT_DAY, actor="b", why="not published yet")
    knowledge.documents.publish(later, now=NOW, actor="b", why="new")
    with pytest.raises(TransitionRefused):
        knowledge.documents.supersede(old, successor=old, now=NEXT_DAY, actor="b", why="itself")
    knowledge.documents.supersede(old, successor=later, now=NEXT_DAY, actor="b", why="replaced")
    assert id_of(knowledge, TODAY) == old
    assert id_of(knowledge, TOMORROW) is None
    superseded = knowledge.version(old)
    assert superseded is not None
    assert superseded.state is VersionState.SUPERSEDED
    assert [e.action for e in knowledge.documents.history("documents/通知.txt")][-1] == "superseded"


def test_a_version_with_a_later_beginning_waits_for_its_day(knowledge: WritableKnowledge) -> None:
    begins = date(2027, 1, 1)
    old = publish_document(knowledge, "旧", NOW)
    new = publish_document(knowledge, "新", NOW, effective_from=begins)
    assert id_of(knowledge, date(2026, 12, 31)) == old
    assert id_of(knowledge, begins) == new
    versions = {version.id: version for version in knowledge.published_documents()}
    assert versions[old].effective_to == date(2026, 12, 31)
    assert not versions[new].is_in_force(TODAY)


def test_a_version_withdrawn_before_its_day_leaves_the_former_as_it_was(knowledge: WritableKnowledge) -> None:
    old = publish_document(knowledge, "旧", NOW)
    new = publish_document(knowledge, "新", NOW, effective_from=date(2027, 1, 1))
    knowledge.documents.withdraw(new, now=NEXT_DAY, actor="b", why="not adopted")
    assert id_of(knowledge, date(2027, 6, 1)) == old


def test_a_withdrawn_version_is_never_read_on_any_day(knowledge: WritableKnowledge) -> None:
    version = publish_document(knowledge, "错", NOW, effective_from=date(2020, 1, 1))
    revision = knowledge.documents.withdraw(version, now=NEXT_DAY, actor="b", why="wrong file")
    assert revision == knowledge.revision() == 2
    for day in (date(2021, 1, 1), TODAY, TOMORROW):
        assert knowledge.document("通知.txt", day) is None
    assert knowledge.published_documents() == ()
    kept = knowledge.version(version)
    assert kept is not None
    assert kept.state is VersionState.WITHDRAWN


def test_withdrawing_the_newest_version_does_not_bring_the_former_back(knowledge: WritableKnowledge) -> None:
    old = publish_document(knowledge, "旧", NOW)
    new = publish_document(knowledge, "新", NEXT_DAY)
    knowledge.documents.withdraw(new, now=NEXT_DAY, actor="b", why="repealed")
    assert id_of(knowledge, TOMORROW) is None
    assert id_of(knowledge, TODAY) == old


@pytest.mark.parametrize(
    ("day", "is_read"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_document_is_read_on_its_days_only(knowledge: WritableKnowledge, day: date, is_read: bool) -> None:
    publish_document(knowledge, "文", NOW, effective_from=date(2026, 1, 1), effective_to=date(2026, 6, 30))
    assert (id_of(knowledge, day) is not None) is is_read


def test_the_same_bytes_may_be_saved_again_after_a_withdrawal(knowledge: WritableKnowledge) -> None:
    first = publish_document(knowledge, "文", NOW)
    knowledge.documents.withdraw(first, now=NOW, actor="b", why="mistake")
    second = knowledge.documents.save(a_document(body="文"), now=NOW, actor="a")
    assert second.outcome is SaveOutcome.NEW_VERSION
    assert second.version_id != first


def test_many_documents_are_saved_and_published_under_one_revision(knowledge: WritableKnowledge) -> None:
    documents = tuple(a_document(name=f"{n}.txt", body=f"第{n}号") for n in range(20))
    saved = knowledge.documents.save_all(documents, now=NOW, actor="a", publish_why="scratch", approved_by="b")
    assert [version.outcome for version in saved] == [SaveOutcome.NEW] * 20
    assert len(knowledge.published_documents()) == 20
    assert knowledge.revision() == 1
    knowledge.documents.save_all(documents, now=NOW, actor="a", publish_why="scratch", approved_by="b")
    assert knowledge.revision() == 1


def test_publishing_twice_changes_nothing(knowledge: WritableKnowledge) -> None:
    version = publish_document(knowledge, "文", NOW)
    assert knowledge.documents.publish(version, now=NEXT_DAY, actor="b", why="again") == 1
    assert len(knowledge.documents.history("documents/通知.txt")) == 2


def test_another_person_has_to_review(knowledge: WritableKnowledge) -> None:
    saved = knowledge.documents.save(a_document(), now=NOW, actor="王")
    with pytest.raises(TransitionRefused, match="another person"):
        knowledge.documents.review(saved.version_id, now=NOW, actor="王")
    knowledge.documents.review(saved.version_id, now=NOW, actor="李")
    assert [v.state for v in knowledge.documents.waiting()] == [VersionState.REVIEWED]


def test_who_saved_a_version_cannot_be_the_only_one_who_approves_it(knowledge: WritableKnowledge) -> None:
    saved = knowledge.documents.save(a_document(), now=NOW, actor="王")
    for same_person in ("王", " 王 "):
        with pytest.raises(FourEyesRequired, match="another person"):
            knowledge.documents.publish(saved.version_id, now=NOW, actor=same_person, why="ready")
    assert knowledge.revision() == 0
    assert knowledge.published_documents() == ()
    knowledge.documents.review(saved.version_id, now=NOW, actor="李", why="compared with the original")
    assert knowledge.documents.publish(saved.version_id, now=NOW, actor="王", why="reviewed by 李") == 1


def test_publishing_many_at_once_needs_a_second_person_too(knowledge: WritableKnowledge) -> None:
    with pytest.raises(FourEyesRequired):
        knowledge.documents.save_all((a_document(),), now=NOW, actor="王", publish_why="in a hurry")
    with pytest.raises(FourEyesRequired):
        knowledge.documents.save_all((a_document(),), now=NOW, actor="王", publish_why="hurry", approved_by="王")
    assert knowledge.revision() == 0


def test_an_operators_order_is_told_as_what_it_is(knowledge: WritableKnowledge) -> None:
    document = a_document()
    knowledge.documents.save_all((document,), now=NOW, actor="xiaoshen", publish_why="order", approved_by=OPERATOR)
    told = knowledge.documents.history("documents/通知.txt")
    assert [(e.action, e.actor, e.why) for e in told] == [
        ("saved", "xiaoshen", ""),
        ("approved", OPERATOR, "order"),
        ("published", "xiaoshen", "order"),
    ]


def test_an_earlier_version_comes_back_as_a_new_one_from_its_day(knowledge: WritableKnowledge) -> None:
    old = publish_document(knowledge, "旧", NOW)
    wrong = publish_document(knowledge, "错", NOW, effective_from=TODAY)
    back = knowledge.documents.restore(old, now=NEXT_DAY, actor="a", why="the new text was a mistake")
    assert id_of(knowledge, TOMORROW) == wrong
    with pytest.raises(FourEyesRequired):
        knowledge.documents.publish(back.version_id, now=NEXT_DAY, actor="a", why="back")
    knowledge.documents.publish(back.version_id, now=NEXT_DAY, actor="b", why="back")
    assert id_of(knowledge, TOMORROW) == back.version_id
    assert id_of(knowledge, TODAY) == wrong
    assert [p.text for p in knowledge.passages(back.version_id)] == [p.text for p in knowledge.passages(old)]
    actions = [(e.action, e.why) for e in knowledge.documents.history("documents/通知.txt")]
    assert ("restored", "the new text was a mistake") in actions


def test_what_was_never_in_force_or_was_withdrawn_is_not_restored(knowledge: WritableKnowledge) -> None:
    draft = knowledge.documents.save(a_document(), now=NOW, actor="a")
    withdrawn = publish_document(knowledge, "错", NOW)
    knowledge.documents.withdraw(withdrawn, now=NOW, actor="b", why="wrong")
    for version_id in (draft.version_id, withdrawn):
        with pytest.raises(TransitionRefused):
            knowledge.documents.restore(version_id, now=NOW, actor="a", why="no")
    with pytest.raises(UnknownVersion):
        knowledge.documents.restore("nothing", now=NOW, actor="a", why="no")


def test_a_withdrawn_version_cannot_be_published_again(knowledge: WritableKnowledge) -> None:
    version = publish_document(knowledge, "文", NOW)
    knowledge.documents.withdraw(version, now=NOW, actor="b", why="wrong")
    with pytest.raises(TransitionRefused, match="Save the document again"):
        knowledge.documents.publish(version, now=NOW, actor="b", why="no")


def test_an_unknown_version_is_named_with_a_way_on(knowledge: WritableKnowledge) -> None:
    for write in (knowledge.documents.publish, knowledge.documents.withdraw):
        with pytest.raises(UnknownVersion, match="xiaoshen knowledge versions"):
            write("nothing", now=NOW, actor="a", why="w")
    with pytest.raises(UnknownVersion):
        knowledge.documents.original("nothing")


def test_the_log_tells_who_when_and_why(knowledge: WritableKnowledge) -> None:
    version = publish_document(knowledge, "文", NOW)
    knowledge.documents.withdraw(version, now=NEXT_DAY, actor="李", why="废止")
    told = knowledge.documents.history("documents/通知.txt")
    assert [(e.action, e.actor, e.why, e.revision) for e in told] == [
        ("saved", "a", "", None),
        ("published", "b", "test", 1),
        ("withdrawn", "李", "废止", 2),
    ]
    assert told[-1].at == NEXT_DAY


def test_text_that_no_database_takes_is_kept_with_its_offsets(knowledge: WritableKnowledge) -> None:
    saved = knowledge.documents.save(a_document(body="甲\x00乙\ud800丙"), now=NOW, actor="a")
    (passage,) = knowledge.passages(saved.version_id)
    assert passage.text == "甲\ufffd乙\ufffd丙"
    assert len(passage.text) == passage.end - passage.start


def test_a_moment_without_a_zone_is_refused(knowledge: WritableKnowledge, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        publish(knowledge, a_catalogue(tmp_path / "c", an_item_sheet()), datetime(2026, 1, 1))  # noqa: DTZ001


def publish_document(
    knowledge: WritableKnowledge,
    body: str,
    now: datetime,
    *,
    effective_from: date | None = None,
    effective_to: date | None = None,
) -> str:
    document = a_document(body=body, effective_from=effective_from, effective_to=effective_to)
    saved = knowledge.documents.save(document, now=now, actor="a")
    knowledge.documents.publish(saved.version_id, now=now, actor="b", why="test")
    return saved.version_id


def id_of(knowledge: WritableKnowledge, as_of: date) -> str | None:
    version = knowledge.document("通知.txt", as_of)
    return version.id if version else None
