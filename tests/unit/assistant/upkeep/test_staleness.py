"""What grew old: a replaced or repealed basis, a dead reference, a check too long ago."""

from datetime import date
from pathlib import Path

import pytest

from assistant.upkeep.staleness import stale_in
from knowledge.corpus.catalogue import Catalogue
from tests.fakes.laws import TODAY, LawsAndSheets, a_law
from tests.fakes.sheets import a_catalogue, an_item_sheet

ARTICLES = ("为了规范养犬。", "养犬应当登记。", "每户一只。", "由公安机关管理。", "每年年检。", "自公布之日起施行。")
LAW = "上海市养犬管理条例"


def codes(*laws: object, catalogue: Catalogue | None = None, as_of: date = TODAY) -> list[str]:
    knowledge = LawsAndSheets(*laws, catalogue=catalogue)  # type: ignore[arg-type]
    return [finding.code for finding in stale_in(knowledge, as_of)]


@pytest.fixture(name="catalogue")
def _catalogue(tmp_path: Path) -> Catalogue:
    return a_catalogue(tmp_path / "c", an_item_sheet())


def test_a_basis_of_an_older_year_than_the_law_in_force_is_stale(catalogue: Catalogue) -> None:
    newer = a_law("l.txt", LAW, *ARTICLES[:5], *ARTICLES[:5], begins=date(2024, 5, 1), issued=date(2024, 3, 1))
    assert codes(newer, catalogue=catalogue) == ["superseded_basis"]
    same = a_law("l.txt", LAW, *ARTICLES[:5], *ARTICLES[:5], begins=date(2011, 5, 15), issued=date(2011, 2, 23))
    assert codes(same, catalogue=catalogue) == []


def test_a_repealed_basis_is_stale_and_so_is_the_repealed_law_itself(catalogue: Catalogue) -> None:
    old = a_law("l.txt", LAW, *ARTICLES[:5], *ARTICLES[:5], begins=date(2011, 5, 15))
    new = a_law(
        "n.txt", "上海市犬类管理办法", f"本办法自2025年1月1日起施行，《{LAW}》同时废止。", begins=date(2025, 1, 1)
    )
    assert codes(old, new, catalogue=catalogue) == ["repealed_basis", "repealed_but_published"]


def test_a_law_that_repeals_only_later_makes_nothing_stale_yet() -> None:
    old = a_law("l.txt", LAW, *ARTICLES, begins=date(2011, 5, 15))
    new = a_law("n.txt", "上海市犬类管理办法", f"《{LAW}》同时废止。", begins=date(2030, 1, 1))
    assert codes(old, new) == []


def test_an_article_that_the_law_lacks_is_a_dead_locator(catalogue: Catalogue) -> None:
    law = a_law("l.txt", LAW, *ARTICLES, begins=date(2011, 5, 15))
    # the sheet names 第十条 for a material, and again for what replaces it
    assert codes(law, catalogue=catalogue) == ["dead_locator"] * 2


def test_a_reference_to_an_own_article_that_is_missing_is_dead() -> None:
    assert codes(a_law("l.txt", LAW, *ARTICLES[:5], "违反本条例第三十条的，不予登记。")) == ["dead_reference"]
    assert codes(a_law("l.txt", LAW, *ARTICLES[:5], "违反本条例第三条的，不予登记。")) == []


def test_a_reference_to_another_laws_article_is_checked_where_that_law_is_here() -> None:
    law, citing = a_law("l.txt", LAW, *ARTICLES), a_law("n.txt", "通知", f"依照《{LAW}》第四十条办理。")
    assert codes(law, citing) == ["dead_reference"]
    assert codes(citing) == []


def test_a_page_of_a_law_proves_nothing_about_the_articles_it_lacks() -> None:
    version, passages = a_law("l.txt", LAW, *ARTICLES[:5], "违反本条例第三十条的，不予登记。")
    assert codes((version, passages[2:])) == []


def test_a_portal_read_more_than_a_year_ago_has_to_be_checked_again(tmp_path: Path) -> None:
    sheet = an_item_sheet().replace("kind: law", "kind: portal").replace("上海市养犬管理条例", "随申办办事指南")
    catalogue = a_catalogue(tmp_path / "c", sheet.replace("2011-05-15", "2025-06-01"))
    assert codes(catalogue=catalogue, as_of=date(2026, 7, 1)) == ["not_checked"]
    assert codes(catalogue=catalogue, as_of=date(2026, 5, 1)) == []
