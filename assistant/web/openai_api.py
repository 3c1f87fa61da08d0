"""An OpenAI-compatible endpoint, so that existing clients can talk to Xiao Shen: the same turn, another envelope."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from assistant.dialogue import Question
from assistant.web.chat_routes import GENERATED
from assistant.web.error_answers import incident_of
from assistant.web.errors import BrokenJson, WebError
from assistant.web.openai_schemas import (
    MODEL,
    AnswerMessage,
    ChatRequest,
    Choice,
    Chunk,
    Completion,
    Delta,
    DeltaChoice,
    Model,
    Models,
    Problem,
    ProblemAnswer,
)
from assistant.web.openai_text import AnswerText, chosen, history_of, standing, usage_of, wording_for
from assistant.web.public_errors import UNEXPECTED, public
from assistant.web.schemas import ErrorAnswer
from assistant.web.services import Services

EVENTS = "text/event-stream"

logger = logging.getLogger(__name__)


class Refusal(Exception):
    """A request that cannot be answered, as the protocol says it."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem.message)
        self.status = status
        self.problem = problem


class OpenAIRoute(APIRoute):
    """Routes whose errors have OpenAI's form: clients raise the right exception and show the right sentence."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]  # a coroutine
        """Wrap the framework's handler."""
        handle = super().get_route_handler()

        async def handle_or_refuse(request: Request) -> Response:
            try:
                return await handle(request)
            except Refusal as refusal:
                return _refused(refusal.status, refusal.problem)
            except RequestValidationError as broken:
                return _refused(400, _invalid(broken))
            except HTTPException as failure:  # the framework wraps what goes wrong while the body comes in
                told = public(failure.__cause__ if isinstance(failure.__cause__, WebError) else BrokenJson())
                return _refused(told.status, Problem(message=told.en, type="invalid_request_error", code=told.code))

        return handle_or_refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What all pieces of one answer share."""

    id: str
    created: int
    prompt: tuple[str, ...]
    wants_usage: bool

    def chunk(self, delta: Delta, *, last: bool = False) -> str:
        """One frame of the stream."""
        choice = DeltaChoice(delta=delta, finish_reason="stop" if last else None)
        chunk = Chunk(id=self.id, created=self.created, choices=[choice])
        return _frame(chunk.model_dump_json())


def openai_router(services: Services) -> APIRouter:
    """The routes, bound to the services. The client's key is not looked at."""
    told: dict[int | str, dict[str, Any]] = {
        "4XX": {"model": ProblemAnswer | ErrorAnswer}
    }  # what surrounds the routes speaks as everywhere else
    router = APIRouter(prefix="/v1", tags=["openai"], route_class=OpenAIRoute, responses=told)

    @router.get("/models")
    def list_models() -> Models:
        """The one model."""
        return Models(data=[Model()])

    @router.get("/models/{name}")
    def get_model(name: str) -> Model:
        """The model by name."""
        if name != MODEL:
            raise _no_such_model(name)
        return Model()

    @router.post("/chat/completions", response_model=Completion, responses={200: {"content": {EVENTS: {}}}})
    async def complete(wanted: ChatRequest) -> Response:
        """Answer the last message. With `stream` the answer comes sentence by sentence, each already checked."""
        question = _question(wanted, services)
        envelope = Envelope(
            id=f"chatcmpl-{services.new_id()}",
            created=int(services.clock().timestamp()),
            prompt=tuple(message.text for message in wanted.messages),
            wants_usage=bool(wanted.stream_options and wanted.stream_options.include_usage),
        )
        text = AnswerText(wording_for(question))
        if wanted.stream:
            frames = _stream(services, question, envelope, text)
            return StreamingResponse(frames, media_type=EVENTS, headers={"Cache-Control": "no-store", **GENERATED})
        whole = await _whole(services, question, envelope, text)
        return JSONResponse(whole.model_dump(mode="json"), headers=GENERATED)

    return router


