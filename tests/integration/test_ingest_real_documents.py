"""The five source documents as they were received, where they are at hand: what a citizen will ask must be whole."""

from datetime import date
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.reading import Reading, read_file
from ingest.worker import DirectReader

SHARED = Path(__file__).resolve().parents[3] / "shared"
DOCUMENTS = SHARED / "documents"
MESSY = SHARED / "datasets" / "messy"
# Many pages of pictures: `evals.ingestion_bench` reads them; one short scan and one picture are enough here.
LONG_SCANS = ("广州来穗", "印发《东莞市社会保障局重大", "小升初", "图解")

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the source documents are not beside this checkout")


def reading_of(number: str) -> Reading:
    (path,) = DOCUMENTS.glob(f"{number}_*.txt")
    return read_file(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("000", ["长三角远程虚拟窗口点位已超650个"]),
        ("000", ["826个“免申即享”项目", "服务企业超706万次"]),
        ("000", ["反映的各类问题。"]),
        ("000", ["跑动次数由14次减至最多1次甚至零跑动"]),
        ("000", ["大型营业性演出活动报批一件事", "审批时间压减至10天"]),
        ("000", ["从2亿元提升至3.5亿元", "贴息比例达到贷款利息的30%"]),
        ("001", ["“021”帮办全覆盖", "“0”距离", "线上和线下“2”条渠道", "“1”分钟响应"]),
        ("001", ["“两最”改革", "最短路径", "最简合规"]),
        ("001", ["国家、市、区三级申报类惠企政策全覆盖"]),
        ("001", ["能够提供电子证照的免于提交实体证照"]),
        ("003", ["重点优化150个高频事项", "网办比例达到80%"]),
        ("003", ["线下窗口申报（身份核验+提交材料）时间一般不超过20分钟", "综合窗口设置比例达到100%"]),
        ("003", ["新的政策文件实施前1个工作日"]),
        ("003", ["依托“随申办政务云”"]),
        ("004", ["“021”智慧帮办服务体系", "“1”分钟内首次响应"]),
    ],
)
def test_what_belongs_together_is_whole_in_one_clean_passage(number: str, words: list[str]) -> None:
    clean = [passage.text for passage in reading_of(number).passages if not passage.garbled]
    assert any(all(word in text for word in words) for text in clean)


@pytest.mark.parametrize(
    ("number", "official", "issued"),
    [
        ("001", "沪府办发〔2026〕6号", date(2026, 5, 1)),
        ("003", "沪府办发〔2022〕1号", date(2022, 1, 5)),
        ("004", "沪府办发〔2025〕7号", date(2025, 3, 31)),
    ],
)
def test_the_official_documents_tell_number_issuer_and_date(number: str, official: str, issued: date) -> None:
    facts = reading_of(number).facts
    assert (facts.number, facts.issued_on, facts.issuer) == (official, issued, "上海市人民政府办公厅")
    assert facts.title.startswith("上海市人民政府办公厅关于印发《")


def test_every_measure_of_the_action_plan_is_a_passage_of_its_own() -> None:
    clauses = [passage.clause for passage in reading_of("001").passages if passage.clause and "（" in passage.clause]
    assert len(clauses) == len(set(clauses)) == 26


def test_the_unrelated_articles_of_the_page_stay_apart() -> None:
    passages = reading_of("000").passages
    titles = {passage.heading.split(" / ")[0] for passage in passages}
    assert len(titles) == 4
    flowers = next(passage for passage in passages if "旗忠公园" in passage.text)
    assert "一网通办" not in flowers.heading


def test_no_number_of_the_garbled_page_can_be_stated() -> None:
    passages = reading_of("002").passages
    garbled = [passage for passage in passages if passage.garbled]
    assert garbled
    assert not any(ch.isdigit() for passage in garbled for ch in passage.text)
    assert not any(set("!\"#$%&'*") & set(passage.text) for passage in passages)
    cities = next(passage for passage in passages if "芜湖" in passage.text)
    assert all(city in cities.text for city in ["松江", "嘉兴", "杭州", "金华", "苏州", "湖州", "宣城", "芜湖", "合肥"])
    clean = "".join(passage.text for passage in passages if not passage.garbled)
    assert "通报批评" in clean


def test_a_plan_in_traditional_characters_is_found_with_simplified_words() -> None:
    assert any("深化政务服务模式创新" in passage.heading for passage in reading_of("004").passages)


@pytest.mark.skipif(not MESSY.is_dir(), reason="the messy files are not beside this checkout")
def test_every_messy_file_gives_passages_or_a_precise_reason() -> None:
    unexplained: list[str] = []
    reader = DirectReader()
    for path in sorted(MESSY.iterdir()):
        if path.name.startswith(LONG_SCANS):
            continue
        try:
            reading = reader.read(path.read_bytes(), path.name, "上海市")
            assert reading.passages
        except IngestError as error:
            if "程序出错" in str(error):
                unexplained.append(path.name)
    assert unexplained == []
