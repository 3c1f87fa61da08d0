"""Likeness is a share of common text; the key of a title forgets what changes from version to version."""

import pytest

from ingest.likeness import bands, share, signature, title_key

RULE = "".join(f"第{n}条　申请人应当在第{n * 7}日内向第{n * 13}号窗口提交材料，窗口当场核对。" for n in range(1, 60))


def test_the_same_text_is_alike_whatever_its_spaces_and_marks() -> None:
    assert share(signature(RULE), signature(RULE.replace("，", " \n"))) == 1.0


def test_a_few_changed_words_stay_near() -> None:
    changed = signature(RULE.replace("第5条", "第五条").replace("35日", "40日"))
    assert share(signature(RULE), changed) > 0.8
    assert set(bands(signature(RULE))) & set(bands(changed))


def test_other_texts_are_far() -> None:
    other = "".join(f"{n}号线列车末班时间调整为{n * 3}分，请乘客留意站内广播。" for n in range(60))
    assert share(signature(RULE), signature(other)) < 0.1


@pytest.mark.parametrize("text", ["", " ", "短", "😀\ud800"])
def test_any_text_has_a_signature(text: str) -> None:
    assert len(signature(text)) == 64


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("灯塔参观管理办法（2019年修订）", "灯塔参观管理办法"),
        ("2026年度灯塔开放申报指南", "2025年度灯塔开放申报指南"),
        ("灯塔参观管理办法(试行)", "灯塔参观管理办法 "),
    ],
)
def test_versions_of_one_title_share_a_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


def test_a_title_too_short_to_tell_has_no_key() -> None:
    assert title_key("通知") == ""
