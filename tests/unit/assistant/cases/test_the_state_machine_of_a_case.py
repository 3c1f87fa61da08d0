"""A case is what its events add up to, and only steps that its state allows can follow."""

from datetime import UTC, date, datetime

import pytest

from assistant.cases import happenings as h
from assistant.cases.case import Case, CaseState, case_of
from assistant.cases.errors import StepNotAllowed
from assistant.cases.happenings import CITIZEN, CaseEvent, Channel, Happening, KeptFact

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
OPENED = h.Opened(item="i", parts=("i",), region="上海市", channel=Channel.PAGE, code="c")
PASSED, RETURNED = h.Reviewed(outcome="pass", notice=""), h.Reviewed(outcome="return", notice="还缺一份")
SENT = h.Submitted(office="示例", receipt="1")


def case(*happenings: Happening) -> Case:
    events = [
        CaseEvent(number=n, at=NOW, actor=CITIZEN, happening=one) for n, one in enumerate((OPENED, *happenings), 1)
    ]
    return case_of("k", events)


@pytest.mark.parametrize(
    ("happenings", "state"),
    [
        ((), CaseState.COLLECTING),
        ((h.ReviewBegun(),), CaseState.REVIEWING),
        ((h.ReviewBegun(), RETURNED), CaseState.COLLECTING),
        ((h.ReviewBegun(), PASSED), CaseState.READY),
        ((h.ReviewBegun(), PASSED, SENT), CaseState.SUBMITTED),
        ((h.ReviewBegun(), PASSED, SENT, h.Returned("缺签名")), CaseState.RETURNED),
        ((h.ReviewBegun(), PASSED, SENT, h.Accepted()), CaseState.ACCEPTED),
        ((h.ReviewBegun(), PASSED, SENT, h.Accepted(), h.Decided("已发证")), CaseState.DECIDED),
        ((h.Withdrawn(),), CaseState.WITHDRAWN),
    ],
)
def test_each_step_leads_to_its_state(happenings: tuple[Happening, ...], state: CaseState) -> None:
    assert case(*happenings).state is state


@pytest.mark.parametrize(
    "happenings",
    [
        (SENT,),
        (PASSED,),
        (h.ReviewBegun(), RETURNED, SENT),
        (h.ReviewBegun(), PASSED, SENT, h.FactsKept(())),
        (h.Withdrawn(), h.FactsKept(())),
        (h.Withdrawn(), h.Withdrawn()),
        (h.Decided("已发证"),),
    ],
)
def test_a_step_out_of_turn_is_refused(happenings: tuple[Happening, ...]) -> None:
    with pytest.raises(StepNotAllowed):
        case(*happenings)


def test_a_change_takes_back_a_review_that_no_longer_speaks_of_it() -> None:
    fact = KeptFact(key="表单.月租金", value="4200", kind="said", source="您说的")
    changed = case(h.ReviewBegun(), PASSED, h.FactsKept((fact,)))
    assert (changed.state, changed.review) == (CaseState.COLLECTING, None)


def test_what_is_not_known_is_forgotten_once_it_is_told() -> None:
    fact = KeptFact(key="备案编号", value="Z1", kind="said", source="您说的")
    assert case(h.NotKnown("备案编号")).unknown == ("备案编号",)
    assert case(h.NotKnown("备案编号"), h.FactsKept((fact,))).unknown == ()


def test_a_consent_given_again_replaces_the_one_before() -> None:
    first = h.ConsentGiven(register="身份证", fields=("身份证.姓名",), item="i", until=date(2026, 12, 1))
    again = h.ConsentGiven(register="身份证", fields=("身份证.姓名",), item="i", until=date(2026, 12, 9))
    assert case(first, again).consents == (again,)
