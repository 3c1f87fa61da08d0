"""Values recognized by their shape alone: telephone, identity, company and account numbers, plates, other codes."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from prefill.check_digits import is_bank_card, is_company_code, is_identity_number
from prefill.said.mentions import Kind, Mention

_MOBILE = re.compile(r"(?<![\dA-Za-z])1[3-9]\d{9}(?![\dA-Za-z])")
_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_COMPANY = re.compile(r"(?<![\dA-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}(?![\dA-Za-z])")
_CARD = re.compile(r"(?<![\dA-Za-z])\d{16,19}(?![\dA-Za-z])")
_VIN = re.compile(r"(?<![\dA-Za-z])[0-9A-HJ-NPR-Za-hj-npr-z]{17}(?![\dA-Za-z])")
_PLATES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(rf"[{_PLATES}][A-Za-z]\s?[·.]?\s?(?:[A-Za-z0-9]{{5,6}})(?![A-Za-z0-9])")
_TITLE_DEED = re.compile(
    rf"[{_PLATES}]?房?地?\(\d{{4}}\)[\u4e00-\u9fff]{{1,6}}不动产权第\s?\d{{4,10}}号|[{_PLATES}]房地[\u4e00-\u9fff]字?\(\d{{4}}\)第\d{{4,10}}号"
)
_CODE = re.compile(r"(?<![\dA-Za-z])(?=[A-Za-z\-]*\d)[A-Za-z0-9](?:[A-Za-z0-9\-_/]*[A-Za-z0-9])(?![\dA-Za-z])")
_BRACKETED = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:19|20)\d{2}(?:字)?第\d{3,12}号|"
    r"[\u4e00-\u9fffA-Za-z]{0,8}[\[〔(]\d{4}[\])〕][\u4e00-\u9fffA-Za-z0-9\-]{0,12}?\d+号?"
)
# 备案号沪租2026-55321: signs before the digits belong to the number where its label stands before them
_LABELLED = re.compile(
    r"(?<=[号码是为:])(?![是为改换写填应就码旧新老的我打叫那这记抄标印刻])[\u4e00-\u9fff]{1,3}(?=[A-Za-z\-]*\d)[A-Za-z0-9][A-Za-z0-9\-]{4,}(?![\dA-Za-z年])"
)
_LABEL: Final = re.compile(
    r"^[\u4e00-\u9fff]*?(?:编号|书号|文号|证号|单号|号码|号是|号|书|是|为)(?=[\u4e00-\u9fff]*(?:[\[〔(]|\d{4}字?第))"
)
_LEAST: Final = 4
_LEAST_DIGITS: Final = 6


def _is_vin(number: str) -> bool:
    return re.search(r"\d", number) is not None and re.search(r"[A-Z]", number) is not None


def _any(_number: str) -> bool:
    return True


# In this order: what an earlier shape has taken is no later one, even where its check digit was wrong.
_SHAPES: Final[tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...]] = (
    (Kind.MOBILE, _MOBILE, _any),
    (Kind.IDENTITY, _IDENTITY, is_identity_number),
    (Kind.COMPANY_CODE, _COMPANY, is_company_code),
    (Kind.CARD, _CARD, is_bank_card),
    (Kind.VIN, _VIN, _is_vin),
    (Kind.PLATE, _PLATE, _any),
)


def shaped(text: str, clause: int) -> Iterator[Mention]:
    """Numbers and codes of a clause. A number that fails its check digit is no mention at all."""
    taken: list[tuple[int, int]] = []
    for kind, pattern, is_right in _SHAPES:
        for match in pattern.finditer(text):
            value = re.sub(r"[\s·.]", "", match.group()).upper()
            if _within(match, taken) or not is_right(value):
                continue
            taken.append(match.span())
            yield Mention(kind=kind, value=value, clause=clause, start=match.start(), end=match.end())
    taken.extend(match.span() for match in _IDENTITY.finditer(text))
    yield from _codes(text, clause, taken)


def _codes(text: str, clause: int, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    for pattern in (_TITLE_DEED, _BRACKETED, _LABELLED, _CODE):
        for match in pattern.finditer(text):
            least = _LEAST_DIGITS if match.group().isdigit() else _LEAST
            if _within(match, taken) or len(match.group()) < least:
                continue
            taken.append(match.span())
            value = _LABEL.sub("", match.group())
            yield Mention(kind=Kind.CODE, value=value, clause=clause, start=match.start(), end=match.end())


def _within(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(match.start() < end and begin < match.end() for begin, end in taken)
