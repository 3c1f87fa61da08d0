"""Entries and how each is bound to the one before it: pure functions, no database.

The hash lets anybody who has an export check the order; the seal, made with the key of the home, tells an entry that
this product wrote from one that somebody with access to the database made up.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

BEGINNING: Final = "0" * 64
NO_DETAILS: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What an entry says and what it follows. `digest` is the salted hash of the details that are kept apart."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    digest: str
    previous: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A link with its hash and its seal."""

    link: Link
    hash: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far the chain reached when this was signed: what is missing behind it was cut off."""

    number: int
    hash: str
    seal: str


def hash_of(link: Link) -> str:
    """The hash of an entry, its predecessor's included."""
    said: list[str | int] = [
        link.number,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.actor,
        link.action,
        link.subject,
        link.digest,
        link.previous,
    ]
    return hashlib.sha256(_bytes(said)).hexdigest()


def sealed(link: Link, key: bytes) -> Entry:
    """The entry as it is kept."""
    found = hash_of(link)
    return Entry(link=link, hash=found, seal=_seal(key, "entry", link.number, found))


def head_of(entry: Entry, key: bytes) -> Head:
    """The signed head after this entry."""
    number = entry.link.number
    return Head(number=number, hash=entry.hash, seal=_seal(key, "head", number, entry.hash))


def is_sealed(entry: Entry, key: bytes) -> bool:
    """Whether the holder of the key wrote the entry."""
    return hmac.compare_digest(entry.seal, _seal(key, "entry", entry.link.number, entry.hash))


def is_signed(head: Head, key: bytes) -> bool:
    """Whether the holder of the key signed the head."""
    return hmac.compare_digest(head.seal, _seal(key, "head", head.number, head.hash))


def canonical(details: Mapping[str, str]) -> str:
    """The one way to write details down."""
    return json.dumps(dict(details), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(salt: str, content: str) -> str:
    """The salted hash. Once salt and content are gone, nobody can try which details give it."""
    return hashlib.sha256(f"{salt}\0{content}".encode("utf-8", "replace")).hexdigest()


def _seal(key: bytes, what: str, number: int, found: str) -> str:
    return hmac.new(key, _bytes([what, number, found]), hashlib.sha256).hexdigest()


def _bytes(said: list[str | int]) -> bytes:
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii")
