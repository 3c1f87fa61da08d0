"""Names a sheet's content by a short hash, so that a changed word is a new version and changed layout is not."""

import hashlib
import json
from collections.abc import Mapping

_LENGTH = 12  # 48 bits: no two versions of one sheet ever meet


def canonical(values: Mapping[str, object]) -> str:
    """The sheet as JSON with a fixed order of keys; what is stored and hashed."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def fingerprint(values: Mapping[str, object]) -> str:
    """Twelve hex digits."""
    return hashlib.sha256(canonical(values).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
