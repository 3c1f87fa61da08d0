"""Any server that speaks the OpenAI chat protocol, through LangChain's chat model.

LangChain gives the request format, the streaming and the retries. This module adds what a citizen's turn needs: a limit
for the first token, for each pause and for the whole answer; one kind of error; and no word to any third party.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx
import openai
from langchain_core.exceptions import LangChainException
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from langsmith import tracing_context
from pydantic import SecretStr

from assistant.errors import ModelUnavailable
from assistant.llm.chat import Message, Role, Shape
from assistant.outgoing import OnlyTo, OnlyToBlocking

NO_KEY = SecretStr("none")  # the client insists on one; servers without keys ignore it
LONGEST_ANSWER_TOKENS = 400
LONGEST_ANSWER_CHARS = 4000  # for servers that ignore the limit above


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait. `pause` is between two pieces of a running answer.

    `retries` are for refused connections, HTTP 429 and 5xx; they happen within the wait for the first token.
    """

    answer: timedelta = timedelta(seconds=20)
    first_token: timedelta = timedelta(seconds=6)
    pause: timedelta = timedelta(seconds=5)
    retries: int = 1


class OpenAICompatibleModel:
    """A chat model behind `base_url`. One instance serves all turns, in any event loop; close it with `aclose`."""

    def __init__(
        self, *, base_url: str, model: str, api_key: SecretStr | None, patience: Patience | None = None
    ) -> None:
        self._model = model
        self._patience = patience or Patience()
        seconds = self._patience.answer.total_seconds()
        # trust_env: a proxy meant for something else must not see citizens' questions. No idle connections: the
        # command line and the evaluations run one event loop a question, and a kept connection belongs to its loop.
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(seconds, connect=min(seconds, 5.0)),
            transport=OnlyTo(
                base_url,
                inner=httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False),
            ),
            follow_redirects=False,
            trust_env=False,
        )
        self._http_sync = httpx.Client(transport=OnlyToBlocking(base_url), follow_redirects=False, trust_env=False)
        self._chat = ChatOpenAI(
            base_url=base_url,
            model=model,
            api_key=api_key or NO_KEY,
            http_async_client=self._http,
            http_client=self._http_sync,
            max_retries=self._patience.retries,
            temperature=0,
            max_tokens=LONGEST_ANSWER_TOKENS,
            use_responses_api=False,  # the library picks it by model name; other servers do not have it
            stream_usage=False,
            stream_chunk_timeout=None,  # our own limits are stricter, and say which one was passed
        )

    @property
    def name(self) -> str:
        """The model's name at that server."""
        return self._model

    async def aclose(self) -> None:
        """Close the connections."""
        self._http_sync.close()
        await self._http.aclose()

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The answer in pieces. Raises ModelUnavailable where it did not come, stopped coming, or was cut off."""
        chunks = aiter(self._chat.astream([_langchain(message) for message in messages]))
        clock = asyncio.get_running_loop()
        deadline = clock.time() + self._patience.answer.total_seconds()
        said, ending = 0, ""
        try:
            while True:
                wait = self._patience.pause if said else self._patience.first_token
                chunk = await self._next(chunks, min(wait.total_seconds(), deadline - clock.time()), said)
                if chunk is None:
                    break
                ending = str(chunk.response_metadata.get("finish_reason") or ending)
                if text := chunk.text:
                    said += len(text)
                    yield text
                if said > LONGEST_ANSWER_CHARS:
                    raise ModelUnavailable(f"{self._model} went on past {LONGEST_ANSWER_CHARS} characters.")
        finally:
            await _close(chunks)
        self._check_ending(said, ending)

    async def _next(self, chunks: AsyncIterator[AIMessageChunk], seconds: float, said: int) -> AIMessageChunk | None:
        """The next chunk, or None at the end; every failure by its name."""
        try:
            with self._failures_named():
                return await asyncio.wait_for(anext(chunks), max(seconds, 0))
        except StopAsyncIteration:
            return None
        except TimeoutError:
            what = f"stopped in mid-answer, after {said} characters," if said else "wrote nothing"
            raise ModelUnavailable(
                f"{self._model} {what} within its {seconds:.1f} s. Is the server overloaded? "
                "XIAOSHEN_LLM_TIMEOUT and XIAOSHEN_LLM_FIRST_TOKEN_TIMEOUT set the limits."
            ) from None

    async def fill(self, messages: Sequence[Message], shape: type[Shape]) -> Shape:
        """One whole answer in that shape, sent to the server as a JSON schema and checked when it comes back."""
        reader = self._chat.with_structured_output(shape, method="json_schema")
        seconds = self._patience.answer.total_seconds()
        try:
            with self._failures_named():
                answer = await asyncio.wait_for(reader.ainvoke([_langchain(m) for m in messages]), seconds)
        except TimeoutError:
            raise ModelUnavailable(f"{self._model} did not answer within its {seconds:.1f} s.") from None
        if not isinstance(answer, shape):
            raise ModelUnavailable(f"{self._model} did not answer in the shape that was asked for.")
        return answer

    @contextmanager
    def _failures_named(self) -> Iterator[None]:
        """Whatever goes wrong with the server or with the library's reading of it becomes ModelUnavailable."""
        try:
            with tracing_context(enabled=False):  # LANGSMITH_TRACING in the environment must not send prompts away
                yield
        except (openai.OpenAIError, httpx.HTTPError) as problem:
            raise ModelUnavailable(f"{self._model}: {_what_happened(problem)}") from None
        except (
            LangChainException,
            json.JSONDecodeError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
        ) as problem:
            # What the library does with an answer that is no answer of this protocol.
            raise ModelUnavailable(
                f"{self._model} answered something that is not the chat protocol ({type(problem).__name__}). "
                "Check XIAOSHEN_LLM_BASE_URL; it usually ends in /v1."
            ) from None

    def _check_ending(self, said: int, ending: str) -> None:
        if not said:
            raise ModelUnavailable(
                f"{self._model} answered with nothing. Check XIAOSHEN_LLM_BASE_URL and the model's name."
            )
        if ending != "stop":
            how = f"ended with {ending!r}" if ending else "broke off without an ending"
            raise ModelUnavailable(f"{self._model} {how} after {said} characters; what came is not a whole answer.")


