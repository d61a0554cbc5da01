import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
import pytz
from businesstimedelta import BusinessTimeDelta, Rules, WorkDayRule
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tickets.time.minutes import MINUTE, Minutes
from tests.tickets.time.plans import a_plan, plain_plan
from tickets.handbook import CalendarPlan, Span
from tickets.time.calendar import Calendar

DAYS = 35
ZONES_AND_STARTS = (  # each stretch holds a change of the clock, but the first two
    ("Asia/Shanghai", "2026-02-01"),
    ("Asia/Kathmandu", "2025-12-10"),
    ("Europe/Berlin", "2026-03-01"),
    ("Europe/Berlin", "2026-10-01"),
    ("America/New_York", "2026-02-15"),
    ("America/New_York", "2025-10-10"),
    ("Australia/Lord_Howe", "2026-03-10"),  # half an hour
    ("Australia/Lord_Howe", "2026-09-10"),
    ("America/Havana", "2026-02-15"),  # midnight is skipped
    ("America/Havana", "2025-10-10"),  # midnight comes twice
    ("Asia/Beirut", "2026-03-01"),
    ("America/Santiago", "2026-03-10"),  # 24:00 falls back to 23:00
    ("America/Santiago", "2026-08-15"),
    ("America/Asuncion", "2023-03-01"),
    ("Africa/Casablanca", "2026-02-01"),
    ("Pacific/Apia", "2011-12-01"),  # 30 December 2011 never was
    ("America/St_Johns", "2006-10-01"),  # changed at one minute past midnight
    ("Antarctica/Troll", "2026-03-01"),  # two hours
)


def _spans(dice: random.Random) -> tuple[Span, ...]:
    edges = sorted(dice.sample(range(0, 1441, 15), dice.choice((2, 4, 4, 6))))
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _random_plan(seed: int, timezone: str, first: date) -> CalendarPlan:
    dice = random.Random(seed)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    week = range(7) if dice.random() < 0.4 else range(5)
    return a_plan(
        timezone=timezone,
        hours={n: (Span(0, 1440),) if seed % 5 == 0 else _spans(dice) for n in week},
        open_on_holidays=dice.random() < 0.4,
        holiday_hours=_spans(dice) if dice.random() < 0.5 else (),
        workweek=frozenset({6, 0, 1, 2, 3} if seed % 4 == 0 else range(5)),
        holidays=frozenset(dice.sample(days, 6)),
        makeup_days=frozenset(dice.sample(days, 3)),
        closed=frozenset(dice.sample(days, 2)),
        own_open={day: _spans(dice) for day in dice.sample(days, 2)} | {days[30]: ()},
        decreed_years=frozenset({first.year}),
    )


@cache
def _desk(index: int) -> tuple[Calendar, Minutes]:
    timezone, first = ZONES_AND_STARTS[index]
    plan = _random_plan(index, timezone, date.fromisoformat(first))
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    return Calendar(plan), Minutes(plan, start, DAYS)


desks = st.integers(0, len(ZONES_AND_STARTS) - 1).map(_desk)
moments = st.integers(0, DAYS * 1440 - 1)


@settings(max_examples=600, deadline=None)
@given(desk=desks, start=moments, minutes=st.integers(0, 30 * 60))
def test_adding_and_subtracting_equal_counting_minute_by_minute(desk, start, minutes):
    calendar, oracle = desk
    moment = oracle.start + start * MINUTE

    expected_end = oracle.add(moment, minutes)
    expected_start = oracle.subtract(moment, minutes)

    if expected_end is not None:
        assert calendar.add_working(moment, minutes * MINUTE) == expected_end
    if expected_start is not None:
        assert calendar.subtract_working(moment, minutes * MINUTE) == expected_start


@settings(max_examples=600, deadline=None)
@given(desk=desks, one=moments, other=moments)
def test_what_lies_between_equals_counting_minute_by_minute(desk, one, other):
    calendar, oracle = desk
    start, end = sorted((oracle.start + one * MINUTE, oracle.start + other * MINUTE))

    assert calendar.working_between(start, end) == oracle.between(start, end)
    assert calendar.working_between(end, start) == timedelta()


@settings(max_examples=300, deadline=None)
@given(desk=desks, moment=moments)
def test_open_and_shut_equal_looking_minute_by_minute(desk, moment):
    calendar, oracle = desk
    at = oracle.start + moment * MINUTE

    assert calendar.is_open(at) == oracle.is_open(at)
    if (opening := oracle.next_opening(at)) is not None:
        assert calendar.next_opening(at) == opening
    if (last := oracle.last_open_before(at)) is not None:
        assert calendar.last_open_minute_before(at) == last


@settings(max_examples=200, deadline=None)
@given(desk=desks, start=moments, one=st.integers(1, 2000), other=st.integers(1, 2000))
def test_more_target_time_never_means_an_earlier_end_and_sums_add_up(desk, start, one, other):
    calendar, oracle = desk
    at = oracle.start + start * MINUTE

    first = calendar.add_working(at, one * MINUTE)
    second = calendar.add_working(first, other * MINUTE)

    assert at < first < second
    assert second == calendar.add_working(at, (one + other) * MINUTE)
    assert calendar.working_between(at, second) == (one + other) * MINUTE


@pytest.mark.parametrize("index", range(len(ZONES_AND_STARTS)))
def test_every_minute_of_every_zone_is_open_exactly_when_its_clock_says_so(index):
    calendar, oracle = _desk(index)

    wrong = [
        place
        for place in range(0, DAYS * 1440, 5)
        if calendar.is_open(oracle.start + place * MINUTE) != oracle.open[place]
    ]

    assert wrong == []


# --- against businesstimedelta ------------------------------------------------------------------


def _rules(zone: pytz.BaseTzInfo, hours: dict[int, tuple[Span, ...]]) -> Rules:
    def rules() -> Iterator[WorkDayRule]:
        for day, spans in hours.items():
            for span in spans:
                start, end = divmod(span.start, 60), divmod(span.end, 60)
                yield WorkDayRule(
                    start_time=time(*start), end_time=time(*end), working_days=[day], tz=zone
                )

    return Rules(list(rules()))


def _bounded_spans(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(6 * 4, 22 * 4), min_size=2, max_size=4)))
    return tuple(Span(a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def _weeks(draw: st.DrawFn) -> dict[int, tuple[Span, ...]]:
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    return {day: _bounded_spans(draw) for day in sorted(days)}


@settings(max_examples=60, deadline=None)
@given(week=_weeks(), start=st.integers(0, 20 * 1440), minutes=st.integers(1, 2400))
def test_answers_equal_businesstimedelta_on_calendars_without_makeup_days(week, start, minutes):
    zone = ZoneInfo("Asia/Shanghai")
    rules = _rules(pytz.timezone("Asia/Shanghai"), week)
    calendar = Calendar(plain_plan("Asia/Shanghai", week))
    at = datetime(2026, 5, 1, tzinfo=zone) + start * MINUTE

    end = calendar.add_working(at, minutes * MINUTE)

    assert at + BusinessTimeDelta(rules, seconds=minutes * 60) == end
    assert rules.difference(at, end).timedelta == minutes * MINUTE
