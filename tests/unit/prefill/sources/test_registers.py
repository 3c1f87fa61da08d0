"""Registers asked with consent: the example server over real HTTP handling, slow and broken ones beside it."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.cases.asked_registers import AskedRegisters
from assistant.cases.happenings import ConsentGiven
from assistant.web.example_register import create_example_register, invented_people
from prefill.check_digits import is_bank_card, is_company_code, is_identity_number
from prefill.errors import SourceUnavailable
from prefill.facts import Fact, SourceKind
from prefill.sources.asking import ask_all
from prefill.sources.consent import Consent
from prefill.sources.earlier_cases import EarlierCase, EarlierCases
from prefill.sources.http_register import HttpRegister, registers_at
from prefill.sources.source import FactSource, Subject

TODAY = date(2026, 3, 10)
LIN = Subject("example-lin")


def clock() -> datetime:
    return datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def consent(register: str, *keys: str, item: str = "id_loss", until: date = TODAY, revoked: bool = False) -> Consent:
    return Consent(id=f"c-{register}", register=register, keys=frozenset(keys), item=item, until=until, revoked=revoked)


class Served(httpx.BaseTransport):
    """Carries an httpx request to the example server's application."""

    def __init__(self, token: str | None = None) -> None:
        self.server = TestClient(create_example_register(TODAY, token))
        self.paths: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.paths.append(request.url.path)
        answer = self.server.request(
            request.method, request.url.path, content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, content=answer.content)


@pytest.fixture
def served() -> Served:
    return Served()


@pytest.fixture
def sources(served: Served) -> Iterator[tuple[HttpRegister, ...]]:
    with httpx.Client(transport=served, base_url="http://registers.invalid") as client:
        yield registers_at("http://registers.invalid", clock, client=client)


def test_a_register_tells_what_the_consent_names_and_nothing_else(sources: tuple[HttpRegister, ...]) -> None:
    [answer] = ask_all(sources, LIN, [consent("身份证", "身份证.姓名")], item="id_loss", today=TODAY)
    [fact] = answer.facts
    assert (fact.key, fact.value, fact.provenance.consent) == ("身份证.姓名", "林示例", "c-身份证")
    assert fact.provenance.kind is SourceKind.LICENCE


@pytest.mark.parametrize(
    "given",
    [
        consent("身份证", "身份证.姓名", item="marriage_reg"),
        consent("身份证", "身份证.姓名", until=date(2026, 3, 9)),
        consent("身份证", "身份证.姓名", revoked=True),
        consent("身份证", "户口簿.住址"),
    ],
)
def test_without_a_consent_that_covers_it_no_register_is_contacted(
    served: Served, sources: tuple[HttpRegister, ...], given: Consent
) -> None:
    served.paths.clear()
    assert ask_all(sources, LIN, [given], item="id_loss", today=TODAY) == ()
    assert served.paths == []


def test_an_unknown_person_gives_no_facts_and_no_problem(sources: tuple[HttpRegister, ...]) -> None:
    [answer] = ask_all(sources, Subject("nobody"), [consent("身份证", "身份证.姓名")], item="id_loss", today=TODAY)
    assert (answer.facts, answer.problem) == ((), "")


class Stuck:
    """A register that answers only when the test is over."""

    name = "户口簿"

    def __init__(self) -> None:
        self.over = threading.Event()

    def keys(self) -> frozenset[str]:
        return frozenset({"户口簿.住址"})

    def facts(self, subject: Subject, consent: Consent) -> tuple[Fact, ...]:
        self.over.wait(10)
        return ()


class Broken:
    """A register whose adapter has a fault."""

    name = "驾驶证"

    def keys(self) -> frozenset[str]:
        return frozenset({"驾驶证.证号"})

    def facts(self, subject: Subject, consent: Consent) -> tuple[Fact, ...]:
        raise ZeroDivisionError


def test_a_late_and_a_broken_register_stop_nobody(sources: tuple[HttpRegister, ...]) -> None:
    stuck = Stuck()
    everything: list[FactSource] = [*sources, stuck, Broken()]
    consents = [consent("身份证", "身份证.姓名"), consent("户口簿", "户口簿.住址"), consent("驾驶证", "驾驶证.证号")]
    asked = [s for s in everything if s.name == "身份证" or not isinstance(s, HttpRegister)]
    answers = {a.source: a for a in ask_all(asked, LIN, consents, item="id_loss", today=TODAY, deadline=0.5)}
    stuck.over.set()
    assert answers["身份证"].facts
    assert "没有及时答复" in answers["户口簿"].problem
    assert "暂时查不到" in answers["驾驶证"].problem


def test_a_server_with_a_token_refuses_who_has_none() -> None:
    with (
        httpx.Client(transport=Served(token="example"), base_url="http://registers.invalid") as client,
        pytest.raises(SourceUnavailable),
    ):
        registers_at("http://registers.invalid", clock, client=client)


def test_a_case_asks_the_registers_the_citizen_allowed(sources: tuple[HttpRegister, ...]) -> None:
    registers = AskedRegisters(lambda: sources, clock)
    offered = registers.offered(frozenset({"身份证.姓名", "随申办账户.手机号"}), LIN.id)
    assert set(offered) == {"身份证", "随申办账户"}
    given = ConsentGiven(register="随申办账户", fields=offered["随申办账户"], item="id_loss", until=TODAY)
    [answer] = registers.ask(LIN.id, [given])
    assert [f.value for f in answer.facts] == ["13900000001"]


def test_registers_that_cannot_be_reached_offer_nothing() -> None:
    def nowhere() -> tuple[FactSource, ...]:
        raise SourceUnavailable("down")

    assert AskedRegisters(nowhere, clock).offered(frozenset({"身份证.姓名"}), LIN.id) == {}


def test_earlier_cases_give_contact_details_and_never_proofs() -> None:
    def cases(subject: str) -> list[EarlierCase]:
        values = {"随申办账户.手机号": "13900000009", "身份证.姓名": "林示例"}
        old = EarlierCase(subject=subject, submitted=date(2024, 1, 2), values={"社会保障卡.开户行": "交通银行"})
        return [EarlierCase(subject=subject, submitted=date(2026, 1, 2), values=values), old]

    keys = ("随申办账户.手机号", "身份证.姓名", "社会保障卡.开户行")
    facts = EarlierCases(cases, lambda: TODAY).facts(LIN, consent("以前办过的事", *keys))
    assert [(f.key, f.value) for f in facts] == [("随申办账户.手机号", "13900000009")]


def test_the_invented_people_have_numbers_that_pass_their_checks() -> None:
    checks = {"公民身份号码": is_identity_number, "金融账户": is_bank_card, "统一社会信用代码": is_company_code}
    for values in invented_people().values():
        for key, value in values.items():
            check = checks.get(key.partition(".")[2])
            assert check is None or check(value), key
