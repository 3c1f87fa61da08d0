"""A number that a font, an encoding or a scan made unreadable never reaches an answer; its neighbors do."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import build_scratch_product
from assistant.dialogue import Question
from assistant.events import Status
from assistant.product import Product
from assistant.settings import Settings
from assistant.transcript import Transcript, collect

GARBLED = """灯塔参观证管理办法
沪海灯〔2026〕3号
各区人民政府：
第一条 参观证由海灯管理处核发，核发参观证不收取任何费用。
第二条 海灯管理处在受理申请后最快 "#个工作日核发，最慢 $%个工作日核发，全年核发&'(个参观证。
北塔、中塔、南塔这三个灯塔通用。
第三条 遗失参观证的，凭身份证补领，补领须在30日以内办理。
2026年3月4日
"""


@pytest.fixture(name="product", scope="module")
def _product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    documents = tmp_path_factory.mktemp("documents")
    (documents / "灯塔参观证管理办法.txt").write_text(GARBLED, encoding="utf-8")
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    home = tmp_path_factory.mktemp("scratch")
    with build_scratch_product(settings, Path(home), catalogue=None, documents=documents, say=lambda _: None) as built:
        yield built


def answered(product: Product, text: str) -> Transcript:
    """The turn, read to its end."""
    return asyncio.run(collect(product.assistant.answer(Question(text=text, as_of=date(2026, 11, 22)))))


def test_words_of_a_garbled_clause_may_be_said_its_numbers_are_masked(product: Product) -> None:
    said = answered(product, "灯塔参观证管理办法第二条怎么规定").text
    assert "最快 □个工作日核发" in said
    assert not set("0123456789\"#$&'") & set(said)


@pytest.mark.parametrize(
    "question", ["灯塔参观证管理办法里受理申请后最快几个工作日核发", "灯塔参观证管理办法说全年核发多少个参观证"]
)
def test_who_asks_for_the_number_that_is_lost_is_told_that_there_is_no_answer(product: Product, question: str) -> None:
    assert answered(product, question).finished.status is Status.CANNOT_ANSWER


def test_who_asks_which_ones_is_answered_from_the_words_that_can_be_read(product: Product) -> None:
    assert "北塔、中塔、南塔" in answered(product, "灯塔参观证管理办法里参观证通用的是哪几个灯塔").text


def test_a_clean_clause_of_the_same_document_is_quoted_at_its_number(product: Product) -> None:
    assert "30日以内" in answered(product, "灯塔参观证管理办法第三条怎么规定").text
