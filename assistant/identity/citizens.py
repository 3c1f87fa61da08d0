"""Citizens: a browser without a name, or somebody who signed in. Only hashes of tokens and identities are kept."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError

from assistant.identity.citizen_tables import CitizenRow, CitizenSessionRow, SignInJourneyRow
from assistant.identity.proof import Proof
from assistant.storage.keyring import Keyring
from knowledge.storage.engine import reading, writing

ANONYMOUS_IDLE = timedelta(days=30)  # a case begun today can be gone on with in three weeks, on the same device
ANONYMOUS_LONGEST = timedelta(days=183)
IDLE = timedelta(minutes=30)  # signed in: a library's computer is used by the next one
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
JOURNEY = timedelta(minutes=10)

NewSecret = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """Who a request comes from.

    `owner` is what their things are kept under; `earlier` is who this browser was before it signed in, so that what
    was begun then is still theirs.
    """

    owner: str
    signed_in: bool
    csrf_token: str
    began_at: datetime
    seen_at: datetime
    earlier: str | None = None
    shown_as: str = ""

    @property
    def owners(self) -> frozenset[str]:
        """Everything that their things may be kept under."""
        return frozenset(filter(None, (self.owner, self.earlier)))


@dataclass(frozen=True, slots=True)
class Begun:
    """A session just begun. `token` goes into the cookie and is nowhere else."""

    token: str
    citizen: Citizen


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A sign-in on its way to the provider and back. All secrets but `state`, whose hash is kept."""

    state: str
    nonce: str
    verifier: str
    return_to: str


