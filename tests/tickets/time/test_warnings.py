"""When a clock warns (DESK.md 3, C6, C7)."""

import pytest

from tests.tickets.time.plans import a_plan, at
from tests.tickets.time.stories import RESUMED, WAITING, Story, logged, row
from tickets.case.values import Priority
from tickets.time.calendar import Calendar
from tickets.time.deadline import DeadlineKind

P1, P2, _P3 = Priority
RESPONSE = DeadlineKind.RESPONSE


@pytest.mark.requirement(49)
def test_a_warning_comes_two_hours_before():
    story = Story("2025-10-13 10:00", logged("2025-10-13 10:00"))

    assert story.clock(RESPONSE, row(response="24h")).warn_at == at("2025-10-14 08:00")


@pytest.mark.parametrize(  # C6: windows of four hours or less
    ("within", "warning"),
    [("4h", "12:00"), ("2h", "11:00"), ("1h", "10:30"), ("30m", "10:15"), ("5m", "10:03")],
)
def test_a_warning_comes_at_half_of_a_short_window(within, warning):
    story = Story("2025-10-13 10:00", logged("2025-10-13 10:00", P1))

    assert story.clock(RESPONSE, row(response=within)).warn_at == at(f"2025-10-13 {warning}")


def test_a_deadline_in_working_time_warns_in_working_time():
    story = Story("2025-10-10 10:00", logged("2025-10-10 10:00"))  # C7; the 11th is a make-up day

    response = story.clock(RESPONSE, row(response="15wh"))

    assert response.due_at == at("2025-10-13 09:00")
    assert response.warn_at == at("2025-10-11 17:00")


def test_a_working_days_deadline_warns_two_working_hours_before_its_close():
    story = Story("2025-10-13 10:00", logged("2025-10-13 10:00"))

    assert story.clock(RESPONSE, row(response="2wd")).warn_at == at("2025-10-15 16:00")


def test_one_that_ends_at_midnight_warns_before_the_desk_closes():
    story = Story("2025-10-13 10:00", logged("2025-10-13 10:00"))
    calendar = Calendar(a_plan(hours={}))

    assert story.clock(RESPONSE, row(response="2wd")).warn_at == at("2025-10-15 16:00")
    assert story.clock(RESPONSE, row(response="2wd"), calendar=calendar).due_at == at(
        "2025-10-16 00:00"
    )


def test_a_warning_outside_opening_hours_moves_to_the_last_open_minute_before():
    story = Story("2025-10-10 09:00", logged("2025-10-10 09:00"))

    response = story.clock(RESPONSE, row(response="72h"))

    assert response.due_at == at("2025-10-13 09:00")  # a Monday: 07:00 is too early
    assert response.warn_at == at("2025-10-11 17:59")


def test_the_most_urgent_cases_are_warned_of_at_night_too():
    story = Story("2025-10-10 09:00", logged("2025-10-10 09:00", P1))

    assert story.clock(RESPONSE, row(response="72h")).warn_at == at("2025-10-13 07:00")


def test_a_warning_is_never_planned_before_the_ticket_was_logged():
    story = Story("2025-10-12 20:00", logged("2025-10-12 20:00"))  # a Sunday evening

    response = story.clock(RESPONSE, row(response="4h"))

    assert response.warn_at == at("2025-10-12 20:00")
    assert response.due_at == at("2025-10-13 00:00")


def test_a_backfilled_case_is_not_warned_of_before_it_was_logged():
    story = Story("2025-10-13 16:30", logged("2025-10-13 14:00"))

    response = story.clock(RESPONSE, row(response="4h"))

    assert response.due_at == at("2025-10-13 18:00")
    assert response.warn_at == at("2025-10-13 16:30")


def test_the_policy_may_warn_earlier_in_days_of_the_desk():
    story = Story("2025-10-13 10:00", logged("2025-10-13 10:00"))

    assert story.clock(RESPONSE, row(response="3wd", warn_before="1d")).warn_at == at(
        "2025-10-16 08:00"
    )
    assert story.clock(RESPONSE, row(response="72h", warn_before="1d")).warn_at == at(
        "2025-10-15 10:00"
    )
    assert story.clock(RESPONSE, row(response="3wd", warn_before="3wh")).warn_at == at(
        "2025-10-16 15:00"
    )


def test_a_stopped_clock_warns_of_nothing_and_a_resumed_one_before_its_new_end():
    story = Story("2025-10-13 10:00", logged("2025-10-13 10:00"))
    story.then("2025-10-13 15:00", WAITING)
    policy = row(resolution="24h")

    assert story.clock(DeadlineKind.RESOLUTION, policy).warn_at is None

    story.then("2025-10-13 17:00", RESUMED)

    resolution = story.clock(DeadlineKind.RESOLUTION, policy)
    assert resolution.due_at == at("2025-10-14 12:00")
    assert resolution.warn_at == at("2025-10-14 10:00")
