"""Passwords: only their argon2id hashes are kept."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_CHARACTERS = 10
MAX_CHARACTERS = 200  # longer ones would be a way to keep the processor busy


class PasswordTooWeak(ValueError):
    """The password is too short or too long to be set."""


class Passwords:
    """Hashes and checks passwords. The costs are argon2-cffi's defaults (RFC 9106, low-memory profile)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash to keep. Raises PasswordTooWeak."""
        if not MIN_CHARACTERS <= len(password) <= MAX_CHARACTERS:
            raise PasswordTooWeak(
                f"A password has {MIN_CHARACTERS} to {MAX_CHARACTERS} characters; this one has {len(password)}."
            )
        return self._hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether the password is the one hashed. Without an account it takes the same time, and says no."""
        if len(password) > MAX_CHARACTERS:
            return False
        try:
            self._hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None
