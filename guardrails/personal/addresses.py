"""Finds where somebody lives: an address down to the lane, the house or the room; offices are not personal."""

import re
from collections.abc import Iterator

from guardrails.personal.span import Span

_HAN = "\u4e00-\u9fff"
_COUNT = r"[甲乙丙丁]?[0-9〇零一二三四五六七八九十百]{1,6}[甲乙丙A-Za-z]?"
# The end of an address: 655弄18号1702室, 126号503室, 3幢2单元401
_TAIL = re.compile(
    f"(?:{_COUNT}(?:支弄|弄|号楼(?![道上下梯顶层])|号院|号|幢|栋|座|单元|组|层|楼(?![道上下梯顶层])|室|"
    rf"户)(?:之{_COUNT})?[ \-,]?){{1,6}}(?:{_COUNT}(?:室|户)?(?![0-9年月日元]))?"
)
_HOME = re.compile(r"弄|室|户|幢|栋|单元|号楼|座|号\d{3,4}\Z")
_HEAD = re.compile(
    f"(?:[{_HAN}]{{2,7}}(?:省|自治区))?(?:[{_HAN}]{{2,5}}市)?(?:[{_HAN}]{{2,6}}(?:新区|区|"
    f"县))?(?:[{_HAN}]{{2,8}}(?:街道|镇|乡))?"
    rf"[{_HAN}]{{1,8}}(?:路|街|大道|巷|村|里|坊|苑|园|小区|公寓|胡同|城|湾|庭|邨|宅|浜|桥|塘|组|队|庄|屯)\Z"
)
_NAMED = re.compile(r"住址|地址|家住|住在|住|居住|户籍地?|addr|家在|门牌|搬到|租在|租住|寄到|送到|寄", re.IGNORECASE)
_CUT = re.compile(
    (
        ".*(?:住址|地址|住在|居住在|居住于|居住地|住|现居|户籍地?|户口|搬到|搬去|租在|租住|寄到|送到|快递寄|邮寄|寄往|寄|"
        "门牌号?码?|位于|在|到|至|是|为|于|家里|的)"
    ),
    re.DOTALL,
)
_OFFICE = re.compile(
    rf"\s?[({_HAN}]{{0,12}}?(?:中心|大厅|窗口|派出所|法院|检察院|局|公司|大厦|医院|学校|公证处|"
    "受理|政务|服务|分局|支队|银行|门店|商场)"
)
_OF_AN_OFFICE = re.compile(r"(?:办公|办事|受理|经营|注册|机构|中心|窗口|网点|[局所院馆处])的?地址[:是为 ]{0,2}\Z")
_REACH = 32


def find_addresses(folded: str) -> Iterator[Span]:
    """Yield addresses of homes."""
    for tail in _TAIL.finditer(folded):
        start = _start_of(folded, tail.start())
        if start is None:
            continue
        end = tail.end() - len(tail.group()) + len(tail.group().rstrip(" -,"))
        near = folded[max(0, start - 8) : start]
        named = _NAMED.search(near) is not None
        # With a room the house is a home even beside an office's name; without one only where the text says so.
        has_room = "室" in tail.group() or "弄" in tail.group()
        if not has_room and _OF_AN_OFFICE.search(near):
            continue
        if not has_room and _OFFICE.match(folded, tail.end(), min(len(folded), tail.end() + 16)):
            continue
        if named or _HOME.search(tail.group()):
            yield Span(start, end, "address")


def _start_of(text: str, end: int) -> int | None:
    window_start = max(0, end - _REACH)
    window = text[window_start:end]
    cut = _CUT.match(window)
    offset = cut.end() if cut else 0
    for begin in range(offset, len(window)):
        if "\u4e00" <= window[begin] <= "\u9fff" and (found := _HEAD.match(window, begin)):
            return window_start + found.start()
    return None
