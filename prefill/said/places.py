"""Addresses down to the house, towns and regions, and countries."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from prefill.said.mentions import Kind, Mention


def _listed(file: str) -> tuple[str, ...]:
    return tuple(Path(__file__).with_name(file).read_text(encoding="utf-8").split())


_HAN: Final = "\u4e00-\u9fff"
_COUNT: Final = r"[0-9A-Za-z〇零一二三四五六七八九十百\-]{1,8}[甲乙丙丁]?"
# What ends an address: 88弄12号501室, 58号3号楼412, 15号B座, 399号1层C座
_TAIL = re.compile(
    rf"(?:(?:底商|沿街|临街|商铺)?{_COUNT}(?:支弄|弄|号库|号仓|号楼|号院|号|幢|栋|座|单元|组|层|楼|室|户|铺|期|库|仓)(?:之{_COUNT}|[甲乙丙丁])?[\s,]?)+"
    rf"(?:[A-Za-z]?\d{{1,5}}(?:室|户|铺)?(?![0-9年月日元平个])|[A-Za-z](?:座|栋|区|室|铺)|[东南西北]?(?:侧|门面|商铺|店面)|底楼|底层|沿街)*"
)
_ROAD: Final = (
    "路|街|大道|道|巷|弄|村|里|坊|苑|园|小区|公寓|胡同|城|湾|庭|邨|宅|浜|桥|塘|队|庄|屯|镇|"
    "花园|新村|公路|广场|大厦|中心"
)
_HEAD = re.compile(
    rf"(?:[{_HAN}]{{2,7}}?(?:省|自治区))?(?:[{_HAN}]{{2,7}}?(?:市|州|盟))?(?:[{_HAN}]{{2,7}}?(?:新区|区|县|市|旗))?"
    rf"(?:[{_HAN}]{{2,8}}?(?:街道|镇|乡))?[{_HAN}A-Za-z0-9·]{{1,14}}?(?:{_ROAD})"
    rf"(?:[{_HAN}A-Za-z]{{1,12}}?(?:{_ROAD}))*\Z"
)
_REGION_START = re.compile(
    "上海市?|北京市?|天津市?|重庆市?|"
    "(?:江苏|浙江|安徽|山东|河南|河北|湖南|湖北|江西|福建|广东|海南|"
    "四川|贵州|云南|陕西|甘肃|青海|山西|辽宁|吉林|黑龙江)省?|"
    "内蒙古(?:自治区)?|广西(?:壮族自治区)?|西藏(?:自治区)?|宁夏(?:回族自治区)?|新疆(?:维吾尔自治区)?"
)
_DISTRICT = re.compile("(?:浦东新|黄浦|静安|徐汇|长宁|普陀|虹口|杨浦|闵行|宝山|嘉定|金山|松江|青浦|奉贤|崇明)区?|浦东")
_CUT = re.compile(
    ".*(?:住址|地址|住在|居住在|居住于|居住地|实际住|现住|住的是|住|现居|户籍地?|户口在?|搬到了?|搬去了?|搬进了?|租在|租住|"
    "租的|租了|位于|开在|设在|放在|寄到|送到|写|在|到|至|是|为|于|家里|的|:|买了|用|换成|改成|改到|叫)",
    re.DOTALL,
)
_REACH: Final = 40
_CITIES: Final = _listed("towns.txt")
_PROVINCES: Final = _listed("provinces.txt")
_TOWN = re.compile(
    rf"(?:(?P<province>{'|'.join(_PROVINCES)})省?)?(?P<town>(?:{'|'.join(_CITIES)}|上海)市?|[{_HAN}]{{2,3}}(?<![在从到去回来])市)"
    rf"|(?P<only>(?:{'|'.join(_PROVINCES)})省?)"
)
_COUNTRIES: Final = _listed("countries.txt")
_COUNTRY = re.compile("|".join(sorted(_COUNTRIES, key=len, reverse=True)))


def addresses(text: str, clause: int) -> Iterator[Mention]:
    """Addresses that name a house; a town or a road alone is no address."""
    for tail in _TAIL.finditer(text):
        start = _start(text, tail.start())
        if start is None:
            continue
        value = text[start : tail.end()].strip(" ,")
        yield Mention(kind=Kind.ADDRESS, value=value, clause=clause, start=start, end=tail.end())


def _start(text: str, end: int) -> int | None:
    begin = max(0, end - _REACH)
    window = text[begin:end]
    region = _REGION_START.search(window)
    if region and _HEAD.match(window[region.start() :]):
        return begin + region.start()
    district = _DISTRICT.search(window)
    if district and _HEAD.match(window[district.start() :]):
        return begin + district.start()
    cut = _CUT.match(window)
    offset = cut.end() if cut else 0
    return begin + offset if _HEAD.match(window[offset:]) else None


def regions(text: str, clause: int) -> Iterator[Mention]:
    """Towns and provinces."""
    for match in _TOWN.finditer(text):
        yield Mention(kind=Kind.REGION, value=match.group(), clause=clause, start=match.start(), end=match.end())


def countries(text: str, clause: int) -> Iterator[Mention]:
    """Countries by their usual names."""
    for match in _COUNTRY.finditer(text):
        yield Mention(kind=Kind.COUNTRY, value=match.group(), clause=clause, start=match.start(), end=match.end())
