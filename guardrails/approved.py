"""Approved text: the only thing that leaves, and only this package can make it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, final


@final
class _Seal:
    """Proof that the maker is this package. Private: an import of it from elsewhere fails the architecture test."""


_SEAL: Final = _Seal()


class Wording(StrEnum):
    """Where a text's wording comes from; decides which checks it has to pass."""

    COMPOSED = "composed"  # built by program from statements; its trace is the proof
    QUOTED = "quoted"  # verbatim from a source
    GENERATED = "generated"  # written by a language model: must prove every sentence
    NOTICE = "notice"  # our own fixed text, reviewed with the code


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence rests on: the source's name and the wording that says it."""

    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sentence that wants to leave, with the statements it states."""

    text: str
    wording: Wording
    evidence: tuple[Evidence, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Approved:
    """A text that passed the guard. Construct it through `guardrails.outbound`, nowhere else."""

    text: str
    wording: Wording
    seal: _Seal = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a forged seal at run time, where the type checker was not asked."""
        if self.seal is not _SEAL:
            raise PermissionError("Approved is made by guardrails.outbound only: pass a Draft to it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A draft that may not leave, and why, for the audit and for the writer of the next draft."""

    check: str
    reason: str
    draft: Draft


Verdict = Approved | Stopped


def seal(text: str, wording: Wording) -> Approved:
    """Make an Approved. For the modules of this package only; the architecture test watches its importers."""
    return Approved(text, wording, _SEAL)
