"""Shares and means as people write them: whole, half up (C16)."""

from collections.abc import Iterable
from datetime import timedelta

MINUTE = timedelta(minutes=1)


def percent(part: int, whole: int) -> int | None:
    """Give a share in whole percent, half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def mean_minutes(lengths: Iterable[timedelta]) -> int | None:
    """Give the mean of some lengths in whole minutes, half up; None of none."""
    given = list(lengths)
    if not given:
        return None
    whole = sum(given, timedelta())
    return (2 * whole + len(given) * MINUTE) // (2 * len(given) * MINUTE)
