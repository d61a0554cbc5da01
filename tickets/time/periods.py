"""The periods of scheduled posts: which one is due when, out of the desk's calendar (DESK.md 5).

A period's key decides whether it was done, never the clock time: a moved `at` neither leaves a
period out nor does one twice. Weeks and months are the calendar's, over when they are due; a day
runs from one due moment to the next, so that what comes in overnight belongs to the next day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tickets.handbook import Digest
from tickets.time.calendar import Calendar
from tickets.time.occurrences import (
    DAY,
    OCCURRENCES,
    Plan,
    Shape,
    before,
    first_day,
    key_of,
    read,
    shape_of,
)

__all__ = [
    "Period",
    "Shape",
    "due_periods",
    "first_day",
    "next_period",
    "period_of",
    "shape_for",
    "shape_of",
]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period of one job; `start` to `end` is half-open and follows the period before."""

    job: str
    key: str
    due_at: datetime
    start: datetime
    end: datetime


def shape_for(digest: Digest) -> Shape:
    """Tell what a digest's periods are periods of."""
    return read(digest).shape


def due_periods(
    digest: Digest, since: str | None, now: datetime, calendar: Calendar
) -> Iterator[Period]:
    """Give the periods after the key `since` that are due by now, oldest first; None: only the newest.

    A key of another shape, of a digest that was weekly before and is daily now, counts as none.
    """
    plan = read(digest)
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
    plan = read(digest)
    done = since if since and shape_of(since) is plan.shape else ""
    periods = _from(digest, plan, _look_back(now, plan, calendar), calendar)
    return next((one for one in periods if one.due_at > now and one.key > done), None)


def period_of(digest: Digest, key: str, calendar: Calendar) -> Period | None:
    """Find a period by its key; None where the calendar has none of that key."""
    plan = read(digest)
    if shape_of(key) is not plan.shape:
        return None
    periods = _from(digest, plan, first_day(key), calendar)
    found = next((one for one in periods if one.key >= key), None)
    return found if found and found.key == key else None


def _from(digest: Digest, plan: Plan, first: date, calendar: Calendar) -> Iterator[Period]:
    """Give the periods from the day `first` on; each begins where the one before ended."""
    wanted = key_of(plan.shape, first)
    begun: datetime | None = None
    for key, start, due_at, end in OCCURRENCES[plan.shape](
        plan, before(plan, first, calendar), calendar
    ):
        if key >= wanted:
            yield Period(digest.key, key, due_at, begun or start, end)
        begun = end


def _look_back(now: datetime, plan: Plan, calendar: Calendar) -> date:
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
