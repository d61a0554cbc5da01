"""Lengths of time in words: working time in the desk's days, and spans to the minute."""

from datetime import timedelta

from tickets.tongue import Tongue

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def in_desk_days(length: timedelta, ordinary_day: timedelta, tongue: Tongue) -> str:
    """Say working time by its two largest units, "d" being the desk's ordinary day: "6 d 4 h"."""
    days, rest = divmod(length, ordinary_day)
    if not days:
        return tongue.span(rest)
    larger, hours = tongue("span.days", count=days), rest // HOUR
    if not hours:
        return larger
    return tongue("span.two", larger=larger, smaller=tongue("span.hours", count=hours))


def to_the_minute(length: timedelta, tongue: Tongue) -> str:
    """Say a length in hours and minutes, nothing left out: "47 h 5 min"."""
    hours, rest = divmod(length, HOUR)
    minutes = rest // MINUTE
    if not hours:
        return tongue("span.minutes", count=minutes)
    larger = tongue("span.hours", count=hours)
    if not minutes:
        return larger
    return tongue("span.two", larger=larger, smaller=tongue("span.minutes", count=minutes))
