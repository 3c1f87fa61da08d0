"""The chat model against a real HTTP server: what comes, what does not, and how each failure is named."""

import asyncio
import json
import queue
import socket
import threading
import time
from datetime import timedelta

import pytest
from pydantic import SecretStr

from assistant.errors import ModelUnavailable
from assistant.llm.chat import Message, Role
from assistant.llm.openai_compatible import OpenAICompatibleModel, Patience
from assistant.llm.second_reader import SecondReader
from tests.fakes.model_server import (
    EndQuietly,
    Event,
    Finish,
    HangUp,
    ModelServer,
    Refuse,
    Say,
    Script,
    Stall,
    good,
)

KEY = "sk-secret-0123456789"
HURRIED = Patience(
    answer=timedelta(seconds=5),
    first_token=timedelta(seconds=1.5),
    pause=timedelta(seconds=1.5),
    retries=0,
)
PROMPT = (
    Message(Role.SYSTEM, "规则"),
    Message(Role.USER, "问题"),
    Message(Role.ASSISTANT, "答"),
    Message(Role.USER, "再问"),
)


async def ask(base_url: str, patience: Patience = HURRIED) -> str:
    """The whole answer of the server at that address."""
    model = OpenAICompatibleModel(base_url=base_url, model="small", api_key=SecretStr(KEY), patience=patience)
    try:
        return "".join([piece async for piece in model.stream(PROMPT)])
    finally:
        await model.aclose()


async def test_the_answer_streams_in_pieces_and_the_request_is_plain_chat_protocol() -> None:
    async with ModelServer(good("狂犬病免疫证明要带。")) as server:
        assert await ask(server.base_url) == "狂犬病免疫证明要带。"
        heard = server.heard[0]
    assert heard.path == "/v1/chat/completions"
    assert heard.headers["authorization"] == f"Bearer {KEY}"
    sent = json.loads(heard.body)
    assert [m["role"] for m in sent["messages"]] == ["system", "user", "assistant", "user"]
    assert sent["model"] == "small"
    assert sent["stream"] is True
    assert sent["temperature"] == 0
    assert "stream_options" not in sent


async def test_a_model_name_that_the_library_would_send_elsewhere_still_uses_chat() -> None:
    async with ModelServer(good("好。")) as server:
        model = OpenAICompatibleModel(base_url=server.base_url, model="qwen-codex", api_key=None, patience=HURRIED)
        assert "".join([piece async for piece in model.stream(PROMPT)]) == "好。"
        await model.aclose()
        assert server.heard[0].path == "/v1/chat/completions"


@pytest.mark.filterwarnings("ignore:Pydantic serializer")  # the library dumps what it has not understood
@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param([Stall(3)], "wrote nothing", id="stalls before the first token"),
        pytest.param([Say("请带身份证"), Stall(3)], "stopped in mid-answer", id="stalls in mid-answer"),
        pytest.param([Say("请带身"), HangUp()], "hung up|broke off", id="hangs up in mid-sentence"),
        pytest.param([Say("请带身"), EndQuietly()], "without an ending", id="ends in mid-sentence as if all were well"),
        pytest.param([Say("请带身"), Finish("length")], "length", id="cut off by its own limit"),
        pytest.param([Finish()], "answered with nothing|not the chat protocol", id="empty answer"),
        pytest.param([EndQuietly()], "answered with nothing|not the chat protocol", id="empty stream"),
        pytest.param([Event("<html>")], "not the chat protocol", id="events that are no JSON"),
        pytest.param(
            [Event("[1, 2]"), Finish()], "not the chat protocol|answered with nothing", id="JSON of another kind"
        ),
        pytest.param(
            [Event('{"choices": 7}'), Finish()], "not the chat protocol|nothing", id="choices of another kind"
        ),
        pytest.param([Event('{"error": {"message": "boom"}}')], "small", id="an error inside the stream"),
        pytest.param(
            [Refuse(200, "<html>hello</html>", "text/html")], "nothing|not the chat protocol", id="a web page"
        ),
        pytest.param([Refuse(500)], "HTTP 500", id="500"),
        pytest.param([Refuse(503, "busy", "text/plain")], "HTTP 503", id="503"),
        pytest.param([Refuse(429)], "HTTP 429", id="429"),
        pytest.param([Refuse(401)], "XIAOSHEN_LLM_API_KEY", id="401"),
        pytest.param([Refuse(404)], "XIAOSHEN_LLM_MODEL", id="404"),
        pytest.param(
            [Refuse(400, f'{{"error": {{"message": "bad key {KEY}"}}}}')], "HTTP 400", id="400 that quotes the key"
        ),
    ],
)
async def test_every_failure_is_one_kind_of_error_that_names_what_happened(script: Script, says: str) -> None:
    began = time.monotonic()
    async with ModelServer(script) as server:
        with pytest.raises(ModelUnavailable, match=says) as caught:
            await ask(server.base_url)
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None  # whose text might quote headers or the prompt
    assert time.monotonic() - began < 2.5


