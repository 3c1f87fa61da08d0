"""Filling a form: who wins, what is locked, what follows by rule, what is asked, and the seal."""

from datetime import date

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.facts import Fact, Provenance, SourceKind, entered, field_key, register_facts
from prefill.filling import fill
from prefill.forms import FieldType, Form, FormField, Need, form_of
from prefill.schema import json_schema
from prefill.sealing import changed, is_intact, seal

DAY = date(2026, 3, 10)
KEY = b"a key of the tests"


def said(field: str, value: str | None) -> Fact:
    return Fact(key=field_key(field), value=value, provenance=Provenance(kind=SourceKind.SAID, source="对话"))


def a_form(*fields: FormField) -> Form:
    return Form(item="some", item_name="某事项", item_version="1", fields=fields)


NAME = FormField(name="姓名", type=FieldType.STRING, need=Need.ALWAYS, prefill=("身份证.姓名",))
PHONE = FormField(name="手机号码", type=FieldType.MOBILE, need=Need.ALWAYS, prefill=("随申办账户.手机号",))
PROMISE = FormField(name="申请人承诺", type=FieldType.COMMITMENT, need=Need.ALWAYS)
LOST = FormField(name="丢失日期", type=FieldType.DATE, need=Need.ALWAYS)
NOTE = FormField(name="丢失说明", type=FieldType.TEXT, need=Need.OPTIONAL)
REGISTERS = register_facts({"身份证.姓名": "林示例", "随申办账户.手机号": "13900000001"})


def test_what_a_register_proves_is_locked_and_not_overwritten() -> None:
    filling = fill(a_form(NAME), (*REGISTERS, said("姓名", "林某"), entered("姓名", "林某某")), DAY)
    assert filling.filled["姓名"].value == "林示例"
    assert filling.filled["姓名"].locked


def test_the_last_word_wins_where_a_register_only_kept_a_choice() -> None:
    facts = (*REGISTERS, said("手机号码", "13900000002"), entered("手机号码", "13900000003"))
    assert fill(a_form(PHONE), facts, DAY).value("手机号码") == "13900000003"


def test_a_value_that_is_not_settled_is_asked_in_spite_of_a_register() -> None:
    assert fill(a_form(PHONE), (*REGISTERS, said("手机号码", None)), DAY).ask == ("手机号码",)


def test_a_commitment_stands_only_when_ticked() -> None:
    assert fill(a_form(PROMISE), [said("申请人承诺", "是")], DAY).ask == ("申请人承诺",)
    assert fill(a_form(PROMISE), [entered("申请人承诺", "是")], DAY).ask == ()


def test_a_day_nobody_named_is_never_today() -> None:
    assert fill(a_form(LOST), REGISTERS, DAY).value("丢失日期") is None


def test_optional_fields_are_not_asked_and_commitments_come_last() -> None:
    assert fill(a_form(PROMISE, NOTE, LOST), (), DAY).ask == ("丢失日期", "申请人承诺")


def test_every_shipped_item_has_a_form_and_a_schema() -> None:
    for item in load_catalogue(SHIPPED).items:
        form = form_of(item)
        schema = json_schema(form)
        assert [f.name for f in form.fields] == [f.name for f in item.form_fields]
        assert set(schema["properties"]) == {f.name for f in form.fields}


def test_a_changed_locked_value_breaks_the_seal() -> None:
    filling = fill(a_form(NAME, PHONE), REGISTERS, DAY)
    given = seal(filling, case="k1", key=KEY)
    kept = {"姓名": "林示例", "手机号码": "13900000005"}
    assert is_intact(filling, kept, given, case="k1", key=KEY)
    assert changed(filling, {**kept, "姓名": "林示列"}) == ("姓名",)
    assert not is_intact(filling, {**kept, "姓名": "林示列"}, given, case="k1", key=KEY)
    assert not is_intact(filling, kept, given, case="k2", key=KEY)
    assert not is_intact(filling, kept, given, case="k1", key=b"another key")


def test_an_old_marriage_certificate_names_no_spouse_of_who_is_divorced() -> None:
    item = next(i for i in load_catalogue(SHIPPED).items if i.slug == "gjj_rent")
    registers = {"民政婚姻登记数据.状态": "离异", "结婚证.配偶姓名": "周示例"}
    filling = fill(form_of(item), register_facts(registers), DAY)
    assert filling.value("配偶姓名") is None
    assert "配偶姓名" not in filling.ask
