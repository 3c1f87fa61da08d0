"""Who a case is for: what a sign-in proves is bound to it, a name that was typed proves nothing, earlier cases help."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from assistant.cases.building import build_handling
from assistant.cases.errors import FileNotOpened
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import ConsentGiven, Happening, ReviewBegun, Reviewed, Submitted
from assistant.cases.parts import DocumentReader
from assistant.cases.registers import KeptRegisters
from assistant.cases.standing import Settlement
from assistant.cases.uploading import Upload
from assistant.identity.building import SignedIn
from assistant.identity.citizen_tables import CitizenSessionRow
from assistant.identity.citizens import LONGEST, SqlCitizens
from assistant.identity.proof import Proof, proof_of_claims
from assistant.storage.cases import SqlCases
from assistant.storage.keyring import Keyring
from assistant.storage.migrating import upgrade_to_head
from assistant.web.public_errors import public
from knowledge.storage.engine import open_engine, reading, sqlite_url
from prefill.documents.document import ReadDocument, ReadField
from prefill.documents.reader import DirectDocumentReader
from prefill.sources.earlier_cases import NAME as EARLIER
from tests.fakes.case_product import LIN, ShippedKnowledge, Ticking, shipped_items
from tests.fakes.office_files import a_pdf

NUMBER = LIN["身份证.公民身份号码"]
KEYS = Keyring(["a key of thirty-two signs, at least"])
DONE: list[Happening] = [ReviewBegun(), Reviewed(outcome="pass", notice=""), Submitted(office="o", receipt="1")]


class _Card:
    """Reads every file as one identity card."""

    def __init__(self) -> None:
        self.values = {"姓名": "林示例", "公民身份号码": NUMBER}

    def read(self, content: bytes, name: str, expected: str) -> ReadDocument:
        fields = tuple(ReadField(name=k, value=v, confidence=0.99) for k, v in self.values.items())
        return ReadDocument(kind="居民身份证", confidence=0.99, fields=fields, readable=True)


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def sessions(engine: Engine) -> SqlCitizens:
    secrets = iter(f"secret-{n}" for n in range(1000))
    return SqlCitizens(engine, b"key", lambda: next(secrets), KEYS)


@pytest.fixture
def handling(engine: Engine, clock: Ticking, sessions: SqlCitizens) -> Handling:
    registers = KeptRegisters({"sub-1": {"户口簿.住址": "上海市杨浦区国和支路1号"}})
    return build_handling(
        ShippedKnowledge(), SqlCases(engine, KEYS), clock, registers, identities=SignedIn(sessions, clock)
    )


def signed_in(sessions: SqlCitizens, clock: Ticking, before: str | None = None) -> str:
    proof = Proof(subject="sub-1", name="林示例", number=NUMBER)
    return sessions.sign_in(before, "issuer\0sub-1", "林＊", clock(), proof).citizen.owner


def filled(handled: Handled, key: str) -> tuple[str | None, str, bool]:
    field = handled.standing.field(key)
    assert field is not None
    found = field.filled
    return field.value, found.provenance.source if found else "", found.locked if found else False


def test_who_signed_in_has_name_and_number_verified_and_locked(
    handling: Handling, sessions: SqlCitizens, clock: Ticking
) -> None:
    handled = handling.open(signed_in(sessions, clock), [shipped_items()["id_loss"]], "上海市")
    assert filled(handled, "姓名") == ("林示例", "实名登录", True)
    assert filled(handled, "公民身份号码") == (NUMBER, "实名登录", True)
    assert handled.case.identity is not None
    assert "户口簿" in handling.offered(handled.standing)


def test_a_browser_without_a_name_proves_nothing_by_typing(handling: Handling, clock: Ticking) -> None:
    handled = handling.open("anon-1", [shipped_items()["id_loss"]], "上海市")
    told = handling.enter(handled.case, {"姓名": "林示例", "公民身份号码": NUMBER})
    assert filled(told, "公民身份号码") == (NUMBER, "您填写的", False)
    assert told.case.identity is None
    assert handling.offered(told.standing) == {}


def test_a_case_begun_before_signing_in_is_bound_when_it_is_taken_over_and_nobody_elses_is(
    handling: Handling, sessions: SqlCitizens, clock: Ticking
) -> None:
    begun = sessions.begin(clock())
    case = handling.open(begun.citizen.owner, [shipped_items()["id_loss"]], "上海市").case
    owner = signed_in(sessions, clock, begun.token)
    handling.take_over(begun.citizen.owner, owner)
    assert filled(handling.look(handling.case(case.id, owner)), "姓名") == ("林示例", "实名登录", True)
    others = handling.open("anon-2", [shipped_items()["id_loss"]], "上海市").case
    joined = handling.join(others.code, owner, others.events[0].happening.channel)  # type: ignore[union-attr]
    assert joined is not None
    assert joined.case.identity is None  # who helps with a code is not who it is for


def test_what_was_vouched_for_is_sealed_and_ends_with_the_session(
    engine: Engine, sessions: SqlCitizens, clock: Ticking
) -> None:
    owner = signed_in(sessions, clock)
    with reading(engine) as session:
        kept = session.scalars(select(CitizenSessionRow.proof)).one()
    assert kept is not None
    assert NUMBER not in kept
    assert sessions.proof_of(owner, clock()) == Proof(subject="sub-1", name="林示例", number=NUMBER)
    assert sessions.proof_of(owner, clock() + LONGEST) is None
    assert sessions.proof_of("citizen-other", clock()) is None


def test_a_number_that_is_none_is_not_vouched_for() -> None:
    claims = {"name": "林示例", "id_number": NUMBER[:-1] + "7"}
    assert proof_of_claims("s", claims, "id_number") == Proof(subject="s", name="林示例")
    assert proof_of_claims("s", {"name": 7}, "id_number").values == {}


def test_an_earlier_case_helps_with_consent_and_is_forgotten_with_it(
    handling: Handling, sessions: SqlCitizens, clock: Ticking
) -> None:
    owner = signed_in(sessions, clock)
    first = handling.open(owner, [shipped_items()["id_loss"]], "上海市")
    handling.add(handling.enter(first.case, {"手机号码": "13900000000"}).case, DONE)
    clock.now += timedelta(days=20)
    owner = signed_in(sessions, clock)
    second = handling.open(owner, [shipped_items()["id_renew"]], "上海市")
    assert handling.offered(second.standing)[EARLIER] == ("随申办账户.手机号",)
    told = handling.consent(second.case, [EARLIER])
    assert filled(told, "手机号码") == ("13900000000", EARLIER, False)
    given = [e.happening for e in told.case.events if isinstance(e.happening, ConsentGiven)]
    assert [(c.register, c.fields) for c in given] == [(EARLIER, ("随申办账户.手机号",))]
    assert filled(handling.revoke(told.case, EARLIER), "手机号码")[0] is None


def test_another_persons_case_on_the_same_browser_is_no_earlier_case(
    handling: Handling, sessions: SqlCitizens, clock: Ticking
) -> None:
    first = handling.open("anon-3", [shipped_items()["id_loss"]], "上海市")
    first = handling.identify(first.case, "somebody else", "test")
    handling.add(handling.enter(first.case, {"手机号码": "13900000000"}).case, DONE)
    second = handling.open("anon-3", [shipped_items()["id_renew"]], "上海市")
    second = handling.identify(second.case, "sub-1", "test")
    assert EARLIER not in handling.offered(second.standing)
    assert EARLIER not in handling.offered(handling.open("anon-3", [shipped_items()["id_temp"]], "上海市").standing)


def test_an_uploaded_document_fills_the_form_and_takes_its_values_along_when_it_goes(
    engine: Engine, clock: Ticking
) -> None:
    plain = build_handling(ShippedKnowledge(), SqlCases(engine, KEYS), clock)
    card = _Card()
    handling = Handling(replace(plain.desk, reader=card))
    case = handling.open("anon-4", [shipped_items()["gjj_loan"]], "上海市").case
    own = next(m for m in handling.standing(case).materials if m.name.startswith("申请人"))
    part, number = own.uses[0]
    upload = Upload(part=part, material=number, name="身份证.jpg", media_type="image/jpeg", content=b"x")
    told = handling.upload(case, upload)
    assert filled(told, "姓名") == ("林示例", "您上传的居民身份证", False)
    card.values = {"姓名": "顾别人", "公民身份号码": "310101199003078515"}
    again = handling.upload(told.case, upload)  # another card in its place: the former one's values are gone
    assert filled(again, "姓名")[0] in ("顾别人", None)


def test_a_file_that_nobody_can_open_takes_the_place_of_nothing(engine: Engine, clock: Ticking) -> None:
    plain = build_handling(ShippedKnowledge(), SqlCases(engine, KEYS), clock)
    handling = Handling(replace(plain.desk, reader=_Card()))
    case = handling.open("anon-6", [shipped_items()["gjj_loan"]], "上海市").case
    own = next(m for m in handling.standing(case).materials if m.name.startswith("申请人"))
    part, number = own.uses[0]
    upload = Upload(part=part, material=number, name="身份证.jpg", media_type="image/jpeg", content=b"x")
    told = handling.upload(case, upload)
    locked = replace(upload, name="身份证.pdf", content=a_pdf([["身份证"]], locked=True))
    really = Handling(replace(plain.desk, reader=DocumentReader(clock, DirectDocumentReader())))
    with pytest.raises(FileNotOpened) as refused:
        really.upload(told.case, locked)
    assert "去掉密码" in refused.value.sentence
    assert "password" in public(refused.value).en
    kept = handling.look(handling.desk.cases.case(case.id))
    assert filled(kept, "姓名") == ("林示例", "您上传的居民身份证", False)
    brought = handling.settle(kept.case, part, number, Settlement.BRING)  # the wrong one goes, with what it told
    now = brought.standing.material(part, number)
    assert now is not None
    assert (now.file, filled(brought, "姓名")[0]) == (None, None)


def test_a_document_of_somebody_else_fills_nothing(engine: Engine, clock: Ticking) -> None:
    plain = build_handling(ShippedKnowledge(), SqlCases(engine, KEYS), clock)
    handling = Handling(replace(plain.desk, reader=_Card()))
    case = handling.open("anon-5", [shipped_items()["marriage_reg"]], "上海市").case
    both = next(m for m in handling.standing(case).materials if "双方" in m.name and "身份证" in m.name)
    part, number = both.uses[0]
    upload = Upload(part=part, material=number, name="身份证.jpg", media_type="image/jpeg", content=b"x")
    told = handling.upload(case, upload)
    assert [f.key for f in told.case.facts if f.reference] == []
