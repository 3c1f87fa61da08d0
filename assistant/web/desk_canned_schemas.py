"""The JSON of looking after canned answers."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from assistant.handoff.screening import LONGEST
from assistant.web.clerk_schemas import WireCanned
from assistant.web.handoff_schemas import Id
from assistant.web.schemas import Text, Wire


class CannedKept(WireCanned):
    """A canned answer for who looks after it: `owner` wrote it last, `is_over` where no desk can send it any more."""

    owner: str
    written_at: datetime
    is_over: bool


class CannedChecked(Wire):
    """A sentence that states something which the item's sources do not say, and why it cannot stand."""

    sentence: str
    reason: str


class CannedWordsWanted(Wire):
    """Words to be looked through before they are kept."""

    text: Annotated[Text, Field(min_length=1, max_length=LONGEST)]
    item: Annotated[Text, Field(max_length=80)] | None = None


class CannedUsed(Wire):
    """A canned answer is said: `text` with its places filled."""

    text: Annotated[Text, Field(min_length=1, max_length=LONGEST)]
    client_id: Id


class CannedSaid(Wire):
    """It was said, under this number."""

    seq: int
    expires_on: date
