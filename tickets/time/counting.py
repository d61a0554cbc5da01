"""The lines of a receipt: how each unit of time counts its stretches, day by day or span by span."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tickets.handbook import Duration
from tickets.time.calendar import Calendar
from tickets.time.days import Days
from tickets.time.receipt import NOTHING, Halt, Line, Reason, whole
from tickets.time.running import Run


def lines_of(
    start: datetime, target: Duration, run: Run, halts: Sequence[Halt], calendar: Calendar
) -> Iterator[Line]:
    """Give the lines of one clock from its start to its due, or to where it stands still."""
    until = run.due_at or run.stopped_since
    if until is None:
        return
    over = [halt for halt in halts if halt.end is not None and halt.start < until]
    days = Days(calendar, start, until, over)
    match target.unit:
        case "wh":
            lines = _opening_hours(days)
        case "wd":
            lines = _working_days(days, target.amount, run)
        case _:
            lines = _by_the_clock(days, target, run)
    if run.due_at is not None:
        yield from lines
        return
    yield from _stands_still(list(lines), target, halts[-1], days)


# --- m h d: span by span ------------------------------------------------------------------------


def _by_the_clock(days: Days, target: Duration, run: Run) -> Iterator[Line]:
    begun = days.start
    for halt in days.halts:
        if halt.end is None:
            break
        if begun < halt.start:
            yield days.stretch(Reason.COUNTED, begun, halt.start)
        yield replace(days.stretch(Reason.STOPPED, halt.start, halt.end), halts=(halt,))
        begun = halt.end
    if begun < days.end:
        yield days.stretch(Reason.COUNTED, begun, days.end)
    if target.unit == "d":
        yield from _clock_change(days, whole(target) - (run.planned - days.start))


def _clock_change(days: Days, shift: timedelta) -> Iterator[Line]:
    """A day is a day of the wall clock, also where the zone made it longer or shorter."""
    if shift:
        yield replace(days.stretch(Reason.CLOCK_CHANGE, days.end, days.end), time=shift)


# --- wh: minutes inside opening hours, a line a day -----------------------------------------------


def _opening_hours(days: Days) -> Iterator[Line]:
    for day in days.dates(days.start, days.end):
        open_time = days.open_time(day, days.start, days.end)
        stopped = days.stopped_time(day, days.start, days.end)
        counted = open_time - stopped
        if counted:
            reason = Reason.COUNTED
        elif stopped:
            reason = Reason.STOPPED
        else:
            reason = days.why_not_open(day)
        line = days.line(reason, day, days.start, days.end)
        yield replace(line, time=counted, stopped=stopped)


# --- wd: legal working days, then what was stopped ------------------------------------------------


def _working_days(days: Days, amount: int, run: Run) -> Iterator[Line]:
    counted = {day: place for place, day in enumerate(days.working_days(amount), start=1)}
    planned = min(run.planned, days.end)
    last = max(counted) if run.planned <= days.end else days.date_of(days.end)
    for day in days.dates_between(days.date_of(days.start), last):
        if day in counted:
            line = days.line(Reason.COUNTED, day, days.start, planned)
            yield replace(
                line,
                days=1,
                ordinal=counted[day],
                stopped=days.stopped_time(day, days.start, planned),
            )
        elif day == days.date_of(days.start):
            yield days.line(Reason.START_DAY, day, days.start, planned)
        else:
            yield days.line(days.why_not_working(day), day, days.start, planned)
    yield from _walked_forward(days, run)


def _walked_forward(days: Days, run: Run) -> Iterator[Line]:
    """After the last day, the time that was stopped is open time still to be had."""
    if run.planned >= days.end:
        return
    for day in days.dates(run.planned, days.end):
        stopped = days.stopped_time(day, run.planned, days.end)
        given = days.open_time(day, run.planned, days.end) - stopped
        if given or stopped:
            line = days.line(
                Reason.MADE_UP if given else Reason.STOPPED, day, run.planned, days.end
            )
            yield replace(line, made_up=given, stopped=stopped)
        elif not days.is_open(day):
            yield days.line(days.why_not_open(day), day, run.planned, days.end)


# --- a clock that stands still --------------------------------------------------------------------


def _stands_still(lines: list[Line], target: Duration, last: Halt, days: Days) -> Iterator[Line]:
    yield from lines
    yield replace(
        days.stretch(Reason.STILL_STOPPED, days.end, days.end), halts=(last,), time=NOTHING
    )
    left = days.stretch(Reason.LEFT, days.end, days.end)
    if target.unit == "wd":
        lost = _sum(line.stopped for line in lines if line.reason is Reason.COUNTED)
        given = _sum(line.made_up for line in lines)
        had = sum(line.days for line in lines)
        yield replace(left, days=target.amount - had, made_up=lost - given)
    else:
        yield replace(left, time=whole(target) - _sum(line.time for line in lines))


def _sum(lengths: Iterable[timedelta]) -> timedelta:
    return sum(lengths, NOTHING)
