"""What of a source may be repeated where somebody wrote orders into it: not the order, nor what stands beside it."""

from collections.abc import Sequence

from guardrails.inbound import CODE, scan_untrusted


def steers(text: str) -> bool:
    """Return whether a text gives orders. Program text alone is none: it is disarmed and may be shown."""
    return any(finding.reason not in CODE for finding in scan_untrusted(text))


def free_of_orders(sentences: Sequence[str]) -> list[str]:
    """Leave out the sentences that give orders and their neighbours: what is to be said stands before or after.

    Of sentences that were reported together though none gives an order alone, nothing is left: it hid among them.
    """
    ordering = {number for number, sentence in enumerate(sentences) if steers(sentence)}
    if not ordering:
        return []
    return [s for number, s in enumerate(sentences) if not {number - 1, number, number + 1} & ordering]
