"""The receipt of a deadline: worked cases, and what is counted sums to the target on any desk (DESK.md 3)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tickets.time.plans import a_plan, at, plain_plan, spans
from tests.tickets.time.stories import (
    CHINA,
    DESK_POLICY,
    HELD,
    PAUSES,
    RESUMED,
    WAITING,
    Story,
    logged,
    row,
    target,
)
from tests.tickets.time.test_pauses import any_story
from tickets.case import facts as f
from tickets.case.values import Status, Text
from tickets.handbook import Duration, PolicyRow, Span
from tickets.time.calendar import Calendar
from tickets.time.counting import lines_of
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.explain import explain
from tickets.time.folding import folded
from tickets.time.policies import Start
from tickets.time.receipt import Cause, DayKind, Halt, Line, Reason, Receipt
from tickets.time.running import run

SOLVE = DeadlineKind.RESOLUTION
NOTHING, MINUTE = timedelta(), timedelta(minutes=1)


def receipts(story: Story, *rows: PolicyRow, calendar: Calendar = CHINA) -> tuple[Receipt, ...]:
    return explain(story.log, rows or DESK_POLICY, calendar, pauses=PAUSES)


def solving(
    within: str,
    *stops: tuple[str, str | None],
    start: str = "2025-10-09 10:05",
    calendar: Calendar = CHINA,
    ends: str = "",
) -> Receipt:
    story = Story(start, logged(start)).then(start, f.Accepted(), f.Started())
    for since, until in stops:
        story.then(since, WAITING)
        if until:
            story.then(until, RESUMED)
    policy = PolicyRow(7, row().when, {"resolution": target(within, ends)})
    (found,) = (
        one
        for one in explain(story.log, [policy], calendar, pauses=PAUSES)
        if one.deadline.kind is SOLVE
    )
    return found


def told(receipt: Receipt) -> list[tuple[str, str]]:
    return [(f"{line.first:%m-%d}", str(line.reason)) for line in receipt.lines]


# --- worked cases -------------------------------------------------------------------------------


def test_five_working_days_with_a_pause_read_as_the_specification_prints_them():
    receipt = solving("5wd", ("2025-10-13 14:00", "2025-10-13 16:40"))

    assert told(receipt) == [
        ("10-09", "start_day"),
        ("10-10", "counted"),
        ("10-11", "counted"),
        ("10-12", "weekend"),
        ("10-13", "counted"),
        ("10-14", "counted"),
        ("10-15", "counted"),
        ("10-16", "made_up"),
    ]
    saturday, monday, last = receipt.lines[2], receipt.lines[4], receipt.lines[-1]
    assert (saturday.kind, saturday.ordinal) == (DayKind.MAKE_UP_DAY, 2)
    assert monday.stopped == timedelta(hours=2, minutes=40)
    assert monday.halts == (
        Halt(
            at("2025-10-13 14:00"),
            at("2025-10-13 16:40"),
            (Cause(Status.WAITING_CUSTOMER, Text("x")),),
        ),
    )
    assert last.made_up == timedelta(hours=2, minutes=40)
    assert last.end == receipt.deadline.due_at == at("2025-10-16 10:40")
    assert receipt.adds_up


def test_hours_by_the_clock_are_spans_between_pauses():
    receipt = solving("24h", ("2025-10-09 17:00", "2025-10-10 09:00"))

    assert told(receipt) == [("10-09", "counted"), ("10-09", "stopped"), ("10-10", "counted")]
    assert [line.time for line in receipt.lines] == [
        timedelta(hours=6, minutes=55),
        NOTHING,
        timedelta(hours=17, minutes=5),
    ]
    assert receipt.stopped == timedelta(hours=16)
    assert receipt.adds_up


def test_opening_hours_name_every_day_that_gave_none():
    receipt = solving("8wh", start="2025-09-30 17:00")

    assert told(receipt)[0] == ("09-30", "counted")
    assert {reason for day, reason in told(receipt) if "10-01" <= day <= "10-08"} == {"holiday"}
    assert told(receipt)[-1] == ("10-09", "counted")
    assert [line.time for line in receipt.lines if line.time] == [
        timedelta(hours=1),
        timedelta(hours=7),
    ]
    assert receipt.adds_up


def test_a_start_after_closing_gives_nothing_and_says_so():
    receipt = solving("2wh", start="2025-10-09 19:00")

    assert told(receipt) == [("10-09", "outside_hours"), ("10-10", "counted")]


def test_an_end_at_closing_is_the_last_line():
    receipt = solving("8wh", start="2025-10-09 08:00")

    assert told(receipt) == [("10-09", "counted")]
    assert receipt.lines[0].end == receipt.deadline.due_at == at("2025-10-09 18:00")


def test_the_desks_own_days_and_short_days_are_told_apart():
    plan = a_plan(
        closed=frozenset({date(2025, 10, 13)}),
        own_open={date(2025, 10, 12): spans("09:00-12:00")},
        hours={**a_plan().hours, 1: spans("08:00-12:00")},
    )

    receipt = solving("4wd", calendar=Calendar(plan))

    kinds = {f"{line.first:%m-%d}": (line.reason, line.kind) for line in receipt.lines}
    assert kinds["10-12"] == (Reason.COUNTED, DayKind.OWN_DAY)
    assert kinds["10-13"][0] is Reason.DESK_CLOSED
    assert kinds["10-14"] == (Reason.COUNTED, DayKind.SHORT)
    assert receipt.deadline.due_at == at("2025-10-14 12:00")


def test_a_working_day_that_ends_at_midnight_says_where_it_ends():
    receipt = solving("1wd", ends="midnight")

    assert receipt.lines[-1].end == receipt.deadline.due_at == at("2025-10-11 00:00")


def test_a_year_without_decree_is_marked():
    receipt = solving("3wd", start="2026-12-30 10:00")

    assert [line.provisional for line in receipt.lines] == [
        line.first.year == 2027 for line in receipt.lines
    ]
    assert receipt.deadline.provisional


def test_a_clock_that_stands_still_says_why_and_what_is_left():
    receipt = solving("24h", ("2025-10-09 12:05", None))

    counted, still, left = receipt.lines
    assert counted.time == timedelta(hours=2)
    assert (still.reason, still.halts[0].end) == (Reason.STILL_STOPPED, None)
    assert (left.reason, left.time) == (Reason.LEFT, timedelta(hours=22))
    assert receipt.deadline.due_at is None
    assert receipt.adds_up


def test_working_days_that_stand_still_have_days_left():
    receipt = solving("5wd", ("2025-10-10 09:00", "2025-10-10 10:00"), ("2025-10-13 15:00", None))

    left = receipt.lines[-1]
    assert (left.days, left.made_up) == (2, timedelta(hours=1))
    assert receipt.adds_up


def test_a_pause_that_changes_its_kind_names_both_reasons():
    start = "2025-10-09 10:05"
    story = Story(start, logged(start)).then(start, f.Accepted(), f.Started())
    story.then("2025-10-09 11:00", WAITING).then("2025-10-09 12:00", HELD)
    story.then("2025-10-09 13:00", RESUMED)

    (receipt,) = receipts(story, row(resolution="24h"))

    assert [
        cause.status for line in receipt.lines for halt in line.halts for cause in halt.causes
    ] == [
        Status.WAITING_CUSTOMER,
        Status.ON_HOLD,
    ]


def test_a_receipt_says_what_its_clock_starts_from():
    story = Story("2025-10-13 10:00").then(
        "2025-10-13 10:05", f.Promised(what=Text("x"), due_at=at("2025-10-14 10:00"))
    )

    since = {one.deadline.kind: one.since for one in receipts(story)}

    assert since[DeadlineKind.RESPONSE] is Start.LOGGED
    assert since[DeadlineKind.PLAN] is Start.ASSIGNED
    assert since[DeadlineKind.PROMISE] is None


def test_a_day_of_the_wall_clock_is_a_day_where_the_zone_takes_an_hour():
    berlin = Calendar(plain_plan("Europe/Berlin", a_plan().hours))
    start = datetime(2026, 3, 28, 9, tzinfo=UTC)

    lines = list(
        lines_of(start, Duration(2, "d"), run(start, Duration(2, "d"), (), berlin), (), berlin)
    )

    assert [(line.reason, line.time) for line in lines] == [
        (Reason.COUNTED, timedelta(hours=47)),
        (Reason.CLOCK_CHANGE, timedelta(hours=1)),
    ]


# --- any desk, any target, any pauses -----------------------------------------------------------

ZONES_AND_ZEROS = (  # from each, four weeks hold a change of the clock, but for the first
    ("Asia/Shanghai", datetime(2026, 2, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 3, 10, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 10, tzinfo=UTC)),
    ("America/Havana", datetime(2026, 2, 20, tzinfo=UTC)),  # midnight is skipped
    ("America/Santiago", datetime(2026, 3, 20, tzinfo=UTC)),  # 24:00 falls back to 23:00
    ("Australia/Lord_Howe", datetime(2026, 3, 20, tzinfo=UTC)),  # half an hour
)


@st.composite
def some_hours(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
    return tuple(Span(a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def any_desk(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    zone, zero = draw(st.sampled_from(ZONES_AND_ZEROS))
    days = [zero.date() + timedelta(days=n) for n in range(45)]
    some_days = st.frozensets(st.sampled_from(days), max_size=6)
    week = range(7) if draw(st.booleans()) else range(5)
    plan = a_plan(
        timezone=zone,
        hours={day: draw(some_hours()) for day in week},
        open_on_holidays=draw(st.booleans()),
        holiday_hours=draw(st.one_of(st.just(()), some_hours())),
        workweek=frozenset(draw(st.sampled_from([range(5), (6, 0, 1, 2, 3)]))),
        holidays=draw(some_days),
        makeup_days=draw(some_days),
        closed=draw(some_days),
        own_open={day: draw(some_hours()) for day in draw(some_days)},
        decreed_years=frozenset({zero.year}),
    )
    return Calendar(plan), zero


UNITS = {"m": 3000, "h": 200, "d": 8, "wh": 40, "wd": 6}


@st.composite
def any_clock(draw: st.DrawFn) -> tuple[int, Duration, list[tuple[int, int | None]]]:
    unit = draw(st.sampled_from(sorted(UNITS)))
    ends = draw(st.sampled_from(["", "midnight"])) if unit == "wd" else ""
    within = Duration(draw(st.integers(1, UNITS[unit])), unit, ends)
    start = draw(st.integers(0, 9 * 1440))
    edges = sorted(draw(st.sets(st.integers(start, 20 * 1440), max_size=9)))
    stops: list[tuple[int, int | None]] = list(zip(edges[::2], edges[1::2], strict=False))
    if len(edges) % 2 and draw(st.booleans()):
        stops.append((edges[-1], None))
    return start, within, stops


def receipt_of(
    calendar: Calendar, zero: datetime, clock: tuple[int, Duration, list[tuple[int, int | None]]]
) -> Receipt:
    minute, within, stops = clock
    start = zero + minute * MINUTE
    halts = tuple(
        Halt(zero + a * MINUTE, None if b is None else zero + b * MINUTE) for a, b in stops
    )
    reckoned = run(start, within, halts, calendar)
    deadline = Deadline(kind=SOLVE, round=1, starts_at=start, due_at=reckoned.due_at, warn_at=None)
    lines = tuple(lines_of(start, within, reckoned, halts, calendar))
    return Receipt(deadline=deadline, target=within, since=None, lines=lines)


@settings(max_examples=200, deadline=None)
@given(desk=any_desk(), clock=any_clock())
def test_what_is_counted_sums_to_the_target_and_ends_where_the_deadline_does(
    desk: tuple[Calendar, datetime], clock
):
    calendar, zero = desk

    receipt = receipt_of(calendar, zero, clock)

    assert receipt.adds_up
    reached = [
        line.end
        for line in receipt.lines
        if line.time > NOTHING or line.days or line.made_up or line.stopped
    ]
    if receipt.deadline.due_at is not None:
        assert max(reached) == receipt.deadline.due_at
    assert sum(line.reason is Reason.LEFT for line in receipt.lines) == (
        receipt.deadline.due_at is None
    )


@settings(max_examples=80, deadline=None)
@given(desk=any_desk(), clock=any_clock())
def test_no_stretch_is_told_twice_and_none_is_left_out(desk: tuple[Calendar, datetime], clock):
    calendar, zero = desk

    receipt = receipt_of(calendar, zero, clock)

    told_ = [line for line in receipt.lines if line.start < line.end]
    for one, other in pairwise(told_):
        gap = other.start - one.end
        assert gap == NOTHING or receipt.target.unit == "wd"
    assert not told_ or told_[0].start == receipt.deadline.starts_at


@settings(max_examples=80, deadline=None)
@given(desk=any_desk(), clock=any_clock())
def test_each_line_of_opening_hours_counts_what_a_minute_counter_counts(
    desk: tuple[Calendar, datetime], clock
):
    calendar, zero = desk
    minute, within, stops = clock
    receipt = receipt_of(calendar, zero, (minute, Duration(within.amount, "wh"), stops))

    for line in receipt.lines:
        if line.reason is Reason.LEFT:
            break
        counted, at_ = 0, line.start
        while at_ < line.end:
            place = (at_ - zero) // MINUTE
            stopped = any(a <= place and (b is None or place < b) for a, b in stops)
            counted += calendar.is_open(at_) and not stopped
            at_ += MINUTE
        assert line.time == counted * MINUTE


@settings(max_examples=80, deadline=None)
@given(story=any_story())
def test_every_clock_of_any_story_explains_itself(story: Story):
    explained = receipts(story)

    assert tuple(one.deadline for one in explained) == story.owes()
    assert all(one.adds_up for one in explained)


# --- folding ------------------------------------------------------------------------------------


def summed(lines: tuple[Line, ...]) -> tuple[timedelta, int, timedelta, timedelta, int]:
    return (
        sum((one.time for one in lines), NOTHING),
        sum(one.days for one in lines),
        sum((one.stopped for one in lines), NOTHING),
        sum((one.made_up for one in lines), NOTHING),
        sum(one.length_in_days for one in lines),
    )


def test_sixty_working_days_fold_into_weeks():
    receipt = solving("60wd", start="2025-10-20 10:00")

    short = folded(receipt.lines, most=20)

    assert len(receipt.lines) > 80
    assert len(short) < 35
    assert summed(short) == summed(receipt.lines)


def test_a_pause_over_many_days_folds_too():
    receipt = solving("20wd", ("2025-10-13 09:00", "2025-11-20 15:00"))

    short = folded(receipt.lines, most=10)

    assert len(short) < len(receipt.lines)
    assert summed(short) == summed(receipt.lines)


def test_a_short_receipt_is_not_folded():
    receipt = solving("5wd")

    assert folded(receipt.lines, most=20) == receipt.lines


@settings(max_examples=80, deadline=None)
@given(desk=any_desk(), clock=any_clock())
def test_folding_loses_nothing(desk: tuple[Calendar, datetime], clock):
    calendar, zero = desk
    receipt = receipt_of(calendar, zero, clock)

    assert summed(folded(receipt.lines, most=0)) == summed(receipt.lines)


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_a_target_of_every_unit_adds_up(unit: str):
    assert solving(f"3{unit}", ("2025-10-10 09:00", "2025-10-10 11:00")).adds_up
