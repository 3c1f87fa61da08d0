"""What tells the items of a group apart is read from their names, in any catalogue."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.items import ServiceItem
from knowledge.recognition.differences import Circumstance, Dimension, difference_between, settled_by

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
GUANGDONG = Path(__file__).parents[3].parent / "shared" / "datasets" / "guangdong"


def of(*slugs: str) -> list[ServiceItem]:
    return [ITEMS[slug] for slug in slugs]


def named(*names: str) -> list[ServiceItem]:
    return [replace(ITEMS["id_loss"], slug=f"item-{n}", name=name) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("items", "subject", "circumstances"),
    [
        (
            of("id_loss", "id_renew", "id_first"),
            "居民身份证",
            (Circumstance.LOST, Circumstance.RENEWAL, Circumstance.FIRST),
        ),
        (of("gjj_reg", "gjj_close"), "单位住房公积金", (Circumstance.FIRST, Circumstance.CANCEL)),
        (
            named("渔船证书（遗失补发）", "渔船证书（损毁换发）", "渔船证书（信息变更）"),
            "渔船证书",
            (Circumstance.LOST, Circumstance.DAMAGED, Circumstance.CHANGE),
        ),
        (
            named("摊位使用许可(新申请)", "摊位使用许可(延续)", "摊位使用许可(注销)"),
            "摊位使用许可",
            (Circumstance.FIRST, Circumstance.RENEWAL, Circumstance.CANCEL),
        ),
    ],
)
def test_why_one_comes_tells_them_apart(
    items: Sequence[ServiceItem], subject: str, circumstances: tuple[Circumstance, ...]
) -> None:
    found = difference_between(items)
    assert found is not None
    assert (found.dimension, found.subject, found.circumstances) == (Dimension.REASON, subject, circumstances)


def test_for_whom_it_is_tells_them_apart() -> None:
    found = difference_between(named("涉税资料查询(个人)", "涉税资料查询(企业)"))
    assert found is not None
    assert found.dimension is Dimension.AUDIENCE
    assert found.circumstances == (Circumstance.PERSON, Circumstance.COMPANY)


def test_from_where_one_comes_tells_them_apart() -> None:
    found = difference_between(named("执业机构变动(市内)", "执业机构变动(跨市)"))
    assert found is not None
    assert found.dimension is Dimension.PLACE
    assert found.circumstances == (Circumstance.WITHIN, Circumstance.ACROSS)


def test_other_groups_differ_in_their_own_part_of_the_name() -> None:
    found = difference_between(named("医师资格认定(口腔)", "医师资格认定(中医)"))
    assert found is not None
    assert found.dimension is Dimension.KIND
    assert found.kinds == ("口腔", "中医")


@pytest.mark.parametrize("slugs", [("id_loss",), ("id_loss", "gjj_rent"), ("dog_reg", "ebike_reg", "dibao")])
def test_what_is_no_group_has_no_difference(slugs: tuple[str, ...]) -> None:
    assert difference_between(of(*slugs)) is None


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("我的身份证在地铁上掉了", "id_loss"),
        ("身份证没丢，是过期了", "id_renew"),
        ("my id card was stolen", "id_loss"),
        ("小孩头一次办身份证", "id_first"),
    ],
)
def test_what_was_told_settles_the_question(said: str, slug: str) -> None:
    found = settled_by(of("id_loss", "id_renew", "id_first"), said)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("said", ["身份证", "", "身份证过期了又丢了"])
def test_what_was_not_told_or_told_twice_settles_nothing(said: str) -> None:
    assert settled_by(of("id_loss", "id_renew", "id_first"), said) is None


@pytest.mark.skipif(not GUANGDONG.is_dir(), reason="development data is not beside the checkout")
def test_most_groups_of_another_province_are_told_apart() -> None:
    groups: dict[str, list[ServiceItem]] = defaultdict(list)
    for item in load_catalogue(GUANGDONG).items:
        stem, bracket, _ = item.name.partition("(")
        if bracket:
            groups[stem].append(item)
    several = [group[:6] for group in groups.values() if len(group) > 1]
    apart = [group for group in several if difference_between(group) is not None]
    assert len(several) > 50
    assert len(apart) / len(several) > 0.95


def test_a_kind_that_ends_with_a_bracket_keeps_it() -> None:
    found = difference_between(named("外国人来华工作许可(A/B/C类)", "外国人住宿登记"))

    assert found is not None
    assert found.kinds == ("来华工作许可(A/B/C类)", "住宿登记")
