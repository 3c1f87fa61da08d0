"""Review rules of one service item, as reviewed data carries them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRules:
    """The rules of one item; an item without any is reviewed by the general checks, and a person decides its points."""

    item: str
