"""What of a source may be repeated where somebody wrote orders into it: not the order, nor what stands beside it."""

import re
from collections.abc import Sequence
from typing import Final

from guardrails.inbound import CODE, scan_untrusted

_SPOKEN: Final = re.compile(
    r"^\s*[\[【(（]?(?:问|答|提问|回答|用户|市民|助手|客服|机器人|q|a|user|assistant|human|ai|system)[\]】)）]?\s*\d*\s*[:：]",
    re.IGNORECASE,
)
"""A line of a dialogue. Beside an order it is an example of what to answer."""


def steers(text: str) -> bool:
    """Return whether a text gives orders. Program text alone is none: it is disarmed and may be shown."""
    return any(finding.reason not in CODE for finding in scan_untrusted(text))


def free_of_orders(sentences: Sequence[str]) -> list[str]:
    """Leave out the sentences that give orders and their neighbours: what is to be said stands before or after.

    Lines of a dialogue go too: beside an order they show what shall be answered. Of sentences that were reported
    together though none gives an order alone, nothing is left: it hid among them.
    """
    ordering = {number for number, sentence in enumerate(sentences) if steers(sentence)}
    if not ordering:
        return []
    return [
        sentence
        for number, sentence in enumerate(sentences)
        if not {number - 1, number, number + 1} & ordering and _SPOKEN.match(sentence) is None
    ]


def holds_dialogue(text: str) -> bool:
    """Return whether a line of a text is one of a dialogue, which beside an order is an example of what to answer."""
    return any(_SPOKEN.match(line) for line in text.splitlines())
