"""The worked figures: what each source's numbers come to."""

import pytest

from tests.tickets.time.plans import at, plain_plan, spans
from tests.tickets.time.stories import (
    ANN,
    CHINA,
    RESUMED,
    WAITING,
    Story,
    assigned,
    for_priority,
    logged,
    promised,
    row,
    target,
)
from tickets.case import facts as f
from tickets.case.values import Complexity, Kind, Priority, Text
from tickets.handbook import Condition
from tickets.time.calendar import Calendar
from tickets.time.deadline import DeadlineKind
from tickets.time.durations import Length, add, as_words, in_ordinary_days, late_by

P1, P2, P3 = Priority


@pytest.mark.requirement(47)
@pytest.mark.parametrize(
    ("priority", "due"),
    [
        (P1, "2023-10-02 09:30"),  # exactly 24 h, not the sample's "2023-10-02 24:00" (C2)
        (P2, "2023-10-04 09:30"),
        (P3, "2023-10-11 18:00"),  # 7 and 8 October are make-up days: Sat, Sun, Mon, Tue, Wed
    ],
)
def test_the_time_to_solve_follows_the_urgency(priority, due):
    story = Story("2023-10-01 09:30", logged("2023-10-01 09:30", priority))

    assert story.clock(DeadlineKind.RESOLUTION).due_at == at(due)


@pytest.mark.requirement(48)
def test_an_urgent_case_owes_a_response_within_two_hours_and_the_end_within_24():
    story = Story("2025-10-13 10:05", logged("2025-10-13 10:05", P1))
    policy = row(response="2h", resolution="24h")

    assert story.clock(DeadlineKind.RESPONSE, policy).due_at == at("2025-10-13 12:05")
    assert story.clock(DeadlineKind.RESOLUTION, policy).due_at == at("2025-10-14 10:05")


@pytest.mark.requirement(50, 51)
def test_a_complaint_is_answered_in_a_day_and_solved_in_three_working_days_or_five_if_complex():
    policies = (
        row(1, Condition(complexities=frozenset({Complexity.COMPLEX})), resolution="5wd"),
        row(2, Condition(kinds=frozenset({Kind.COMPLAINT})), response="24h", resolution="3wd"),
    )
    story = Story("2025-10-09 10:05", logged("2025-10-09 10:05", kind=Kind.COMPLAINT))

    assert story.clock(DeadlineKind.RESPONSE, *policies).due_at == at("2025-10-10 10:05")
    assert story.clock(DeadlineKind.RESOLUTION, *policies).due_at == at("2025-10-13 18:00")

    story.then(
        "2025-10-10 09:00", f.ComplexityJudged(complexity=Complexity.COMPLEX, reason=Text("x"))
    )

    resolution = story.clock(DeadlineKind.RESOLUTION, *policies)
    assert (resolution.due_at, resolution.policy) == (at("2025-10-15 18:00"), 1)


@pytest.mark.requirement(53, 54)
@pytest.mark.parametrize(("priority", "due"), [(P1, "11:05"), (P2, "14:05")])
def test_the_first_response_follows_the_grade(priority, due):
    story = Story("2025-10-13 10:05", logged("2025-10-13 10:05", priority))

    assert story.clock(DeadlineKind.RESPONSE).due_at == at(f"2025-10-13 {due}")
    assert story.clock(DeadlineKind.WORKAROUND).due_at == at("2025-10-14 18:00")


@pytest.mark.requirement(53)
def test_the_lowest_grade_is_answered_within_a_day_and_owes_no_workaround_unless_named():
    story = Story("2025-10-13 10:05", logged("2025-10-13 10:05", P3))

    assert story.clock(DeadlineKind.RESPONSE).due_at == at("2025-10-14 10:05")
    assert DeadlineKind.WORKAROUND not in {one.kind for one in story.owes()}


@pytest.mark.requirement(55)
@pytest.mark.parametrize(
    ("priority", "due"),
    [(P1, "2025-10-14 10:05"), (P2, "2025-10-15 10:05"), (P3, "2025-10-16 10:05")],
)
def test_an_after_sales_desk_answers_within_one_two_or_three_days(priority, due):
    policies = [
        row(n, for_priority(grade), response=within)
        for n, (grade, within) in enumerate(((P1, "24h"), (P2, "48h"), (P3, "72h")), start=1)
    ]
    story = Story("2025-10-13 10:05", logged("2025-10-13 10:05", priority))

    assert story.clock(DeadlineKind.RESPONSE, *policies).due_at == at(due)


@pytest.mark.requirement(56)
def test_the_plan_is_due_a_working_day_after_assignment_not_acceptance():
    story = Story("2025-10-10 17:30", routed=False)
    story.then("2025-10-11 09:00", assigned()).then("2025-10-13 09:00", f.Accepted())

    plan = story.clock(DeadlineKind.PLAN)

    assert plan.starts_at == at("2025-10-11 09:00")
    assert plan.due_at == at("2025-10-13 18:00")


@pytest.mark.requirement(57)
def test_half_an_hour_to_respond_warns_after_a_quarter():
    story = Story("2025-10-13 10:05", logged("2025-10-13 10:05", P1))

    response = story.clock(DeadlineKind.RESPONSE, row(response="30m"))

    assert response.due_at == at("2025-10-13 10:35")
    assert response.warn_at == at("2025-10-13 10:20")


