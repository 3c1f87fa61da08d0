"""English sentences over the Chinese statements; the official term stays beside the translation."""

from assistant.steps.grounds import Grounds, Piece


def english_pieces(grounds: Grounds) -> list[Piece]:
    """All sentences of the answer in English."""
    return []
