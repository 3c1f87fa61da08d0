"""Which fields and materials the report puts before a person."""

from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from cli.prefill_report import app
from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.fewer import Why, explained, spare_parts
from prefill.review.rulebook import shipped_rulebook

DAY = date(2026, 3, 10)


def test_proven_fields_contacts_and_commitments_are_never_called_spare() -> None:
    spare = [s for i in load_catalogue(SHIPPED).items for s in spare_parts(i, shipped_rulebook(), DAY)]
    unread = {s.name for s in spare if s.what == "field" and s.why is Why.NO_RULE_READS_IT}
    assert unread
    assert not unread & {"公民身份号码", "手机号码", "申请人承诺", "收款银行账号", "户籍地址"}


def test_an_item_whose_rules_are_not_in_force_is_not_judged() -> None:
    item = load_catalogue(SHIPPED).items[0]
    assert spare_parts(item, shipped_rulebook(), date(1999, 1, 1)) == ()


def test_what_a_register_holds_or_a_number_tells_is_named_with_its_source() -> None:
    item = next(i for i in load_catalogue(SHIPPED).items if i.slug == "passport_first")
    found = {s.name: s for s in spare_parts(item, shipped_rulebook(), DAY)}
    assert (found["出生日期"].why, found["出生日期"].detail) == (Why.FOLLOWS, "由“公民身份号码”推算")
    assert found["现居住地址"].why is Why.IN_A_REGISTER
    assert "居住证" in found["现居住地址"].detail


def test_the_report_is_a_page_for_the_office_that_says_what_to_decide(tmp_path: Path) -> None:
    page = tmp_path / "fewer.md"
    result = CliRunner().invoke(app, ["report", "--item", "gjj_rent", "--page", str(page)])
    assert result.exit_code == 0, result.output
    text = page.read_text(encoding="utf-8")
    assert "提取月份" in text
    assert "没有任何一栏因为这份清单被改动" in text
    assert all(explained(why) for why in Why)


def test_a_field_that_a_rule_reads_beside_a_material_is_not_called_unread() -> None:
    items = {i.slug: i for i in load_catalogue(SHIPPED).items}
    places = {s.name: s for s in spare_parts(items["public_place_hygiene"], shipped_rulebook(), DAY)}
    assert "健康证数" not in places
    optional = {s.name: s for s in spare_parts(items["tobacco_retail"], shipped_rulebook(), DAY)}["与学校距离(米)"]
    assert (optional.why, optional.detail) == (Why.OPTIONAL, "有审查要点用到，要删先改规则")
