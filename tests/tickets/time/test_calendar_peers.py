"""The calendar beside businesstimedelta, where that applies (no make-up days), and beside itself."""

from datetime import UTC, date, datetime, time, timedelta

import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tickets.time.generated import made
from tests.tickets.time.oracle import MINUTE
from tests.tickets.time.plans import a_plan
from tickets.handbook import Span
from tickets.time.calendar import Calendar

FIRST = date(2026, 5, 1)
DATES = [FIRST + timedelta(days=n) for n in range(120)]
ZONES = ("Asia/Shanghai", "Asia/Kolkata", "UTC", "America/Phoenix")  # it knows no change of a clock
# It looks for the next holiday day by day, and fails where there is none.
EACH_MONTH = frozenset(date(year, month, 1) for year in range(2026, 2034) for month in range(1, 13))
Week = dict[int, tuple[Span, ...]]


def _rules(zone: pytz.BaseTzInfo, week: Week, holidays: frozenset[date]) -> Rules:
    shifts = [
        WorkDayRule(
            start_time=time(*divmod(span.start, 60)),
            end_time=time(*divmod(span.end, 60)),
            working_days=[day],
            tz=zone,
        )
        for day, spans in week.items()
        for span in spans
    ]
    return Rules([*shifts, HolidayRule(holidays, tz=zone)])


def _spans(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(6 * 4, 22 * 4), min_size=2, max_size=6)))
    return tuple(Span(a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def _weeks(draw: st.DrawFn) -> Week:
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    return {day: _spans(draw) for day in sorted(days)}


@settings(max_examples=100, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    week=_weeks(),
    holidays=st.frozensets(st.sampled_from(DATES), max_size=15),
    start=st.integers(0, 20 * 1440),
    minutes=st.integers(1, 2400),
    days=st.integers(0, 15),
)
def test_answers_equal_businesstimedelta_on_calendars_without_makeup_days(
    zone, week, holidays, start, minutes, days
):
    days_off = holidays | EACH_MONTH
    rules = _rules(pytz.timezone(zone), week, days_off)
    calendar = Calendar(
        a_plan(
            timezone=zone,
            hours=week,
            holidays=days_off,
            makeup_days=frozenset(),
            decreed_years=frozenset(range(2026, 2034)),
        )
    )
    at = datetime(2026, 5, 1, tzinfo=UTC) + start * MINUTE
    later = at + timedelta(days=days, minutes=minutes)

    end = calendar.add_working(at, minutes * MINUTE)

    assert at + BusinessTimeDelta(rules, seconds=minutes * 60) == end
    assert rules.difference(at, end).timedelta == minutes * MINUTE
    assert rules.difference(at, later).timedelta == calendar.working_between(at, later)


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    start=st.integers(0, 30 * 1440),
    one=st.integers(1, 2000),
    other=st.integers(1, 2000),
)
def test_more_target_time_never_means_an_earlier_end_and_sums_add_up(seed, start, one, other):
    desk = made(seed)
    calendar = Calendar(desk.plan)
    at = desk.start + start * MINUTE

    first = calendar.add_working(at, one * MINUTE)
    second = calendar.add_working(first, other * MINUTE)

    assert at < first < second
    assert second == calendar.add_working(at, (one + other) * MINUTE)
    assert calendar.working_between(at, second) == (one + other) * MINUTE
    assert calendar.subtract_working(second, other * MINUTE) >= first
