"""Which district of a city a document is of: the one whose office issued it, or whose name its title begins with."""

import re

_SHANGHAI = "黄浦|徐汇|长宁|静安|普陀|虹口|杨浦|闵行|宝山|嘉定|金山|松江|青浦|奉贤|崇明"
_BY_TITLE = re.compile(rf"^(?:关于|印发|转发|《)*(?:上海市)?(?P<district>(?:{_SHANGHAI})区|浦东新区)")
# Of any city: a government of a district names itself so. 开发区 and the like are no districts.
_BY_ISSUER = re.compile(
    r"(?:^|市)(?P<district>(?![一-鿿]{0,2}(?:开发|示范|试验|实验|高新|保税|自贸|工业)区)[一-鿿]{2,4}?(?:新区|区|县))(?=人民政府|政府)"
)
_OFFICES = re.compile(rf"^(?:上海市)?(?P<district>(?:{_SHANGHAI})区|浦东新区)")


def district_of(region: str, issuer: str | None, title: str) -> str:
    """The region with its district, 上海市/徐汇区, where the document is a district's; else the region as it is."""
    if not region.endswith("市"):
        return region
    found = _BY_ISSUER.search(issuer or "")
    if found is None and region == "上海市":
        found = _OFFICES.match(issuer or "") or _BY_TITLE.match(title)
    return f"{region}/{found['district']}" if found else region
