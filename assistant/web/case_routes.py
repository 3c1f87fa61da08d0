"""Routes of cases: the citizen's own ones only, each change on the version that it was made on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from assistant.cases import happenings as h
from assistant.cases.case import Case, is_as_seen
from assistant.cases.code import read_code
from assistant.cases.errors import CaseChanged, StepNotAllowed
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Channel
from assistant.cases.uploading import Upload
from assistant.identity.citizens import Citizen
from assistant.web import case_requests as changes
from assistant.web import case_schemas as wire
from assistant.web.case_errors import CASES, UnfitValue, WrongCode
from assistant.web.case_files import body_of, kind_of
from assistant.web.case_papers import paper_routes
from assistant.web.case_views import glance, view
from assistant.web.citizen import Citizens
from assistant.web.error_answers import language_of
from assistant.web.errors import UnknownItem
from assistant.web.example_register import invented_people
from assistant.web.public_errors import TABLE, Public
from assistant.web.schemas import NamedItem
from prefill.schema import fits, tidy

CASE_FILES = "/api/cases/files"
_UNFIT = Public(
    422,
    "unfit_value",
    "有一项内容的格式不对，没有保存。请按那一项下面的说明修改。",
    "One of the values does not have the form of its field; nothing was saved. See the help below the field.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseParts:
    """What the routes of cases need."""

    handling: Handling
    citizens: Citizens
    examples: bool = False

    def people(self) -> list[NamedItem]:
        """The invented people of the example registers, where those are asked."""
        known = invented_people() if self.examples else {}
        return [NamedItem(slug=s, name=v.get("身份证.姓名") or v.get("营业执照.名称", s)) for s, v in known.items()]


def case_router(parts: CaseParts) -> APIRouter:  # noqa: C901, PLR0915 - one function for each route
    """The routes, bound to the handling of cases."""
    TABLE.update({**CASES, UnfitValue: _UNFIT})
    router = APIRouter(prefix="/api/cases", tags=["case"])
    handling = parts.handling
    known = Depends(parts.citizens.acting)
    paper_routes(router, parts.handling, parts.citizens)

    async def told(request: Request, work: Callable[[], Handled]) -> wire.CaseView:
        language = language_of(request.headers.get("accept-language"))
        return await run_in_threadpool(lambda: view(handling, work(), language, parts.people()))

    def mine(case_id: str, citizen: Citizen, version: int | None = None) -> Case:
        case = handling.case(case_id, citizen.owner)
        if version is not None and not is_as_seen(case, version):
            raise CaseChanged(f"Case {case_id} is at version {case.version}.")
        return case

    @router.get("")
    async def cases(request: Request, citizen: Annotated[Citizen, known]) -> wire.CaseGlances:
        """The citizen's cases; what was begun before signing in is theirs too."""
        language = language_of(request.headers.get("accept-language"))

        def found() -> wire.CaseGlances:
            if citizen.earlier:
                handling.take_over(citizen.earlier, citizen.owner)
            return wire.CaseGlances(cases=[glance(handling, c, language) for c in handling.mine(citizen.owner)])

        return await run_in_threadpool(found)

    @router.post("", status_code=201)
    async def begin(request: Request, body: changes.BeginCase, citizen: Annotated[Citizen, known]) -> wire.CaseView:
        """Begin a case for an item that is handled here."""

        def begun() -> Handled:
            item = handling.desk.knowledge.item(body.item, handling.today())
            if item is None or not handling.desk.reviewer.handles(item):
                raise UnknownItem
            return handling.open(citizen.owner, [item], item.region)

        return await told(request, begun)

    @router.post("/resume")
    async def resume(request: Request, body: changes.ResumeCase, citizen: Annotated[Citizen, known]) -> wire.CaseView:
        """Go on with a case of another device, by its code."""

        def joined() -> Handled:
            code = read_code(body.code)
            found = handling.join(code, citizen.owner, Channel.PAGE) if code else None
            if found is None:
                raise WrongCode
            return handling.add(found.case, [h.GoneOn()])

        return await told(request, joined)

    @router.get("/{case_id}")
    async def case(request: Request, case_id: str, citizen: Annotated[Citizen, known]) -> wire.CaseView:
        """One case with everything that can be seen and changed."""
        return await told(request, lambda: handling.look(mine(case_id, citizen)))

    @router.post("/{case_id}/parts")
    async def parts_chosen(
        request: Request, case_id: str, body: changes.ChosenParts, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Choose which members of a bundle go with it."""

        def chosen() -> Handled:
            now = mine(case_id, citizen, body.version)
            offered = {link.slug for link in handling.members(handling.standing(now).item)}
            slugs = tuple(dict.fromkeys((now.item, *(m for m in body.members if m in offered))))
            return handling.add(now, [h.PartsChosen(slugs)])

        return await told(request, chosen)

    @router.post("/{case_id}/situation")
    async def situation(
        request: Request, case_id: str, body: changes.AnsweredSituation, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Say which situation it is, or say it anew: what is needed follows."""

        def answered() -> Handled:
            now = mine(case_id, citizen, body.version)
            found = handling.standing(now).situation(body.part)
            questions = [*found.answered, *([found.question] if found.question else [])] if found else []
            question = next((q for q in questions if q.fact == body.fact), None)
            if question is None:
                raise StepNotAllowed(f"Case {case_id} has no question {body.fact} about {body.part}.")
            return handling.situate(now, question, body.answer)

        return await told(request, answered)

    @router.post("/{case_id}/conditions")
    async def conditions(
        request: Request, case_id: str, body: changes.AnsweredConditions, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Say which conditions hold."""

        def answered() -> Handled:
            now = mine(case_id, citizen, body.version)
            ids = {c.id for c in handling.standing(now).item.conditions}
            told_ = [h.ConditionAnswered(c, holds) for c, holds in body.answers.items() if c in ids]
            return handling.add(now, told_)

        return await told(request, answered)

    @router.post("/{case_id}/identity")
    async def identity(
        request: Request, case_id: str, body: changes.ProvenAs, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Try the case out as one of the invented people of the example registers; only where those are in use."""

        def proven() -> Handled:
            now = mine(case_id, citizen, body.version)
            if all(body.person != person.slug for person in parts.people()):
                raise StepNotAllowed("Only invented people can be chosen, and only with the example registers.")
            return handling.identify(now, body.person, "example")

        return await told(request, proven)

    @router.post("/{case_id}/consents")
    async def consents(
        request: Request, case_id: str, body: changes.GivenConsents, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Allow registers to be asked, for this case only; what they tell is filled in."""
        return await told(request, lambda: handling.consent(mine(case_id, citizen, body.version), body.registers))

    @router.post("/{case_id}/consents/revoked")
    async def revoke(
        request: Request, case_id: str, body: changes.GivenConsents, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Take consents back; what those registers told is deleted."""

        def revoked() -> Handled:
            handled = handling.look(mine(case_id, citizen, body.version))
            for register in body.registers:
                handled = handling.revoke(handled.case, register)
            return handled

        return await told(request, revoked)

    @router.post("/{case_id}/way")
    async def way(
        request: Request, case_id: str, body: changes.ChosenWay, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """One thing at a time, or several as a form."""
        return await told(request, lambda: handling.add(mine(case_id, citizen, body.version), [h.WayChosen(body.way)]))

    @router.post("/{case_id}/fields")
    async def fields(
        request: Request, case_id: str, body: changes.EnteredFields, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Save values of the form. All or none: one that does not fit its field keeps all from being saved."""

        def entered() -> Handled:
            now = mine(case_id, citizen, body.version)
            stands = handling.standing(now)
            values: dict[str, str | None] = {}
            for key, value in body.values.items():
                field = stands.field(key)
                values[key] = tidy(field.field, value) if field is not None and value else value
                if field is None or (value and not fits(field.field, values[key] or "")):
                    raise UnfitValue
            return handling.enter(now, values)

        return await told(request, entered)

    @router.post("/files")
    async def upload(  # noqa: PLR0917 - the body is the file as it is, so all else is in the address
        request: Request,
        case: Annotated[str, Query(max_length=80)],
        version: Annotated[int, Query(ge=1, le=1_000_000)],
        part: Annotated[str, Query(max_length=80)],
        material: Annotated[str, Query(max_length=80)],
        name: Annotated[str, Query(min_length=1, max_length=300)],
        citizen: Annotated[Citizen, known],
    ) -> wire.CaseView:
        """Hand in a file for a material: the body is the file as it is. It is read, and what was read is told."""
        content = await body_of(request)
        named = unquote(name)
        handed = Upload(part=part, material=material, name=named, media_type=kind_of(content, named), content=content)
        return await told(request, lambda: handling.upload(mine(case, citizen, version), handed))

    @router.post("/{case_id}/materials")
    async def materials(
        request: Request, case_id: str, body: changes.SettledMaterial, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """A material comes by electronic licence, or its original to the window."""

        def settled() -> Handled:
            return handling.settle(mine(case_id, citizen, body.version), body.part, body.material, body.how)

        return await told(request, settled)

    @router.post("/{case_id}/review")
    async def review(
        request: Request, case_id: str, body: changes.OnVersion, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Confirm what is in the case, commitments included, and have it pre-reviewed."""

        def reviewed() -> Handled:
            return handling.review(handling.confirm(mine(case_id, citizen, body.version)).case)

        return await told(request, reviewed)

    @router.post("/{case_id}/submission")
    async def submit(
        request: Request, case_id: str, body: changes.Submission, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Hand the case in. A verified value that was changed on the way, in the page or in storage, stops it."""
        return await told(request, lambda: handling.submit(mine(case_id, citizen, body.version), body.values))

    @router.post("/{case_id}/withdrawal")
    async def withdraw(
        request: Request, case_id: str, body: changes.OnVersion, citizen: Annotated[Citizen, known]
    ) -> wire.CaseView:
        """Withdraw the case; its files are deleted."""
        return await told(request, lambda: handling.withdraw(mine(case_id, citizen, body.version)))

    @router.delete("/{case_id}", status_code=204)
    async def forget(case_id: str, citizen: Annotated[Citizen, known]) -> Response:
        """Delete everything about a case that is not at an office."""

        def forgotten() -> None:
            handling.forget_own(case_id, citizen.owner)

        await run_in_threadpool(forgotten)
        return Response(status_code=204)

    return router
