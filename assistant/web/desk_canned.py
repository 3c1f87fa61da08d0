"""Routes of canned answers: kept by those who lead, grounded, with an end; said by clerks with every place filled."""

import uuid
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from assistant.clerk.canned import CannedAnswer
from assistant.clerk.canned_words import Ungrounded, places_of, ungrounded
from assistant.clerk.errors import CannedUnfinished, DeskError, NoSuchCanned
from assistant.clerk.outcomes import Happened, kept_share
from assistant.clerk.suggestion import Outcome, SuggestionKind
from assistant.handoff.exporting import table
from assistant.handoff.talking import Saying
from assistant.identity.people import Person
from assistant.web import desk_canned_schemas as wire
from assistant.web.clerk_parts import ClerkParts
from assistant.web.clerk_schemas import CannedWanted, WireCanned
from assistant.web.clerk_views import canned_view
from assistant.web.public_errors import Public
from assistant.web.sse import render
from guardrails.entered import show_entered
from knowledge.statements_of import item_statements

_HEADER = ("标题", "内容", "事项", "有效至", "负责人", "写于")


class CannedUngrounded(DeskError):
    """Mend the sentences that the item's sources do not say, or name the item that says them."""


CANNED: dict[type[Exception], Public] = {
    NoSuchCanned: Public(
        404,
        "no_such_canned",
        "这条常用语已经删除或过期，不能发送。请刷新列表。",
        "This canned answer is gone or over and cannot be sent. Reload the list.",
    ),
    CannedUnfinished: Public(
        422,
        "canned_unfinished",
        "常用语里还有没填的空（花括号里的）。请填好再发。",
        "The canned answer has places in braces that are still to be filled.",
    ),
    CannedUngrounded: Public(
        422,
        "canned_ungrounded",
        "有的句子说了依据里没有的内容（数字、法规、电话或承诺），没有保存。请按提示修改，或选上说得到它的事项。",
        "Some sentences state what the sources do not say; nothing was kept. Mend them, or name the item.",
    ),
}


def canned_routes(router: APIRouter, parts: ClerkParts, works: Person, leads: Person) -> None:
    """Add the routes."""
    _saying(router, parts, works)
    _keeping(router, parts, leads)


def _saying(router: APIRouter, parts: ClerkParts, works: Person) -> None:
    @router.get("/canned")
    def canned(person: Person = works) -> list[WireCanned]:
        """The canned answers that hold today."""
        return [canned_view(one) for one in parts.desk.canned.usable(parts.services.clock().date())]

    @router.post("/tickets/{ticket}/canned/{canned_id}/use")
    def use(ticket: str, canned_id: str, used: wire.CannedUsed, person: Person = works) -> wire.CannedSaid:
        """Say a canned answer. Refused where it is over, or where a place is not filled."""
        now = parts.services.clock()
        one = parts.desk.canned.one(canned_id, now.date())
        if places_of(used.text):
            raise CannedUnfinished("Places are still to be filled.")
        saying = Saying(client_id=used.client_id, text=used.text)
        said = parts.handoff.handoff.talking.clerk_says(ticket, person.id, saying)
        kept = kept_share(one.text, used.text)
        happened = Happened(
            ticket=ticket,
            suggestion=one.id,
            kind=SuggestionKind.CANNED,
            item=one.item,
            clerk=person.id,
            outcome=Outcome.SENT if places_of(one.text) or one.text.strip() == used.text.strip() else Outcome.EDITED,
            kept_share=kept,
            at=now,
        )
        parts.desk.outcomes.keep(happened)
        return wire.CannedSaid(seq=said.seq, expires_on=one.expires_on)


def _keeping(  # noqa: C901 - one function for each route
    router: APIRouter, parts: ClerkParts, leads: Person
) -> None:
    def today() -> date:
        return parts.services.clock().date()

    def kept(wanted: CannedWanted, canned_id: str, person: Person) -> wire.CannedKept:
        if _checked(parts, wanted.text, wanted.item):
            raise CannedUngrounded("Some sentences are not grounded.")
        answer = CannedAnswer(
            id=canned_id,
            title=wanted.title,
            text=wanted.text,
            item=wanted.item or None,
            expires_on=wanted.expires_on,
            written_by=person.id,
            written_at=parts.services.clock(),
        )
        parts.desk.canned.keep(answer)
        return _view(answer, today())

    @router.get("/supervision/canned")
    def all_canned(person: Person = leads) -> list[wire.CannedKept]:
        """All, those that are over too; what ends first first."""
        return [_view(one, today()) for one in parts.desk.canned.all()]

    @router.post("/supervision/canned/checked")
    def check(wanted: wire.CannedWordsWanted, person: Person = leads) -> list[wire.CannedChecked]:
        """Which sentences state something that the item's sources do not say; nothing is kept."""
        return [
            wire.CannedChecked(sentence=render(show_entered(one.sentence).shown), reason=one.reason)
            for one in _checked(parts, wanted.text, wanted.item)
        ]

    @router.post("/supervision/canned", status_code=201)
    def write_canned(wanted: CannedWanted, person: Person = leads) -> wire.CannedKept:
        """Keep an answer ready until a day; who writes it looks after it."""
        return kept(wanted, uuid.uuid4().hex, person)

    @router.put("/supervision/canned/{canned_id}")
    def rewrite_canned(
        canned_id: Annotated[str, Path(max_length=64)], wanted: CannedWanted, person: Person = leads
    ) -> wire.CannedKept:
        """Mend an answer or let it hold longer; from now on who did it looks after it."""
        if all(one.id != canned_id for one in parts.desk.canned.all()):
            raise NoSuchCanned(f"There is no canned answer {canned_id}.")
        return kept(wanted, canned_id, person)

    @router.get("/supervision/canned.csv", response_class=Response)
    def export(person: Person = leads) -> Response:
        """All of them as a table for spreadsheets."""
        rows = (
            (
                one.title,
                one.text,
                one.item or "",
                one.expires_on.isoformat(),
                one.written_by,
                one.written_at.isoformat(),
            )
            for one in parts.desk.canned.all()
        )
        headers = {"Content-Disposition": "attachment; filename=canned.csv", "Cache-Control": "private, no-store"}
        return Response(table(_HEADER, rows), media_type="text/csv; charset=utf-8", headers=headers)

    @router.delete("/supervision/canned/{canned_id}", status_code=204)
    def drop_canned(canned_id: str, person: Person = leads) -> None:
        """Take an answer away."""
        parts.desk.canned.drop(canned_id)


def _checked(parts: ClerkParts, text: str, item: str | None) -> list[Ungrounded]:
    sheet = parts.services.knowledge.item(item, parts.services.clock().date()) if item else None
    return list(ungrounded(text, item_statements(sheet) if sheet is not None else ()))


def _view(one: CannedAnswer, today: date) -> wire.CannedKept:
    shown = canned_view(one)
    return wire.CannedKept(
        **shown.model_dump(), owner=one.written_by, written_at=one.written_at, is_over=one.expires_on < today
    )
