"""The desk's calendar: opening hours and legal working days, in any zone, answered by bisection.

Times in and out are aware; what comes out is UTC. The tables grow by whole local years as they are
asked for; each is built once and never changes, so threads may share a calendar.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tickets.handbook import CalendarPlan
from tickets.time.opening import Opening
from tickets.time.table import NOTHING, Table, tabulate
from tickets.time.zones import DAY, MINUTE, open_pieces, start_of

BARREN_YEARS = 3  # so many years in a row without one opening: there will be none


class NeverOpen(ValueError):
    """The desk has no opening hours to count in."""


class Calendar:
    """Two calendars of one desk (DESK.md 3): opening hours for `wh`, legal working days for `wd`."""

    def __init__(self, plan: CalendarPlan) -> None:
        self.plan = plan
        self.zone = ZoneInfo(plan.timezone)
        self.opening = Opening(plan)
        self.ordinary_day = self.opening.ordinary_day
        self._table: Table | None = None

    # --- local time -----------------------------------------------------------------------------

    def local(self, at: datetime) -> datetime:
        """Give a moment as the desk's clock on the wall shows it."""
        return at.astimezone(self.zone)

    def date_of(self, at: datetime) -> date:
        """Give the desk's local date of a moment."""
        return at.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """Give the moment a local date begins, in UTC."""
        return start_of(day, self.zone)

    def end_of(self, day: date) -> datetime:
        """Give the midnight at the end of a local date (24:00), in UTC."""
        return start_of(day + DAY, self.zone)

    def is_peak(self, at: datetime) -> bool:
        """Tell busy hours (忙时) from idle ones, by clock time alone, every day (R4)."""
        local = at.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(span.start <= minute < span.end for span in self.plan.peak)

    # --- opening hours --------------------------------------------------------------------------

    def is_open(self, at: datetime) -> bool:
        """Tell whether the desk is open; spans are half-open, closing time is closed."""
        at = at.astimezone(UTC)
        return self._covering(at).is_open(at)

    def add_working(self, start: datetime, length: timedelta) -> datetime:
        """Go forward by so much open time; an end falling exactly at closing is closing time.

        Nothing to add leaves the start where it is. Raises NeverOpen.
        """
        at = start.astimezone(UTC)
        if length <= NOTHING:
            return at
        table = self._covering(at)
        while True:
            end = table.earliest(table.elapsed(at) + length)
            if end is not None:
                return end
            table = self._opened_after(table)

    def subtract_working(self, end: datetime, length: timedelta) -> datetime:
        """Go back by so much open time; a start falling exactly at an opening is that opening.

        Raises NeverOpen.
        """
        at = end.astimezone(UTC)
        if length <= NOTHING:
            return at
        table = self._covering(at)
        while (left := table.elapsed(at) - length) < NOTHING:
            table = self._opened_before(table)
        return table.latest(left) or at

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """Sum the open time between two moments; nothing if the end lies before the start."""
        since, until = start.astimezone(UTC), end.astimezone(UTC)
        if until <= since:
            return NOTHING
        table = self._covering(until)
        if since < table.start:
            table = self._build(self.date_of(since).year, table.last_year)
        return table.elapsed(until) - table.elapsed(since)

    def next_opening(self, at: datetime) -> datetime:
        """Give the first open moment from here on: this one, if the desk is open. Raises NeverOpen."""
        at = at.astimezone(UTC)
        table = self._covering(at)
        while True:
            place = bisect_right(table.opens, at)
            if place and at < table.shuts[place - 1]:
                return at
            if place < len(table.opens):
                return table.opens[place]
            table = self._opened_after(table)

    def last_open_minute(self, at: datetime) -> datetime:
        """Give a moment itself, if the desk is open, else the last open minute before it. Raises NeverOpen."""
        at = at.astimezone(UTC)
        table = self._covering(at)
        while (place := bisect_right(table.opens, at) - 1) < 0:
            table = self._opened_before(table)
        shut = table.shuts[place]
        return at if at < shut else shut - MINUTE

    def close_of(self, day: date) -> datetime:
        """Give close of business of a local date, in UTC; midnight at its end where it has no hours."""
        return self._covering_day(day).closes.get(day) or self.end_of(day)

    # --- legal working days ---------------------------------------------------------------------

    def is_working_day(self, day: date) -> bool:
        """Tell whether a date is a legal working day of this desk."""
        return self.opening.is_working_day(day)

    def working_days_after(self, day: date, count: int) -> tuple[date, ...]:
        """Give the next legal working days after a date, which itself never counts."""
        table = self._covering_day(day)
        place = bisect_right(table.working_days, day)
        while len(table.working_days) < place + count:
            table = self._build(table.first_year, table.last_year + 1)
            place = bisect_right(table.working_days, day)
        return table.working_days[place : place + count]

    def add_working_days(self, start: datetime, count: int, ends: str = "close") -> datetime:
        """Go to the end of the last of so many legal working days; `ends` is close or midnight.

        The local date of the start never counts. Source: PRC Civil Code, art. 200–204.
        """
        last = self.working_days_after(self.date_of(start), count)[-1]
        return self.end_of(last) if ends == "midnight" else self.close_of(last)

    # --- years not decreed ----------------------------------------------------------------------

    def is_provisional(self, first: date, last: date | None = None) -> bool:
        """Tell whether a date, or any date up to another, lies in a year not yet decreed (暂定)."""
        years = range(first.year, (last or first).year + 1)
        return not self.plan.decreed_years.issuperset(years)

    def is_provisional_between(self, start: datetime, end: datetime) -> bool:
        """Tell whether two moments, or any date between them, lie in a year not yet decreed."""
        table = self._covering(end)
        if table.is_decreed and table.start <= start:  # nearly always: no local date to work out
            return False
        return self.is_provisional(self.date_of(start), self.date_of(end))

    # --- growing --------------------------------------------------------------------------------

    def _covering(self, at: datetime) -> Table:
        table = self._table
        if table is not None and table.start <= at < table.end:
            return table
        year = self.date_of(at).year
        if table is None:
            return self._build(year, year)
        return self._build(min(year, table.first_year), max(year, table.last_year))

    def _covering_day(self, day: date) -> Table:
        table = self._table
        if table is not None and table.first_year <= day.year <= table.last_year:
            return table
        return self._covering(self.start_of(day))

    def _opened_after(self, table: Table) -> Table:
        self._expect_openings(range(table.last_year - BARREN_YEARS + 1, table.last_year + 1), table)
        return self._build(table.first_year, table.last_year + 1)

    def _opened_before(self, table: Table) -> Table:
        self._expect_openings(range(table.first_year, table.first_year + BARREN_YEARS), table)
        return self._build(table.first_year - 1, table.last_year)

    def _expect_openings(self, years: range, table: Table) -> None:
        """Give up where nothing is open for years; weekly hours always come back after a closing."""
        if any(self.plan.hours.values()):
            return
        if years[0] < table.first_year or years[-1] > table.last_year:
            return
        if not any(day.year in years for day in table.closes):
            raise NeverOpen(f"no opening hours from {years[0]} to {years[-1]}")

    def _build(self, first_year: int, last_year: int) -> Table:
        first, last = date(first_year, 1, 1), date(last_year, 12, 31)
        self._table = tabulate(
            (first_year, last_year),
            (self.start_of(first), self.end_of(last)),
            open_pieces(self.zone, first, last, self.opening.hours_on),
            (day for day in _days(first, last) if self._is_there_and_worked(day)),
            is_decreed=not self.is_provisional(first, last),
        )
        return self._table

    def _is_there_and_worked(self, day: date) -> bool:
        """Tell whether a date counts; one that the zone left out never was (Apia, 30 December 2011)."""
        return self.opening.is_working_day(day) and self.start_of(day) < self.end_of(day)


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += DAY
