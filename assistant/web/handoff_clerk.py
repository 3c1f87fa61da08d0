"""Routes of the clerks' desk: duty, queue, take, talk, hand on, end, call. All can be sent again without harm."""

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool

from assistant.handoff.clerks import Clerk, Skills
from assistant.handoff.errors import UnknownTicket
from assistant.handoff.happenings import Side
from assistant.handoff.talking import Handover, Saying
from assistant.identity.people import Action, Person
from assistant.web import handoff_desk_schemas as wire
from assistant.web.handoff_desk_views import clerk_views, desk_queue, one_ticket
from assistant.web.handoff_files import FileDesk, desk_files
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_schemas import HandoffRead, HandoffSaying, SaidFrame
from assistant.web.handoff_story import story_of
from assistant.web.handoff_views import clerk_lines
from assistant.web.services import Services
from assistant.web.staff import Staff


def desk_router(parts: HandoffParts, staff: Staff, services: Services, files: FileDesk) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    works = Depends(staff.may(Action.HELP_CITIZENS))
    sees = Depends(staff.may_see(Action.HELP_CITIZENS))
    there = Depends(staff.is_there(Action.HELP_CITIZENS))
    _duty(router, parts, works)
    _signs_of_life(router, parts, there)
    _line(router, parts, works)
    _conversation(router, parts, services, works, sees)
    _handing_on(router, parts, works)
    _calls(router, parts, works, sees)
    desk_files(router, files, works)
    return router


def known_clerk(parts: HandoffParts, person: Person) -> Clerk:
    """The desk of who is signed in. Who has none yet gets one that takes everything: a supervisor narrows it."""
    clerk = parts.handoff.roster.clerk(person.id)
    if clerk is None:
        parts.handoff.roster.enlist(person.id, person.name, Skills())
        clerk = parts.handoff.roster.clerk(person.id)
    if clerk is None:
        raise UnknownTicket(f"There is no desk for {person.id}.")
    return clerk


def _duty(router: APIRouter, parts: HandoffParts, works: Person) -> None:
    @router.put("/duty")
    def set_duty(wanted: wire.DutyWanted, person: Person = works) -> wire.WireClerk:
        """Go on duty, take a break, or go. After a broken line: say it again, for the desk was off meanwhile."""
        known_clerk(parts, person)
        parts.handoff.roster.set_duty(person.id, wanted.duty)
        parts.handoff.queue.dispatch()
        return desk_queue(parts, known_clerk(parts, person)).me

    @router.get("/colleagues")
    def colleagues(person: Person = works) -> list[wire.WireClerk]:
        """Who helps, to hand a conversation to or to ask in."""
        return [clerk for clerk in clerk_views(parts) if clerk.id != person.id]


def _signs_of_life(router: APIRouter, parts: HandoffParts, there: Person) -> None:
    @router.post("/heartbeat", status_code=204)
    def heartbeat(person: Person = there) -> None:
        """The desk is there; at least every five seconds where no socket is open."""
        parts.handoff.roster.beat([person.id])

    @router.post("/tickets/{ticket}/read", status_code=204)
    def read(ticket: str, mark: HandoffRead, person: Person = there) -> None:
        """Say how far this desk has read."""
        if person.id in parts.look(ticket, mark.seq).ticket.speakers:
            parts.handoff.talking.read(ticket, Side.CLERK, mark.seq)

    @router.post("/tickets/{ticket}/typing", status_code=204)
    async def typing(ticket: str, person: Person = there) -> None:
        """Say that this desk types."""
        seen = await run_in_threadpool(parts.look, ticket, 0)
        if person.id in seen.ticket.speakers:
            await parts.pulse.type(ticket, Side.CLERK)


def _line(router: APIRouter, parts: HandoffParts, works: Person) -> None:
    @router.get("/queue")
    def queue(person: Person = works) -> wire.DeskQueue:
        """What rings here, what is mine, what waits, and calls that are owed."""
        return desk_queue(parts, known_clerk(parts, person))

    @router.post("/next")
    def take_next(person: Person = works) -> wire.NextTicket:
        """Take the one that has waited longest of those this desk may take."""
        known_clerk(parts, person)
        taken = parts.handoff.queue.claim_next(person.id)
        return wire.NextTicket(ticket=one_ticket(parts, taken.id, person.id) if taken else None)

    @router.post("/tickets/{ticket}/accept")
    def accept(ticket: str, person: Person = works) -> wire.DeskTicket:
        """Take this one. 409 where somebody else was faster."""
        known_clerk(parts, person)
        parts.handoff.queue.accept(ticket, person.id)
        return one_ticket(parts, ticket, person.id)

    @router.post("/tickets/{ticket}/decline", status_code=204)
    def decline(ticket: str, person: Person = works) -> None:
        """Do not take an offer: it rings at the next desk."""
        parts.handoff.queue.decline(ticket, person.id)
        parts.handoff.queue.dispatch()


