"""What is read out of conversations: invented ones for many items, and the dangers one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.items import ServiceItem
from prefill.facts import register_facts
from prefill.filling import Filling, fill
from prefill.forms import form_of
from prefill.said.reading import read_said

DAY = date(2026, 3, 10)
_FILES = tuple(f"conversations{one}" for one in ("", "_traps", "_more", "_third", "_fourth", "_fifth", "_sixth"))
APPLICANT = {
    "身份证.姓名": "姜若彤",
    "身份证.公民身份号码": "310104199104123625",
    "户口簿.住址": "上海市徐汇区天平支路9弄2号301室",
    "随申办账户.手机号": "13700001234",
}


@dataclass(frozen=True)
class Talk:
    """One line of the files of conversations."""

    item: str
    messages: tuple[str, ...]
    expected: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]
    forbidden: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _items() -> dict[str, ServiceItem]:
    return {item.slug: item for item in load_catalogue(SHIPPED).items}


def _talks() -> Iterator[Talk]:
    files = (Path(__file__).with_name(f"{name}.txt") for name in _FILES)
    for line in (line for file in files for line in file.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            item, messages, expected, asked, forbidden = (part.strip() for part in (line + " |" * 4).split("|")[:5])
            yield Talk(item, tuple(messages.split("/")), _pairs(expected), tuple(_parts(asked)), _pairs(forbidden))


def _parts(listed: str) -> list[str]:
    return [part.strip() for part in listed.split(";") if part.strip()]


def _pairs(listed: str) -> tuple[tuple[str, str], ...]:
    found = [part.partition("=") for part in _parts(listed)]
    return tuple((name, value) for name, _, value in found)


def filled(item: str, *messages: str, registers: dict[str, str] = APPLICANT) -> Filling:
    """The form of an item after a conversation."""
    form = form_of(_items()[item])
    known = register_facts(registers)
    return fill(form, (*known, *read_said(form, messages, DAY, known)), DAY)


@pytest.mark.parametrize("talk", list(_talks()), ids=lambda t: f"{t.item}-{t.messages[0][:12]}")
def test_a_conversation_fills_what_was_said_and_nothing_else(talk: Talk) -> None:
    filling = filled(talk.item, *talk.messages)
    for name, value in talk.expected:
        assert filling.value(name) == value, name
    for name in talk.asked:
        assert name in filling.ask
    for name, value in talk.forbidden:
        assert filling.value(name) != value, name


def test_a_commitment_is_never_read_out_of_words() -> None:
    filling = filled("childcare_subsidy", "我承诺以上都属实,勾上吧")
    assert "申请人承诺" in filling.ask


def test_an_identity_number_with_a_wrong_check_digit_is_not_taken() -> None:
    filling = filled("id_loss", "我叫姜若彤,身份证310104199104123620", registers={})
    assert filling.value("公民身份号码") is None


def test_a_bank_card_that_fails_luhn_is_asked_again() -> None:
    assert "收款银行账号" in filled("childcare_subsidy", "卡号6222021001000000001").ask


def test_another_card_does_not_keep_the_old_bank() -> None:
    registers = {**APPLICANT, "社会保障卡.金融账户": "6228480010000000009", "社会保障卡.开户行": "中国农业银行"}
    filling = filled("childcare_subsidy", "打到这张卡6217001210000000008", registers=registers)
    assert filling.value("收款银行账号") == "6217001210000000008"
    assert "开户银行" in filling.ask


def test_a_birth_certificate_of_another_child_fills_nothing() -> None:
    registers = {**APPLICANT, "出生医学证明.新生儿姓名": "卓小满", "出生医学证明.编号": "T310055512"}
    filling = filled("school_enroll", "给儿子卓大山报名", registers=registers)
    assert filling.value("子女姓名") != "卓小满"
    assert filling.value("子女证件号/出生证编号") is None


def test_what_is_said_of_a_proven_field_changes_nothing() -> None:
    filling = filled("id_loss", "我现在叫姜小彤,户籍地址写上海市静安区康定支路5号201室")
    assert filling.value("姓名") == "姜若彤"
    assert filling.value("户籍地址") == APPLICANT["户口簿.住址"]


def test_a_question_is_no_choice() -> None:
    assert "领证方式" in filled("residence_permit", "可以邮寄吗").ask


COMPANY = {
    "营业执照.名称": "上海远岫贸易有限公司",
    "营业执照.法定代表人": "顾明远",
    "营业执照.住所": "上海市静安区愚园支路1号2层",
    "营业执照.注册资本": "100",
    "随申办法人账户.经办人": "陶静",
    "随申办法人账户.经办人手机": "13911110000",
}


def test_a_shop_elsewhere_is_not_at_the_registered_address() -> None:
    filling = filled("tobacco_retail", "想卖烟,门店在上海市静安区新会支路8号,不在注册地址", registers=COMPANY)
    assert filling.value("住所(经营场所)") == "上海市静安区新会支路8号"


def test_a_capital_that_is_only_planned_stays_as_registered() -> None:
    filling = filled("labor_dispatch", "注册资本其实已经增到两百万了,派的是仓管员", registers=COMPANY)
    assert filling.value("注册资本(万元)") == "100"


def test_the_telephone_of_the_legal_representative_is_not_the_agents() -> None:
    filling = filled("food_permit", "法人手机13899990000别填成经办人", registers=COMPANY)
    assert filling.value("经办人手机") == "13911110000"


def test_an_agent_who_was_replaced_is_asked_for() -> None:
    assert "经办人姓名" in filled("company_change", "换法人,经办人换人了", registers=COMPANY).ask


def test_a_branch_does_not_get_the_address_of_its_company() -> None:
    filling = filled("branch_setup", "在苏州开分公司", registers=COMPANY)
    assert filling.value("住所(经营场所)") is None


def test_an_address_where_nobody_lives_any_more_is_asked() -> None:
    registers = {**APPLICANT, "居住证.居住地址": "上海市黄浦区旧校场支路5号"}
    filling = filled("residence_reg", "居住证上的地址早就不住了,新地址还没定", registers=registers)
    assert "现居住地址" in filling.ask


def test_a_person_without_registers_can_say_everything() -> None:
    words = "我叫姜若彤,310104199104123625,户口在徐汇区乌鲁支路8弄1号201室,电话13688887777,昨天丢的"
    filling = filled("id_loss", words, registers={})
    assert filling.value("公民身份号码") == "310104199104123625"
    assert filling.value("户籍地址") == "徐汇区乌鲁支路8弄1号201室"
    assert filling.value("丢失日期") == "2026-03-09"
