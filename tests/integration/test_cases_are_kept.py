"""Cases in memory, in SQLite and in PostgreSQL: the same contract; no update is lost, nobody sees another's case."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from assistant.cases import happenings as h
from assistant.cases.case import CaseState
from assistant.cases.errors import CaseChanged, StepNotAllowed, UnknownCase
from assistant.cases.happenings import CITIZEN, SYSTEM, Channel, KeptFact, Opened
from assistant.cases.keeping import Cases, MemoryCases
from assistant.storage.case_tables import CaseEventRow, CaseFileRow, CaseHolderRow, CaseRow, ConsentRow
from assistant.storage.cases import SqlCases
from assistant.storage.errors import SealBroken
from assistant.storage.keyring import Keyring
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, reading, sqlite_url, writing
from tests.fakes.databases import postgresql

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
MINE, OTHER = "a" * 64, "b" * 64
CODE = "2345-6789-ABCD"
OPENED = Opened(item="id_loss", parts=("id_loss",), region="上海市", channel=Channel.PAGE, code=CODE)


@pytest.fixture(scope="module", params=["memory", "sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cases]:
    folder = tmp_path_factory.mktemp("cases")
    if request.param == "memory":
        yield MemoryCases()
    elif request.param == "sqlite":
        yield from _sql(sqlite_url(folder))
    else:
        with postgresql(folder) as url:
            yield from _sql(url)


def _sql(url: str) -> Iterator[Cases]:
    engine = open_engine(url)
    upgrade_to_head(engine)
    yield SqlCases(engine)
    engine.dispose()


@pytest.fixture
def cases(database: Cases) -> Cases:
    for case in database.changed_before(NOW + timedelta(days=999)):
        database.forget(case.id)
    database.open("k", MINE, OPENED, actor=CITIZEN, at=NOW)
    return database


def a_fact(value: str = "13900000000") -> h.FactsKept:
    return h.FactsKept((KeptFact(key="表单.手机号码", value=value, kind="said", source="您说的"),))


def test_a_case_begun_twice_is_one_case(cases: Cases) -> None:
    again = cases.open("k", MINE, OPENED, actor=CITIZEN, at=NOW)
    assert (again.version, again.state) == (1, CaseState.COLLECTING)


def test_what_happened_comes_back_as_it_was(cases: Cases) -> None:
    happened = (
        a_fact(),
        h.ConsentGiven(register="人口库", fields=("姓名", "住址"), item="id_loss", until=date(2026, 12, 22)),
        h.FileAdded(
            file="f",
            part="id_loss",
            material="m1",
            name="户口簿.jpg",
            media_type="image/jpeg",
            size=3,
            fields={"姓名": "甲"},
        ),
        h.ConditionAnswered("c1", None),
    )
    kept = cases.add("k", happened, on=1, actor=CITIZEN, at=NOW, contents={"f": b"abc"})
    assert kept == cases.case("k")
    assert tuple(event.happening for event in kept.events[1:]) == happened
    assert cases.content("k", "f") == b"abc"


def test_a_change_made_on_an_older_version_is_refused_whole(cases: Cases) -> None:
    cases.add("k", [a_fact()], on=1, actor=CITIZEN, at=NOW)
    with pytest.raises(CaseChanged):
        cases.add("k", [a_fact("13911111111"), h.NotKnown("丢失日期")], on=1, actor=CITIZEN, at=NOW)
    assert [fact.value for fact in cases.case("k").facts] == ["13900000000"]


def test_of_two_at_once_one_wins_and_the_other_is_told(cases: Cases) -> None:
    gate = threading.Barrier(4)

    def add(number: int) -> bool:
        gate.wait()
        try:
            cases.add("k", [a_fact(str(number))], on=1, actor=CITIZEN, at=NOW)
        except CaseChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(4))) == [False, False, False, True]
    assert cases.case("k").version == 2


def test_a_step_that_the_state_does_not_allow_leaves_no_trace(cases: Cases) -> None:
    with pytest.raises(StepNotAllowed):
        cases.add("k", [a_fact(), h.Submitted(office="示例", receipt="1")], on=1, actor=CITIZEN, at=NOW)
    assert cases.case("k").version == 1


def test_a_case_belongs_to_its_holder_until_another_joins(cases: Cases) -> None:
    assert cases.is_held_by("k", MINE)
    assert not cases.is_held_by("k", OTHER)
    assert cases.held_by(OTHER) == ()
    cases.join("k", OTHER, Channel.WINDOW, actor=CITIZEN, at=NOW)
    joined = cases.join("k", OTHER, Channel.WINDOW, actor=CITIZEN, at=NOW)
    assert joined.version == 2
    assert [case.id for case in cases.held_by(OTHER)] == ["k"]


def test_a_case_is_found_by_its_newest_code_only(cases: Cases) -> None:
    assert cases.by_code(CODE) is not None
    cases.add("k", [h.CodeRenewed("XXXX-YYYY-ZZZZ")], on=1, actor=CITIZEN, at=NOW)
    assert cases.by_code(CODE) is None
    assert cases.by_code("XXXX-YYYY-ZZZZ") is not None


def test_a_file_taken_back_is_gone_and_what_was_read_from_it_too(cases: Cases) -> None:
    added = h.FileAdded(file="f", part="id_loss", material="m1", name="a.jpg", media_type="image/jpeg", size=1)
    read = h.FactsKept((KeptFact(key="户口簿.姓名", value="甲", kind="document", source="户口簿", reference="f"),))
    cases.add("k", [added, read], on=1, actor=CITIZEN, at=NOW, contents={"f": b"x"})
    case = cases.add("k", [h.FileRemoved("f")], on=3, actor=CITIZEN, at=NOW)
    assert (case.files, case.facts) == ((), ())
    with pytest.raises(UnknownCase):
        cases.content("k", "f")


def test_a_withdrawn_case_keeps_no_files(cases: Cases) -> None:
    added = h.FileAdded(file="f", part="id_loss", material="m1", name="a.jpg", media_type="image/jpeg", size=1)
    cases.add("k", [added], on=1, actor=CITIZEN, at=NOW, contents={"f": b"x"})
    cases.add("k", [h.Withdrawn()], on=2, actor=CITIZEN, at=NOW)
    with pytest.raises(UnknownCase):
        cases.content("k", "f")


def test_untouched_cases_are_found(cases: Cases) -> None:
    assert [case.id for case in cases.changed_before(NOW + timedelta(seconds=1))] == ["k"]
    assert cases.changed_before(NOW) == ()


def test_a_forgotten_case_leaves_nothing(cases: Cases) -> None:
    given = h.ConsentGiven(register="人口库", fields=("姓名",), item="id_loss", until=date(2026, 12, 22))
    added = h.FileAdded(file="f", part="id_loss", material="m1", name="a.jpg", media_type="image/jpeg", size=1)
    cases.add("k", [given, added], on=1, actor=SYSTEM, at=NOW, contents={"f": b"x"})
    cases.forget("k")
    cases.forget("k")
    with pytest.raises(UnknownCase):
        cases.case("k")
    if isinstance(cases, SqlCases):
        with reading(cases._engine) as session:
            tables = (CaseRow, CaseEventRow, CaseHolderRow, ConsentRow, CaseFileRow)
            assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == [0] * 5


def test_a_consent_taken_back_takes_its_facts_along(cases: Cases) -> None:
    given = h.ConsentGiven(register="人口库", fields=("姓名",), item="id_loss", until=date(2026, 12, 22))
    told = h.FactsKept((KeptFact(key="身份证.姓名", value="甲", kind="register", source="身份证", reference="人口库"),))
    cases.add("k", [given, told], on=1, actor=CITIZEN, at=NOW)
    case = cases.add("k", [h.ConsentRevoked("人口库")], on=3, actor=CITIZEN, at=NOW)
    assert (case.consents, case.facts, case.refused) == ((), (), ("人口库",))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sealing_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("sealed")
    if request.param == "sqlite":
        yield sqlite_url(folder)
        return
    with postgresql(folder) as url:
        yield url


FORMER, NEWEST = "former " * 6, "newest " * 6
PHOTO = b"a photo of a card" * 9


def test_what_a_case_holds_is_sealed_at_rest_and_keys_can_be_renewed(sealing_url: str) -> None:
    engine = open_engine(sealing_url)
    upgrade_to_head(engine)

    def at_rest() -> str:
        with reading(engine) as session:
            events = session.scalars(select(CaseEventRow)).all()
            files = session.scalars(select(CaseFileRow)).all()
            return str([e.payload for e in events]) + str([f.content for f in files])

    a_file = h.FileAdded(file="f", part="p", material="m", name="户口簿.jpg", media_type="image/jpeg", size=1)
    plain = SqlCases(engine)
    plain.open("k", MINE, OPENED, actor=CITIZEN, at=NOW)
    kept = plain.add("k", (a_fact(), a_file), on=1, actor=CITIZEN, at=NOW, contents={"f": PHOTO})
    assert "13900000000" in at_rest()
    sealed = SqlCases(engine, Keyring([FORMER]))
    assert sealed.case("k") == kept  # what was kept before there were keys is read
    assert sealed.renew() == 4
    assert sealed.renew() == 0
    assert sealed.case("k") == kept
    assert sealed.content("k", "f") == PHOTO
    for secret in ("13900000000", "户口簿", "a photo of a card"):
        assert secret not in at_rest()
    rotated = SqlCases(engine, Keyring([NEWEST, FORMER]))
    assert rotated.case("k") == kept
    assert rotated.renew() == 4
    alone = SqlCases(engine, Keyring([NEWEST]))
    assert (alone.case("k"), alone.content("k", "f")) == (kept, PHOTO)
    with pytest.raises(SealBroken, match="put the former key back"):
        sealed.case("k")
    with writing(engine) as session:  # a row in the place of another does not open
        rows = {row.number: row for row in session.scalars(select(CaseEventRow))}
        rows[3].payload = rows[2].payload
    with pytest.raises(SealBroken, match="changed or moved"):
        alone.case("k")
    alone.open("other", MINE, replace(OPENED, code="2345-6789-ABCE"), actor=CITIZEN, at=NOW)
    assert [case.id for case in alone.live()] == ["other"]  # one that does not open stops no sweep
    assert alone.renew() == 0
    for case_id in ("k", "other"):
        alone.forget(case_id)
    engine.dispose()


def test_a_key_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(SealBroken, match="at least 32"):
        Keyring(["short"])
