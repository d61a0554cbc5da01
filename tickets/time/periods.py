"""The periods of scheduled posts: which one is due when, out of the desk's calendar (DESK.md 5).

A period's key decides whether it was done, never the clock time: a moved `at` neither leaves a
period out nor does one twice. Weeks and months are the calendar's, over when they are due; a day
runs from one due moment to the next, so that what comes in overnight belongs to the next day.
"""

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


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period of one job; `start` to `end` is half-open and follows the period before."""

    job: str
    key: str
    due_at: datetime
    start: datetime
    end: datetime

    @property
    def shape(self) -> Shape:
        """Tell a week from a day and a month."""
        return shape_of(self.key)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A digest's `at`, read: which days it falls on, and the wall time."""

    shape: Shape
    weekday: int
    at: time
    moves: bool  # off a holiday, to the next open day; else it is left out


def shape_of(key: str) -> Shape:
    """Read off a key what it is a period of."""
    if "W" in key:
        return Shape.WEEK
    return Shape.DAY if key.count("-") == 2 else Shape.MONTH


def shape_for(digest: Digest) -> Shape:
    """Tell what a digest's periods are periods of."""
    return _read(digest).shape


def due_periods(
    digest: Digest, since: str | None, now: datetime, calendar: Calendar
) -> Iterator[Period]:
    """Give the periods after the key `since` that are due by now, oldest first; None: only the newest.

    A key of another shape, of a digest that was weekly before and is daily now, counts as none.
    """
    plan = _read(digest)
    if since is None or shape_of(since) is not plan.shape:
        newest = _last(_until(_from(digest, plan, _look_back(now, plan, calendar), calendar), now))
        yield from (newest,) if newest else ()
        return
    periods = _from(digest, plan, first_day(since), calendar)
    yield from (one for one in _until(periods, now) if one.key > since)


def next_period(
    digest: Digest, since: str | None, now: datetime, calendar: Calendar
) -> Period | None:
    """Give the next period that is not due yet and not done already."""
    plan = _read(digest)
    done = since if since and shape_of(since) is plan.shape else ""
    periods = _from(digest, plan, _look_back(now, plan, calendar), calendar)
    return next((one for one in periods if one.due_at > now and one.key > done), None)


def period_of(digest: Digest, key: str, calendar: Calendar) -> Period | None:
    """Find a period by its key; None where the calendar has none of that key."""
    plan = _read(digest)
    if shape_of(key) is not plan.shape:
        return None
    periods = _from(digest, plan, first_day(key), calendar)
    found = next((one for one in periods if one.key >= key), None)
    return found if found and found.key == key else None


def _read(digest: Digest) -> _Plan:
    day, _, clock = digest.at.rpartition(" ")
    at = time.fromisoformat(clock)
    moves = digest.on_holiday != "skip"
    if day == "first workday":
        return _Plan(Shape.MONTH, 0, at, moves)
    if day == "open days":
        return _Plan(Shape.DAY, 0, at, moves)
    return _Plan(Shape.WEEK, _WEEKDAYS.index(day.lower()), at, moves)


def _from(digest: Digest, plan: _Plan, first: date, calendar: Calendar) -> Iterator[Period]:
    """Give the periods from the day `first` on; each begins where the one before ended."""
    wanted = _key(plan.shape, first)
    begun: datetime | None = None
    for key, start, due_at, end in _SHAPES[plan.shape](
        plan, _before(plan, first, calendar), calendar
    ):
        if key >= wanted:
            yield Period(digest.key, key, due_at, begun or start, end)
        begun = end


_Raw = tuple[str, datetime, datetime, datetime]  # key, start, due, end


def _days(plan: _Plan, first: date, calendar: Calendar) -> Iterator[_Raw]:
    barren, day = 0, first
    while barren < HORIZON:
        if calendar.opening.hours_on(day):
            due_at = _moment(day, plan.at, calendar)
            yield _key(Shape.DAY, day), calendar.start_of(day), due_at, due_at
            barren = -1
        barren, day = barren + 1, day + DAY


def _weeks(plan: _Plan, first: date, calendar: Calendar) -> Iterator[_Raw]:
    monday = first - first.weekday() * DAY
    while True:
        day = _met_on(monday, plan, calendar)
        if day is not None:
            due_at = _moment(day, plan.at, calendar)
            start, end = calendar.start_of(monday), calendar.start_of(monday + WEEK)
            yield _key(Shape.WEEK, monday), start, due_at, end
        monday += WEEK


def _months(plan: _Plan, first: date, calendar: Calendar) -> Iterator[_Raw]:
    month = first.replace(day=1)
    while True:
        following = (month + 32 * DAY).replace(day=1)
        (workday,) = calendar.working_days_after(following - DAY, 1)
        due_at = _moment(workday, plan.at, calendar)
        start, end = calendar.start_of(month), calendar.start_of(following)
        yield _key(Shape.MONTH, month), start, due_at, end
        month = following


_SHAPES: dict[Shape, Callable[[_Plan, date, Calendar], Iterator[_Raw]]] = {
    Shape.DAY: _days,
    Shape.WEEK: _weeks,
    Shape.MONTH: _months,
}


def _met_on(monday: date, plan: _Plan, calendar: Calendar) -> date | None:
    """Give the day on which a week is met about; None where the next week's meeting is about both."""
    usual = monday + WEEK + plan.weekday * DAY
    day = _off_holidays(usual, plan, calendar)
    if day == usual or day is None:
        return day
    following = _off_holidays(usual + WEEK, plan, calendar)
    return None if following is not None and following <= day else day


def _off_holidays(day: date, plan: _Plan, calendar: Calendar) -> date | None:
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


def _key(shape: Shape, day: date) -> str:
    match shape:
        case Shape.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case Shape.DAY:
            return day.isoformat()
        case Shape.MONTH:
            return f"{day:%Y-%m}"


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


def _before(plan: _Plan, day: date, calendar: Calendar) -> date:
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


def _look_back(now: datetime, plan: _Plan, calendar: Calendar) -> date:
    reach = {Shape.DAY: 40, Shape.WEEK: 60, Shape.MONTH: 90}[plan.shape]
    return calendar.date_of(now) - reach * DAY


def _until(periods: Iterator[Period], now: datetime) -> Iterator[Period]:
    for one in periods:
        if one.due_at > now:
            return
        yield one


def _last(periods: Iterator[Period]) -> Period | None:
    newest = None
    for newest in periods:  # noqa: B007  the last one is what is looked for
        pass
    return newest
