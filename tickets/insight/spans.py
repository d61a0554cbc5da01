"""The periods figures are asked for, by key: `2026-10`, `2026-W47`, `2026-10-05`, `2026-10-01..2026-10-15`, `2026`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tickets.time.calendar import Calendar
from tickets.time.periods import Shape, first_day, shape_of
from tickets.time.reach import are_in_reach

DAY = timedelta(days=1)
LONGEST = 366  # days
RANGE = ".."
_KEY = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|W\d{2}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """Whole local days of the desk, half-open; its key names it for ever."""

    key: str
    first: date
    last: date  # the last day itself
    start: datetime
    end: datetime

    @property
    def days(self) -> int:
        """Count its days."""
        return (self.last - self.first).days + 1


def span_of(key: str, calendar: Calendar) -> Span | None:
    """Read a key; None of what is none, of more than a year, and of days that nobody reckons with."""
    first_key, _, last_key = key.partition(RANGE)
    first, last = _days(first_key), _days(last_key or first_key)
    if first is None or last is None or (last_key and not _are_days(first_key, last_key)):
        return None
    return between(first[0], last[1], calendar, key=key)


def between(first: date, last: date, calendar: Calendar, *, key: str = "") -> Span | None:
    """Make the span of these days, the last included; None of none, of more than a year, and of those out of reach."""
    if not are_in_reach(first, last) or not first <= last < first + LONGEST * DAY:
        return None
    named = key or f"{first.isoformat()}{RANGE}{last.isoformat()}"
    return Span(named, first, last, calendar.start_of(first), calendar.end_of(last))


def _are_days(*keys: str) -> bool:
    return all(len(key) == len("2026-10-01") for key in keys)


def _days(key: str) -> tuple[date, date] | None:
    """Give the first and last day of a period of the calendar."""
    if not _KEY.fullmatch(key):
        return None
    try:
        if len(key) == len("2026"):
            return date(int(key), 1, 1), date(int(key), 12, 31)
        first = first_day(key)
        match shape_of(key):
            case Shape.DAY:
                return first, first
            case Shape.WEEK:
                return first, first + 6 * DAY
            case Shape.MONTH:
                return first, (first + 31 * DAY).replace(day=1) - DAY
    except (ValueError, OverflowError):
        return None


def beside(span: Span, step: int, calendar: Calendar) -> Span | None:
    """Give the period after (step 1) or before (-1): the next month of a month, else as many days."""
    if len(span.key) == len("2026-10"):
        near = span.last + DAY if step > 0 else span.first - DAY
        return span_of(f"{near:%Y-%m}", calendar)
    if len(span.key) == len("2026"):
        return span_of(f"{span.first.year + step:04}", calendar)
    first, last = span.first + step * span.days * DAY, span.last + step * span.days * DAY
    if len(span.key) == len("2026-W01"):
        year, week, _ = first.isocalendar()
        return span_of(f"{year:04}-W{week:02}", calendar)
    return between(first, last, calendar, key=first.isoformat() if first == last else "")
