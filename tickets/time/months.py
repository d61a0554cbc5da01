"""Months counted back by the calendar."""

from calendar import monthrange
from datetime import date


def months_before(day: date, months: int) -> date:
    """Give the same day some months before, the month's last where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
