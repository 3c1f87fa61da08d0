"""Sign-in at an OpenID Connect provider: authorization code with PKCE, state and nonce. Nothing of it is a route."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from assistant.identity.citizens import Journey
from assistant.identity.proof import Proof, proof_of_claims
from assistant.outgoing import LONGEST_ANSWER, is_safe_place, origin_of, outgoing

ALGORITHMS = ["RS256", "PS256", "ES256"]  # signed with a key that only the provider has; never none, never shared
SCOPE = "openid profile"
LEEWAY = 60  # seconds that two clocks may differ
_OK = 200


class SignInFailed(Exception):
    """The provider did not vouch for anybody; the message says why, without what it sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSettings:
    """The provider and who we are there."""

    issuer: str
    client_id: str
    client_secret: SecretStr | None
    redirect_uri: str
    number_claim: str = "id_number"

    def __post_init__(self) -> None:
        """Refuse to send secrets in the clear."""
        for address in (self.issuer, self.redirect_uri):
            if not is_safe_place(address):
                raise ValueError(f"{address} has to be an https address, or on this machine.")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider vouches for: `subject` is stable there, `shown_as` is for the page, `proof` for cases."""

    subject: str
    shown_as: str
    proof: Proof


class _Metadata(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class OidcProvider:
    """Knows the provider's addresses and keys, and reads them again when it signs with a new key."""

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._lock = asyncio.Lock()
        self._metadata: _Metadata | None = None
        self._keys: KeySet | None = None

    async def address(self, journey: Journey) -> str:
        """Where to send the browser. Raises SignInFailed."""
        metadata = await self._known()
        return str(
            prepare_grant_uri(
                metadata.authorization_endpoint,
                self._settings.client_id,
                "code",
                redirect_uri=self._settings.redirect_uri,
                scope=SCOPE,
                state=journey.state,
                nonce=journey.nonce,
                code_challenge=create_s256_code_challenge(journey.verifier),
                code_challenge_method="S256",
            )
        )

    async def redeem(self, code: str, journey: Journey, now: datetime) -> Identity:
        """Who it is that comes back with this code. Raises SignInFailed."""
        metadata = await self._known()
        answer = await self._token(metadata, code, journey)
        id_token = answer.get("id_token")
        if not isinstance(id_token, str):
            raise SignInFailed("The provider sent no ID token.")
        access_token = answer.get("access_token")
        params = {
            "nonce": journey.nonce,
            "client_id": self._settings.client_id,
            "access_token": access_token if isinstance(access_token, str) else None,
        }
        claims = await self._claims(metadata, id_token, params, now)
        subject = claims.get("sub")
        if not isinstance(subject, str) or not subject:
            raise SignInFailed("The provider named nobody.")
        proof = proof_of_claims(subject, claims, self._settings.number_claim)
        return Identity(f"{metadata.issuer}\0{subject}", _shown(claims.get("name")), proof)

    async def _token(self, metadata: _Metadata, code: str, journey: Journey) -> Mapping[str, object]:
        secret = self._settings.client_secret
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._settings.redirect_uri,
            "code_verifier": journey.verifier,
            "client_id": self._settings.client_id,
        }
        auth = httpx.BasicAuth(self._settings.client_id, secret.get_secret_value()) if secret else None
        return await self._json("POST", metadata.token_endpoint, form, auth)

    async def _claims(
        self, metadata: _Metadata, id_token: str, params: dict[str, str | None], now: datetime
    ) -> CodeIDToken:
        options = {
            "iss": {"essential": True, "value": metadata.issuer},
            "aud": {"essential": True, "value": self._settings.client_id},
            "nonce": {"essential": True, "value": params["nonce"]},
        }
        try:
            token = await self._verified(metadata, id_token)
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as problem:
            raise SignInFailed(f"The ID token does not hold: {type(problem).__name__}.") from None
        return claims

    async def _verified(self, metadata: _Metadata, id_token: str) -> jwt.Token:
        try:
            return jwt.decode(id_token, await self._key_set(metadata, fresh=False), algorithms=ALGORITHMS)
        except (JoseError, ValueError):  # perhaps a new key: look once more
            return jwt.decode(id_token, await self._key_set(metadata, fresh=True), algorithms=ALGORITHMS)

    async def _key_set(self, metadata: _Metadata, *, fresh: bool) -> KeySet:
        if self._keys is None or fresh:
            content = await self._json("GET", metadata.jwks_uri)
            self._keys = _keys_of(content)
        return self._keys

    async def _known(self) -> _Metadata:
        async with self._lock:
            if self._metadata is None:
                content = await self._json(
                    "GET", f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration"
                )
                self._metadata = self._checked(content)
            return self._metadata

    def _checked(self, content: Mapping[str, object]) -> _Metadata:
        try:
            metadata = _Metadata.model_validate(content)
        except ValidationError:
            raise SignInFailed("The provider's description lacks an address.") from None
        if metadata.issuer != self._settings.issuer:
            raise SignInFailed("The provider calls itself something else; check XIAOSHEN_OIDC_ISSUER.")
        home = origin_of(self._settings.issuer)
        if any(origin_of(address) != home for address in (metadata.token_endpoint, metadata.jwks_uri)):
            raise SignInFailed("The provider's addresses are not on the issuer's host.")
        if not is_safe_place(metadata.authorization_endpoint):
            raise SignInFailed("The provider's sign-in page is not on https.")
        return metadata

    async def _json(
        self, method: str, address: str, form: dict[str, str] | None = None, auth: httpx.BasicAuth | None = None
    ) -> Mapping[str, object]:
        """What the provider answers. It is only ever asked at the issuer's own origin."""
        headers = {"Accept": "application/json"}
        try:
            async with outgoing(self._settings.issuer) as client:
                answer = await client.request(method, address, data=form, headers=headers, auth=auth)
            if answer.status_code != _OK or len(answer.content) > LONGEST_ANSWER:
                raise SignInFailed(f"The provider answered {answer.status_code}.")
            content = answer.json()
        except (httpx.HTTPError, json.JSONDecodeError, UnicodeDecodeError) as problem:
            raise SignInFailed(f"The provider cannot be reached: {type(problem).__name__}.") from None
        if not isinstance(content, dict):
            raise SignInFailed("The provider's answer has no shape.")
        return content


def _keys_of(content: Mapping[str, object]) -> KeySet:
    keys = content.get("keys")
    if not isinstance(keys, list):
        raise SignInFailed("The provider published no keys.")
    return KeySet.import_key_set({"keys": keys})


def local_path(wanted: str | None) -> str:
    """Where to go after signing in: an address of ours, whatever was asked for."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(wanted)
    safe = not parts.scheme and not parts.netloc and "\\" not in wanted and wanted.isprintable() and wanted.isascii()
    return wanted if safe else "/"


def _shown(name: object) -> str:
    """The first sign of a name: enough for the page, too little to be a record of people."""
    return f"{name.strip()[:1]}＊" if isinstance(name, str) and name.strip() else "已登录"
