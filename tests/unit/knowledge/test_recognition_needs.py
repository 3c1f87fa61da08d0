"""Several needs in one message, and what a message denies, read from grammar alone."""

import pytest

from knowledge.recognition.evidence import without_denials
from knowledge.recognition.needs import clauses_of, grammar_of


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("身份证和驾照都丢了", ["身份证丢了", "驾照丢了"]),
        ("补身份证和护照", ["补身份证", "补护照"]),
        ("结婚证、离婚证都要补", ["结婚证要补", "离婚证要补"]),
        ("身份证、护照和驾照都过期了", ["身份证过期了", "护照过期了", "驾照过期了"]),
        ("先办居住证,再办积分", ["先办居住证", "办积分"]),
        ("清税,注销公司", ["清税", "注销公司"]),
        ("贷款批了要办抵押", ["贷款批了", "要办抵押"]),
        ("刻公章领发票", ["刻公章", "领发票"]),
        ("转社保 办居住证", ["转社保", "办居住证"]),
        ("缴购置税加上牌", ["缴购置税", "上牌"]),
        ("公章没刻社保也没开", ["公章没刻", "社保也没开"]),
        ("离婚证跟户口本想补", ["离婚证想补", "户口本想补"]),
    ],
)
def test_what_is_said_once_holds_for_each(message: str, clauses: list[str]) -> None:
    assert clauses_of(message) == clauses


@pytest.mark.parametrize("message", ["身份证丢了怎么办", "我和老公想领结婚证", "", "和", "都要"])
def test_one_wish_is_not_cut(message: str) -> None:
    assert clauses_of(message) == []


def test_a_whole_story_is_cut_into_a_few_clauses_only() -> None:
    assert len(clauses_of("，".join(f"第{n}件事情要办" for n in range(40)))) <= 6


@pytest.mark.parametrize("message", ["社保卡要补，另外护照也要办", "两样都想办", "both of them", "护照和社保卡"])
def test_grammar_speaks_of_several(message: str) -> None:
    assert grammar_of(message).speaks_of_several


def test_all_in_one_go_is_heard() -> None:
    assert grammar_of("这些能不能一趟办完").as_one


@pytest.mark.parametrize(
    ("message", "denied"),
    [("不是补办,是换证", "补办"), ("是换证,不是补办", "补办"), ("not the passport, the id card", "passport")],
)
def test_what_is_denied_is_no_part_of_what_is_said(message: str, denied: str) -> None:
    said, found = without_denials(message)
    assert denied in found
    assert denied not in said


@pytest.mark.parametrize("message", ["是不是要本人去,还是可以代办", "要不要带身份证,我在外地", "户口本没有了怎么办"])
def test_a_question_or_a_lack_denies_nothing(message: str) -> None:
    assert without_denials(message) == (message, "")
