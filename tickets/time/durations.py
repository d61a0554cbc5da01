"""Targets as written (30m, 24h, 7d, 4wh, 5wd): where they end, and how a length is shown (DESK.md 3)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tickets.handbook import Duration
from tickets.message import Message, say
from tickets.time.calendar import Calendar

MINUTE = timedelta(minutes=1)
IN_WORKING_TIME = frozenset({"wh", "wd"})
_BY_THE_CLOCK = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}


def to_minute(at: datetime) -> datetime:
    """Cut a moment to its minute, in UTC."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.replace(second=0, microsecond=0) if at.second or at.microsecond else at


def up_to_minute(at: datetime) -> datetime:
    """Give the first whole minute that is not before a moment, in UTC."""
    cut = to_minute(at)
    return cut if cut == at else cut + MINUTE


def add(start: datetime, target: Duration, calendar: Calendar) -> datetime:
    """Count a target from a start, cut to the minute, by the rules of its unit; the end is in UTC.

    m and h run by the clock; d is the same wall time days later; wh counts minutes inside opening
    hours; wd counts legal working days after the local date of the start, to the close of the last.
    """
    start = to_minute(start)
    match target.unit:
        case "m" | "h":
            return start + target.amount * _BY_THE_CLOCK[target.unit]
        case "d":
            return _days_later(start, target.amount, calendar)
        case "wh":
            return calendar.add_working(start, timedelta(hours=target.amount))
        case "wd":
            return calendar.add_working_days(start, target.amount, target.ends)
    raise ValueError(f"no such unit of time: {target.unit}")


def whole_of(start: datetime, end: datetime, target: Duration, calendar: Calendar) -> timedelta:
    """Give how long a target is from start to end: in working time for wh and wd, else by the clock."""
    if target.unit in IN_WORKING_TIME:
        return calendar.working_between(start, end)
    return end - start


def lead_of(before: Duration, target: Duration, calendar: Calendar) -> timedelta:
    """Give how long before the end of a target a warning comes, in the target's own time.

    A day before a target in working time is the desk's ordinary day.
    """
    if before.unit in _BY_THE_CLOCK:
        return before.amount * _BY_THE_CLOCK[before.unit]
    if before.unit == "wh":
        return timedelta(hours=before.amount)
    day = calendar.ordinary_day if target.unit in IN_WORKING_TIME else timedelta(days=1)
    return before.amount * day


def _days_later(start: datetime, days: int, calendar: Calendar) -> datetime:
    local = calendar.local(start).replace(fold=0)
    return (local + timedelta(days=days)).astimezone(UTC)


# --- showing a length ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Length:
    """A length of working time in the desk's ordinary days, hours and minutes."""

    days: int
    hours: int
    minutes: int


def in_ordinary_days(length: timedelta, calendar: Calendar) -> Length:
    """Split working time into the desk's ordinary days (d), hours and minutes, cut to the minute."""
    days, rest = divmod(length, calendar.ordinary_day)
    hours, rest = divmod(rest, timedelta(hours=1))
    return Length(days, hours, rest // MINUTE)


def late_by(due_at: datetime, now: datetime, calendar: Calendar) -> timedelta:
    """Give how late something is in working time; nothing before its due time."""
    return calendar.working_between(due_at, now)


def as_words(target: Duration) -> Message:
    """Say a target: "24 hours", "5 working days"."""
    return say(f"duration.{target.unit}", count=target.amount)
