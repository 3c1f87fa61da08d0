"""The assistant's own fixed sentences, reviewed with the code, in Chinese and in English."""

from assistant.phrases.chinese import CHINESE
from assistant.phrases.english import ENGLISH
from assistant.phrases.phrasebook import Phrasebook

__all__ = ["CHINESE", "ENGLISH", "Phrasebook", "phrases_for"]


def phrases_for(language: str) -> Phrasebook:
    """The phrasebook of a language; Chinese for every language but English."""
    return ENGLISH if language == "en" else CHINESE
