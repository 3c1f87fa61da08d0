"""Routes of the console: reviewing, publishing, taking back and going back, each after its effect was said."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from assistant.identity.people import Action, Person
from assistant.operation.switches import Capability
from assistant.web.console_documents import etag_of, version_of
from assistant.web.console_effects import difference_of, effect_of
from assistant.web.console_parts import Console
from assistant.web.console_schemas import Done, Effect, Reason, Saved, Succession, VersionDifference
from assistant.web.errors import VersionNotNewest
from assistant.web.switched import needs
from knowledge.passages import DocumentVersion


def life_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    may = console.staff.may

    def matched(request: Request, version_id: str) -> DocumentVersion:
        """The version, where nobody changed it since it was shown."""
        version = version_of(console, version_id)
        if request.headers.get("if-match", "") != etag_of(console, version):
            raise VersionNotNewest
        return version

    @router.get("/versions/{version_id}/difference", dependencies=[Depends(may(Action.READ_KNOWLEDGE))])
    def difference(version_id: str, before: str | None = None) -> VersionDifference:
        """The version by clause beside another; without `before`, beside the one that it would replace."""
        return difference_of(console, version_of(console, version_id), before)

    @router.get("/versions/{version_id}/effect")
    def effect(version_id: str, person: Annotated[Person, Depends(may(Action.READ_KNOWLEDGE))]) -> Effect:
        """What publishing a draft, or taking back what is published, would do, in numbers."""
        return effect_of(console, version_of(console, version_id), person)

    @router.post("/versions/{version_id}/review")
    def review(
        request: Request,
        version_id: str,
        reason: Reason,
        person: Annotated[Person, Depends(may(Action.REVIEW_KNOWLEDGE))],
    ) -> Saved:
        """Say that a draft is right. Not for who wrote it."""
        matched(request, version_id)
        console.documents.review(version_id, now=console.clock(), actor=person.id, why=reason.why)
        return Saved(version=version_id)

    @router.post(
        "/versions/{version_id}/publish", dependencies=[Depends(needs(console.services, Capability.PUBLISHING))]
    )
    def publish(
        request: Request,
        version_id: str,
        reason: Reason,
        person: Annotated[Person, Depends(may(Action.PUBLISH_KNOWLEDGE))],
    ) -> Done:
        """Let citizens' answers rest on it."""
        matched(request, version_id)
        revision = console.documents.publish(version_id, now=console.clock(), actor=person.id, why=reason.why)
        return Done(revision=revision, indexed=console.refresh())

    @router.post("/versions/{version_id}/withdraw")
    def withdraw(
        request: Request,
        version_id: str,
        reason: Reason,
        person: Annotated[Person, Depends(may(Action.WITHDRAW_KNOWLEDGE))],
    ) -> Done:
        """Take a version back, for every day: it is never cited again."""
        matched(request, version_id)
        revision = console.documents.withdraw(version_id, now=console.clock(), actor=person.id, why=reason.why)
        return Done(revision=revision, indexed=console.refresh())

    @router.post("/versions/{version_id}/supersede")
    def supersede(
        request: Request,
        version_id: str,
        succession: Succession,
        person: Annotated[Person, Depends(may(Action.WITHDRAW_KNOWLEDGE))],
    ) -> Done:
        """Let it end where a published document of another name begins; the days before stay as they were."""
        matched(request, version_id)
        moment = console.clock()
        successor = succession.successor
        revision = console.documents.supersede(
            version_id, successor=successor, now=moment, actor=person.id, why=succession.why
        )
        return Done(revision=revision, indexed=console.refresh())

    @router.post("/versions/{version_id}/restore", status_code=201)
    def restore(
        version_id: str, reason: Reason, person: Annotated[Person, Depends(may(Action.EDIT_KNOWLEDGE))]
    ) -> Saved:
        """Go back to an earlier version, as a new draft that is reviewed like any other."""
        saved = console.documents.restore(version_id, now=console.clock(), actor=person.id, why=reason.why)
        return Saved(version=saved.version_id)

    return router
