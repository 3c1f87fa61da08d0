"""Our own fixed sentences and the names of what is asked for have English; words of rules and sheets are left alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cases.answering import HINTS
from assistant.phrases.glossary import load_glossary
from assistant.phrases.sentences import load_sentences
from knowledge.corpus.shape import SHIPPED
from knowledge.corpus.yaml_reading import read_yaml
from prefill.documents.kinds import document_kinds

ROOT = Path(__file__).resolve().parents[3]
TELLING = ("files.py", "reader.py", "condition.py", "reading.py")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sentences_of_reading() -> Iterator[str]:
    """Every sentence that the reader of documents may say, with its slots filled."""
    for name in TELLING:
        tree = ast.parse((ROOT / "prefill" / "documents" / name).read_text("utf-8"))
        for node in ast.walk(tree):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and CHINESE.search(said) and said.endswith("。"):
                yield re.sub(r"\{(?:count|read)\}", "12", re.sub(r"\{names?\}", "姓名", said))


@pytest.mark.parametrize("said", sorted(set(sentences_of_reading())))
def test_what_is_wrong_with_a_file_is_said_in_english_too(said: str) -> None:
    assert load_sentences().english(said), "add it to assistant/phrases/english_sentences.yaml"


@pytest.mark.parametrize("hint", sorted(HINTS.values()))
def test_how_a_value_is_written_is_said_in_english_too(hint: str) -> None:
    assert load_sentences().english(hint)


def test_every_field_and_every_document_of_the_catalogue_has_an_english_name() -> None:
    glossary, missing = load_glossary(), set[str]()
    for path in sorted((SHIPPED / "items").glob("*.yaml")):
        sheet = read_yaml(path.read_bytes())
        assert isinstance(sheet, dict)
        for part in ("form_fields", "materials"):
            found = sheet.get(part) or []
            assert isinstance(found, list)
            missing |= {str(one["name"]) for one in found if isinstance(one, dict) and not glossary.plain(one["name"])}
    missing |= {kind.kind for kind in document_kinds() if not glossary.plain(kind.kind)}
    assert missing == set(), "add them to assistant/phrases/english_names.yaml"


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("还缺“结婚证”。", "Missing: marriage certificate (结婚证)."),
        ("“护照”已经过期,有效期到2026年1月9日。", "Passport (护照) has expired (valid until 2026-01-09)."),
        (
            "没有看清“姓名、住址”。请把这一部分拍清楚、拍完整后重新上传。",
            "Name (姓名), Address (住址) could not be read.",
        ),
    ],
)
def test_names_stay_beside_their_english(chinese: str, english: str) -> None:
    assert load_sentences().english(chinese).startswith(english)


@pytest.mark.parametrize(
    "chinese", ["连续缴存不满三个月，不能提取。", "还缺“结婚证”。缴存不满三个月。", "", "还缺“结婚证。丢了”。"]
)
def test_the_words_of_a_rule_are_not_put_into_english(chinese: str) -> None:
    assert load_sentences().english(chinese) == ""
