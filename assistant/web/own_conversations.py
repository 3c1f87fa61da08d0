"""Whose a conversation is: the browser's whose session first spoke in it. Others are told that there is none."""

from dataclasses import dataclass

from fastapi import WebSocketException
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from assistant.cases.keeping import Cases
from assistant.identity.citizens import Citizen
from assistant.web.citizen import Citizens
from assistant.web.citizen_acts import NOBODY, act_of
from assistant.web.conversations import Conversations
from assistant.web.errors import UnknownConversation

_POLICY_VIOLATION = 1008


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnConversations:
    """Asked before every route and socket of a conversation. Without citizens' sessions the random id is all there is.

    A program that keeps no cookies gets no session, and its conversations belong to who knows their id (ADR 0025).
    """

    citizens: Citizens | None
    conversations: Conversations
    cases: Cases | None = None

    async def mine(self, connection: HTTPConnection) -> None:
        """A dependency: raises UnknownConversation for somebody else's. What changes something is recorded first."""
        conversation = connection.path_params.get("conversation_id") or connection.query_params.get("conversation")
        if self.citizens is None or not conversation:
            return
        citizen = await self.citizens.find(connection)
        if not await run_in_threadpool(self._belongs, conversation, citizen):
            if connection.scope["type"] == "websocket":
                raise WebSocketException(_POLICY_VIOLATION)
            raise UnknownConversation
        act = act_of(connection, citizen.owner if citizen else NOBODY)
        if act is not None:
            await run_in_threadpool(self.citizens.audit.record, act, at=self.citizens.clock())

    def may_name(self, conversation: str, case_id: str) -> bool:
        """Whether a case is of the one whose conversation this is: a clerk is shown what a conversation names."""
        if self.citizens is None or self.cases is None:
            return True
        owner = self.conversations.owner(conversation)
        return owner is not None and self.cases.is_held_by(case_id, owner)

    def _belongs(self, conversation: str, citizen: Citizen | None) -> bool:
        owner = self.conversations.owner(conversation)
        if citizen is not None and owner in {None, citizen.earlier}:  # nobody's, or theirs before they signed in
            owner = self.conversations.claim(conversation, citizen.owner, earlier=citizen.earlier)
        return owner is None or (citizen is not None and owner == citizen.owner)
