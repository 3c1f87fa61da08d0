"""Which district a document is of."""

import pytest

from ingest.districts import district_of


@pytest.mark.parametrize(
    ("issuer", "title", "region"),
    [
        ("上海市徐汇区人民政府办公室", "关于印发助餐办法的通知", "上海市/徐汇区"),
        ("上海市静安区民政局", "办事指南", "上海市/静安区"),
        (None, "徐汇区灯塔参观补充规定", "上海市/徐汇区"),
        (None, "上海市浦东新区市场主体退出若干规定", "上海市/浦东新区"),
        ("上海市人民政府办公厅", "关于印发行动方案的通知", "上海市"),
        (None, "上海市市区道路管理办法", "上海市"),
        (None, "上海市区县选举实施细则", "上海市"),
        ("上海市化学工业区政府", "管理办法", "上海市"),
    ],
)
def test_a_districts_document_is_of_that_district(issuer: str | None, title: str, region: str) -> None:
    assert district_of("上海市", issuer, title) == region


def test_a_province_has_its_own_regions() -> None:
    assert district_of("浙江省", "浙江省人民政府", "条例") == "浙江省"


def test_another_citys_government_is_read_by_its_issuer_only() -> None:
    assert district_of("南京市", "南京市玄武区人民政府", "通知") == "南京市/玄武区"
    assert district_of("南京市", None, "玄武区办法") == "南京市"