@pytest.mark.requirement(75)
def test_what_was_promised_to_the_customers_of_the_sample_has_its_own_clocks():
    story = Story("2023-10-01 09:30")
    story.then("2023-10-01 11:00", promised("2023-10-03 18:00"))  # the technician's visit
    story.then("2023-10-03 16:00", f.PromiseKept())
    story.then("2023-10-03 16:10", promised("2023-10-06 18:00"))  # the replacement arrives

    visit = story.clock(DeadlineKind.PROMISE, detail="1")
    parcel = story.clock(DeadlineKind.PROMISE, detail="2")

    assert (visit.due_at, visit.met_at) == (at("2023-10-03 18:00"), at("2023-10-03 16:00"))
    assert (parcel.due_at, parcel.is_owed) == (at("2023-10-06 18:00"), True)


def test_the_worked_example_of_the_screens_adds_up():
    story = Story("2025-10-09 10:05", logged("2025-10-09 10:05", P3))
    story.then("2025-10-09 10:30", f.Accepted(), f.Started())
    story.then("2025-10-13 14:00", WAITING).then("2025-10-13 16:40", RESUMED)

    resolution = story.clock(DeadlineKind.RESOLUTION)

    assert resolution.due_at == at("2025-10-16 10:40")
    assert resolution.policy == 3


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("1wd", "2026-02-13 18:00"),
        ("2wd", "2026-02-14 18:00"),  # make-up Saturday
        ("3wd", "2026-02-24 18:00"),  # after nine days off
        ("7wd", "2026-02-28 18:00"),  # make-up Saturday again
        ("18wh", "2026-02-14 18:00"),
        ("20wh", "2026-02-24 10:00"),
        ("7d", "2026-02-19 16:00"),
        ("72h", "2026-02-15 16:00"),
        ("90m", "2026-02-12 17:30"),
    ],
)
def test_every_unit_over_spring_festival_2026(written, end):
    assert add(at("2026-02-12 16:00"), target(written), CHINA) == at(end)


def test_working_days_may_run_to_midnight():
    assert add(at("2025-10-13 10:00"), target("1wd", "midnight"), CHINA) == at("2025-10-15 00:00")
    assert add(at("2025-10-13 10:00"), target("1wd", "close"), CHINA) == at("2025-10-14 18:00")


def test_a_start_is_cut_to_the_minute():
    start = at("2025-10-13 10:05").replace(second=59, microsecond=999_999)

    assert add(start, target("1h"), CHINA) == at("2025-10-13 11:05")
    assert add(start, target("1wh"), CHINA) == at("2025-10-13 11:05")
    assert add(start, target("1d"), CHINA) == at("2025-10-14 10:05")


@pytest.mark.parametrize(
    ("start", "by_day", "by_hour"),
    [  # the clock skips 02:00–03:00 on 29 March and repeats it on 25 October
        ("2026-03-28 10:00", "2026-03-29 10:00", "2026-03-29 11:00"),
        ("2026-03-28 02:30", "2026-03-29 03:30", "2026-03-29 03:30"),
        ("2026-10-24 10:00", "2026-10-25 10:00", "2026-10-25 09:00"),
    ],
)
def test_days_go_by_the_clock_on_the_wall_and_hours_do_not(start, by_day, by_hour):
    berlin = Calendar(plain_plan("Europe/Berlin", {day: spans("09:00-17:00") for day in range(5)}))
    moment = at(start, "Europe/Berlin")

    assert add(moment, target("1d"), berlin) == at(by_day, "Europe/Berlin")
    assert add(moment, target("24h"), berlin) == at(by_hour, "Europe/Berlin")


def test_a_wall_time_that_comes_twice_is_the_first_of_them():
    berlin = Calendar(plain_plan("Europe/Berlin", {}))

    end = add(at("2026-10-24 02:30", "Europe/Berlin"), target("1d"), berlin)

    assert berlin.local(end).fold == 0
    assert berlin.local(end).hour == 2


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="no such unit"):
        add(at("2025-10-13 10:00"), target("3y"), CHINA)


def test_lateness_is_shown_in_working_time_with_the_desks_ordinary_day():
    late = late_by(at("2025-10-10 16:00"), at("2025-10-14 10:30"), CHINA)

    assert in_ordinary_days(late, CHINA) == Length(days=2, hours=4, minutes=30)
    assert late_by(at("2025-10-14 10:30"), at("2025-10-10 16:00"), CHINA) == late * 0


def test_a_target_is_said_by_its_unit():
    words = as_words(target("5wd"))

    assert (words.id, words.params["count"]) == ("duration.wd", 5)


def test_a_case_received_before_it_was_logged_starts_its_clocks_when_it_was_received():
    story = Story("2025-10-13 15:00", logged("2025-10-13 09:00", P2), routed=False)
    story.then("2025-10-13 15:00", assigned(), by=ANN)

    response = story.clock(DeadlineKind.RESPONSE)

    assert (response.starts_at, response.due_at) == (at("2025-10-13 09:00"), at("2025-10-13 13:00"))
    assert response.warn_at is None  # its moment and its end had passed: one notice, no warning
    assert response.is_breached(at("2025-10-13 15:00"))
    assert story.clock(DeadlineKind.ACCEPT).starts_at == at("2025-10-13 15:00")


def test_a_target_that_runs_into_a_year_not_decreed_is_provisional():
    story = Story("2026-12-30 10:00", logged("2026-12-30 10:00", P3))

    assert story.clock(DeadlineKind.RESOLUTION).provisional
    assert story.clock(DeadlineKind.RESOLUTION).due_at == at("2027-01-06 18:00")
    assert not story.clock(DeadlineKind.RESPONSE).provisional  # by the clock: nothing to publish
    assert not story.clock(DeadlineKind.PLAN).provisional
