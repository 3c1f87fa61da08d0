"""Wire form: rules that stand as they came with the product, looked at and approved together."""

from typing import Annotated

from pydantic import Field

from assistant.web.console_schemas import Why
from assistant.web.rule_schemas import Short
from assistant.web.schemas import MOST, Wire


class RuleApproval(Wire):
    """Which rules somebody looked at and lets stand as they are; `change` is that of the list that was looked at."""

    why: Why
    change: Annotated[int, Field(ge=0, le=MOST)]
    items: Annotated[list[Short], Field(min_length=1, max_length=200)]