class SqlCitizens:
    """Sessions of citizens in the database. Each call is one transaction."""

    def __init__(self, engine: Engine, key: bytes, new_secret: NewSecret, keys: Keyring | None = None) -> None:
        self._engine = engine
        self._keys = keys
        self._key = key
        self._new_secret = new_secret

    def begin(self, now: datetime) -> Begun:
        """A browser without a name."""
        return self._begin(owner=f"anon-{_hash(self._new_secret())[:32]}", earlier=None, shown_as="", now=now)

    def find(self, token: str, now: datetime) -> Citizen | None:
        """The session of a cookie's token, where it has not ended."""
        with reading(self._engine) as session:
            row = session.get(CitizenSessionRow, _hash(token))
            citizen = _citizen(row) if row else None
        if citizen is None or has_ended(citizen, now):
            return None
        if now - citizen.seen_at > SEEN_EVERY:
            with writing(self._engine) as session:
                row = session.get(CitizenSessionRow, _hash(token))
                if row is not None:
                    row.seen_at = now
        return citizen

    def sign_in(
        self, before: str | None, identity: str, shown_as: str, now: datetime, proof: Proof | None = None
    ) -> Begun:
        """A new session for who the provider vouches for; the one before ends, and its token is worth nothing."""
        earlier = self.find(before, now) if before else None
        owner = self._owner(identity, now)
        if before:
            self.end(before)
        anonymous = earlier.owner if earlier is not None and not earlier.signed_in else None
        return self._begin(owner=owner, earlier=anonymous, shown_as=shown_as, now=now, proof=proof)

    def proof_of(self, owner: str, now: datetime) -> Proof | None:
        """What the provider vouched for at the last sign-in that has not ended; None without one, or without keys."""
        if self._keys is None:
            return None
        mine = (CitizenSessionRow.owner == owner, CitizenSessionRow.signed_in, CitizenSessionRow.proof.is_not(None))
        with reading(self._engine) as session:
            rows = session.scalars(select(CitizenSessionRow).where(*mine).order_by(CitizenSessionRow.began_at.desc()))
            row = next((row for row in rows if not has_ended(_citizen(row), now)), None)
            told = row.proof if row is not None else None
        return Proof(**json.loads(self._keys.open_text(told, owner))) if told is not None else None

    def end(self, token: str) -> None:
        """Forget the session; nothing happens where there is none."""
        with writing(self._engine) as session:
            session.execute(delete(CitizenSessionRow).where(CitizenSessionRow.token_hash == _hash(token)))

    def set_out(self, journey: Journey, browser: str, now: datetime) -> None:
        """Remember a sign-in that goes to the provider from the browser with this token."""
        with writing(self._engine) as session:
            session.execute(delete(SignInJourneyRow).where(SignInJourneyRow.began_at < now - JOURNEY))
            session.add(
                SignInJourneyRow(
                    state_hash=_hash(journey.state),
                    browser_hash=_hash(browser),
                    nonce=journey.nonce,
                    verifier=journey.verifier,
                    return_to=journey.return_to,
                    began_at=now,
                )
            )

    def come_back(self, state: str, browser: str, now: datetime) -> Journey | None:
        """The sign-in of this state, once, to the browser that set out with it; None for everybody else."""
        with writing(self._engine) as session:
            row = session.get(SignInJourneyRow, _hash(state))
            if row is None:
                return None
            journey = Journey(state=state, nonce=row.nonce, verifier=row.verifier, return_to=row.return_to)
            fits = hmac.compare_digest(row.browser_hash, _hash(browser)) and now - row.began_at <= JOURNEY
            session.delete(row)
        return journey if fits else None

    def forget_ended(self, now: datetime) -> None:
        """Drop sessions that have ended."""
        row = CitizenSessionRow
        named = row.signed_in & ((row.began_at < now - LONGEST) | (row.seen_at < now - IDLE))
        nameless = ~row.signed_in & ((row.began_at < now - ANONYMOUS_LONGEST) | (row.seen_at < now - ANONYMOUS_IDLE))
        with writing(self._engine) as session:
            session.execute(delete(row).where(named | nameless))

    def _begin(
        self, *, owner: str, earlier: str | None, shown_as: str, now: datetime, proof: Proof | None = None
    ) -> Begun:
        citizen = Citizen(
            owner=owner,
            signed_in=not owner.startswith("anon-"),
            csrf_token=self._new_secret(),
            began_at=now,
            seen_at=now,
            earlier=earlier,
            shown_as=shown_as,
        )
        token = self._new_secret()
        vouched = json.dumps(asdict(proof), ensure_ascii=False) if proof is not None else None
        sealed = self._keys.seal_text(vouched, owner) if self._keys is not None and vouched is not None else None
        with writing(self._engine) as session:
            session.add(
                CitizenSessionRow(
                    token_hash=_hash(token),
                    owner=citizen.owner,
                    earlier=citizen.earlier,
                    signed_in=citizen.signed_in,
                    shown_as=citizen.shown_as,
                    proof=sealed,
                    csrf_token=citizen.csrf_token,
                    began_at=now,
                    seen_at=now,
                )
            )
        return Begun(token, citizen)

    def _owner(self, identity: str, now: datetime) -> str:
        """The id of who this is, made at their first sign-in."""
        hashed = hmac.new(self._key, f"citizen\0{identity}".encode(), hashlib.sha256).hexdigest()
        known = select(CitizenRow.id).where(CitizenRow.subject_hash == hashed)
        try:
            with writing(self._engine) as session:
                found = session.scalar(known)
                if found is not None:
                    return found
                made = f"citizen-{_hash(self._new_secret())[:32]}"
                session.add(CitizenRow(id=made, subject_hash=hashed, created_at=now))
                return made
        except IntegrityError:  # two sign-ins of one person at one moment: the other one was first
            with reading(self._engine) as session:
                return session.scalars(known).one()


def has_ended(citizen: Citizen, now: datetime) -> bool:
    """Whether the session is over: unused for too long, or begun too long ago."""
    idle, longest = (IDLE, LONGEST) if citizen.signed_in else (ANONYMOUS_IDLE, ANONYMOUS_LONGEST)
    return now - citizen.seen_at > idle or now - citizen.began_at > longest


def _citizen(row: CitizenSessionRow) -> Citizen:
    return Citizen(
        owner=row.owner,
        signed_in=row.signed_in,
        csrf_token=row.csrf_token,
        began_at=row.began_at,
        seen_at=row.seen_at,
        earlier=row.earlier,
        shown_as=row.shown_as,
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
