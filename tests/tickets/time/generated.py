"""Calendars made by dice: the same seed makes the same desk, in a zone whose clock changes meanwhile."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.tickets.time.plans import a_plan
from tickets.handbook import CalendarPlan, Span

DAYS = 70
DAY_END = 1440
STRETCHES = (  # each zone with a date some days before something happens there
    ("Asia/Shanghai", "2026-01-25"),
    ("Asia/Shanghai", "2025-12-20"),  # over New Year
    ("Asia/Shanghai", "2026-09-15"),
    ("Asia/Kathmandu", "2025-12-10"),  # 5 h 45
    ("Asia/Kolkata", "2026-12-05"),  # 5 h 30
    ("Asia/Tokyo", "2026-04-10"),
    ("UTC", "2026-12-20"),
    ("Europe/Berlin", "2026-03-20"),
    ("Europe/Berlin", "2026-10-15"),
    ("Europe/London", "2025-10-10"),
    ("Europe/Dublin", "2026-10-15"),  # its winter is the exception
    ("America/New_York", "2026-02-25"),
    ("America/New_York", "2025-10-20"),
    ("America/St_Johns", "2006-10-18"),  # changed at one minute past midnight
    ("America/St_Johns", "2007-03-01"),
    ("Australia/Lord_Howe", "2026-03-25"),  # half an hour
    ("Australia/Lord_Howe", "2026-09-20"),
    ("Pacific/Chatham", "2026-03-25"),  # 12 h 45
    ("America/Havana", "2026-02-25"),  # midnight is skipped
    ("America/Havana", "2025-10-20"),  # midnight comes twice
    ("Asia/Beirut", "2026-03-18"),
    ("America/Santiago", "2026-03-25"),  # 24:00 falls back to 23:00
    ("America/Santiago", "2026-08-25"),
    ("America/Asuncion", "2024-09-20"),  # the last summer time, which stayed
    ("Africa/Casablanca", "2026-02-05"),  # winter time for Ramadan alone
    ("Africa/Cairo", "2023-04-15"),  # took summer time up again
    ("Antarctica/Troll", "2026-03-18"),  # two hours
    ("Asia/Pyongyang", "2015-08-01"),  # went half an hour back for good
    ("Asia/Pyongyang", "2018-04-25"),  # and forth again
    ("America/Caracas", "2016-04-20"),
    ("Asia/Tehran", "2022-09-10"),  # its last change
    ("Europe/Istanbul", "2016-08-25"),
    ("Asia/Almaty", "2024-02-18"),
    ("America/Nuuk", "2023-03-12"),
    ("Pacific/Apia", "2011-12-15"),  # 30 December 2011 never was
    ("Pacific/Kwajalein", "1993-08-10"),  # nor 21 August 1993
)
WEEKS = (range(5), range(5), range(6), range(7), (6, 0, 1, 2, 3), (2, 4), (5, 6))
WORKWEEKS = (range(5), range(5), range(6), (6, 0, 1, 2, 3))


@dataclass(frozen=True, slots=True)
class Made:
    """A desk's calendar, and the stretch of time in which it is looked at."""

    plan: CalendarPlan
    start: datetime
    days: int = DAYS


def made(seed: int) -> Made:
    """Make one calendar."""
    dice = random.Random(seed)
    timezone, written = STRETCHES[seed % len(STRETCHES)]
    first = date.fromisoformat(written)
    dates = [first + timedelta(days=n) for n in range(DAYS)]
    return Made(_plan(dice, timezone, dates), datetime.fromisoformat(written).replace(tzinfo=UTC))


def _plan(dice: random.Random, timezone: str, dates: list[date]) -> CalendarPlan:
    years = {day.year for day in dates}
    known = dice.choice((years, years, {dates[0].year}, set()))  # else provisional
    return a_plan(
        timezone=timezone,
        hours=_hours(dice),
        open_on_holidays=dice.random() < 0.4,
        holiday_hours=_spans(dice) if dice.random() < 0.5 else (),
        workweek=frozenset(dice.choice(WORKWEEKS)),
        holidays=frozenset(dice.sample(dates, dice.randrange(12))),
        makeup_days=frozenset(dice.sample(dates, dice.randrange(6))),
        closed=frozenset(dice.sample(dates, dice.randrange(5))),
        own_open=_own_days(dice, dates),
        decreed_years=frozenset(known),
    )


def _hours(dice: random.Random) -> dict[int, tuple[Span, ...]]:
    week = dice.choice(WEEKS)
    match dice.randrange(4):
        case 0:
            return dict.fromkeys(week, (Span(0, DAY_END),))
        case 1:
            return dict.fromkeys(week, _spans(dice))
        case _:
            return {day: _spans(dice) for day in week}


def _own_days(dice: random.Random, dates: list[date]) -> dict[date, tuple[Span, ...]]:
    """Some with hours of their own, some with the usual ones."""
    chosen = dice.sample(dates, dice.randrange(5))
    return {day: _spans(dice) if dice.random() < 0.7 else () for day in chosen}


def _spans(dice: random.Random) -> tuple[Span, ...]:
    """One to four spans; some touch, some begin or end at midnight."""
    step = dice.choice((1, 5, 15, 30, 60))
    edges = sorted(dice.sample(range(0, DAY_END + 1, step), dice.choice((2, 4, 4, 6, 8))))
    if dice.random() < 0.2:
        edges[-1] = DAY_END
    if dice.random() < 0.2 and len(edges) > 2:
        edges[2] = edges[1]
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(span for span in spans if span.start < span.end)
