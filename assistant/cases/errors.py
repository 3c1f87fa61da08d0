"""What can go wrong with a case.

CaseError
├── UnknownCase      no case has this id or code, or it belongs to somebody else: the two are never told apart
├── CaseChanged      somebody else changed it meanwhile: load it again, nothing of this change was kept
├── StepNotAllowed   the case's state does not allow this step
│   └── CaseKept     it was to be deleted while an office has it
├── FileNotOpened    nobody can open the file: it is not taken, what was there before stays
├── LockedValue      a verified value was to be changed by hand
└── ValueTampered    a verified value is no longer what the register told: nothing is handed in
"""

from assistant.errors import AssistantError


class CaseError(AssistantError):
    """Base of this package's errors."""


class UnknownCase(CaseError):
    """No case of this holder has this id or code."""


class CaseChanged(CaseError):
    """The case has a newer version than the one this change was made on; load it again and repeat the change."""


class StepNotAllowed(CaseError):
    """The state of the case does not allow this step; look at the case's state first."""


class CaseKept(StepNotAllowed):
    """An office has the case and has to keep it: it can be deleted once it is withdrawn."""


class FileNotOpened(CaseError):
    """Locked, damaged or no document: another file is needed. `sentence` is one of the reader's fixed ones."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class LockedValue(CaseError):
    """A verified value was to be changed by hand; `field` is its name and `source` who vouches for it."""

    def __init__(self, field: str, source: str) -> None:
        super().__init__(f"{field} was verified by {source}; revoke that consent, or have it corrected there.")
        self.field, self.source = field, source


class ValueTampered(CaseError):
    """A verified value differs from what its register told; look the register up again before handing in."""
