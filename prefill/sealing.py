"""A seal over the verified values of a form: at submission it tells whether a locked value was changed on the way."""

import hmac
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from prefill.facts import Fact
from prefill.filling import Filling


def seal(filling: Filling, *, case: str, key: bytes) -> str:
    """The seal of all locked values of a case, as hexadecimal digits. The key never leaves the server."""
    locked = {name: [f.value, f.provenance.source] for name, f in filling.filled.items() if f.locked}
    return _digest({"case": case, "locked": locked}, key)


def changed(filling: Filling, submitted: Mapping[str, str]) -> tuple[str, ...]:
    """The locked fields whose submitted value is another one, or missing."""
    return tuple(name for name, f in filling.filled.items() if f.locked and submitted.get(name) != f.value)


def is_intact(filling: Filling, submitted: Mapping[str, str], given: str, *, case: str, key: bytes) -> bool:
    """Whether the submitted values are those the seal was made over: same case, same locked fields, same values."""
    fits = hmac.compare_digest(seal(filling, case=case, key=key), given)
    return fits and not changed(filling, submitted)


def seal_facts(facts: Sequence[Fact], *, case: str, key: bytes) -> str:
    """The seal of what a register told, made when it told it: whoever changes it later does not have the key."""
    told = [[f.key, f.value, f.provenance.kind.value, f.provenance.source] for f in facts]
    return _digest({"case": case, "facts": told}, key)


def _digest(content: Mapping[str, object], key: bytes) -> str:
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, body.encode("utf-8"), sha256).hexdigest()
