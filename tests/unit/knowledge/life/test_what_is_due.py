"""What has to be answerable one working day before it takes effect."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.life.due import Beginning, DueState, beginning_of, due_of, finding_of
from knowledge.life.work import Severity
from knowledge.passages import VersionState
from tests.fakes.small_knowledge import NOTICE

MONDAY = date(2026, 11, 23)


def a_beginning(begins: date = MONDAY, missing: str = "还是草稿", came_in: date = date(2026, 11, 10)) -> Beginning:
    return Beginning(
        source="documents/a.txt", title="办法", version="v1", begins=begins, came_in=came_in, missing=missing
    )


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 11, 1), DueState.LATER),
        (date(2026, 11, 19), DueState.SOON),
        (date(2026, 11, 20), DueState.TODAY),
        (date(2026, 11, 21), DueState.LATE),
        (date(2026, 12, 1), DueState.LATE),
    ],
)
def test_a_draft_for_monday_is_due_on_friday_and_late_on_the_weekend(today: date, state: DueState) -> None:
    (due,) = due_of([a_beginning()], today)
    assert (due.state, due.deadline) == (state, date(2026, 11, 20))
    assert due.is_alarming is (state in (DueState.TODAY, DueState.LATE))


def test_what_is_answerable_alarms_nobody_and_leaves_the_list_when_it_has_begun() -> None:
    ready = a_beginning(missing="")
    (due,) = due_of([ready], date(2026, 11, 22))
    assert (due.state, due.is_alarming) == (DueState.READY, False)
    assert due_of([ready], MONDAY) == ()


def test_old_rules_that_came_in_lately_are_no_alarm() -> None:
    old = a_beginning(begins=date(2011, 5, 15))
    assert due_of([old], date(2026, 11, 20)) == ()
    fresh = a_beginning(begins=date(2026, 11, 10) - timedelta(days=30))
    assert [due.state for due in due_of([fresh], date(2026, 11, 20))] == [DueState.LATE]


def test_the_most_urgent_stands_first_and_what_is_ready_last() -> None:
    later, ready = a_beginning(begins=date(2026, 12, 15)), a_beginning(begins=date(2026, 11, 24), missing="")
    dues = due_of([ready, later, a_beginning()], date(2026, 11, 20))
    assert [due.state for due in dues] == [DueState.TODAY, DueState.LATER, DueState.READY]


@pytest.mark.parametrize(
    ("state", "found", "said"),
    [
        (VersionState.DRAFT, True, "草稿"),
        (VersionState.REVIEWED, True, "还没有发布"),
        (VersionState.PUBLISHED, False, "搜索不到"),
        (VersionState.PUBLISHED, True, ""),
    ],
)
def test_it_says_what_keeps_a_version_from_being_answered(state: VersionState, found: bool, said: str) -> None:
    version = replace(NOTICE, state=state)
    beginning = beginning_of(version, MONDAY, lambda _: found)
    assert said in beginning.missing
    assert bool(beginning.missing) is bool(said)


def test_work_that_is_due_says_when_in_plain_words() -> None:
    (due,) = due_of([a_beginning()], date(2026, 11, 21))
    finding = finding_of(due)
    assert finding.severity is Severity.HIGH
    assert "自2026年11月23日起施行" in finding.what
    assert "2026年11月20日" in finding.what
