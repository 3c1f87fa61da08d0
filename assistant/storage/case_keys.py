"""The keys of the settings, or the one of the home, that seal what cases hold and what providers vouched for."""

from assistant.audit.keys import key_of
from assistant.settings import Settings
from assistant.storage.keyring import Keyring


def keyring_of(settings: Settings) -> Keyring:
    """The keys, the newest first. Raises SealBroken where one could be guessed."""
    if settings.case_keys is not None:
        return Keyring([key.strip() for key in settings.case_keys.get_secret_value().split(",")])
    return Keyring([key_of(settings.home, name="cases.key").decode("ascii")])
