"""Routes of translations: one line of a conversation in the other language, for the clerk and for the citizen."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool

from assistant.clerk.translating import Withheld
from assistant.handoff.errors import UnknownTicket
from assistant.handoff.happenings import Kind
from assistant.identity.people import Person
from assistant.web.clerk_parts import ClerkParts
from assistant.web.handoff_parts import Look
from assistant.web.handoff_schemas import LineTranslation
from assistant.web.sse import render
from guardrails.outbound import notice

_WHY = {
    Withheld.NO_MODEL: "没有配置翻译用的模型，只能看原文。",
    Withheld.FAILED: "翻译暂时不可用，请看原文，稍后再试。",
    Withheld.NUMBERS: "译文的数字和原文对不上，没有显示。请看原文。",
    Withheld.UNSAFE: "译文没有通过检查，没有显示。请看原文。",
    Withheld.TOO_LONG: "这段话太长，没有翻译。请看原文。",
}
_WHY_EN = {
    Withheld.NO_MODEL: "No model for translation is configured; only the original can be shown.",
    Withheld.FAILED: "Translation is not available now. Please try again later.",
    Withheld.NUMBERS: "The numbers of the translation differ from the original, so it is not shown.",
    Withheld.UNSAFE: "The translation did not pass our checks and is not shown.",
    Withheld.TOO_LONG: "This message is too long to be translated.",
}


def desk_translation(router: APIRouter, parts: ClerkParts, works: Person) -> None:
    """The clerk's side."""

    @router.get("/tickets/{ticket}/lines/{seq}/translation")
    async def translation(ticket: str, seq: int, person: Person = works) -> LineTranslation:
        """A message in the other language, made by a model; or why there is none."""
        seen = await run_in_threadpool(parts.handoff.shown_to, ticket, person.id, max(seq - 1, 0))
        parts.note_seen(person, "handoff.translation_seen", f"ticket/{ticket}")
        return await _translated(parts, seen, seq)


def citizen_translation(parts: ClerkParts) -> APIRouter:
    """The citizen's side: whose conversation it is."""
    router = APIRouter(prefix="/api", tags=["handoff"])

    @router.get("/conversations/{conversation_id}/handoff/lines/{seq}/translation")
    async def translation_for_citizen(conversation_id: str, seq: int) -> LineTranslation:
        """A message in the other language, made by a model; or why there is none."""
        ticket = await run_in_threadpool(parts.handoff.known, conversation_id)
        seen = await run_in_threadpool(parts.handoff.look, ticket.id, max(seq - 1, 0))
        return await _translated(parts, seen, seq)

    return router


async def _translated(parts: ClerkParts, seen: Look, seq: int) -> LineTranslation:
    line = next((one for one in seen.lines if one.seq == seq and one.kind is Kind.MESSAGE and one.text), None)
    if line is None or line.text is None:
        raise UnknownTicket(f"Line {seq} is no message.")
    made = await parts.desk.translator.other_language(line.text)
    why = None if made.withheld is None else _WHY[made.withheld] if made.to == "zh" else _WHY_EN[made.withheld]
    return LineTranslation(
        seq=seq,
        to=made.to,
        text=render(made.text) if made.text is not None else None,
        why=render(notice(why)) if why is not None else None,
    )
