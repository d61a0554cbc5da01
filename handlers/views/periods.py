"""Names of periods as people say them: a month, a week by its days, a day; never the key they are kept under."""

from datetime import date, timedelta

from tickets.time.periods import Shape, first_day, shape_of
from tickets.tongue import Tongue

_RANGE, _YEAR = "..", len("2026")
_WEEK = timedelta(days=6)  # from its first day to its last


def named(key: str, tongue: Tongue) -> str:
    """Name the period of a key: `2026-10`, `2026-W47`, `2026-10-05`, `2026-10-01..2026-10-15`, `2026`."""
    first, _, last = key.partition(_RANGE)
    if last:
        return _days(first_day(first), first_day(last), tongue)
    if len(key) == _YEAR:
        return tongue("period.year", year=key)
    start = first_day(key)
    match shape_of(key):
        case Shape.MONTH:
            return tongue.month(start)
        case Shape.WEEK:
            return _days(start, start + _WEEK, tongue)
        case Shape.DAY:
            return _day(start, tongue)


def _days(first: date, last: date, tongue: Tongue) -> str:
    return tongue("meeting.week", first=_day(first, tongue), last=_day(last, tongue))


def _day(one: date, tongue: Tongue) -> str:
    return tongue("meeting.day", day=one)
