"""Finds and masks personal data in Chinese text. Hot lines, offices, case and product numbers are not personal data."""

import re
from collections.abc import Iterable, Sequence

from guardrails.personal.addresses import find_addresses
from guardrails.personal.health import find_health, health_after
from guardrails.personal.names import find_announced_names, find_names
from guardrails.personal.numbers import find_land_lines, find_numbers
from guardrails.personal.span import Span

__all__ = ["Span", "find", "find_announced", "mask", "mask_spans"]

# Full width to half width, one to one, so that positions stay those of the original.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}

_SHOWN_AS = {
    "id_card": "〔身份证号〕",
    "phone": "〔电话〕",
    "bank_card": "〔银行卡号〕",
    "passport": "〔护照号〕",
    "hk_macau_permit": "〔通行证号〕",
    "taiwan_permit": "〔台胞证号〕",
    "residence_permit": "〔居留证号〕",
    "plate": "〔车牌〕",
    "email": "〔邮箱〕",
    "wechat": "〔微信号〕",
    "qq": "〔QQ号〕",
    "name": "〔姓名〕",
    "address": "〔住址〕",
    "medical": "〔健康信息〕",
}
_FIRST = {kind: rank for rank, kind in enumerate(("email", "id_card", "bank_card", "phone", "passport"))}
_WORTH_READING = re.compile(r"[0-9@\u4e00-\u9fffA-Za-z]")


def find(text: str) -> tuple[Span, ...]:
    """Return the spans of personal data in order, without overlaps."""
    folded = text.translate(_FOLD)
    if not _WORTH_READING.search(folded):
        return ()
    found = [*find_numbers(folded), *find_health(folded), *find_addresses(folded), *find_land_lines(folded)]
    names = find_names(folded, found)
    found += (*names, *find_land_lines(folded, names))
    found += [illness for one in found if one.type == "name" for illness in health_after(folded, one.end)]
    return tuple(sorted(_without_overlaps(found), key=lambda span: span.start))


def find_announced(text: str) -> tuple[Span, ...]:
    """Return what `find` does, names only after words that announce one (姓名): fast, right for official texts.

    Lines with an area code are an office's there.
    """
    folded = text.translate(_FOLD)
    if not _WORTH_READING.search(folded):
        return ()
    found = (*find_numbers(folded), *find_health(folded), *find_addresses(folded), *find_announced_names(folded))
    return tuple(sorted(_without_overlaps(found), key=lambda span: span.start))


def mask(text: str) -> str:
    """Return the text with each piece of personal data replaced by its kind in Chinese, e.g. 〔电话〕."""
    return mask_spans(text, find(text))


def mask_spans(text: str, spans: Sequence[Span]) -> str:
    """Return the text with these spans masked; they are in order and do not overlap, as `find` returns them."""
    parts: list[str] = []
    position = 0
    for span in spans:
        parts += [text[position : span.start], _SHOWN_AS[span.type]]
        position = span.end
    return "".join([*parts, text[position:]])


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (_FIRST.get(s.type, len(_FIRST)), s.start - s.end)):
        covered = range(span.start, span.end)
        if taken.isdisjoint(covered):
            kept.append(span)
            taken.update(covered)
    return kept