async def _close(chunks: AsyncIterator[AIMessageChunk]) -> None:
    """Release the connection where the reader stopped early or a limit was passed."""
    closing = getattr(chunks, "aclose", None)
    if closing is not None:
        await closing()


def _langchain(message: Message) -> BaseMessage:
    match message.role:
        case Role.SYSTEM:
            return SystemMessage(message.text)
        case Role.USER:
            return HumanMessage(message.text)
        case Role.ASSISTANT:
            return AIMessage(message.text)


def _what_happened(problem: openai.OpenAIError | httpx.HTTPError) -> str:
    """What went wrong and what to do, from the kind of error alone: bodies and headers may hold keys and prompts."""
    match problem:
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            what = f"the server refused the key (HTTP {problem.status_code}). Check XIAOSHEN_LLM_API_KEY."
        case openai.NotFoundError():
            what = "the server knows no such model or address (HTTP 404). Check XIAOSHEN_LLM_MODEL and _BASE_URL."
        case openai.RateLimitError():
            what = "the server has too much to do (HTTP 429), also after waiting."
        case openai.APIStatusError():
            what = f"the server answered HTTP {problem.status_code}."
        case openai.APITimeoutError() | httpx.TimeoutException():
            what = "the server did not answer in time."
        case openai.APIConnectionError() | httpx.ConnectError():
            what = "no server answers there, or it hung up. Is it started? Check XIAOSHEN_LLM_BASE_URL."
        case _:
            what = f"the connection broke off ({type(problem).__name__})."
    return what
