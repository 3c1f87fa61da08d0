"""The key that seals the chain: set by the operator, or made once and kept in the home, never in the database."""

import os
import secrets
from pathlib import Path

from pydantic import SecretStr

_FILE = "audit.key"
_BYTES = 32


def key_of(home: Path, configured: SecretStr | None = None, *, name: str = _FILE) -> bytes:
    """The configured key, or that of the home; a new home gets one that only its owner can read."""
    if configured is not None:
        return configured.get_secret_value().encode()
    path = home / name
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _kept(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_BYTES))
    return _kept(path)


def _kept(path: Path) -> bytes:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 2 * _BYTES:  # another process is just writing it, or a disk was full
        raise OSError(f"{path} holds no whole key: start again; if that does not help, restore it from a backup.")
    return key.encode("ascii")
