"""第十五条第二款 names a place in a document, and gives just its wording."""

import pytest

from knowledge.clauses import ClauseReference, clause_named, resolve
from knowledge.passages import Passage


def a_passage(ordinal: int, text: str, clause: str | None) -> Passage:
    return Passage(
        id=f"p{ordinal}",
        version_id="v",
        ordinal=ordinal,
        text=text,
        heading="",
        clause=clause,
        start=ordinal * 1000,
        end=ordinal * 1000 + len(text),
    )


RULES = (
    a_passage(0, "第十四条　灯塔免费开放。", "第十四条"),
    a_passage(
        1,
        "第十五条　参观者应当具备下列条件：\n（一）年满十二周岁；\n（二）身体健康。\n"
        "携带宠物的，不得入内。\n团体参观另行规定。",
        "第十五条",
    ),
    a_passage(2, "第十五条之一　夜间参观须预约。", "第十五条之一"),
    a_passage(3, "第十六条　开放时间为每日九时至十六时。", "第十六条第一款"),
    a_passage(4, "遇大风停止开放。", "第十六条第二款"),
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("细则第十五条第二款怎么说", ClauseReference(article=15, paragraph=2)),
        ("第15条第2款第3项", ClauseReference(article=15, paragraph=2, item=3)),
        ("第十五条第（二）项", ClauseReference(article=15, item=2)),
        ("第一百零五条的第一款", ClauseReference(article=105, paragraph=1)),
        ("第十五条之一", ClauseReference(article=15, inserted=1)),
        ("第三款", None),
        ("第几条", None),
    ],
)
def test_a_clause_is_read_in_either_numerals(text: str, named: ClauseReference | None) -> None:
    assert clause_named(text) == named


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("第十四条", ["第十四条　灯塔免费开放。"]),
        ("第十五条之一", ["第十五条之一　夜间参观须预约。"]),
        ("第十五条第二款", ["携带宠物的，不得入内。"]),
        ("第十五条第三款", ["团体参观另行规定。"]),
        ("第十五条第（二）项", ["（二）身体健康。"]),
        ("第十五条第一款第（一）项", ["（一）年满十二周岁；"]),
        ("第十六条第二款", ["遇大风停止开放。"]),
        ("第十五条第四款", []),
        ("第九十九条", []),
    ],
)
def test_a_reference_gives_just_its_wording(question: str, texts: list[str]) -> None:
    wanted = clause_named(question)
    assert wanted is not None
    assert [passage.text for passage in resolve(RULES, wanted)] == texts


def test_a_paragraph_cut_out_names_itself_and_its_place() -> None:
    wanted = clause_named("第十五条第二款")
    assert wanted is not None
    (found,) = resolve(RULES, wanted)
    whole = RULES[1]
    assert found.clause == "第十五条第二款"
    assert whole.text[found.start - whole.start : found.end - whole.start].strip() == found.text