async def test_no_server_at_the_address_is_said_so() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        with pytest.raises(ModelUnavailable, match="no server answers there"):
            await ask(address)


async def test_a_server_that_is_busy_once_is_asked_again() -> None:
    async with ModelServer([Refuse(503)], good("好。")) as server:
        patience = Patience(answer=timedelta(seconds=5), first_token=timedelta(seconds=4), retries=1)
        assert await ask(server.base_url, patience) == "好。"
        assert len(server.heard) == 2


async def test_a_model_that_never_stops_is_stopped() -> None:
    async with ModelServer([Say("好" * 9000), Finish()]) as server:
        with pytest.raises(ModelUnavailable, match="went on past"):
            await ask(server.base_url, Patience(answer=timedelta(seconds=20)))


async def test_a_trickle_does_not_outlive_the_limit_for_the_whole_answer() -> None:
    trickle: list[Say | Stall | Finish] = [part for _ in range(40) for part in (Say("好"), Stall(0.2))]
    async with ModelServer([*trickle, Finish()]) as server:
        with pytest.raises(ModelUnavailable, match="in mid-answer"):
            await ask(server.base_url)


async def test_a_reader_that_stops_early_leaves_no_open_line() -> None:
    async with ModelServer([Say("第一句。"), Stall(5), Finish()]) as server:
        model = OpenAICompatibleModel(base_url=server.base_url, model="small", api_key=None, patience=HURRIED)
        stream = model.stream(PROMPT)
        assert await anext(stream)
        await stream.aclose()
        await model.aclose()


def test_one_model_serves_several_event_loops_as_the_command_line_needs() -> None:
    address: queue.Queue[str] = queue.Queue()
    over = threading.Event()

    async def serve() -> None:
        async with ModelServer(good("好。")) as server:
            address.put(server.base_url)
            await asyncio.to_thread(over.wait, 20)

    serving = threading.Thread(target=asyncio.run, args=(serve(),))
    serving.start()
    model = OpenAICompatibleModel(base_url=address.get(timeout=5), model="small", api_key=None, patience=HURRIED)

    async def one() -> str:
        return "".join([piece async for piece in model.stream(PROMPT)])

    try:
        assert [asyncio.run(one()) for _ in range(3)] == ["好。"] * 3
    finally:
        over.set()
        serving.join(timeout=5)


def completion(content: str) -> Script:
    """A whole answer at once, as servers give it where no stream is asked for."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    body = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return (Refuse(200, json.dumps(body)),)


async def agrees(*scripts: Script) -> bool:
    """The second reader's opinion, by a server with these scripts."""
    async with ModelServer(*scripts) as server:
        model = OpenAICompatibleModel(base_url=server.base_url, model="small", api_key=SecretStr(KEY), patience=HURRIED)
        try:
            opinion = await SecondReader(model).agrees("收费120元。", ["收费：120元/本"])
        finally:
            await model.aclose()
        sent = json.loads(server.heard[0].body)
        assert sent["response_format"]["type"] == "json_schema"
        assert "says_so" in json.dumps(sent["response_format"])
        return opinion


@pytest.mark.parametrize("verdict", [True, False])
async def test_the_second_reader_answers_in_the_shape_it_was_given(verdict: bool) -> None:
    assert await agrees(completion(json.dumps({"says_so": verdict}))) is verdict


@pytest.mark.parametrize(
    "script",
    [
        completion("当然可以！"),
        completion('{"says_so": "maybe"}'),
        completion("{}"),
        (Refuse(500),),
        (Refuse(401),),
        (Stall(9),),
        (HangUp(),),
    ],
)
async def test_a_second_reader_that_cannot_be_read_is_no_agreement(script: Script) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        await agrees(script)
    assert KEY not in str(caught.value)
