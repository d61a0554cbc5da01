"""Which days the desk works and which hours it is open, date by date (DESK.md 3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from tickets.handbook import CalendarPlan, Span


@dataclass(frozen=True, slots=True)
class Opening:
    """Two calendars read from one plan: opening hours, and legal working days."""

    plan: CalendarPlan

    @property
    def ordinary_hours(self) -> tuple[Span, ...]:
        """Give the hours of an ordinary working day: the first of the working week that has any.

        A desk that opens on none of them has its first open weekday's.
        """
        days = (*sorted(self.plan.workweek), *range(7))
        return next((spans for day in days if (spans := self.usual_hours(day))), ())

    @property
    def ordinary_day(self) -> timedelta:
        """Give the length of an ordinary day, the "d" in which lateness is shown."""
        minutes = sum(span.end - span.start for span in self.ordinary_hours)
        return timedelta(minutes=minutes) if minutes else timedelta(days=1)

    def usual_hours(self, weekday: int) -> tuple[Span, ...]:
        """Give the spans of a weekday, 0 being Monday."""
        return tuple(self.plan.hours.get(weekday, ()))

    def hours_on(self, day: date) -> tuple[Span, ...]:
        """Give the spans in which the desk is open on a date, in local minutes, sorted and disjoint."""
        return _joined(self._written_hours(day))

    def is_working_day(self, day: date) -> bool:
        """Tell whether a date is a legal working day, the desk's own exceptions included."""
        if day in self.plan.open:
            return True
        if day in self.plan.closed:
            return False
        if self.is_makeup_day(day):
            return True
        return day.weekday() in self.plan.workweek and not self.is_holiday(day)

    def is_makeup_day(self, day: date) -> bool:
        """Tell whether a date is a decreed make-up working day (调休上班日)."""
        return self.is_decreed(day.year) and day in self.plan.makeup_days

    def is_holiday(self, day: date) -> bool:
        """Tell whether a date is a decreed public holiday."""
        return self.is_decreed(day.year) and day in self.plan.holidays

    def is_decreed(self, year: int) -> bool:
        """Tell whether a year's holidays are known for sure; another counts plain weekdays."""
        return year in self.plan.decreed_years

    def _written_hours(self, day: date) -> tuple[Span, ...]:
        usual = self.usual_hours(day.weekday())
        if day in self.plan.open:
            return self.plan.open[day] or usual or self.ordinary_hours
        if day in self.plan.closed:
            return ()
        if self.is_makeup_day(day):
            return self.ordinary_hours
        if self.is_holiday(day):
            return (self.plan.holiday_hours or usual) if self.plan.open_on_holidays else ()
        return usual


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        elif span.start < span.end:
            joined.append(span)
    return tuple(joined)