def _question(wanted: ChatRequest, services: Services) -> Question:
    """The question of the turn. Raises Refusal where there is none."""
    if wanted.model != MODEL:
        raise _no_such_model(wanted.model)
    last = wanted.messages[-1]
    where = f"messages[{len(wanted.messages) - 1}].content"
    if last.role != "user" or not last.text.strip():
        said = "The last message must be the user's, with a text in it. 请在最后一条消息里写下您的问题。"
        raise Refusal(400, Problem(message=said, type="invalid_request_error", param=where, code="no_question"))
    most = services.settings.max_message_chars
    if len(last.text) > most:
        said = f"The message has {len(last.text)} characters; {most} are read. 请缩短一些，先写最想办的一件事。"
        raise Refusal(400, Problem(message=said, type="invalid_request_error", param=where, code="message_too_long"))
    problem = services.not_ready()
    if problem is not None:
        raise Refusal(503, Problem(message="Not ready yet; try again shortly.", type="server_error", code="not_ready"))
    return Question(
        text=chosen(wanted.messages),
        as_of=services.clock().date(),
        history=history_of(wanted.messages),
        region=wanted.xiaoshen.region or services.settings.region,
        audience=wanted.xiaoshen.audience,
        language=wanted.xiaoshen.language,
    )


async def _whole(services: Services, question: Question, envelope: Envelope, text: AnswerText) -> Completion:
    """The answer in one piece. What the guard took back in mid-turn is not in it."""
    try:
        events = [event async for event in services.assistant.answer(question)]
        written = "".join(text.piece(event) for event in standing(events))
    except Exception as failure:
        raise Refusal(500, _unexpected(failure, services)) from failure
    message = AnswerMessage(content=written, citations=text.citations(), xiaoshen=text.extension())
    usage = usage_of(envelope.prompt, written)
    return Completion(id=envelope.id, created=envelope.created, choices=[Choice(message=message)], usage=usage)


async def _stream(services: Services, question: Question, envelope: Envelope, text: AnswerText) -> AsyncIterator[str]:
    """The answer as server-sent events, in the protocol's order: role, texts, fields, usage, end."""
    written = ""
    yield envelope.chunk(Delta(role="assistant", content=""))
    try:
        async for event in services.assistant.answer(question):
            if piece := text.piece(event):
                written += piece
                yield envelope.chunk(Delta(content=piece))
        yield envelope.chunk(Delta(citations=text.citations(), xiaoshen=text.extension()), last=True)
    except Exception as failure:  # noqa: BLE001 - the stream has begun: the error must go into it
        yield _frame(ProblemAnswer(error=_unexpected(failure, services)).model_dump_json())
        return
    if envelope.wants_usage:
        usage = usage_of(envelope.prompt, written)
        yield _frame(Chunk(id=envelope.id, created=envelope.created, choices=[], usage=usage).model_dump_json())
    yield _frame("[DONE]")


def _frame(data: str) -> str:
    return f"data: {data}\n\n"


def _no_such_model(name: str) -> Refusal:
    said = f"There is no such model here. Use {MODEL!r}."
    return Refusal(404, Problem(message=said, type="invalid_request_error", param="model", code="model_not_found"))


def _invalid(broken: RequestValidationError) -> Problem:
    """Where the request is wrong and how; its values are left out, they are the citizen's."""
    first = broken.errors()[0]
    if first["type"] in {"json_invalid", "string_unicode"}:
        said = "The body is not valid JSON, or holds half of a character."
        return Problem(message=said, type="invalid_request_error", code=str(first["type"]))
    where = ".".join(str(part) for part in first["loc"][1:] if "(" not in str(part))  # not our validators' names
    said = f"{where or 'body'}: {first['msg']}. See /api/openapi.json."
    return Problem(message=said, type="invalid_request_error", param=where or None, code=str(first["type"]))


def _unexpected(failure: Exception, services: Services) -> Problem:
    incident = services.new_id()
    logger.error("answer failed, incident %s: %s", incident, incident_of(failure))
    return Problem(message=f"{UNEXPECTED.zh} {UNEXPECTED.en}", type="server_error", code=f"incident_{incident}")


def _refused(status: int, problem: Problem) -> Response:
    body = ProblemAnswer(error=problem).model_dump()
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store"})
