"""Who names a document by its title means that document, and its title alone is no answer."""

from datetime import date

import pytest

from assistant.steps.asking import Asked
from assistant.steps.document_cues import DocumentCue, called_by_title, of_the_document_meant
from assistant.steps.document_passages import passages_for, sharpened
from assistant.steps.needs import need_of
from assistant.steps.quoting import best_quotes
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.roles import Found, Hit

RULES = "上海市灯塔开放日管理细则"


def a_document(title: str = RULES) -> DocumentVersion:
    return DocumentVersion(
        id=f"v-{title}",
        name=f"{title}.txt",
        title=title,
        number="沪海灯〔2026〕3号",
        issuer=None,
        issued_on=None,
        effective_from=date(2026, 3, 1),
        effective_to=None,
        region="上海市",
        state=VersionState.PUBLISHED,
        sha256="0" * 64,
    )


def a_hit(ordinal: int, text: str, clause: str | None = None, title: str = RULES) -> Hit:
    passage = Passage(
        id=f"{title}-{ordinal}",
        version_id=f"v-{title}",
        ordinal=ordinal,
        text=text,
        heading="",
        clause=clause,
        start=0,
        end=len(text),
    )
    return Hit(passage=passage, document=a_document(title), score=1.0 - ordinal / 10)


HITS = (
    a_hit(0, RULES),
    a_hit(1, "第二条 每次开放的参观人数不得超过40人。", "第二条"),
    a_hit(2, "第三条 参观免费，须提前5个工作日预约。", "第三条"),
)


@pytest.mark.parametrize(
    ("question", "title", "named"),
    [
        ("灯塔开放日管理细则里能去几个人", RULES, True),
        ("灯塔哪天开放", RULES, False),
        ("高龄津贴发放办法怎么规定", "关于印发《上海市高龄津贴发放办法》的通知", True),
        ("通知", "通知", False),
    ],
)
def test_the_title_counts_without_the_city_before_it(question: str, title: str, named: bool) -> None:
    assert called_by_title(question, a_document(title)) is named


def test_a_title_in_the_question_points_to_the_document() -> None:
    question = "灯塔开放日管理细则里能去几个人"
    found = Found(hits=(a_hit(0, "别的办法", title="别的管理办法"), *HITS), evidence=0.0)
    assert sharpened(DocumentCue.NONE, question, found) is DocumentCue.NAMED
    assert {h.document.title for h in of_the_document_meant(question, found.hits)} == {RULES}


def test_an_article_that_is_named_is_the_one_quoted() -> None:
    question = "灯塔开放日管理细则第三条怎么说"
    passages = passages_for(question, Found(hits=HITS, evidence=1.0), DocumentCue.NAMED)
    assert [p.clause for p in passages] == ["第三条"]


def test_the_title_alone_is_never_quoted_as_an_answer() -> None:
    question = "灯塔开放日管理细则要收费吗"
    passages = passages_for(question, Found(hits=HITS, evidence=1.0), DocumentCue.NAMED)
    quotes = best_quotes(Asked(question, question, need_of(question)), passages, 3)
    assert quotes
    assert all(quote.text.rstrip("。") != RULES for quote in quotes)


def test_only_the_paragraph_that_is_named_is_quoted() -> None:
    hits = (
        *HITS,
        a_hit(3, "第四条 参观者须登记姓名。", "第四条第一款"),
        a_hit(4, "登记的姓名只用于清点人数。", "第四条第二款"),
    )
    question = "灯塔开放日管理细则第四条第二款怎么说"
    passages = passages_for(question, Found(hits=hits, evidence=1.0), DocumentCue.NAMED)
    assert [p.clause for p in passages] == ["第四条第二款"]
