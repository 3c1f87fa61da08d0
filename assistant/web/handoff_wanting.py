"""From the wish for a person to a ticket: asked with a button, in words, or because something did not go on."""

from dataclasses import dataclass

from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.ticket import Subject, Ticket
from assistant.web.conversations import Conversations
from assistant.web.errors import UnknownConversation
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_schemas import HandoffWanted
from assistant.web.handoff_story import cause_of

_NOTHING_SAID = HandoffWanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """Implements `services.Persons`: what the chat needs to know about people."""

    parts: HandoffParts
    conversations: Conversations

    def is_with_a_person(self, conversation: str) -> bool:
        """Whether a person has the conversation: then Xiao Shen is silent."""
        ticket = self.parts.of_conversation(conversation, open_only=True)
        return ticket is not None and ticket.is_live

    def wanted(self, conversation: str) -> None:
        """A turn ended with the wish for a person: put the citizen in line."""
        self.request(conversation, _NOTHING_SAID)

    def gone(self, conversation: str) -> None:
        """The citizen deletes the conversation: out of the line, or out of the talk."""
        ticket = self.parts.of_conversation(conversation, open_only=True)
        if ticket is not None:
            self.parts.handoff.talking.withdraw(ticket.id)
            self.parts.handoff.queue.dispatch()

    def request(self, conversation: str, wanted: HandoffWanted) -> Ticket:
        """The ticket of a citizen who wants a person; the open one where there is one. Raises UnknownConversation."""
        turns = self.conversations.turns(conversation)
        if turns is None:
            raise UnknownConversation
        cause = cause_of(turns)
        item = cause.item
        subject = Subject(
            reason=_reason(wanted.reason, cause.reason),
            item=item,
            department=self.parts.department_of_item(item) if item else None,
            district=wanted.district,
            language=wanted.language or "zh",
            case=wanted.case if wanted.case and self.parts.may_name(conversation, wanted.case) else None,
        )
        asked = Request(id=self.parts.new_id(), conversation=conversation, subject=subject, note=wanted.note)
        ticket = self.parts.handoff.queue.request(asked)
        self.parts.handoff.queue.dispatch()
        return ticket


def _reason(claimed: Reason | None, told: Reason) -> Reason:
    """What the page says, but danger only where the conversation tells of it: danger is the one way past the line."""
    return told if claimed is None or Reason.CRISIS in (claimed, told) else claimed
