"""Signing in and staying signed in: sessions that end by themselves, and a brake on guessing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from urllib.parse import urlsplit

from assistant.identity.accounts import Account, SqlAccounts, StoredSession
from assistant.identity.passwords import Passwords
from assistant.identity.people import Person, Role

IDLE = timedelta(minutes=60)  # nobody is left signed in at a counter that somebody else uses
LONGEST = timedelta(hours=12)  # one working day
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last use is kept: not one write a request
BRAKE_WINDOW = timedelta(minutes=15)
FAILURES_PER_ACCOUNT_AND_PLACE = 5
FAILURES_PER_PLACE = 40  # an office shares one address

EXAMPLE_PASSWORD = "xiaoshen-demo"  # noqa: S105  shown on the sign-in page; `refuse_beyond_loopback` keeps it at home
EXAMPLES = (
    Person("editor", "李编辑(示例)", frozenset({Role.EDITOR})),
    Person("editor2", "张编辑(示例)", frozenset({Role.EDITOR})),
    Person("reviewer", "王审核(示例)", frozenset({Role.REVIEWER})),
    Person("clerk", "周窗口(示例)", frozenset({Role.CLERK})),
    Person("drafter", "吴起草(示例)", frozenset({Role.DRAFTER})),
    Person("quality", "郑质量(示例)", frozenset({Role.QUALITY})),
    Person("operator", "陈运维(示例)", frozenset({Role.OPERATOR})),
    Person("auditor", "孙审计(示例)", frozenset({Role.AUDITOR})),
)
LOOPBACK = ("127.0.0.1", "::1", "localhost")

NewSecret = Callable[[], str]


class SignInError(Exception):
    """Base of what can go wrong when signing in."""


class WrongNameOrPassword(SignInError):
    """One of the two is wrong; which one is not said."""


class TooManyAttempts(SignInError):
    """Too many failures in a quarter of an hour; wait."""


class ExamplesBeyondLoopback(SignInError):
    """The example accounts would be reachable from other machines."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just begun. `token` goes into the cookie and is nowhere else."""

    token: str
    session: StoredSession


class SignIn:
    """Begins, finds and ends the sessions of staff."""

    def __init__(self, accounts: SqlAccounts, passwords: Passwords, new_secret: NewSecret) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._new_secret = new_secret

    def begin(self, account_id: str, password: str, *, place: str, now: datetime) -> SignedIn:
        """Sign in from a place (a network address). Raises WrongNameOrPassword or TooManyAttempts."""
        here = f"{account_id}\0{place}"
        start = now - BRAKE_WINDOW
        guessing = self._accounts.failures((here,), start) >= FAILURES_PER_ACCOUNT_AND_PLACE
        if guessing or self._accounts.failures((place,), start) >= FAILURES_PER_PLACE:
            raise TooManyAttempts("Too many failed attempts: wait fifteen minutes, then try again.")
        account = self._accounts.account(account_id)
        kept = account.password_hash if account and not account.disabled else None
        if not self._passwords.fits(password, kept) or account is None:
            self._accounts.failed((here, place), now, forget_before=start)
            raise WrongNameOrPassword("The name or the password is wrong.")
        self._accounts.forgive(here)
        self._accounts.forget_sessions_before(now - LONGEST, now - IDLE)
        session = StoredSession(person=account.person, csrf_token=self._new_secret(), began_at=now, seen_at=now)
        token = self._new_secret()
        self._accounts.begin_session(token, session)
        return SignedIn(token, session)

    def find(self, token: str, now: datetime) -> StoredSession | None:
        """The session of a cookie's token, where it has not ended."""
        session = self._accounts.session(token)
        if session is None or now - session.began_at > LONGEST or now - session.seen_at > IDLE:
            return None
        if now - session.seen_at > SEEN_EVERY:
            self._accounts.seen(token, now)
        return session

    def end(self, token: str) -> None:
        """Sign out."""
        self._accounts.end_session(token)


def same_secret(given: str, kept: str) -> bool:
    """Compare two secrets without telling by time where they differ."""
    return compare_digest(given.encode("utf-8", "replace"), kept.encode("utf-8", "replace"))


def account_of(person: Person, password: str, passwords: Passwords) -> Account:
    """A real account with this password. Raises PasswordTooWeak."""
    return Account(person=person, password_hash=passwords.hash(password))


def keep_examples(accounts: SqlAccounts, passwords: Passwords, now: datetime) -> bool:
    """Give a home without accounts its examples, and take them away once a real one exists. True: they are there."""
    present = accounts.all()
    if any(not account.example for account in present):
        if any(account.example for account in present):
            accounts.remove_examples()
        return False
    missing = [person for person in EXAMPLES if person.id not in {account.person.id for account in present}]
    if missing:
        hashed = passwords.hash(EXAMPLE_PASSWORD)
        for person in missing:
            accounts.save(Account(person=person, password_hash=hashed, example=True), now)
    return True


def refuse_beyond_loopback(host: str, *, examples: bool, public_url: str | None = None) -> None:
    """Raises ExamplesBeyondLoopback where other machines could sign in with the password everybody knows."""
    where = host if host not in LOOPBACK else (urlsplit(public_url).hostname or "") if public_url else host
    if examples and where not in LOOPBACK:
        raise ExamplesBeyondLoopback(
            f"Not serving on {where}: the example accounts have a password that everybody knows. "
            "Add a real account first (xiaoshen people add NAME --role operator); that removes the examples."
        )
