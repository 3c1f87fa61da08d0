"""What cases hold is sealed at rest: AES-GCM under the newest key, bound to its place; older keys still open it."""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assistant.storage.errors import SealBroken

_MARK = b"XSC1"
_ID_BYTES, _NONCE_BYTES = 4, 12
_HEAD = len(_MARK) + _ID_BYTES + _NONCE_BYTES
_SURE_SIGNS = 10  # of base64, that do not depend on what follows
LEAST_SIGNS = 32
"""A key of fewer signs is refused: it could be guessed."""


class Keyring:
    """Keys, the newest first: it seals, all open. The `place` is part of the seal, so that rows cannot be swapped."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys or any(len(key) < LEAST_SIGNS for key in keys):
            raise SealBroken(f"XIAOSHEN_CASE_KEYS needs keys of at least {LEAST_SIGNS} signs, the newest first.")
        self._ciphers: Mapping[bytes, AESGCM] = {_id(key): AESGCM(_key(key, "rest")) for key in keys}
        self._newest = _id(keys[0])
        self.sealing = tuple(_key(key, "verified") for key in keys)
        """Keys of another purpose: over verified values, against changes on the way."""

    def seal(self, plain: bytes, place: str) -> bytes:
        """The bytes as they are kept."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _MARK + self._newest + nonce + self._ciphers[self._newest].encrypt(nonce, plain, place.encode())

    def open(self, kept: bytes, place: str) -> bytes:
        """The bytes as they were; what was kept before there were keys is as it is. Raises SealBroken."""
        if not kept.startswith(_MARK):
            return kept
        identity, nonce = kept[len(_MARK) : len(_MARK) + _ID_BYTES], kept[_HEAD - _NONCE_BYTES : _HEAD]
        cipher = self._ciphers.get(identity)
        if cipher is None:
            raise SealBroken(
                f"{place} is sealed with a key that is not in XIAOSHEN_CASE_KEYS; put the former key back."
            )
        try:
            return cipher.decrypt(nonce, kept[_HEAD:], place.encode())
        except InvalidTag:
            raise SealBroken(f"{place} does not open: it was changed or moved; restore it from a backup.") from None

    @property
    def newest(self) -> bytes:
        """How everything begins that the newest key sealed."""
        return _MARK + self._newest

    @property
    def newest_text(self) -> str:
        """How every sealed text begins that the newest key sealed."""
        return base64.b64encode(self.newest).decode("ascii")[:_SURE_SIGNS]

    def seal_text(self, plain: str, place: str) -> str:
        """The same for a column of text."""
        return base64.b64encode(self.seal(plain.encode(), place)).decode("ascii")

    def open_text(self, kept: str, place: str) -> str:
        """The text as it was. Raises SealBroken."""
        return self.open(base64.b64decode(kept), place).decode()


def _key(key: str, purpose: str) -> bytes:
    return hashlib.sha256(f"xiaoshen cases {purpose}\0{key}".encode()).digest()


def _id(key: str) -> bytes:
    return hashlib.sha256(f"xiaoshen cases id\0{key}".encode()).digest()[:_ID_BYTES]
