"""What stands beside a point that nothing decided goes to a person: the office's points pass by silence only."""

from datetime import date

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.comparing import grade_of, same
from prefill.review.evidence import Found
from prefill.review.result import Code, Outcome, Review
from prefill.review.reviewing import review
from prefill.review.rulebook import shipped_rulebook

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
PARENTS: dict[str, Value] = {"父亲身份号码": "310112198904040276", "母亲身份号码": "31011219910808036X"}


def a_birth(**more: Value) -> Review:
    """The first birth certificate of a child, complete, with `more` on the registration form."""
    form: dict[str, Value] = {"子女姓名": "古今", "子女出生日期": "2026-11-19", "新生儿性别": "男", **PARENTS}
    cards: dict[str, Value] = {
        "父亲姓名": "古乐",
        "父亲身份证号": "310112198904040276",
        "母亲姓名": "辛晴",
        "母亲身份证号": "31011219910808036X",
    }
    sheet: dict[str, Value] = {"新生儿姓名": "古今", "双方签字": True, "接生机构": "上海市闵行区妇幼保健院", **more}
    papers = (
        SubmittedMaterial(material="m1", name="", fields=cards),
        SubmittedMaterial(material="m2", name="", fields=sheet),
    )
    application = Application(item="birth_cert", today=date(2026, 11, 23), form=form, materials=papers)
    return review(application, ITEMS["birth_cert"], shipped_rulebook())


def test_nothing_written_about_a_point_of_the_office_holds_nothing_up() -> None:
    assert a_birth().outcome is Outcome.PASS


def test_a_value_about_an_undecided_point_goes_to_a_person_under_whatever_name() -> None:
    told = a_birth(核验_签发登记="上月签发过了")

    assert told.outcome is Outcome.HUMAN
    assert any(one.code is Code.NEEDS_HUMAN and "签发" in one.what for one in told.findings)


def test_a_plainly_good_verdict_about_it_holds_nothing_up() -> None:
    assert a_birth(核验_签发登记="正常").outcome is Outcome.PASS


def test_grades_are_compared_however_they_are_written() -> None:
    three = Found("3", "残疾等级", "form")

    assert same(three, Found("三级", "残疾等级", "m2"))
    assert not same(three, Found("五级", "残疾等级", "m2"))
    assert grade_of(Found("一级甲等", "医院等级", "m2")) is None
