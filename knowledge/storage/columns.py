"""Column types: moments in UTC, text that both databases can hold, words, places on pages."""

import json
from datetime import UTC, datetime

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from knowledge.passages import Box, Place

_REPLACEMENT = "\ufffd"


class Moment(TypeDecorator[datetime]):
    """A moment, stored as UTC without zone, read back with the zone UTC. SQLite knows no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody can say later what it meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone: pass datetime.now(UTC).")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class AnyText(TypeDecorator[str]):
    """Text from outside. What no database takes (NUL, half of a surrogate pair) becomes the replacement sign.

    Each sign is replaced by one, so that character offsets stay true.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be stored."""
        return None if value is None else storable(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A few words or names, one a line; NULL where there is none."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """One a line."""
        return storable("\n".join(" ".join(word.split()) for word in value)) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """As they were."""
        return tuple(value.split("\n")) if value else ()


class Places(TypeDecorator[tuple[Place, ...]]):
    """Pages and rectangles of a passage, as `[[page, [[left, top, right, bottom], …]], …]`; NULL where there is none.

    A rectangle is kept to a ten-thousandth of the page: less than a tenth of a letter.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Place, ...] | None, dialect: Dialect) -> str | None:
        """As compact JSON."""
        if not value:
            return None
        told = [[p.page, [[round(s, 4) for s in (b.left, b.top, b.right, b.bottom)] for b in p.boxes]] for p in value]
        return json.dumps(told, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Place, ...]:
        """As they were."""
        told: list[tuple[int, list[list[float]]]] = json.loads(value) if value else []
        return tuple(Place(page, tuple(map(_box_of, boxes))) for page, boxes in told)


def _box_of(shares: list[float]) -> Box:
    left, top, right, bottom = shares
    return Box(left=left, top=top, right=right, bottom=bottom)


def storable(text: str) -> str:
    """The text with each sign that a database refuses replaced by U+FFFD."""
    if "\x00" in text:
        text = text.replace("\x00", _REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(_REPLACEMENT if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text
