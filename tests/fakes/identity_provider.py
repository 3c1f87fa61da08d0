"""A small OpenID Connect provider on loopback: discovery, keys, sign-in page and tokens signed with a real key."""

import hashlib
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.fakes.scripted_product import serving

CLIENT_ID = "xiaoshen"


@dataclass(slots=True)
class _Grant:
    nonce: str
    challenge: str
    redirect_uri: str


@dataclass(slots=True)
class Provider:
    """The provider, and how it can be made to misbehave. `claims` overrides what the ID token says."""

    issuer: str = ""
    subject: str = "3101-subject"
    name: str = "张三"
    claims: dict[str, object] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    asked: list[str] = field(default_factory=list)
    grants: dict[str, _Grant] = field(default_factory=dict)

    def turn_key(self) -> None:
        """Sign with a new key from now on."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})

    def id_token(self, grant: _Grant) -> str:
        now = int(time.time())
        claims: dict[str, object] = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": self.subject,
            "name": self.name,
            "nonce": grant.nonce,
            "iat": now,
            "exp": now + 300,
        }
        claims |= self.claims
        header = {"alg": self.algorithm, "kid": str(self.key.kid)}
        if self.algorithm == "HS256":  # the classic confusion: the public key used as a shared secret
            return jwt.encode(header, claims, OctKey.import_key(self.key.as_pem(private=False)), algorithms=["HS256"])
        return jwt.encode(header, claims, self.key)


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """Serve it until the block ends."""
    provider = Provider()
    app = FastAPI()
    _add_routes(app, provider)
    with serving(app) as address:
        provider.issuer = address
        yield provider


def _add_routes(app: FastAPI, provider: Provider) -> None:
    @app.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, str]:
        return {
            "issuer": provider.issuer,
            "authorization_endpoint": f"{provider.issuer}/authorize",
            "token_endpoint": f"{provider.issuer}/token",
            "jwks_uri": f"{provider.issuer}/keys",
        }

    @app.get("/keys")
    def keys() -> dict[str, object]:
        provider.asked.append("keys")
        return {"keys": [provider.key.as_dict(private=False)]}

    @app.get("/authorize")
    def authorize(request: Request) -> RedirectResponse:
        asked = request.query_params
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        provider.grants[code] = _Grant(asked["nonce"], asked["code_challenge"], asked["redirect_uri"])
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    @app.post("/token")
    async def token(request: Request) -> JSONResponse:
        provider.asked.append("token")
        form = dict(parse_qsl((await request.body()).decode("ascii")))
        grant = provider.grants.pop(form["code"], None)
        challenge = urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        fits = grant is not None and (grant.challenge, grant.redirect_uri) == (challenge, form["redirect_uri"])
        if grant is None or not fits or form["grant_type"] != "authorization_code":
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        return JSONResponse({"access_token": "access", "token_type": "Bearer", "id_token": provider.id_token(grant)})
