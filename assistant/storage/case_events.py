"""Events and files of cases as they are kept: sealed where there are keys, read whether sealed or from before."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, get_args

from pydantic import TypeAdapter

from assistant.cases.happenings import Actor, ActorKind, CaseEvent, Happening
from assistant.storage.case_tables import CaseEventRow, CaseFileRow
from assistant.storage.keyring import Keyring

_SEALED = "sealed"
"""The one key of a sealed payload; no event has a field of this name."""


class KeptEvents:
    """Writes and reads events and files. Without keys they are kept as they are."""

    def __init__(self, keys: Keyring | None = None) -> None:
        self._keys = keys

    def row(self, case_id: str, event: CaseEvent) -> CaseEventRow:
        """The event as a row."""
        kind = _kind(type(event.happening))
        payload = _readers()[kind].dump_python(event.happening, mode="json")
        return CaseEventRow(
            case_id=case_id,
            number=event.number,
            at=event.at,
            actor=event.actor.kind.value,
            actor_id=event.actor.id,
            kind=kind,
            payload=self._sealed(payload, case_id, event.number),
        )

    def event(self, row: CaseEventRow) -> CaseEvent:
        """The event of a row. Raises SealBroken."""
        payload = self._opened(row)
        happening: Happening = _readers()[row.kind].validate_python(payload)
        actor = Actor(ActorKind(row.actor), row.actor_id)
        return CaseEvent(number=row.number, at=row.at, actor=actor, happening=happening)

    def content(self, case_id: str, file: str, plain: bytes) -> bytes:
        """A file as it is kept."""
        return self._keys.seal(plain, _place(case_id, file)) if self._keys is not None else plain

    def file(self, row: CaseFileRow) -> bytes:
        """A file as it was handed in. Raises SealBroken."""
        return self._keys.open(row.content, _place(row.case_id, row.id)) if self._keys is not None else row.content

    @property
    def keys(self) -> Keyring | None:
        """The keys, None where nothing is sealed."""
        return self._keys

    def renew_event(self, row: CaseEventRow) -> None:
        """Seal the row with the newest key."""
        row.payload = self._sealed(self._opened(row), row.case_id, row.number)

    def renew_file(self, row: CaseFileRow) -> None:
        """The same for a file."""
        row.content = self.content(row.case_id, row.id, self.file(row))

    def _sealed(self, payload: dict[str, object], case_id: str, number: int) -> dict[str, object]:
        if self._keys is None:
            return payload
        plain = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        return {_SEALED: self._keys.seal_text(plain, _place(case_id, number))}

    def _opened(self, row: CaseEventRow) -> dict[str, object]:
        told = row.payload.get(_SEALED)
        if self._keys is None or not isinstance(told, str):
            return row.payload
        opened: dict[str, object] = json.loads(self._keys.open_text(told, _place(row.case_id, row.number)))
        return opened


def _place(case_id: str, what: str | int) -> str:
    return f"case {case_id} {what}"


def _kind(happening: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", happening.__name__).lower()


@lru_cache(maxsize=1)
def _readers() -> Mapping[str, TypeAdapter[Any]]:
    """A reader for each event of the closed set, by the name it is kept under."""
    return {_kind(kind): TypeAdapter(kind) for kind in get_args(Happening)}
