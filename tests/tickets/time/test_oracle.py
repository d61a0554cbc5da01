"""10^5 random cases on 200 generated calendars, each counted minute by minute: no difference."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from tests.tickets.time.generated import Made, made
from tests.tickets.time.oracle import MINUTE, BeyondStretch, Oracle, Pause
from tickets.handbook import Duration
from tickets.time.calendar import Calendar
from tickets.time.durations import add, late_by, up_to_minute
from tickets.time.history import Stop
from tickets.time.running import run, warning

CALENDARS, CASES = 200, 500
LONGEST = {"m": 6000, "h": 200, "d": 12, "wh": 60, "wd": 9}


@dataclass(frozen=True, slots=True)
class Desk:
    """One calendar, what counts its minutes, and dice."""

    calendar: Calendar
    oracle: Oracle
    dice: random.Random
    minutes: int

    def moment(self) -> datetime:
        """Pick a whole minute in the first half, so that few answers lie beyond the stretch."""
        return self.oracle.start + self.dice.randrange(1440, self.minutes // 2) * MINUTE

    def target(self) -> Duration:
        unit = self.dice.choice(("m", "h", "d", "wh", "wh", "wd", "wd"))
        ends = self.dice.choice(("close", "close", "midnight")) if unit == "wd" else ""
        return Duration(self.dice.randint(1, LONGEST[unit]), unit, ends)

    def pauses(self, start: datetime) -> list[Pause]:
        """Pick up to three pauses in order; the last may still last."""
        pauses: list[Pause] = []
        at = start
        for _ in range(self.dice.choice((0, 0, 1, 1, 2, 3))):
            at += self.dice.randrange(1, 4000) * MINUTE
            begun, at = at, at + self.dice.randrange(1, self.dice.choice((90, 1500, 6000))) * MINUTE
            pauses.append((begun, at))
        if pauses and self.dice.random() < 0.15:
            pauses[-1] = (pauses[-1][0], None)
        return pauses


Case = Callable[[Desk], None]


def a_clock(desk: Desk) -> None:
    """A target through pauses: where it ends, where it warns, whether that is provisional."""
    calendar, oracle, dice = desk.calendar, desk.oracle, desk.dice
    start, target = desk.moment(), desk.target()
    pauses = desk.pauses(start)
    before = Duration(dice.choice((1, 2, 30)), dice.choice(("m", "h", "wh", "wd", "d")))
    logged = start + timedelta(seconds=dice.randrange(-600, 7200))
    urgent = dice.random() < 0.3
    due = oracle.due(start, target, pauses)
    expected = (
        None
        if due is None
        else oracle.warning(start, due, target, before, urgent=urgent, earliest=logged)
    )

    ran = run(start, target, [Stop(*pause) for pause in pauses], calendar)
    warned = warning(
        start, ran, target, before, calendar, earliest=up_to_minute(logged), urgent=urgent
    )

    assert ran.planned == oracle.moment(oracle.end(start, target))
    assert ran.due_at == (None if due is None else oracle.moment(due))
    assert (ran.stopped_since is None) == (due is not None)
    assert warned == expected


def an_end(desk: Desk) -> None:
    """A target from a moment with seconds, which are cut."""
    start, target = desk.moment(), desk.target()
    end = desk.oracle.moment(desk.oracle.end(start, target))

    assert add(start + timedelta(seconds=desk.dice.randrange(60)), target, desk.calendar) == end


def minutes_on_and_back(desk: Desk) -> None:
    calendar, oracle = desk.calendar, desk.oracle
    at, minutes = desk.moment(), desk.dice.randrange(3000)
    end = oracle.moment(oracle.walk(oracle.place(at), minutes))
    start = oracle.moment(oracle.walk_back(oracle.place(at), minutes))

    assert calendar.add_working(at, minutes * MINUTE) == end
    assert calendar.subtract_working(at, minutes * MINUTE) == start


def what_lies_between(desk: Desk) -> None:
    one, other = desk.moment(), desk.moment()
    expected = desk.oracle.between(one, other)

    assert desk.calendar.working_between(one, other) == expected
    assert late_by(one, other, desk.calendar) == expected


def open_or_shut(desk: Desk) -> None:
    calendar, oracle, at = desk.calendar, desk.oracle, desk.moment()
    opening, last = oracle.next_opening(at), oracle.last_open(at)

    assert calendar.is_open(at) == oracle.is_open(at)
    assert calendar.next_opening(at) == opening
    assert calendar.last_open_minute(at) == last


def days(desk: Desk) -> None:
    calendar, oracle, at = desk.calendar, desk.oracle, desk.moment()
    count = desk.dice.randint(1, 9)
    ordinal = oracle.ordinal(oracle.place(at))
    day = date.fromordinal(ordinal)
    counted = tuple(date.fromordinal(one) for one in oracle.counted_days(at, count))
    end = at + desk.dice.randrange(1, 20000) * MINUTE
    provisional = oracle.is_provisional(at, end)

    assert calendar.date_of(at) == day
    assert calendar.working_days_after(day, count) == counted
    assert calendar.close_of(day) == oracle.moment(oracle.close_of(ordinal))
    assert calendar.end_of(day) == oracle.moment(oracle.end_of(ordinal))
    assert calendar.is_provisional(day, calendar.date_of(end)) == provisional


KINDS: tuple[Case, ...] = (
    a_clock,
    a_clock,
    a_clock,
    a_clock,
    an_end,
    minutes_on_and_back,
    what_lies_between,
    open_or_shut,
    days,
    a_clock,
)


@pytest.mark.parametrize("seed", range(CALENDARS))
def test_five_hundred_answers_equal_counting_minute_by_minute(seed):
    desk = a_desk(made(seed), seed)

    compared = 0
    beyond = 0
    while compared < CASES:
        try:
            KINDS[compared % len(KINDS)](desk)
            compared += 1
        except BeyondStretch:  # another throw of the dice takes its place
            beyond += 1
            assert beyond < 10 * CASES, "this desk is hardly ever open"


def a_desk(one: Made, seed: int) -> Desk:
    oracle = Oracle(one.plan, one.start, one.days)
    return Desk(Calendar(one.plan), oracle, random.Random(seed), one.days * 1440)
