"""Citizens' sessions of a home, and who signed in as cases ask for it."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from assistant.audit.keeping import SqlAudit
from assistant.cases.roles import Vouched
from assistant.identity.citizens import SqlCitizens
from assistant.identity.proof import SOURCE
from assistant.settings import Settings
from assistant.storage.case_keys import keyring_of


def citizens_of(engine: Engine, settings: Settings, audit: SqlAudit) -> SqlCitizens:
    """The sessions; what a provider vouches for is sealed with the keys of cases."""
    return SqlCitizens(engine, audit.sealing.key, lambda: secrets.token_urlsafe(32), keyring_of(settings))


class SignedIn:
    """Who signed in. Implements `assistant.cases.roles.Identities`."""

    def __init__(self, sessions: SqlCitizens, clock: Callable[[], datetime]) -> None:
        self._sessions, self._clock = sessions, clock

    def vouched(self, holder: str) -> Vouched | None:
        """What the provider vouched for, while the session lasts."""
        proof = self._sessions.proof_of(holder, self._clock())
        return Vouched(subject=proof.subject, values=proof.values, source=SOURCE) if proof is not None else None
