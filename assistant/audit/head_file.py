"""The signed head outside the database, so that cutting off the end of the chain is found by who has only the home."""

import json
import os
from pathlib import Path

from assistant.audit.chain import Head

_FILE = "audit-head.json"


class HeadFile:
    """Holds the newest head that this home has seen. It may lag behind after a crash, never run ahead."""

    def __init__(self, home: Path) -> None:
        self._path = home / _FILE

    def keep(self, head: Head) -> None:
        """Put the head down, where it is newer than what is kept."""
        kept = self.head()
        if kept is not None and kept.number >= head.number:
            return
        partial = self._path.with_name(f"{_FILE}.{os.getpid()}.part")
        content = {"number": head.number, "hash": head.hash, "seal": head.seal}
        partial.write_text(json.dumps(content) + "\n", encoding="ascii")
        partial.replace(self._path)

    def head(self) -> Head | None:
        """The head that is kept; None where there is none. A damaged file gives a head that nobody signed."""
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return Head(number=int(content["number"]), hash=str(content["hash"]), seal=str(content["seal"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return Head(number=0, hash="", seal="")
