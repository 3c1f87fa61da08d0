"""Several needs in one message, and what a message denies, read from grammar alone."""

import pytest

from knowledge.recognition.evidence import without_denials
from knowledge.recognition.needs import clauses_of_several_needs


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("身份证和驾照都丢了", ["身份证丢了", "驾照丢了"]),
        ("补身份证和护照", ["补身份证", "补护照"]),
        ("结婚证、离婚证都要补", ["结婚证要补", "离婚证要补"]),
        ("先办居住证,再办积分", ["先办居住证", "办积分"]),
    ],
)
def test_what_is_said_once_holds_for_both(message: str, clauses: list[str]) -> None:
    assert clauses_of_several_needs(message) == clauses


@pytest.mark.parametrize(
    "message", ["身份证丢了怎么办", "不是身份证丢了,是驾照丢了", "我和老公想领结婚证", "", "和", "都要"]
)
def test_one_need_has_no_clauses(message: str) -> None:
    assert clauses_of_several_needs(message) == []


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
