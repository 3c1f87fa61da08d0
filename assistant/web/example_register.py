"""An example register server with invented people and a company, for the demo and the tests; it proves nothing."""

import hmac
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from fastapi import FastAPI, Header, HTTPException, status
from pydantic import BaseModel, ConfigDict, Field

_PEOPLE: Final = Path(__file__).with_name("example_people.json")
_LICENCES: Final = {"身份证", "户口簿", "驾驶证", "居住证", "结婚证", "营业执照", "出生医学证明", "不动产权证"}


class ConsentSent(BaseModel):
    """The consent a request rests on."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1, max_length=80)
    item: str = Field(min_length=1, max_length=80)
    until: date


class FactsWanted(BaseModel):
    """Whom and what a request is about."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(max_length=80)
    fields: list[str] = Field(max_length=100)
    consent: ConsentSent


class FactsFound(BaseModel):
    """The values known under the wanted keys."""

    values: dict[str, str]


class RegisterOffered(BaseModel):
    """One register, and what it can tell."""

    name: str
    keys: list[str]
    kind: str


class RegistersOffered(BaseModel):
    """All registers of this server."""

    registers: list[RegisterOffered]


@lru_cache(maxsize=1)
def invented_people() -> dict[str, dict[str, str]]:
    """The people and companies that ship, by subject. Nobody of them exists."""
    found: dict[str, dict[str, str]] = json.loads(_PEOPLE.read_text(encoding="utf-8"))
    return found


def create_example_register(today: date, token: str | None = None) -> FastAPI:
    """The server. Without a token it answers everybody, so it must listen on loopback only."""
    app = FastAPI(title="示例登记系统（虚构人员，演示用）", docs_url=None, redoc_url=None)
    people = invented_people()

    def check(authorization: str | None) -> None:
        if token is not None and not hmac.compare_digest((authorization or "").encode(), f"Bearer {token}".encode()):
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, "The token is missing or wrong.")

    @app.get("/registers")
    def registers(authorization: Annotated[str | None, Header()] = None) -> RegistersOffered:
        check(authorization)
        keys = sorted({key for values in people.values() for key in values})
        names = sorted({key.partition(".")[0] for key in keys})
        return RegistersOffered(
            registers=[
                RegisterOffered(
                    name=name,
                    keys=[k for k in keys if k.startswith(f"{name}.")],
                    kind="e-licence" if name in _LICENCES else "register",
                )
                for name in names
            ]
        )

    @app.post("/facts")
    def facts(wanted: FactsWanted, authorization: Annotated[str | None, Header()] = None) -> FactsFound:
        check(authorization)
        if wanted.consent.until < today:
            raise HTTPException(status.HTTP_403_FORBIDDEN, "The consent has run out.")
        known = people.get(wanted.subject)
        if known is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "Nobody is known under this subject.")
        return FactsFound(values={key: known[key] for key in wanted.fields if key in known})

    return app
