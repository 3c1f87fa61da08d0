"""The JSON of the OpenAI-compatible endpoint. What other clients send beyond this is ignored, not refused."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from assistant.events import Status, Why
from assistant.web.schemas import Text, WireChoice, WireCitation

MODEL = "xiaoshen"
MOST_MESSAGES = 200


class Lenient(BaseModel):
    """Base of requests: clients send many settings that mean nothing to Xiao Shen, such as a temperature."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class TextPart(Lenient):
    """A part of a message. Pictures and sound are refused by their type: Xiao Shen reads text only here."""

    type: Literal["text"]
    text: Text


Content = Text | list[TextPart]


class ChatMessage(Lenient):
    """One message of the dialogue so far. System messages are accepted and not obeyed: the rules are our own."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Content | None = None

    @property
    def text(self) -> str:
        """The text of all parts."""
        match self.content:
            case None:
                return ""
            case str() as whole:
                return whole
            case parts:
                return "\n".join(part.text for part in parts)


class StreamOptions(Lenient):
    """What a client may want of a stream."""

    include_usage: bool = False


class Place(Lenient):
    """What Xiao Shen's own page would send along; `extra_body={"xiaoshen": {…}}` in the openai client."""

    region: Text | None = Field(default=None, max_length=40)
    audience: Literal["个人", "法人"] | None = None
    language: Literal["zh", "en"] | None = None


def _one_answer(n: int) -> int:
    if n != 1:
        raise ValueError("Xiao Shen gives one answer: leave n out or set it to 1.")
    return n


class ChatRequest(Lenient):
    """A request for an answer to the last message, which must be the user's."""

    model: Text = MODEL
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MOST_MESSAGES)]
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Annotated[int, AfterValidator(_one_answer)] = 1
    xiaoshen: Place = Place()


class WireStep(BaseModel):
    """A suggested way on."""

    kind: str
    label: str
    value: str


class Extension(BaseModel):
    """What an answer of Xiao Shen is beyond its text."""

    status: Status
    why: Why
    item: str | None
    composer: str
    label: str
    choices: list[WireChoice]
    next_steps: list[WireStep]
    usage_note: str = "Not billed. Counted as one token a Chinese character or word of the visible text."


class AnswerMessage(BaseModel):
    """The answer. `citations` are the sources that the numbers in the text point to."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    citations: list[WireCitation]
    xiaoshen: Extension


class Choice(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: AnswerMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """Size of what was read and written; see `usage_note`."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage


class Delta(BaseModel):
    """What is new in a piece of a stream."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    citations: list[WireCitation] | None = None
    xiaoshen: Extension | None = None

    @model_serializer(mode="wrap")
    def _without_what_is_absent(self, serialize: SerializerFunctionWrapHandler) -> dict[str, JsonValue]:
        """Absent, not null: clients join what the deltas hold."""
        return {name: value for name, value in serialize(self).items() if value is not None}


class DeltaChoice(BaseModel):
    """A piece of the one answer."""

    index: Literal[0] = 0
    delta: Delta
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class Chunk(BaseModel):
    """A piece of a stream. The last one with `usage` has no choices."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str = MODEL
    choices: list[DeltaChoice]
    usage: Usage | None = None


class Model(BaseModel):
    """A model that can be asked for."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 1795305600  # 2026-11-22, when the endpoint first answered
    owned_by: str = "xiaoshen"


class Models(BaseModel):
    """All models: one."""

    object: Literal["list"] = "list"
    data: list[Model]


class Problem(BaseModel):
    """What was wrong, in the words of the protocol."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ProblemAnswer(BaseModel):
    """An error as OpenAI clients expect it."""

    error: Problem
