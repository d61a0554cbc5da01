"""On which days the periods of a digest are due, and what they are about: weeks, days, months."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from tickets.handbook import Digest
from tickets.time.calendar import Calendar

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
HORIZON = 400  # days: a desk without an open day in a year has no periods
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Shape(StrEnum):
    """What a period is a period of; seen in its key: `2026-W47`, `2026-11-24`, `2026-11`."""

    WEEK = "week"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Plan:
    """A digest's `at`, read: which days it falls on, and the wall time."""

    shape: Shape
    weekday: int
    at: time
    moves: bool  # off a holiday, to the next open day; else it is left out
    before_close: timedelta | None = None  # of the day, at the latest


def shape_of(key: str) -> Shape:
    """Read off a key what it is a period of."""
    if "W" in key:
        return Shape.WEEK
    return Shape.DAY if key.count("-") == 2 else Shape.MONTH


def first_day(key: str) -> date:
    """Give the local date a period of the calendar begins on. Raises ValueError of what is no key."""
    match shape_of(key):
        case Shape.WEEK:
            year, _, week = key.partition("-W")
            return date.fromisocalendar(int(year), int(week), 1)
        case Shape.DAY:
            return date.fromisoformat(key)
        case Shape.MONTH:
            return date.fromisoformat(f"{key}-01")


def key_of(shape: Shape, day: date) -> str:
    """Name the period of a local date."""
    match shape:
        case Shape.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case Shape.DAY:
            return day.isoformat()
        case Shape.MONTH:
            return f"{day:%Y-%m}"


def read(digest: Digest) -> Plan:
    """Read a digest's `at`, as desk.yml was found to write it."""
    day, _, clock = digest.at.rpartition(" ")
    at = time.fromisoformat(clock)
    moves = digest.on_holiday != "skip"
    if day == "first workday":
        return Plan(Shape.MONTH, 0, at, moves)
    if day == "open days":
        return Plan(Shape.DAY, 0, at, moves, digest.before_close)
    return Plan(Shape.WEEK, _WEEKDAYS.index(day.lower()), at, moves)


Raw = tuple[str, datetime, datetime, datetime]  # key, start, due, end


def _days(plan: Plan, first: date, calendar: Calendar) -> Iterator[Raw]:
    barren, day = 0, first
    while barren < HORIZON:
        if calendar.opening.hours_on(day):
            due_at = _moment(day, plan.at, calendar)
            if plan.before_close is not None:
                due_at = min(due_at, calendar.close_of(day) - plan.before_close)
            yield key_of(Shape.DAY, day), calendar.start_of(day), due_at, due_at
            barren = -1
        barren, day = barren + 1, day + DAY


def _weeks(plan: Plan, first: date, calendar: Calendar) -> Iterator[Raw]:
    monday = first - first.weekday() * DAY
    while True:
        day = _met_on(monday, plan, calendar)
        if day is not None:
            due_at = _moment(day, plan.at, calendar)
            start, end = calendar.start_of(monday), calendar.start_of(monday + WEEK)
            yield key_of(Shape.WEEK, monday), start, due_at, end
        monday += WEEK


def _months(plan: Plan, first: date, calendar: Calendar) -> Iterator[Raw]:
    month = first.replace(day=1)
    while True:
        following = (month + 32 * DAY).replace(day=1)
        (workday,) = calendar.working_days_after(following - DAY, 1)
        due_at = _moment(workday, plan.at, calendar)
        start, end = calendar.start_of(month), calendar.start_of(following)
        yield key_of(Shape.MONTH, month), start, due_at, end
        month = following


OCCURRENCES: dict[Shape, Callable[[Plan, date, Calendar], Iterator[Raw]]] = {
    Shape.DAY: _days,
    Shape.WEEK: _weeks,
    Shape.MONTH: _months,
}


def _met_on(monday: date, plan: Plan, calendar: Calendar) -> date | None:
    """Give the day on which a week is met about; None where the next week's meeting is about both."""
    usual = monday + WEEK + plan.weekday * DAY
    day = _off_holidays(usual, plan, calendar)
    if day == usual or day is None:
        return day
    following = _off_holidays(usual + WEEK, plan, calendar)
    return None if following is not None and following <= day else day


def _off_holidays(day: date, plan: Plan, calendar: Calendar) -> date | None:
    """Move a day that the desk would usually work, but does not, as `on_holiday` says."""
    opening = calendar.opening
    if opening.hours_on(day) or not opening.usual_hours(day.weekday()):
        return day  # a day on which the desk never works was chosen on purpose
    if not plan.moves:
        return None
    later = (day + n * DAY for n in range(1, HORIZON))
    return next((one for one in later if opening.hours_on(one)), day)


def _moment(day: date, at: time, calendar: Calendar) -> datetime:
    """Give the moment of a wall time; one that the clock skips is as much later, a repeated one the first."""
    return datetime.combine(day, at, calendar.zone).astimezone(UTC)


def before(plan: Plan, day: date, calendar: Calendar) -> date:
    """Give a day of the last period before the one of this day, so that its end is known."""
    step = WEEK if plan.shape is Shape.WEEK else DAY
    earlier = (day - n * step for n in range(1, HORIZON))
    match plan.shape:
        case Shape.MONTH:
            return day.replace(day=1) - DAY
        case Shape.DAY:
            return next((one for one in earlier if calendar.opening.hours_on(one)), day)
        case Shape.WEEK:
            mondays = (one - one.weekday() * DAY for one in earlier)
            return next((one for one in mondays if _met_on(one, plan, calendar)), day)
