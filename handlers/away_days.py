"""The days somebody will be away, as people type them: 10-01..10-07, 2026-10-01, and why."""

import re
import unicodedata
from datetime import date

from tickets.people.absence import AbsenceReason

_DAY = r"(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})"
_DAYS = re.compile(rf"{_DAY}(?:\s*(?:\.\.+|~|至|到|—|–|\s-\s)\s*{_DAY})?")
_WHY = {
    AbsenceReason.SICK: ("病", "sick", "ill"),
    AbsenceReason.TRAVEL: ("出差", "差旅", "travel", "trip"),
    AbsenceReason.TRAINING: ("培训", "培訓", "training", "course"),
    AbsenceReason.LEAVE: ("假", "休", "leave", "holiday", "vacation"),
}


def read_days(typed: str, *, today: date) -> tuple[date, date] | None:
    """Read the first and the last day; without a year they are the next to come. None: unreadable."""
    found = _DAYS.search(unicodedata.normalize("NFKC", typed))
    if found is None:
        return None
    year, month, day, last_year, last_month, last_day = found.groups()
    first = _date(year, month, day, not_before=today)
    if first is None or last_month is None:
        return (first, first) if first else None
    last = _date(last_year, last_month, last_day, not_before=first)
    return (first, last) if last else None


def read_why(typed: str) -> AbsenceReason:
    """Read why; whatever is not one of the usual reasons is another."""
    said = typed.casefold()
    return next(
        (reason for reason, words in _WHY.items() if any(word in said for word in words)),
        AbsenceReason.OTHER,
    )


def _date(year: str | None, month: str, day: str, *, not_before: date) -> date | None:
    years = [int(year)] if year else [not_before.year, not_before.year + 1]
    for one in years:
        try:
            found = date(one, int(month), int(day))
        except ValueError:
            continue
        if year or found >= not_before:
            return found
    return None
