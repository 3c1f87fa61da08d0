"""Help and registers of every form field: nobody is left without a sentence, and the example server knows the rest."""

import re
from datetime import date

from assistant.web.example_register import invented_people
from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.facts import SourceKind, register_facts
from prefill.field_notes import shipped_notes
from prefill.filling import fill
from prefill.forms import form_of
from prefill.said.days import days
from prefill.said.festivals import festival, lunar_day

ITEMS = load_catalogue(SHIPPED).items


def test_every_field_of_every_form_has_a_help_in_plain_words() -> None:
    missing = {f"{i.slug} {f.name}" for i in ITEMS for f in form_of(i).fields if not f.help}
    assert missing == set()


def test_every_help_is_for_a_field_that_a_form_has() -> None:
    names = {f.name for i in ITEMS for f in form_of(i).fields}
    assert [name for name in shipped_notes().help if name not in names] == []


def test_every_register_added_in_the_notes_is_served_by_the_example_server() -> None:
    notes = shipped_notes()
    added = {key for note in notes.by_name.values() for key in note.also}
    added |= {key for listed in notes.by_item.values() for note in listed.values() for key in note.also}
    served = {key for values in invented_people().values() for key in values}
    # 评定结果 is what a commission found on paper, not a register of its own
    assert added - served == {"评定结果"}


def test_a_contract_on_record_fills_what_the_citizen_may_still_correct() -> None:
    item = next(i for i in ITEMS if i.slug == "property_first")
    known = register_facts({"房屋网签合同.成交价": "3980000", "房屋网签合同.转让方身份号码": "110101195205058039"})
    filling = fill(form_of(item), known, date(2026, 3, 10))
    price = filling.filled["成交价"]
    assert (price.value, price.locked, price.provenance.kind) == ("3980000", False, SourceKind.REGISTER)
    assert filling.value("转让方身份号码") == "110101195205058039"


def test_the_birth_certificate_tells_both_parents_numbers() -> None:
    item = next(i for i in ITEMS if i.slug == "bundle_birth")
    filling = fill(form_of(item), register_facts(invented_people()["example-zhou"]), date(2026, 3, 10))
    assert filling.value("母亲身份号码") == "310101198802143021"
    assert filling.value("父亲身份号码") == "310106199506095113"


def test_the_lunar_calendar_agrees_with_the_festivals() -> None:
    for year in range(2022, 2028):
        for name, month, day in (("春节", 1, 1), ("端午", 5, 5), ("中秋", 8, 15), ("重阳", 9, 9)):
            assert lunar_day(year, month, day) == festival(name, year), (name, year)


def test_a_lunar_day_is_read_and_an_impossible_one_is_not() -> None:
    today = date(2026, 3, 10)
    assert [d.past for d in days("农历八月十五生的", today)] == [date(2025, 10, 6)]
    assert [d for d in days("农历二月三十一", today) if re.match("农历", d.written)] == []


def test_the_other_parent_is_proposed_from_the_marriage_register_and_can_be_corrected() -> None:
    item = next(i for i in ITEMS if i.slug == "birth_cert")
    filling = fill(form_of(item), register_facts(invented_people()["example-lin"]), date(2026, 3, 10))
    father = filling.filled["父亲身份号码"]
    assert (father.value, father.locked) == ("310106199506095113", False)
    assert "请核对" in father.why
    assert filling.value("母亲身份号码") == "310101198802143021"
