"""How an exception becomes an answer: the public sentence in the reader's language, never the exception's text."""

import traceback

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.web.errors import BodyTooLarge, BrokenJson, BrokenText, MethodNotAllowed, NotFound, WrongShape
from assistant.web.public_errors import TABLE, UNEXPECTED, Public, public
from assistant.web.schemas import ErrorAnswer, ErrorBody


def language_of(accept_language: str | None) -> str:
    """The reader's language by Accept-Language: en where English comes first, zh otherwise."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "zh"


def incident_of(failure: BaseException) -> str:
    """Type and places of an exception for the log. Its text is left out: it may quote a citizen."""
    frames = traceback.extract_tb(failure.__traceback__)
    places = " < ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in reversed(frames[-6:]))
    return f"{type(failure).__name__} at {places or 'unknown place'}"


def answer(told: Public, accept_language: str | None, incident: str | None = None) -> Response:
    """The answer that carries a public sentence."""
    sentence = told.sentence(language_of(accept_language))
    body = ErrorAnswer(error=ErrorBody(code=told.code, message=sentence.text, incident=incident))
    return JSONResponse(body.model_dump(), status_code=told.status, headers={"Cache-Control": "no-store"})


async def on_web_error(request: Request, failure: Exception) -> Response:
    """Our own errors, by the table."""
    return answer(public(failure), request.headers.get("accept-language"))


async def on_invalid_request(request: Request, failure: Exception) -> Response:
    """A body that FastAPI could not read: says which of the three ways of being wrong it is, never echoes it."""
    kinds = {e["type"] for e in failure.errors()} if isinstance(failure, RequestValidationError) else set()
    if "json_invalid" in kinds:
        told = TABLE[BrokenJson]
    elif "string_unicode" in kinds:
        told = TABLE[BrokenText]
    else:
        told = TABLE[WrongShape]
    return answer(told, request.headers.get("accept-language"))


async def on_http_exception(request: Request, failure: Exception) -> Response:
    """What the framework itself refuses: unknown address, wrong method, unreadable body."""
    if isinstance(failure.__cause__, BodyTooLarge):  # the framework reads the body, and wraps what the limit raises
        return await on_web_error(request, failure.__cause__)
    status = failure.status_code if isinstance(failure, HTTPException) else 500
    by_status: dict[int, type[Exception]] = {400: BrokenJson, 404: NotFound, 405: MethodNotAllowed, 413: BodyTooLarge}
    told = TABLE[by_status[status]] if status in by_status else UNEXPECTED
    return answer(told, request.headers.get("accept-language"))
