"""When a retrospective may be, when its pack goes out and its minutes are owed, in legal working days (R64, R120, R122)."""

from datetime import date, datetime, time, timedelta

from tickets.time.calendar import Calendar, NeverOpen

AHEAD = 3  # working days, R120
MINUTES_WITHIN = 2  # working days, R64
_MORNING = time(9)
_DAY = timedelta(days=1)


def earliest(calendar: Calendar, now: datetime) -> date:
    """Give the first day on which one called now may be held without a reason; today never counts."""
    return calendar.working_days_after(calendar.date_of(now), AHEAD)[-1]


def is_sooner(calendar: Calendar, held_at: datetime, now: datetime) -> bool:
    """Tell whether one called now for then comes sooner than three working days."""
    return calendar.date_of(held_at) < earliest(calendar, now)


def pack_at(calendar: Calendar, held_at: datetime) -> datetime:
    """Give the morning three working days before it: the last from which it is no sooner."""
    held_on = calendar.date_of(held_at)
    day = held_on - _DAY
    while not (calendar.is_working_day(day) and _days_until(calendar, day, held_on)):
        day -= _DAY
    return morning_of(calendar, day)


def minutes_by(calendar: Calendar, closed_at: datetime) -> datetime:
    """Give close of business of the second working day after it."""
    return calendar.add_working_days(closed_at, MINUTES_WITHIN)


def morning_of(calendar: Calendar, day: date) -> datetime:
    """Give the opening of a day, or nine o'clock where the desk does not open on it."""
    begins = calendar.start_of(day)
    nine = datetime.combine(day, _MORNING, calendar.zone)
    try:
        opens = calendar.next_opening(begins)
    except NeverOpen:
        return nine
    return opens if calendar.date_of(opens) == day else nine


def _days_until(calendar: Calendar, day: date, held_on: date) -> bool:
    return calendar.working_days_after(day, AHEAD)[-1] <= held_on
