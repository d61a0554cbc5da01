"""How one clock runs: where it ends through its pauses, and when it warns (DESK.md 3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tickets.handbook import Duration
from tickets.time.calendar import Calendar, NeverOpen
from tickets.time.durations import (
    IN_WORKING_TIME,
    MINUTE,
    add,
    lead_of,
    whole_of,
)
from tickets.time.history import Stop

NOTHING = timedelta()


class Run(NamedTuple):
    """Where a clock stands: due, or stopped since; `planned` is its end without any pause."""

    planned: datetime
    due_at: datetime | None
    stopped_since: datetime | None = None


def stops_of(stops: Iterable[Stop], start: datetime, settled_at: datetime | None) -> list[Stop]:
    """Cut pauses to a clock's own life, from its start to the moment it was met or ended."""
    lived = []
    for stop in stops:
        begun = max(stop.start, start)
        end = stop.end
        if settled_at is not None and (end is None or end > settled_at):
            end = settled_at
        if end is None or begun < end:
            lived.append(Stop(begun, end))
    return lived


def run(start: datetime, target: Duration, stops: Sequence[Stop], calendar: Calendar) -> Run:
    """Run a clock from a start on a whole minute through its pauses, in order.

    A pause that begins when the clock is already due changes nothing.
    """
    planned = due = add(start, target, calendar)
    stopped = NOTHING
    for stop in stops:
        if stop.start >= due:
            break
        if stop.end is None:
            return Run(planned, None, stop.start)
        stopped += _stopped(stop.start, stop.end, start, planned, target, calendar)
        due = _moved(start, planned, stopped, target, calendar)
    return Run(planned, due)


def _stopped(
    since: datetime,
    until: datetime,
    start: datetime,
    planned: datetime,
    target: Duration,
    calendar: Calendar,
) -> timedelta:
    """Give the time that a pause took from a clock, in the clock's own time.

    For wd: opening time inside the counted days, and all of it once the last of them is over.
    """
    match target.unit:
        case "wh":
            return calendar.working_between(since, until)
        case "wd":
            inside = _in_counted_days(since, min(until, planned), start, target.amount, calendar)
            return inside + calendar.working_between(max(since, planned), until)
        case _:
            return until - since


def _in_counted_days(
    since: datetime, until: datetime, start: datetime, count: int, calendar: Calendar
) -> timedelta:
    first, last = calendar.date_of(since), calendar.date_of(until)
    counted = calendar.working_days_after(calendar.date_of(start), count)
    inside = (
        calendar.working_between(
            max(since, calendar.start_of(day)), min(until, calendar.end_of(day))
        )
        for day in counted
        if first <= day <= last
    )
    return sum(inside, NOTHING)


def _moved(
    start: datetime, planned: datetime, stopped: timedelta, target: Duration, calendar: Calendar
) -> datetime:
    match target.unit:
        case "wh":
            return calendar.add_working(start, timedelta(hours=target.amount) + stopped)
        case "wd":
            return calendar.add_working(planned, stopped)
        case _:
            return planned + stopped


def warning(
    start: datetime,
    one: Run,
    target: Duration,
    before: Duration,
    calendar: Calendar,
    *,
    earliest: datetime,
    urgent: bool,
) -> datetime | None:
    """Plan the warning: so long before the end, or half the whole where that is shorter.

    Outside opening hours the last open minute before it, unless urgent; never before `earliest`,
    a whole minute.
    None while the clock is stopped, and where no moment before the end is left.
    """
    if one.due_at is None:
        return None
    lead = lead_of(before, target, calendar)
    whole = whole_of(start, one.planned, target, calendar)
    if 2 * lead > whole:
        lead = whole // (2 * MINUTE) * MINUTE
    in_working_time = target.unit in IN_WORKING_TIME
    at = calendar.subtract_working(one.due_at, lead) if in_working_time else one.due_at - lead
    if not urgent:
        at = _in_opening_hours(at, calendar)
    at = max(at, start, earliest)
    return at if at < one.due_at else None


def _in_opening_hours(at: datetime, calendar: Calendar) -> datetime:
    try:
        return calendar.last_open_minute(at)
    except NeverOpen:
        return at
