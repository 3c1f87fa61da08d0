"""The parts of a message that may each wish for something: 「办护照和港澳通行证」, 「帮我申报契税,成交价268万」."""

import re
from collections.abc import Callable, Sequence

from knowledge.items import ServiceItem
from knowledge.recognition.decision import Recognition

_CLAUSES = re.compile(r"[,，。;；!！\s]+")
_JOINTS = re.compile(
    r"[,，。;；!！、]|\s(?=[\u4e00-\u9fff])|还有|以及|另外|顺便|顺带|再把|再给|同时|一并|(?<=[\u4e00-\u9fff]{3})(?:和|跟|与|加上?)(?=[\u4e00-\u9fff]{3})|"
    r"\b(?:and|also|plus)\b"
)
_LEAST, _MOST = 3, 4
_THOUGHT_OF = 0.1
_TOLD = re.compile("[了过有是没才刚]|已经|在")  # what happened or is so, beside a wish
_DEED = re.compile(
    r"想|要|帮|办|申|补|换|领|开|登|注|转|提|报|\b(?:apply|get|renew|register|replace|want|need)\b", re.I
)

ItemOf = Callable[[str], ServiceItem | None]


def wished_items(text: str, item_of: ItemOf, begins: Callable[[str], bool]) -> tuple[ServiceItem, ...]:
    """The items that the parts of a wish mean, one a part; fewer than two: it was no wish for several."""
    parts = [part.strip() for part in _JOINTS.split(text) if part and len(part.strip()) >= _LEAST]
    if not 1 < len(parts) <= _MOST:
        return ()
    wishes = [begins(part) for part in parts]
    went_on = [n and wishes[n - 1] and not _TOLD.search(part) for n, part in enumerate(parts)]
    found = [item_of(part) for n, part in enumerate(parts) if wishes[n] or went_on[n]]
    several = {item.slug: item for item in found if item is not None and not item.is_bundle}
    return tuple(several.values()) if len(several) > 1 else ()


def item_of_the_wish(
    text: str, item_of: ItemOf, begins: Callable[[str], bool], whole: Recognition
) -> ServiceItem | None:
    """The item of the clause that says what is wanted, where the other clauses tell facts and lead astray.

    Only one that the whole message may mean: 「…还没开,开一个」 opens no company.
    """
    clauses: Sequence[str] = [clause for clause in _CLAUSES.split(text) if len(clause) >= _LEAST]
    if len(clauses) < 2:  # noqa: PLR2004 - nothing to leave out
        return None
    wishes = [clause for clause in clauses if _DEED.search(clause) and begins(clause)]
    found = {item.slug: item for clause in wishes[:_MOST] if (item := item_of(clause)) is not None}
    thought_of = {c.item for c in whole.candidates if c.score >= _THOUGHT_OF}
    return next((item for item in found.values() if item.slug in thought_of), None) if len(found) == 1 else None
