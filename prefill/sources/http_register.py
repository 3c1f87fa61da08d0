"""A register behind HTTP: asked for named fields under a named consent, its answer checked before it is believed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from prefill.errors import SourceUnavailable
from prefill.facts import Fact, Provenance, SourceKind
from prefill.sources.consent import Consent
from prefill.sources.source import Subject

TIMEOUT: Final = httpx.Timeout(2.5, connect=1.0)
_MOST: Final = 64_000
"""Bytes of an answer; a few hundred fields have less, more is not read."""


class _Answer(BaseModel):
    """What a register sends: `{"values": {"身份证.姓名": "…"}, "observed": "2026-03-10T09:30:00+08:00"}`."""

    model_config = ConfigDict(extra="ignore")

    values: dict[str, str]
    observed: datetime | None = None


class HttpRegister:
    """One register at an address. Implements `FactSource`.

    The request names the subject, the consent and exactly the fields it covers; what comes back beyond them is dropped.
    """

    def __init__(
        self,
        name: str,
        keys: frozenset[str],
        client: httpx.Client,
        *,
        kind: SourceKind = SourceKind.REGISTER,
        clock: Callable[[], datetime],
    ) -> None:
        self._name, self._keys, self._client, self._kind, self._clock = name, keys, client, kind, clock

    @property
    def name(self) -> str:
        """The register's name."""
        return self._name

    def keys(self) -> frozenset[str]:
        """The keys it can tell."""
        return self._keys

    def facts(self, subject: Subject, consent: Consent) -> tuple[Fact, ...]:
        """Ask for the consent's keys. A person the register does not know gives no facts; that is no failure."""
        asked = sorted(consent.keys & self._keys)
        answer = self._post(
            {
                "subject": subject.id,
                "fields": asked,
                "consent": {"id": consent.id, "item": consent.item, "until": consent.until.isoformat()},
            }
        )
        observed = answer.observed or self._clock()
        return tuple(
            Fact(
                key=key,
                value=answer.values[key],
                provenance=Provenance(kind=self._kind, source=self._name, observed=observed, consent=consent.id),
            )
            for key in asked
            if answer.values.get(key)
        )

    def _post(self, request: Mapping[str, object]) -> _Answer:
        try:
            response = self._client.post("facts", json=request)
            if response.status_code == httpx.codes.NOT_FOUND:
                return _Answer(values={})
            response.raise_for_status()
            if len(response.content) > _MOST:
                raise SourceUnavailable(f"{self._name} sent more than {_MOST} bytes: ask its operator what it sends.")
            return _Answer.model_validate_json(response.content)
        except httpx.HTTPError as error:
            raise SourceUnavailable(
                f"{self._name} cannot be asked ({type(error).__name__}): check its address and whether it is up."
            ) from error
        except ValidationError as error:
            raise SourceUnavailable(f"{self._name} sent no facts: compare its answer with docs/prefill.md.") from error


class _Offer(BaseModel):
    name: str
    keys: frozenset[str]
    kind: SourceKind = SourceKind.REGISTER


class _Offers(BaseModel):
    registers: tuple[_Offer, ...]


def registers_at(
    url: str, clock: Callable[[], datetime], token: str | None = None, client: httpx.Client | None = None
) -> tuple[HttpRegister, ...]:
    """The registers a server offers (`GET /registers`). Raises SourceUnavailable. `client` replaces the connection."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    client = client or httpx.Client(
        base_url=url, timeout=TIMEOUT, headers=headers, follow_redirects=False, trust_env=False
    )
    try:
        response = client.get("registers")
        response.raise_for_status()
        offers = _Offers.model_validate_json(response.content)
    except (httpx.HTTPError, ValidationError) as error:
        raise SourceUnavailable(
            f"No registers at {url} ({type(error).__name__}): check XIAOSHEN_REGISTERS_URL and whether it is up."
        ) from error
    return tuple(HttpRegister(o.name, o.keys, client, kind=o.kind, clock=clock) for o in offers.registers)
