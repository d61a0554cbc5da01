"""The oracle: one byte a minute, laid by walking UTC; reads plans by itself, shares no code with tickets/time."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from tickets.handbook import CalendarPlan, Duration, Span

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 1440

Pause = tuple[datetime, datetime | None]


class BeyondStretch(Exception):
    """The answer lies outside the minutes that were laid."""


class Oracle:
    """A stretch of time: for each minute whether the desk is open, and what its clock on the wall shows.

    `open_to[n]` is the number of open minutes before minute n, counted one by one.
    """

    def __init__(self, plan: CalendarPlan, start: datetime, days: int) -> None:
        self.plan = plan
        self.start = start
        self.open = bytearray()
        self.walls = array("q")  # ordinal of the local date × 1440 + minute of the local day
        self.first_minutes: dict[int, int] = {}  # of each local date there is, by its ordinal
        self._lay(ZoneInfo(plan.timezone), days * DAY_MINUTES)
        self.open_to = array("q", accumulate(self.open, initial=0))
        self.dates = sorted(self.first_minutes)

    def _lay(self, zone: ZoneInfo, minutes: int) -> None:
        patterns: dict[int, bytes] = {}
        at = self.start
        for place in range(minutes):
            local = at.astimezone(zone)
            ordinal, minute = local.toordinal(), local.hour * 60 + local.minute
            pattern = patterns.get(ordinal)
            if pattern is None:
                pattern = patterns[ordinal] = _pattern(self.plan, date.fromordinal(ordinal))
                self.first_minutes[ordinal] = place
            self.open.append(pattern[minute])
            self.walls.append(ordinal * DAY_MINUTES + minute)
            at += MINUTE

    # --- places and moments ---------------------------------------------------------------------

    def place(self, at: datetime) -> int:
        """Give the minute a moment lies in."""
        place = (at.astimezone(UTC) - self.start) // MINUTE
        if not 0 <= place < len(self.open):
            raise BeyondStretch
        return place

    def moment(self, place: int) -> datetime:
        if not 0 <= place <= len(self.open):
            raise BeyondStretch
        return self.start + place * MINUTE

    def ordinal(self, place: int) -> int:
        return self.walls[place] // DAY_MINUTES

    # --- opening hours --------------------------------------------------------------------------

    def is_open(self, at: datetime) -> bool:
        return self.open[self.place(at)] == 1

    def walk(self, place: int, minutes: int) -> int:
        """Pass so many open minutes; stand right behind the last of them."""
        if minutes == 0:
            return place
        end = bisect_left(self.open_to, self.open_to[place] + minutes)
        if end >= len(self.open_to):
            raise BeyondStretch
        return end

    def walk_back(self, place: int, minutes: int) -> int:
        """Pass so many open minutes backwards; stand on the first of them."""
        if minutes == 0:
            return place
        wanted = self.open_to[place] - minutes
        if wanted < 0:
            raise BeyondStretch
        return bisect_right(self.open_to, wanted) - 1

    def between(self, start: datetime, end: datetime) -> timedelta:
        if end <= start:
            return timedelta()
        return (self.open_to[self.place(end)] - self.open_to[self.place(start)]) * MINUTE

    def next_opening(self, at: datetime) -> datetime:
        return self.moment(self._found(self.open.find(1, self.place(at))))

    def last_open(self, at: datetime) -> datetime:
        return self.moment(self._found(self.open.rfind(1, 0, self.place(at) + 1)))

    def _found(self, place: int) -> int:
        if place < 0:
            raise BeyondStretch
        return place

    # --- dates ----------------------------------------------------------------------------------

    def end_of(self, ordinal: int) -> int:
        """Give the first minute of the next date there is: 24:00."""
        following = bisect_right(self.dates, ordinal)
        if following == len(self.dates):
            raise BeyondStretch
        return self.first_minutes[self.dates[following]]

    def close_of(self, ordinal: int) -> int:
        """Stand behind the last open minute of a date; without one, at 24:00."""
        self.end_of(ordinal + 1)  # nothing of the date may lie beyond the stretch
        low = self.first_minutes[ordinal]
        high = min(low + 2 * DAY_MINUTES, len(self.open))
        for place in range(high - 1, low - 1, -1):
            if self.open[place] and self.ordinal(place) == ordinal:
                return place + 1
        return self.end_of(ordinal)

    def counted_days(self, start: datetime, count: int) -> list[int]:
        """Give the working days after the start's own date, which never counts."""
        after = bisect_right(self.dates, self.ordinal(self.place(start)))
        days = [
            ordinal
            for ordinal in self.dates[after:]
            if is_working_day(self.plan, date.fromordinal(ordinal))
        ][:count]
        if len(days) < count:
            raise BeyondStretch
        return days

    def is_provisional(self, start: datetime, end: datetime) -> bool:
        last = self.dates[bisect_right(self.dates, self.ordinal(self.place(end))) - 1]
        passed = [one for one in self.dates if self.ordinal(self.place(start)) <= one <= last]
        return any(date.fromordinal(one).year not in self.plan.decreed_years for one in passed)

    # --- targets --------------------------------------------------------------------------------

    def end(self, start: datetime, target: Duration) -> int:
        """Count a target from a start, minute by minute."""
        place, amount = self.place(start), target.amount
        match target.unit:
            case "m":
                return place + amount
            case "h":
                return place + amount * 60
            case "d":
                return self._same_wall(self.walls[place] + amount * DAY_MINUTES)
            case "wh":
                return self.walk(place, amount * 60)
            case _:
                last = self.counted_days(start, amount)[-1]
                return self.end_of(last) if target.ends == "midnight" else self.close_of(last)

    def _same_wall(self, wanted: int) -> int:
        """Find the first minute that shows this on the wall; where it is skipped, as if the clock had run on."""
        date_begins = self.first_minutes.get(wanted // DAY_MINUTES, 1)
        for place in range(max(1, date_begins), len(self.walls)):
            if self.walls[place] == wanted:
                return place
            if self.walls[place] > wanted:
                return place - 1 + wanted - self.walls[place - 1]
        raise BeyondStretch

    def due(self, start: datetime, target: Duration, pauses: Sequence[Pause]) -> int | None:
        """Run a target through pauses in order; None while the last has no end."""
        planned = due = self.end(start, target)
        if planned > len(self.open):
            raise BeyondStretch
        stopped = 0
        for since, until in pauses:
            if self.place(since) >= due:
                break
            if until is None:
                return None
            stopped += self._lost(self.place(since), self.place(until), start, target, planned)
            due = self._moved(self.place(start), planned, stopped, target)
        return due

    def _lost(self, since: int, until: int, start: datetime, target: Duration, planned: int) -> int:
        """Count the minutes of a pause that the target would have counted."""
        if target.unit in {"m", "h", "d"}:
            return until - since
        if target.unit == "wh":
            return sum(self.open[since:until])
        counted = set(self.counted_days(start, target.amount))
        return sum(
            self.open[place]
            for place in range(since, until)
            if place >= planned or self.ordinal(place) in counted
        )

    def _moved(self, start: int, planned: int, stopped: int, target: Duration) -> int:
        match target.unit:
            case "wh":
                return self.walk(start, target.amount * 60 + stopped)
            case "wd":
                return self.walk(planned, stopped)
            case _:
                return planned + stopped

    def warning(
        self,
        start: datetime,
        due: int,
        target: Duration,
        before: Duration,
        *,
        urgent: bool,
        earliest: datetime,
    ) -> datetime | None:
        """Find the minute of the warning; None where none is left before the due time."""
        begun, planned = self.place(start), self.end(start, target)
        working = target.unit in {"wh", "wd"}
        whole = self.open_to[planned] - self.open_to[begun] if working else planned - begun
        lead = min(self._lead(before, working=working), whole // 2)
        place = self.walk_back(due, lead) if working else due - lead
        if not urgent and not self.open[place]:
            place = self._found(self.open.rfind(1, 0, place))
        place = max(place, begun, -((self.start - earliest) // MINUTE))
        return self.moment(place) if place < due else None

    def _lead(self, before: Duration, *, working: bool) -> int:
        if before.unit in {"m", "h", "wh"}:
            return before.amount * (1 if before.unit == "m" else 60)
        return before.amount * (sum(_ordinary(self.plan)) if working else DAY_MINUTES)


# --- reading a plan -----------------------------------------------------------------------------


def is_working_day(plan: CalendarPlan, day: date) -> bool:
    """Read off a plan whether a date is a legal working day."""
    if day in plan.open or day in plan.closed:
        return day in plan.open
    if day.year in plan.decreed_years:
        if day in plan.makeup_days:
            return True
        if day in plan.holidays:
            return False
    return day.weekday() in plan.workweek


def _pattern(plan: CalendarPlan, day: date) -> bytes:
    """Lay the open minutes of a date, as its own clock shows them."""
    if day in plan.open:
        own = _laid(plan.open[day])
        return own if any(own) else _usual(plan, day) or _ordinary(plan)
    if day in plan.closed:
        return bytes(DAY_MINUTES)
    if day.year in plan.decreed_years:
        if day in plan.makeup_days:
            return _ordinary(plan)
        if day in plan.holidays:
            if not plan.open_on_holidays:
                return bytes(DAY_MINUTES)
            return _laid(plan.holiday_hours) if plan.holiday_hours else _plain(plan, day)
    return _plain(plan, day)


def _plain(plan: CalendarPlan, day: date) -> bytes:
    return _usual(plan, day) or bytes(DAY_MINUTES)


def _usual(plan: CalendarPlan, day: date) -> bytes:
    spans = plan.hours.get(day.weekday(), ())
    return _laid(spans) if spans else b""


def _ordinary(plan: CalendarPlan) -> bytes:
    """Lay an ordinary day: the first day of the working week that has hours, else the first day that has."""
    for days in (plan.workweek, range(7)):
        for weekday in range(7):
            if weekday in days and plan.hours.get(weekday):
                return _laid(plan.hours[weekday])
    return bytes(DAY_MINUTES)


def _laid(spans: Sequence[Span]) -> bytes:
    minutes = bytearray(DAY_MINUTES)
    for span in spans:
        for minute in range(span.start, span.end):
            minutes[minute] = 1
    return bytes(minutes)
