"""A mark in every text of every event that is not approved: no transport may show it, save what is reviewed here.

And where a check breaks, every transport stops the sentence and names a way to a person.
"""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from fastapi.testclient import TestClient
from rich.console import Console

from app import create_app
from assistant.dialogue import Question
from assistant.events import Event, StepKind, TurnFinished
from assistant.steps.compose import GroundedComposer
from assistant.transcript import transcript_of
from assistant.turn import Assistant
from assistant.web.openai_text import AnswerText, wording_for
from assistant.web.sse import encode, stored
from cli import ask
from guardrails.approved import Approved
from guardrails.claims import Claim, Problem
from guardrails.outbound import PROVED, SAFE, OutboundGuard, notice
from tests.fakes.besieged import AlwaysThis, NoDocuments
from tests.fakes.scripted_product import scripted_services
from tests.fakes.small_knowledge import SmallKnowledge

MARK = "未经审核"
TODAY = date(2026, 11, 22)

KEYS = "a key, code or address made by program; the page shows none of them as text"
REVIEWED: Mapping[str, str] = {
    "ItemRef.slug": KEYS,
    "Candidate.item": KEYS,
    "Recognition.accepted": KEYS,
    "Recognition.choices": KEYS,
    "Citation.source": KEYS,
    "Citation.version": KEYS,
    "Citation.anchor": KEYS,
    "Citation.url": KEYS,
    "Choice.item": KEYS,
    "CaseMoved.case": KEYS,
    "CaseCard.case": KEYS,
    "NextStep.value": "the number, the item or the message that the button beside the approved label stands for",
    "TurnFinished.item": KEYS,
    "TurnFinished.composer": KEYS,
    "Citation.clause": "approved on the way: `render(quote(…))` in sse and openai_text",
}


def marked(kind: Any, where: str) -> Any:
    """A value of this type, with a mark that names the field in every plain text."""
    outer, inner = get_origin(kind), get_args(kind)
    if outer is Literal:
        return inner[0]
    if outer is tuple:
        return (marked(inner[0], where),)
    if inner:  # this or None
        return marked(inner[0], where)
    if isinstance(kind, type) and is_dataclass(kind) and kind is not Approved:
        hints = get_type_hints(kind)
        return kind(**{f.name: marked(hints[f.name], f"{kind.__name__}.{f.name}") for f in fields(kind) if f.init})
    if issubclass(kind, Enum):
        return next(iter(kind))
    plain = {Approved: notice("审过的话。"), int: 1, float: 0.5, bool: True, date: TODAY}
    return f"{MARK}{where}。" if kind is str else plain[kind]


def events() -> list[Event]:
    """One event of each kind."""
    return [marked(kind, kind.__name__) for kind in get_args(Event)]


def page(told: Sequence[Event]) -> str:
    return "\n".join(encode(stored(event), n).decode() for n, event in enumerate(told, 1))


def openai(told: Sequence[Event]) -> str:
    text = AnswerText(wording_for(Question(text="身份证", as_of=TODAY)))
    said = "".join(text.piece(event) for event in told)
    return said + text.extension().model_dump_json() + "".join(c.model_dump_json() for c in text.citations())


def terminal(told: Sequence[Event]) -> str:
    async def all_of() -> AsyncIterator[Event]:
        for event in told:
            yield event

    written = io.StringIO()
    asyncio.run(ask._print(all_of(), Console(file=written, width=400)))
    return written.getvalue()


def json_file(told: Sequence[Event]) -> str:
    return json.dumps(ask.as_json(transcript_of(told)), ensure_ascii=False)


def flags_told(told: Sequence[Event]) -> str:
    """What somebody might add: the reason of a stop, under the answer. It was written for the audit."""
    reasons = [flag.reason for event in told if isinstance(event, TurnFinished) for flag in event.flags]
    return page(told) + "".join(reasons)


TRANSPORTS: Mapping[str, Callable[[Sequence[Event]], str]] = {
    "page": page,
    "openai": openai,
    "terminal": terminal,
    "json file": json_file,
}


def unapproved(transport: Callable[[Sequence[Event]], str]) -> set[str]:
    """The fields whose plain text comes through."""
    told = transport(events())
    plain = told.encode().decode("unicode_escape", "ignore") if "\\u" in told else told
    names = {name for name in marks() if f"{MARK}{name}。" in told or f"{MARK}{name}。" in plain}
    return names - REVIEWED.keys()


def marks() -> Iterator[str]:
    """The names of all marks, through everything that events hold."""
    seen: set[type] = set()
    waiting = [*get_args(Event)]
    while waiting:
        kind = waiting.pop()
        if not is_dataclass(kind) or not isinstance(kind, type) or kind in seen or kind is Approved:
            continue
        seen.add(kind)
        for name, hint in get_type_hints(kind).items():
            yield f"{kind.__name__}.{name}"
            waiting += [hint, *get_args(hint), *(inner for part in get_args(hint) for inner in get_args(part))]


@pytest.mark.parametrize("name", TRANSPORTS)
def test_no_text_that_is_not_approved_comes_through(name: str) -> None:
    assert unapproved(TRANSPORTS[name]) == set()


def test_a_transport_that_tells_more_is_found() -> None:
    assert unapproved(flags_told) == {"Flag.reason"}


def test_every_mark_that_may_pass_is_one_that_an_event_has() -> None:
    assert REVIEWED.keys() <= set(marks())


def breaks(_: Claim) -> Problem | None:
    raise RuntimeError("a check that is out of order")


@pytest.fixture
def broken() -> Assistant:
    return Assistant(
        knowledge=SmallKnowledge(),
        recognizer=AlwaysThis(),
        search=NoDocuments(),
        composer=GroundedComposer(),
        fallback=GroundedComposer(),
        guard=OutboundGuard(safe=(*SAFE, breaks), proved=PROVED),
    )


QUESTION = "身份证丢了怎么补办？"


def test_where_a_check_breaks_the_page_gets_no_fact_and_a_way_to_a_person(broken: Assistant) -> None:
    app = create_app(replace(scripted_services(), assistant=broken))
    with TestClient(app) as client:
        conversation = client.post("/api/conversations").json()["id"]
        said = {"client_id": "m1", "text": QUESTION}
        told = client.post(f"/api/conversations/{conversation}/messages", json=said).text
    assert '"status":"cannot_answer"' in told
    assert "event: sources_found" not in told
    assert any(f'"kind":"{kind}"' in told for kind in (StepKind.CALL, StepKind.PERSON))


@pytest.mark.parametrize("stream", [False, True])
def test_where_a_check_breaks_a_program_gets_no_fact_and_a_way_to_a_person(broken: Assistant, stream: bool) -> None:
    app = create_app(replace(scripted_services(), assistant=broken))
    with TestClient(app) as client:
        asked = {"messages": [{"role": "user", "content": QUESTION}], "stream": stream}
        told = client.post("/v1/chat/completions", json=asked).text
    assert "cannot_answer" in told
    assert "12345" in told or '"person"' in told


def test_where_a_check_breaks_the_terminal_prints_no_fact_and_a_way_to_a_person(broken: Assistant) -> None:
    async def printed() -> dict[str, object]:
        written = Console(file=io.StringIO(), width=400)
        return ask.as_json(await ask._print(broken.answer(Question(text=QUESTION, as_of=TODAY)), written))

    row = asyncio.run(printed())
    assert (row["status"], row["citations"]) == ("cannot_answer", [])
