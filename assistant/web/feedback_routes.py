"""Routes with which a citizen says that an answer is wrong, and deletes a conversation."""

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from assistant.operation.reports import Report
from assistant.web.errors import ReportRefused, UnknownConversation
from assistant.web.operation_schemas import AnswerReport
from assistant.web.services import Services
from assistant.web.turns import Turns


def feedback_router(services: Services, turns: Turns) -> APIRouter:
    """The routes, bound to the services."""
    router = APIRouter(prefix="/api/conversations", tags=["conversation"])

    @router.post("/{conversation_id}/messages/{client_id}/report", status_code=204)
    def report(conversation_id: str, client_id: str, said: AnswerReport) -> Response:
        """Say that an answer is wrong. Editors look at it; nothing is sent back."""
        told = Report(
            conversation=conversation_id, client_id=client_id, by="citizen", reason=said.reason, note=said.note
        )
        if not services.report(told):
            raise ReportRefused
        return Response(status_code=204)

    @router.delete("/{conversation_id}", status_code=204)
    async def delete_conversation(conversation_id: str) -> Response:
        """Delete what was said, for good. That it was deleted is on record, what it was is not."""
        if await run_in_threadpool(services.conversations.turns, conversation_id) is None:
            raise UnknownConversation
        await turns.stop_all(conversation_id)
        await run_in_threadpool(services.delete_conversation, conversation_id)
        return Response(status_code=204)

    return router
