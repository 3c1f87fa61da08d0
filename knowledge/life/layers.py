"""Layers of rules: country, province, city, district. The most specific one in force wins for whoever lives there."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

Ruled = TypeVar("Ruled")

_NATIONWIDE = ("全国", "国家", "中国")
# Alliances of provinces: their rules hold in each member, and are less specific than the member's own.
_ALLIANCES = {"长三角": ("上海市", "江苏省", "浙江省", "安徽省")}
_SPACE = re.compile(r"\s+")


@lru_cache(1024)  # every turn asks it of every item, and a catalogue knows few regions
def path_of(region: str) -> tuple[str, ...]:
    """The parts of a region, widest first; empty for the whole country. 上海市/徐汇区 and 上海市徐汇区 are the same."""
    bare = _SPACE.sub("", region)
    if not bare or bare.startswith(_NATIONWIDE):
        return ()
    parts = [part for part in bare.split("/") if part]
    if len(parts) == 1 and "市" in bare[:-1] and not bare.endswith("市"):
        city, _, district = bare.partition("市")
        parts = [f"{city}市", district]
    return tuple(parts)


def holds_in(rule_region: str, place: str) -> bool:
    """True where a rule of that region holds at the place: a city's rule in its districts, never the other way."""
    rule, where = path_of(rule_region), path_of(place)
    if rule and rule[0] in _ALLIANCES:
        return bool(where) and (where[0] in _ALLIANCES[rule[0]] or where[0] == rule[0])
    return where[: len(rule)] == rule


def depth_of(region: str) -> int:
    """How specific: 0 for the country, 1 for an alliance, 2 for a province or city, 3 for a district."""
    path = path_of(region)
    if not path:
        return 0
    return 1 if path[0] in _ALLIANCES else len(path) + 1


def name_of(region: str) -> str:
    """How an answer names the layer: 徐汇区, 上海市, 国家."""
    path = path_of(region)
    return path[-1] if path else "国家"


def most_specific(
    rules: Iterable[Ruled], place: str, *, region_of: Callable[[Ruled], str], subject_of: Callable[[Ruled], str]
) -> tuple[Ruled, ...]:
    """Of the rules on one subject only those of the most specific layer that holds at the place; the order stays.

    Rules that do not hold at the place are left out.
    """
    holding = [rule for rule in rules if holds_in(region_of(rule), place)]
    deepest: dict[str, int] = {}
    for rule in holding:
        subject = subject_of(rule)
        deepest[subject] = max(deepest.get(subject, 0), depth_of(region_of(rule)))
    return tuple(rule for rule in holding if depth_of(region_of(rule)) == deepest[subject_of(rule)])
