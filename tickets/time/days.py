"""The days a clock runs through, one by one: what was open, what was stopped, and why a day does not count."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from tickets.time.calendar import Calendar
from tickets.time.receipt import NOTHING, DayKind, Halt, Line, Reason
from tickets.time.zones import DAY, Piece, open_pieces

Window = tuple[datetime, datetime]


class Days:
    """One clock's way from its start to its end, in the desk's local days, with its pauses."""

    def __init__(
        self, calendar: Calendar, start: datetime, end: datetime, halts: Sequence[Halt]
    ) -> None:
        self.calendar = calendar
        self.start = start
        self.end = end
        self.halts = halts

    def date_of(self, at: datetime) -> date:
        """Give the desk's local date of a moment."""
        return self.calendar.date_of(at)

    def dates(self, start: datetime, end: datetime) -> Iterator[date]:
        """Give the local dates that a stretch touches; an end at midnight touches none of its date."""
        last = self.date_of(end)
        if self.calendar.start_of(last) == end > start:
            last -= DAY
        return self.dates_between(self.date_of(start), last)

    def dates_between(self, first: date, last: date) -> Iterator[date]:
        """Give the dates from a first to a last one; not one that the zone left out (Apia, 2011)."""
        day = first
        while day <= last:
            if self.calendar.start_of(day) < self.calendar.end_of(day):
                yield day
            day += DAY

    def working_days(self, count: int) -> tuple[date, ...]:
        """Give the legal working days counted from the start."""
        return self.calendar.working_days_after(self.date_of(self.start), count)

    def is_open(self, day: date) -> bool:
        """Tell whether a date has opening hours."""
        return bool(self.calendar.opening.hours_on(day))

    # --- how long -------------------------------------------------------------------------------

    def open_time(self, day: date, start: datetime, end: datetime) -> timedelta:
        """Sum a date's open time within a stretch."""
        return _sum(self._open(day, start, end))

    def stopped_time(self, day: date, start: datetime, end: datetime) -> timedelta:
        """Sum what pauses took of a date's open time within a stretch."""
        return _sum(
            part
            for piece in self._open(day, start, end)
            for halt in self.halts
            if halt.end is not None and (part := _common(piece, (halt.start, halt.end)))
        )

    def _open(self, day: date, start: datetime, end: datetime) -> Iterator[Window]:
        for piece in self._pieces[day]:
            part = _common((piece.opens, piece.shuts), (start, end))
            if part:
                yield part

    @cached_property
    def _pieces(self) -> dict[date, list[Piece]]:
        by_day: defaultdict[date, list[Piece]] = defaultdict(list)
        first, last = self.date_of(self.start), self.date_of(self.end)
        for piece in open_pieces(self.calendar.zone, first, last, self.calendar.opening.hours_on):
            by_day[piece.day].append(piece)
        return by_day

    # --- in words -------------------------------------------------------------------------------

    def line(self, reason: Reason, day: date, start: datetime, end: datetime) -> Line:
        """Make the line of a date, as far as it lies within a stretch."""
        begins, ends = self.calendar.start_of(day), self.calendar.end_of(day)
        here = _common((begins, ends), (start, end)) or (begins, begins)
        return Line(
            reason=reason,
            start=here[0],
            end=here[1],
            first=day,
            last=day,
            kind=self._kind(day),
            hours=self.calendar.opening.hours_on(day),
            halts=tuple(_cut(self.halts, here)),
            provisional=self.calendar.is_provisional(day),
        )

    def stretch(self, reason: Reason, start: datetime, end: datetime) -> Line:
        """Make the line of a stretch of time by the clock, whatever days it covers."""
        length = end - start
        counted = reason is Reason.COUNTED
        return Line(
            reason=reason,
            start=start,
            end=end,
            first=self.date_of(start),
            last=self.date_of(end),
            time=length if counted else NOTHING,
            stopped=NOTHING if counted else length,
        )

    def why_not_working(self, day: date) -> Reason:
        """Tell why a date is no legal working day."""
        opening = self.calendar.opening
        if day in opening.plan.closed:
            return Reason.DESK_CLOSED
        return Reason.HOLIDAY if opening.is_holiday(day) else Reason.WEEKEND

    def why_not_open(self, day: date) -> Reason:
        """Tell why nothing of a date counts in opening hours."""
        opening = self.calendar.opening
        if self.is_open(day):
            return Reason.OUTSIDE_HOURS
        if day in opening.plan.closed or opening.is_holiday(day):
            return self.why_not_working(day)
        return Reason.NO_HOURS if day.weekday() in opening.plan.workweek else Reason.WEEKEND

    def _kind(self, day: date) -> DayKind:
        opening = self.calendar.opening
        if day in opening.plan.open:
            return DayKind.OWN_DAY
        if day not in opening.plan.closed and opening.is_makeup_day(day):
            return DayKind.MAKE_UP_DAY
        if opening.is_holiday(day) and opening.plan.open_on_holidays:
            return DayKind.HOLIDAY_HOURS
        hours = timedelta(minutes=sum(span.end - span.start for span in opening.hours_on(day)))
        return DayKind.SHORT if NOTHING < hours < self.calendar.ordinary_day else DayKind.ORDINARY


def _cut(halts: Sequence[Halt], here: Window) -> Iterator[Halt]:
    for halt in halts:
        part = _common((halt.start, halt.end or here[1]), here)
        if part:
            yield Halt(*part, halt.causes)


def _common(one: Window, other: Window) -> Window | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def _sum(windows: Iterator[Window]) -> timedelta:
    return sum((end - start for start, end in windows), NOTHING)
