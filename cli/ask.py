"""`xiaoshen ask`: one turn in the terminal."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

import typer
from rich.console import Console

from assistant.dialogue import Question
from assistant.events import (
    CaseCard,
    Event,
    ItemRecognized,
    NextStep,
    QuestionBack,
    Sentence,
    SentencesReplaced,
    TurnFinished,
)
from assistant.transcript import Transcript, transcript_of
from cli.options import Home, JsonFile, parse_day, settings_for
from cli.output import console_for, write_json
from guardrails import labels
from guardrails.outbound import notice

_DEGRADED = notice("有一部分资料暂时查不到，这个回答可能不全。管理员可运行 xiaoshen doctor 看原因。")


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know, in your own words.")],
    region: Annotated[str | None, typer.Option(help="上海市 or 上海市/徐汇区.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day to answer for; default today.")
    ] = None,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """Ask one question and print the answer with its sources."""
    from assistant.bootstrap import build_product

    settings = settings_for(home)
    day: date | None = parse_day(as_of) if as_of else None
    console = console_for(json_file)
    with build_product(settings, say=lambda _: None) as product:
        asked = Question(text=question, as_of=day or product.today(), region=region or settings.region)
        transcript = asyncio.run(_print(product.assistant.answer(asked), console))
    write_json(as_json(transcript), json_file)


async def _print(events: AsyncIterator[Event], console: Console) -> Transcript:
    seen: list[Event] = []
    async for event in events:
        seen.append(event)
        _print_event(event, console)
    transcript = transcript_of(seen)
    for c in transcript.citations:
        since = f",自{c.effective_from}起" if c.effective_from else ""
        console.print(f"[{c.number}] {c.title.text}({c.source}{since})", style="dim", markup=False)
    console.print(labels.VISIBLE_ZH, style="dim", markup=False)
    return transcript


def _print_event(event: Event, console: Console) -> None:
    match event:
        case ItemRecognized(items=items) if items:
            console.print("事项:" + "、".join(i.name.text for i in items), style="bold", markup=False)
        case Sentence(text=text, citations=numbers):
            console.print(text.text + "".join(f"[{n}]" for n in numbers), markup=False)
        case SentencesReplaced(reason=reason):
            console.print(reason.text, style="yellow", markup=False)
        case QuestionBack(text=text, choices=choices):
            console.print(text.text, markup=False)
            for choice in choices:
                console.print(f"  · {choice.label.text}", markup=False)
        case CaseCard(rows=rows):
            for row in rows:
                note = f"({row.note.text})" if row.note else ""
                console.print(f"  □ {row.text.text}{note}", markup=False)
        case NextStep(label=label):
            console.print(f"  → {label.text}", style="dim", markup=False)
        case TurnFinished(degraded=degraded) if degraded:
            console.print(_DEGRADED.text, style="yellow", markup=False)
        case _:
            return


def as_json(t: Transcript) -> dict[str, object]:
    """The turn as the contract's answer row, with what else a caller can use."""
    recognition = t.recognized.recognition if t.recognized else None
    return {
        "status": t.finished.status.value,
        "why": t.finished.why.value,
        "text": t.text,
        "items": [i.slug for i in t.recognized.items] if t.recognized else [],
        "candidates": [{"item": c.item, "score": round(c.score, 4)} for c in recognition.candidates]
        if recognition
        else [],
        "citations": [
            {
                "source": c.source,
                "title": c.title.text,
                "version": c.version,
                "effective_from": c.effective_from.isoformat() if c.effective_from else None,
                "quote": c.quote.text,
                "url": c.url,
            }
            for c in t.citations
        ],
        "composer": t.finished.composer,
        "label": labels.VISIBLE_ZH,
    }
