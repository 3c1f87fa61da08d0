"""The handoff queue on SQLite and on PostgreSQL: one contract, with a clock that the test turns."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, delete

from assistant.handoff.choosing import Chosen, Contact, PhoneInvalid
from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.errors import DeskFull, NotNow, NotYours, OffDuty, TicketTaken
from assistant.handoff.happenings import Choice, Kind, Outcome, Side
from assistant.handoff.hours import parse_hours
from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.tables import ClerkRow, DutyRow, TicketRow
from assistant.handoff.talking import Handover
from assistant.handoff.ticket import State, Subject, Ticket
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url, writing
from tests.fakes.databases import postgresql
from tests.fakes.handoffs import MONDAY, Office


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with postgresql(tmp_path_factory.mktemp("postgres")) as url:
        engine = open_engine(url)
        upgrade_to_head(engine)
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("sqlite")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest) -> Office:
    engine: Engine = request.getfixturevalue(request.param)
    with writing(engine) as session:
        for table in (TicketRow, ClerkRow, DutyRow):
            session.execute(delete(table))
    return Office(engine)


def served(office: Office, clerk: str) -> Ticket:
    """A citizen who is talking with a clerk."""
    ticket = office.ask()
    office.parts.queue.accept(ticket.id, clerk)
    office.say(ticket, "您好，请讲。", by=clerk)
    return office.ticket(ticket)


def test_whoever_asks_is_offered_to_a_free_clerk_and_answered(office: Office) -> None:
    wang = office.clerk("wang")
    ticket = office.ask()
    assert [(m.ticket, m.clerk) for m in office.parts.queue.dispatch()] == [(ticket.id, wang)]
    assert office.ticket(ticket).state is State.OFFERED
    office.parts.queue.accept(ticket.id, wang)
    office.say(ticket, "您好", by=wang)
    talked = office.ticket(ticket)
    assert talked.state is State.TALKING
    assert talked.answered_at == office.clock.now
    assert office.kinds(ticket) == ["requested", "queued", "offered", "accepted", "message"]


def test_an_offer_that_nobody_takes_goes_to_the_next_clerk(office: Office) -> None:
    office.clerk("wang"), office.clerk("li")
    ticket = office.ask()
    office.parts.queue.dispatch()
    first = office.ticket(ticket).offered_to
    office.pass_time(9, "wang", "li")
    second = office.ticket(ticket).offered_to
    assert {first, second} == {"wang", "li"}
    with pytest.raises(TicketTaken):
        office.parts.queue.accept(ticket.id, str(first))


def test_of_many_who_take_the_same_ticket_at_once_one_has_it(office: Office) -> None:
    clerks = [office.clerk(f"clerk{n}") for n in range(8)]
    ticket = office.ask()

    def take(clerk: str) -> bool:
        try:
            office.parts.queue.accept(ticket.id, clerk)
        except TicketTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, clerks)) == 1
    assert office.kinds(ticket).count("accepted") == 1


def test_many_clerks_who_ask_for_the_next_one_get_different_tickets(office: Office) -> None:
    clerks = [office.clerk(f"clerk{n}") for n in range(6)]
    tickets = [office.ask() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(office.parts.queue.claim_next, clerks))
    taken = [ticket.id for ticket in got if ticket is not None]
    assert len(taken) == len(set(taken))
    while (left := next((c for c, t in zip(clerks, got, strict=True) if t is None), None)) is not None:
        got[clerks.index(left)] = office.parts.queue.claim_next(left)  # what was locked a moment ago is free now
    assert {ticket.id for ticket in got if ticket is not None} == {ticket.id for ticket in tickets}


def test_a_full_desk_and_one_off_duty_get_nothing(office: Office) -> None:
    office.clerk("wang", Skills(capacity=1))
    office.clerk("li", duty=Duty.BREAK)
    first, second = office.ask(), office.ask()
    office.parts.queue.accept(first.id, "wang")
    with pytest.raises(DeskFull):
        office.parts.queue.accept(second.id, "wang")
    with pytest.raises(OffDuty):
        office.parts.queue.claim_next("li")
    assert office.parts.queue.dispatch() == ()


def test_taking_an_own_ticket_again_is_no_second_time(office: Office) -> None:
    office.clerk("wang", Skills(capacity=1))
    ticket = office.ask()
    office.parts.queue.accept(ticket.id, "wang")
    with pytest.raises(DeskFull):
        office.parts.queue.claim_next("wang")
    assert office.kinds(ticket).count("accepted") == 1


def test_asking_again_while_a_ticket_is_open_gives_the_same_one(office: Office) -> None:
    with ThreadPoolExecutor(4) as pool:
        got = {ticket.id for ticket in pool.map(lambda _: office.ask("same"), range(4))}
    assert len(got) == 1


def test_a_clerk_whose_desk_falls_silent_loses_the_claims_and_others_get_them(office: Office) -> None:
    wang = office.clerk("wang")
    ticket = served(office, wang)
    office.clerk("li")
    office.pass_time(13, "li")
    now = office.ticket(ticket)
    assert "clerk_lost" in office.kinds(ticket)
    assert now.offered_to == "li"
    lost = office.parts.roster.clerk("wang")
    assert lost is not None
    assert lost.duty is Duty.OFF
    with pytest.raises(NotYours):
        office.say(ticket, "我回来了", by=wang)


def test_a_clerk_who_takes_and_says_nothing_loses_it_in_time_for_the_next(office: Office) -> None:
    office.clerk("wang"), office.clerk("li")
    ticket = office.ask()
    office.parts.queue.accept(ticket.id, "wang")
    office.pass_time(16, "wang", "li")
    assert office.ticket(ticket).offered_to == "li"
    assert office.ticket(ticket).choice_at == ticket.choice_at


def test_at_thirty_and_forty_five_seconds_more_clerks_may_take_it(office: Office) -> None:
    office.clerk("tax", Skills(departments=("市税务局",)))
    office.clerk("lead", Skills(leads=True))
    ticket = office.ask(department="市民政局", language="en")
    office.pass_time(29, "tax", "lead")
    assert office.ticket(ticket).state is State.WAITING
    office.pass_time(2, "tax", "lead")  # widened: but nobody else speaks English
    assert office.ticket(ticket).state is State.WAITING
    office.pass_time(15, "tax", "lead")
    assert office.ticket(ticket).offered_to == "tax"
    assert office.kinds(ticket) == ["requested", "queued", "widened", "escalated", "offered"]


def test_the_next_one_is_what_the_clerk_may_take_and_has_waited_longest(office: Office) -> None:
    office.clerk("tax", Skills(departments=("市税务局",), districts=("徐汇区",)))
    office.ask(department="市民政局")
    elsewhere = office.ask(department="市税务局", district="崇明区")
    office.clock.turn(1)
    older = office.ask(department="市税务局", district="徐汇区")
    office.clock.turn(1)
    office.ask(department="市税务局")
    assert office.parts.queue.claim_next("tax") == office.ticket(older)
    office.clock.turn(29)
    office.parts.roster.beat(["tax"])
    office.parts.roster.set_duty("tax", Duty.ON)
    got = office.parts.queue.claim_next("tax")
    assert got is not None
    assert got.id in {"t1", elsewhere.id}


def test_danger_goes_before_everybody_else(office: Office) -> None:
    office.ask()
    office.clock.turn(30)
    danger = office.ask(reason=Reason.CRISIS)
    office.clerk("wang", Skills(departments=("市税务局",)))
    got = office.parts.queue.claim_next("wang")
    assert got is not None
    assert got.id == danger.id


def test_at_sixty_seconds_there_is_an_honest_choice(office: Office) -> None:
    office.clerk("wang", Skills(capacity=1))
    served(office, "wang")
    ticket = office.ask()
    office.pass_time(61, "wang")
    waiting = office.ticket(ticket)
    assert waiting.choice_offered_at is not None
    assert (waiting.choice_offered_at - waiting.asked_at).total_seconds() <= 60


def test_where_nobody_is_on_duty_the_choice_comes_at_once(office: Office) -> None:
    assert office.kinds(office.ask()) == ["requested", "queued", "choice_offered"]


def test_out_of_hours_says_so_with_the_next_opening(office: Office) -> None:
    closed = Office(office.engine, hours=parse_hours("09:00-11:30,13:00-17:30"))
    closed.clock.now = MONDAY.replace(hour=12)
    ticket = closed.ask()
    assert ticket.state is State.CLOSED_NOW
    assert ticket.call_at == MONDAY.replace(hour=13)
    closed.clock.now = MONDAY.replace(hour=13)
    closed.parts.tick()
    assert closed.ticket(ticket).state in {State.WAITING, State.ENDED}


def test_a_call_back_is_made_at_its_time_and_tried_again(office: Office) -> None:
    ticket = office.ask()
    at = office.parts.choosing.slots()[0]
    contact = Contact(phone="138-0000-0000", called="陈女士")
    with pytest.raises(PhoneInvalid):
        office.parts.choosing.choose(ticket.id, Chosen(choice=Choice.CALL_BACK, at=at))
    office.parts.choosing.choose(ticket.id, Chosen(choice=Choice.CALL_BACK, at=at, contact=contact))
    assert office.ticket(ticket).state is State.OWED_CALL
    office.clock.now = at
    office.clerk("wang")
    office.parts.tick()
    office.parts.queue.accept(ticket.id, "wang")
    reached = office.parts.choosing.contact(ticket.id, "wang")
    assert reached == Contact(phone="13800000000", called="陈女士")
    office.parts.choosing.called(ticket.id, "wang", reached=False)
    assert office.ticket(ticket).state is State.OWED_CALL
    office.clock.now = office.ticket(ticket).call_at or at
    office.parts.roster.set_duty("wang", Duty.ON)
    office.parts.tick()
    office.parts.queue.accept(ticket.id, "wang")
    office.parts.choosing.called(ticket.id, "wang", reached=True)
    office.parts.talking.resolve(ticket.id, "wang", Outcome.SOLVED)
    assert office.ticket(ticket).ending == "solved"
    with pytest.raises(NotYours):
        office.parts.choosing.contact(ticket.id, "wang")


def test_a_message_sent_again_is_the_same_message(office: Office) -> None:
    ticket = served(office, office.clerk("wang"))
    first = office.say(ticket, "我的电话是13812345678", client_id="m")
    assert office.say(ticket, "我的电话是13812345678", client_id="m") == first
    with ThreadPoolExecutor(4) as pool:
        again = set(pool.map(lambda _: office.say(ticket, "一起发的", client_id="n"), range(4)))
    assert again == {first + 1}
    said = office.parts.log.after(ticket.id, first - 1)
    assert [one.seq for one in said] == [first, first + 1]
    assert "13812345678" not in (said[0].text or "")


def test_two_who_speak_at_once_get_numbers_without_gaps(office: Office) -> None:
    wang = office.clerk("wang")
    ticket = served(office, wang)
    before = office.ticket(ticket).seq
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: office.say(ticket, f"第{n}句", by=wang if n % 2 else None), range(20)))
    assert [one.seq for one in office.parts.log.after(ticket.id, before)] == list(range(before + 1, before + 21))
    office.ticket(ticket)


def test_who_had_a_person_and_lost_them_has_a_new_minute_at_the_old_place(office: Office) -> None:
    ticket = served(office, office.clerk("wang"))
    office.clock.turn(300)
    later = office.ask()
    office.say(ticket, "在吗")
    office.parts.roster.set_duty("wang", Duty.ON)
    office.pass_time(181, "wang")
    lost = office.ticket(ticket)
    assert lost.waiting_since > ticket.waiting_since
    assert lost.rank_at < office.ticket(later).rank_at


def test_a_conversation_is_handed_on_to_a_named_clerk(office: Office) -> None:
    office.clerk("wang"), office.clerk("li")
    ticket = served(office, "wang")
    office.parts.talking.transfer(ticket.id, "wang", Handover(clerk="li", note="查过了，缺委托书"))
    assert office.ticket(ticket).offered_to == "li"
    with pytest.raises(NotYours):
        office.say(ticket, "还有", by="wang")
    office.parts.queue.accept(ticket.id, "li")
    assert office.ticket(ticket).clerk == "li"


def test_a_second_clerk_speaks_in_the_conversation_until_they_leave(office: Office) -> None:
    office.clerk("wang"), office.clerk("li")
    ticket = served(office, "wang")
    with pytest.raises(NotYours):
        office.say(ticket, "我来看看", by="li")
    office.parts.talking.invite(ticket.id, "wang", "li")
    office.say(ticket, "我来看看", by="li")
    office.parts.talking.leave(ticket.id, "li")
    with pytest.raises(NotYours):
        office.say(ticket, "还有", by="li")
    assert office.ticket(ticket).clerk == "wang"


def test_a_second_helper_who_goes_silent_leaves_and_the_conversation_goes_on(office: Office) -> None:
    ticket = served(office, office.clerk("wang"))
    office.parts.talking.invite(ticket.id, "wang", office.clerk("li"))
    office.pass_time(15, "wang")
    assert office.kinds(ticket)[-1] == "left"
    kept = office.ticket(ticket)
    assert (kept.state, kept.clerk, kept.helpers) == (State.TALKING, "wang", ())


def test_what_is_ended_can_be_opened_again_and_nobody_reads_into_the_void(office: Office) -> None:
    ticket = served(office, office.clerk("wang"))
    office.parts.talking.resolve(ticket.id, "wang", Outcome.SOLVED)
    office.parts.talking.resolve(ticket.id, "wang", Outcome.SOLVED)
    assert office.kinds(ticket).count("resolved") == 1
    with pytest.raises(NotNow):
        office.say(ticket, "还有一个问题")
    office.parts.talking.reopen(ticket.id)
    office.say(ticket, "还有一个问题")
    assert office.ticket(ticket).state is State.WAITING


def test_who_is_gone_for_long_does_not_hold_the_line(office: Office) -> None:
    office.clerk("busy", Skills(capacity=1))
    served(office, "busy")
    ticket = office.ask()
    for _ in range(32):
        office.clock.turn(60)
        office.parts.roster.set_duty("busy", Duty.ON)
        office.parts.sweep.round()
    assert office.ticket(ticket).ending == "abandoned"


def test_marks_of_reading_never_go_back(office: Office) -> None:
    ticket = served(office, office.clerk("wang"))
    last = office.ticket(ticket).seq
    for seq in (last, 1, last + 100):
        office.parts.talking.read(ticket.id, Side.CITIZEN, seq)
    with writing(office.engine) as session:
        row = session.get(TicketRow, ticket.id)
        assert row is not None
        assert row.citizen_read == last


def test_two_who_sweep_at_once_keep_a_deadline_once(office: Office) -> None:
    tickets = [office.ask() for _ in range(5)]
    office.clock.turn(31)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: office.parts.sweep.round(), range(4)))
    office.parts.sweep.round()
    assert [office.kinds(ticket).count(Kind.WIDENED) for ticket in tickets] == [1] * 5


def test_who_waits_when_the_last_clerk_goes_is_given_the_choice_at_once(office: Office) -> None:
    office.clerk("busy", Skills(capacity=1))
    served(office, "busy")
    ticket = office.ask()
    assert office.ticket(ticket).choice_offered_at is None
    office.parts.roster.set_duty("busy", Duty.OFF)
    office.pass_time(1)
    assert office.ticket(ticket).choice_offered_at == office.clock.now


def test_a_request_sent_again_after_its_ticket_ended_makes_no_second_one(office: Office) -> None:
    asked = Request(id="same", conversation="c", subject=Subject(reason=Reason.ASKED))
    office.parts.queue.request(asked)
    office.parts.talking.withdraw("same")
    assert office.parts.queue.request(asked).state is State.ENDED


def test_an_ended_ticket_beside_an_open_one_is_not_opened_again(office: Office) -> None:
    first = office.ask("c")
    office.parts.talking.withdraw(first.id)
    office.ask("c")
    with pytest.raises(NotNow):
        office.parts.talking.reopen(first.id)
