"""Routes of the console: item sheets as forms, their drafts, and what rests on what."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from assistant.identity.people import Action, Person
from assistant.operation.switches import Capability
from assistant.web.console_item_effects import changes_of, effect_of_sheet
from assistant.web.console_item_schemas import (
    ImpactSheet,
    ItemCheck,
    ItemEdit,
    ItemForm,
    ItemLine,
    ItemLines,
    Rests,
)
from assistant.web.console_parts import Console
from assistant.web.console_schemas import Done, Reason
from assistant.web.console_sheet_forms import edited, facts_of, problems_of, shapes, sources_of
from assistant.web.errors import SheetRefused
from assistant.web.schemas import MOST
from assistant.web.switched import needs
from knowledge.items import FactStatus, ServiceItem
from knowledge.passages import VersionState
from knowledge.storage.log import Hand


def items_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    may = console.staff.may
    reader = Depends(may(Action.READ_KNOWLEDGE))

    @router.get("/items", dependencies=[reader])
    def items(
        text: str = "",
        offset: Annotated[int, Query(ge=0, le=MOST)] = 0,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ItemLines:
        """Items by name, with how many of their facts have a source."""
        found = [item for item in console.knowledge.items(console.clock().date()) if _matches(item, text.split())]
        drafts = console.sheets.states()
        rows = [_line(item, drafts.get(item.slug)) for item in found[offset : offset + limit]]
        return ItemLines(rows=rows, total=len(found))

    @router.get("/items/{slug}")
    def item(slug: str, person: Annotated[Person, Depends(may(Action.READ_KNOWLEDGE))]) -> ItemForm:
        """The sheet as a form: the draft where one waits."""
        return _form(console, slug, person)

    @router.post("/items/{slug}/check", dependencies=[reader])
    def check(slug: str, edit: ItemEdit) -> ItemCheck:
        """What would be wrong with the sheet, without saving it."""
        return ItemCheck(problems=problems_of(edited(_newest(console, slug), edit)))

    @router.put("/items/{slug}")
    def save(
        request: Request, slug: str, edit: ItemEdit, person: Annotated[Person, Depends(may(Action.EDIT_KNOWLEDGE))]
    ) -> ItemForm:
        """Save the form as the item's draft. `If-Match` carries the tag it was loaded with."""
        sheet = edited(_newest(console, slug), edit)
        if any(problem.blocks for problem in problems_of(sheet)):
            raise SheetRefused
        console.sheets.save(slug, sheet, request.headers.get("if-match", ""), _hand(console, person, edit.why))
        return _form(console, slug, person)

    @router.post("/items/{slug}/review")
    def review(
        request: Request, slug: str, reason: Reason, person: Annotated[Person, Depends(may(Action.REVIEW_KNOWLEDGE))]
    ) -> ItemForm:
        """Say that a draft is right. Not for who wrote it."""
        console.sheets.review(slug, request.headers.get("if-match", ""), _hand(console, person, reason.why))
        return _form(console, slug, person)

    @router.post("/items/{slug}/publish", dependencies=[Depends(needs(console.services, Capability.PUBLISHING))])
    def publish(
        request: Request, slug: str, reason: Reason, person: Annotated[Person, Depends(may(Action.PUBLISH_KNOWLEDGE))]
    ) -> Done:
        """Let answers rest on the draft from today on."""
        tag = request.headers.get("if-match", "")
        revision = console.sheets.publish(slug, tag, _hand(console, person, reason.why))
        return Done(revision=revision, indexed=console.refresh())

    @router.delete("/items/{slug}/draft")
    def drop(request: Request, slug: str, person: Annotated[Person, Depends(may(Action.EDIT_KNOWLEDGE))]) -> ItemForm:
        """Give the draft up."""
        console.sheets.drop(slug, request.headers.get("if-match", ""), _hand(console, person, "放弃草稿"))
        return _form(console, slug, person)

    @router.get("/impact", dependencies=[reader])
    def impact(target: Annotated[str, Query(min_length=1, max_length=300)]) -> ImpactSheet:
        """What has to be looked at again when the target changes: a document, item, law, material or department."""
        found = console.life.impact(target, console.clock().date())
        affected = [
            Rests(kind=a.kind, source=a.source, title=a.title, text=a.text, certain=a.certain) for a in found.affected
        ]
        return ImpactSheet(target=found.target, title=found.title, affected=affected, answers_given=found.answers_given)

    return router


def _hand(console: Console, person: Person, why: str) -> Hand:
    return Hand(at=console.clock(), actor=person.id, why=why)


def _newest(console: Console, slug: str) -> dict[str, object]:
    draft = console.sheets.waiting(slug)
    return dict(draft.sheet if draft else console.sheets.published(slug).sheet)


def _form(console: Console, slug: str, person: Person) -> ItemForm:
    published = console.sheets.published(slug)
    draft = console.sheets.waiting(slug)
    sheet = draft.sheet if draft else published.sheet
    changes = changes_of(published.sheet, sheet)
    return ItemForm(
        slug=slug,
        name=str(sheet.get("name", "")),
        aliases=[str(alias) for alias in aliases] if isinstance(aliases := sheet.get("aliases"), list) else [],
        department=str(sheet.get("department", "")),
        tag=draft.tag if draft else published.fingerprint,
        draft=draft.state if draft else None,
        authors=[console.who(author) for author in draft.authors] if draft else [],
        why=draft.why if draft else "",
        saved_at=draft.saved_at if draft else None,
        groups=shapes(),
        facts=facts_of(sheet),
        sources=sources_of(sheet),
        problems=problems_of(sheet),
        changes=changes,
        effect=effect_of_sheet(console, draft, changes, person) if draft else None,
    )


def _matches(item: ServiceItem, words: list[str]) -> bool:
    told = " ".join((item.name, item.slug, item.department, item.theme, *item.aliases))
    return all(word in told for word in words)


def _line(item: ServiceItem, draft: VersionState | None) -> ItemLine:
    single = (item.statutory_days, item.promised_days, item.fee, item.channels, item.result, item.visits_on_site)
    statuses = [
        *(fact.status for fact in single),
        *(c.status for c in item.conditions),
        *(m.status for m in item.materials),
        *(p.status for p in item.process),
        *(basis.status for basis in item.legal_basis),
        *(q.status for q in item.faq),
    ]
    return ItemLine(
        slug=item.slug,
        name=item.name,
        department=item.department,
        theme=item.theme,
        sourced=statuses.count(FactStatus.SOURCED),
        derived=statuses.count(FactStatus.DERIVED),
        unverified=statuses.count(FactStatus.UNVERIFIED),
        draft=draft,
    )
