"""Clocks through pauses: worked cases, and counting down minute by minute (DESK.md 3)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tickets.time.oracle import MINUTE, Oracle
from tests.tickets.time.plans import a_plan, at
from tests.tickets.time.stories import (
    ANN,
    HELD,
    RESUMED,
    SUE,
    WAITING,
    WORDS,
    Story,
    assigned,
    logged,
    plan,
    row,
    target,
)
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.values import AssignCause, Status
from tickets.handbook import Duration
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.history import Stop
from tickets.time.notes import read
from tickets.time.running import run

SOLVE = DeadlineKind.RESOLUTION


def solving(
    within: str, *stops: tuple[str, str | None], start: str = "2025-10-09 10:05"
) -> Deadline:
    story = Story(start, logged(start)).then(start, f.Accepted(), f.Started())
    for since, until in stops:
        story.then(since, WAITING)
        if until:
            story.then(until, RESUMED)
    return story.clock(SOLVE, row(resolution=within))


def test_hours_and_days_move_by_the_time_stopped():
    night = ("2025-10-09 17:00", "2025-10-10 09:00")

    assert solving("24h", night).due_at == at("2025-10-11 02:05")
    assert solving("3d", night).due_at == at("2025-10-13 02:05")


def test_working_hours_move_by_the_opening_time_stopped():
    assert solving("8wh", ("2025-10-09 17:00", "2025-10-10 09:00")).due_at == at("2025-10-10 14:05")
    assert solving("8wh", ("2025-10-09 12:10", "2025-10-09 13:50")).due_at == at("2025-10-10 10:05")


def test_working_days_move_by_the_opening_time_stopped_inside_the_counted_days():
    assert solving("2wd").due_at == at("2025-10-11 18:00")
    assert solving("2wd", ("2025-10-09 15:00", "2025-10-09 17:00")).due_at == at(
        "2025-10-11 18:00"
    )  # the day of the start does not count
    assert solving("2wd", ("2025-10-10 11:00", "2025-10-10 15:00")).due_at == at("2025-10-13 10:00")
    assert solving("2wd", ("2025-10-09 15:00", "2025-10-10 09:00")).due_at == at("2025-10-13 09:00")


def test_a_pause_over_the_last_day_goes_on_counting_until_work_goes_on():
    due = solving("2wd", ("2025-10-11 16:00", "2025-10-14 10:00")).due_at

    assert due == at("2025-10-14 12:00")  # two hours were left on the Saturday


@pytest.mark.requirement(66)
def test_while_it_is_stopped_there_is_no_due_time():
    stopped = solving("24h", ("2025-10-09 17:00", None))

    assert (stopped.due_at, stopped.warn_at) == (None, None)
    assert stopped.paused_since == at("2025-10-09 17:00")
    assert not stopped.is_breached(at("2026-01-01 00:00"))
    assert stopped.is_owed


def test_a_pause_after_the_breach_changes_nothing():
    late = solving("24h", ("2025-10-10 10:05", None))

    assert late.due_at == at("2025-10-10 10:05")
    assert late.paused_since is None
    assert late.is_breached(at("2025-10-10 10:05"))


def test_a_pause_one_minute_before_the_end_leaves_one_minute():
    assert solving("24h", ("2025-10-10 10:04", "2025-10-12 20:00")).due_at == at("2025-10-12 20:01")


def test_changing_from_one_kind_of_waiting_to_another_is_one_pause():
    story = Story("2025-10-09 10:05").then("2025-10-09 11:00", f.Started(), WAITING)
    story.then("2025-10-09 15:00", HELD)

    assert story.clock(SOLVE).paused_since == at("2025-10-09 11:00")

    story.then("2025-10-09 16:00", RESUMED)
    assert story.clock(SOLVE, row(resolution="24h")).due_at == at("2025-10-10 15:05")


def test_a_desk_may_let_only_one_kind_of_waiting_stop_the_clocks():
    story = Story("2025-10-09 10:05").then("2025-10-09 11:00", f.Started(), WAITING)
    story.then("2025-10-09 15:00", HELD)
    only_customers = frozenset({Status.WAITING_CUSTOMER})

    due = story.clock(SOLVE, row(resolution="24h"), pauses=only_customers).due_at

    assert due == at("2025-10-10 14:05")


@pytest.mark.parametrize(
    "end", [f.Resolved(result=WORDS), f.HandedBack(reason=WORDS), f.Merged(survivor="1")]
)
def test_resolving_handing_back_and_merging_end_the_pause(end):
    story = Story("2025-10-09 10:05").then("2025-10-09 11:00", f.Started(), WAITING)
    story.then("2025-10-09 15:00", end)

    assert story.clock(SOLVE).paused_since is None
    assert story.clock(SOLVE).breached_at is None


def test_a_plan_made_while_waiting_is_met_and_not_stopped():
    story = Story("2025-10-09 10:05").then("2025-10-09 11:00", f.Started(), WAITING)
    story.then("2025-10-09 15:00", plan())

    made = story.clock(DeadlineKind.PLAN)

    assert (made.met_at, made.paused_since) == (at("2025-10-09 15:00"), None)
    assert made.breached_at is None


# --- counting down minute by minute ---------------------------------------------------------------

START = at("2026-01-20 00:00")
DAYS = 60  # over Spring Festival, its two make-up Saturdays, and a desk with a short Friday
PLAN = a_plan(
    hours=dict.fromkeys(range(4), a_plan().hours[0]) | {4: (a_plan().hours[0][0],)},
)
ORACLE = Oracle(PLAN, START, DAYS)
DESK = Calendar(PLAN)


@st.composite
def stops_and_start(draw: st.DrawFn) -> tuple[datetime, list[Stop]]:
    start = draw(st.integers(0, 20 * 1440))
    edges = sorted(draw(st.sets(st.integers(start, 30 * 1440), min_size=0, max_size=8)))
    moments = [START + place * MINUTE for place in edges]
    return START + start * MINUTE, [
        Stop(a, b) for a, b in zip(moments[::2], moments[1::2], strict=False)
    ]


def stopped_at(stops: list[Stop], minute: datetime) -> bool:
    return any(stop.start <= minute < stop.end for stop in stops if stop.end)


def count_down(start: datetime, minutes: int, stops: list[Stop], *, only_open: bool) -> datetime:
    at_ = start
    while minutes:
        if not stopped_at(stops, at_) and (not only_open or ORACLE.is_open(at_)):
            minutes -= 1
        at_ += MINUTE
    return at_


def count_days_down(start: datetime, days: int, stops: list[Stop]) -> datetime:
    """Tick off legal working days, note open minutes stopped in them, then work those off."""
    day = DESK.local(start).date()
    counted = set()
    while len(counted) < days:
        day += timedelta(days=1)
        if DESK.is_working_day(day):
            counted.add(day)
    end = max(
        at(f"{day} {hour:02}:00") for hour in range(24) if ORACLE.is_open(at(f"{day} {hour:02}:59"))
    )
    end += timedelta(hours=1)
    lost, minute = 0, start
    while minute < end:
        in_counted = DESK.local(minute).date() in counted
        lost += in_counted and ORACLE.is_open(minute) and stopped_at(stops, minute)
        minute += MINUTE
    return count_down(end, lost, stops, only_open=True)


@settings(max_examples=120, deadline=None)
@given(case=stops_and_start(), hours=st.integers(1, 60))
def test_clock_hours_through_pauses_equal_counting_down(case, hours):
    start, stops = case

    due = run(start, Duration(hours, "h"), stops, DESK).due_at

    assert due == count_down(start, hours * 60, stops, only_open=False)


@settings(max_examples=120, deadline=None)
@given(case=stops_and_start(), hours=st.integers(1, 40))
def test_working_hours_through_pauses_equal_counting_down(case, hours):
    start, stops = case

    due = run(start, Duration(hours, "wh"), stops, DESK).due_at

    assert due == count_down(start, hours * 60, stops, only_open=True)


@settings(max_examples=120, deadline=None)
@given(case=stops_and_start(), days=st.integers(1, 6))
def test_working_days_through_pauses_equal_counting_down(case, days):
    start, stops = case

    due = run(start, Duration(days, "wd"), stops, DESK).due_at

    assert due == count_days_down(start, days, stops)


@settings(max_examples=150, deadline=None)
@given(
    case=stops_and_start(),
    amount=st.integers(1, 30),
    more=st.integers(0, 10),
    unit=st.sampled_from(["m", "h", "d", "wh", "wd"]),
)
def test_more_time_or_a_pause_never_brings_a_deadline_forward(case, amount, more, unit):
    start, stops = case

    with_stops = run(start, Duration(amount, unit), stops, DESK)
    longer = run(start, Duration(amount + more, unit), stops, DESK)

    assert with_stops.due_at >= with_stops.planned > start - MINUTE
    assert longer.due_at >= with_stops.due_at
    assert with_stops.due_at.second == with_stops.due_at.microsecond == 0


# --- the clocks and the ticket see the same log ----------------------------------------------------

FACTS = [
    f.Accepted(),
    f.Started(),
    WAITING,
    HELD,
    RESUMED,
    f.Resolved(result=WORDS),
    f.HandedBack(reason=WORDS),
    assigned(SUE, cause=AssignCause.PERSON),
    assigned(ANN, "service", AssignCause.HAND_BACK),
    f.FollowedUp(until=at("2026-03-01 10:00")),
    f.FollowUpEnded(),
    f.Closed(),
    f.Noted(text=WORDS),
    f.MarkedInvalid(note=WORDS),
    f.InvalidTakenBack(reason=WORDS),
    f.RoundBegun(round=2, by_low_score=False, reason=WORDS),
    plan(),
]


@st.composite
def any_story(draw: st.DrawFn) -> Story:
    start = at("2026-02-10 10:00")
    story = Story("2026-02-10 10:00", routed=draw(st.booleans()))
    minute, round_ = 0, 1
    for fact in draw(st.lists(st.sampled_from(FACTS), max_size=14)):
        minute += draw(st.integers(0, 2000))
        if isinstance(fact, f.RoundBegun):
            round_ += 1
            fact = f.RoundBegun(round=round_, by_low_score=False, reason=WORDS)  # noqa: PLW2901
        story.then(start + minute * MINUTE, fact)
    return story


@settings(max_examples=300, deadline=None)
@given(story=any_story())
def test_clocks_are_stopped_exactly_while_the_ticket_waits(story):
    waiting = fold(story.log).status in {Status.WAITING_CUSTOMER, Status.ON_HOLD}
    stops = read(story.log, stopping=frozenset({Status.WAITING_CUSTOMER, Status.ON_HOLD}))[-1].stops

    assert bool(stops and stops[-1].end is None) == waiting


@settings(max_examples=300, deadline=None)
@given(story=any_story())
def test_whatever_happens_the_clocks_make_sense(story):
    ticket = fold(story.log)

    clocks = story.owes()

    places = [(one.kind, one.round, one.detail) for one in clocks]
    assert len(places) == len(set(places))
    for one in clocks:
        assert one.round == ticket.round or not one.is_owed
        assert not (one.void and one.met_at)
        assert (one.due_at is None) == (one.paused_since is not None)
        assert one.paused_since is None or one.is_owed
        assert one.due_at is None or one.starts_at <= one.due_at
        assert one.warn_at is None or one.starts_at <= one.warn_at < one.due_at
        assert one.breached_at in {None, one.due_at}
    if not ticket.status.is_open:
        assert not any(one.is_owed for one in clocks)


def test_seconds_of_a_pause_are_cut_to_the_minute():
    story = Story("2025-10-09 10:05").then("2025-10-09 11:00", f.Started())
    story.then(at("2025-10-09 11:00") + timedelta(seconds=50), WAITING)
    story.then(at("2025-10-09 11:30") + timedelta(seconds=10), RESUMED)

    due = story.clock(SOLVE, row(resolution="24h")).due_at

    assert due == at("2025-10-10 10:35")
    assert target("24h") == Duration(24, "h")
