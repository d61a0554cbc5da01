"""The brute-force oracle: one byte a minute, counted one by one; shares no code with the calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tickets.handbook import CalendarPlan

MINUTE = timedelta(minutes=1)


class Minutes:
    """A stretch of time as bytes: 1 where the desk is open during that minute."""

    def __init__(self, plan: CalendarPlan, start: datetime, days: int) -> None:
        self.start = start
        zone = ZoneInfo(plan.timezone)
        self.open = bytes(
            _is_open(plan, (start + n * MINUTE).astimezone(zone)) for n in range(days * 1440)
        )

    def add(self, start: datetime, minutes: int) -> datetime | None:
        """Walk minute by minute; None if the stretch ends first."""
        place = self._place(start)
        while minutes:
            if place >= len(self.open):
                return None
            minutes -= self.open[place]
            place += 1
        return self.start + place * MINUTE

    def subtract(self, end: datetime, minutes: int) -> datetime | None:
        place = self._place(end)
        while minutes:
            place -= 1
            if place < 0:
                return None
            minutes -= self.open[place]
        return self.start + place * MINUTE

    def between(self, start: datetime, end: datetime) -> timedelta:
        return sum(self.open[self._place(start) : self._place(end)]) * MINUTE

    def is_open(self, at: datetime) -> bool:
        return bool(self.open[self._place(at)])

    def next_opening(self, at: datetime) -> datetime | None:
        place = self.open.find(1, self._place(at))
        return None if place < 0 else self.start + place * MINUTE

    def last_open_before(self, at: datetime) -> datetime | None:
        place = self.open.rfind(1, 0, self._place(at))
        return None if place < 0 else self.start + place * MINUTE

    def _place(self, at: datetime) -> int:
        return (at.astimezone(UTC) - self.start) // MINUTE


def _is_open(plan: CalendarPlan, local: datetime) -> bool:
    day, minute = local.date(), local.hour * 60 + local.minute
    decreed = day.year in plan.decreed_years
    usual = plan.hours.get(day.weekday()) or ()
    ordinary = next(
        (plan.hours[n] for n in range(7) if n in plan.workweek and plan.hours.get(n)), ()
    )
    if day in plan.open:
        hours = plan.open[day] or usual or ordinary
    elif day in plan.closed:
        hours = ()
    elif decreed and day in plan.makeup_days:
        hours = ordinary
    elif decreed and day in plan.holidays:
        hours = (plan.holiday_hours or usual) if plan.open_on_holidays else ()
    else:
        hours = usual
    return any(span.start <= minute < span.end for span in hours)