def _conversation(router: APIRouter, parts: HandoffParts, services: Services, works: Person, sees: Person) -> None:
    @router.get("/tickets/{ticket}")
    def story(ticket: str, person: Person = sees) -> wire.TicketStory:
        """Everything: what was said before the person came, with sources, and the log since."""
        seen = parts.shown_to(ticket, person.id)
        turns = services.conversations.turns(seen.ticket.conversation)
        return wire.TicketStory(
            ticket=one_ticket(parts, ticket, person.id),
            story=story_of(seen.ticket.conversation, turns) if turns is not None else None,
            lines=clerk_lines(parts, seen),
        )

    @router.post("/tickets/{ticket}/messages")
    def say(ticket: str, saying: HandoffSaying, person: Person = works) -> SaidFrame:
        """Say something. Sent again with the same client_id, it is the same message."""
        said = Saying(client_id=saying.client_id, text=saying.text, file=saying.file)
        kept = parts.handoff.talking.clerk_says(ticket, person.id, said)
        return SaidFrame(ticket=ticket, client_id=saying.client_id, seq=kept.seq)

    @router.post("/tickets/{ticket}/end")
    def end(ticket: str, wanted: wire.EndWanted, person: Person = works) -> wire.DeskTicket:
        """End the conversation."""
        parts.handoff.talking.resolve(ticket, person.id, wanted.outcome, wanted.note)
        parts.handoff.queue.dispatch()
        return one_ticket(parts, ticket, person.id)


def _handing_on(router: APIRouter, parts: HandoffParts, works: Person) -> None:
    @router.post("/tickets/{ticket}/transfer")
    def transfer(ticket: str, to: wire.TransferWanted, person: Person = works) -> wire.DeskTicket:
        """Hand the conversation on, with the whole story."""
        handover = Handover(clerk=to.clerk, department=to.department, note=to.note)
        parts.handoff.talking.transfer(ticket, person.id, handover)
        parts.handoff.queue.dispatch()
        return one_ticket(parts, ticket, person.id)

    @router.post("/tickets/{ticket}/invite")
    def invite(ticket: str, wanted: wire.InviteWanted, person: Person = works) -> wire.DeskTicket:
        """Ask a second clerk into the conversation."""
        parts.handoff.talking.invite(ticket, person.id, wanted.clerk)
        return one_ticket(parts, ticket, person.id)

    @router.post("/tickets/{ticket}/leave", status_code=204)
    def leave(ticket: str, person: Person = works) -> None:
        """Go out of a conversation that one was asked into."""
        parts.handoff.talking.leave(ticket, person.id)

    @router.post("/tickets/{ticket}/reopen")
    def reopen(ticket: str, person: Person = works) -> wire.DeskTicket:
        """Go on with a conversation that this desk ended too early."""
        parts.handoff.talking.reopen_at_desk(ticket, person.id)
        return one_ticket(parts, ticket, person.id)

    @router.post("/tickets/{ticket}/call-offered")
    def offer_a_call(ticket: str, person: Person = works) -> wire.DeskTicket:
        """Let the citizen choose a time for a call instead of waiting in the conversation."""
        parts.handoff.talking.offer_a_call(ticket, person.id)
        return one_ticket(parts, ticket, person.id)


def _calls(router: APIRouter, parts: HandoffParts, works: Person, sees: Person) -> None:
    @router.get("/tickets/{ticket}/contact")
    def contact(ticket: str, person: Person = sees) -> wire.WireContact | None:
        """How to reach the citizen: only for who has the call, and only until it is over. Looking is recorded."""
        found = parts.handoff.choosing.contact(ticket, person.id)
        return wire.WireContact(phone=found.phone, called=found.called) if found else None

    @router.post("/tickets/{ticket}/called")
    def called(ticket: str, wanted: wire.CalledWanted, person: Person = works) -> wire.DeskTicket:
        """How the call went; not reached is tried again later."""
        parts.handoff.choosing.called(ticket, person.id, reached=wanted.reached)
        return one_ticket(parts, ticket, person.id)
