"""How much revealing is usual: so many an hour, so many different customers a day; beyond it is slowed and told (X19, X36)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tickets.case.values import CustomerId

MOST_AN_HOUR = 20  # RELIABILITY.md X19
HOUR = timedelta(hours=1)
PAUSE = timedelta(minutes=3)  # between two, once an hour's share is used up
LOOK_BACK = timedelta(days=30)
ALWAYS_USUAL = 15  # different customers a day, whatever a person's other days were like
UNUSUAL = 2  # times the mean of the days on which this person revealed anything


@dataclass(frozen=True, slots=True)
class Seen:
    """One reveal: when, and whose identity."""

    at: datetime
    customer: CustomerId


def next_at(seen: Sequence[Seen], now: datetime) -> datetime:
    """Tell from when on the next reveal is possible: at once, or a pause after the last one."""
    if not is_hurried(seen, now):
        return now
    return max(now, seen[-1].at + PAUSE)


def is_hurried(seen: Sequence[Seen], now: datetime) -> bool:
    """Tell whether this person has used up the share of an hour; `seen` is in order."""
    return within_an_hour(seen, now) >= MOST_AN_HOUR


def hurried_since(seen: Sequence[Seen], now: datetime) -> datetime | None:
    """Tell since when without a break; this moment stays the same as long as it lasts."""
    since = None
    if is_hurried(seen, now):
        for place in range(len(seen) - 1, -1, -1):
            if within_an_hour(seen[: place + 1], seen[place].at) < MOST_AN_HOUR:
                break
            since = seen[place].at
    return since


def is_unusual(seen: Sequence[Seen], now: datetime, day_of: Callable[[datetime], date]) -> bool:
    """Tell whether today's different customers are more than is usual for this person."""
    days = _customers_by_day(seen, day_of)
    today = len(days.pop(day_of(now), ()))
    usual = sum(map(len, days.values())) / len(days) if days else 0.0
    return today > max(ALWAYS_USUAL, UNUSUAL * usual)


def customers_on(
    seen: Sequence[Seen], day: date, day_of: Callable[[datetime], date]
) -> frozenset[CustomerId]:
    """Name the different customers of a day."""
    return frozenset(_customers_by_day(seen, day_of).get(day, ()))


def _customers_by_day(
    seen: Sequence[Seen], day_of: Callable[[datetime], date]
) -> dict[date, set[CustomerId]]:
    days: dict[date, set[CustomerId]] = {}
    for one in seen:
        days.setdefault(day_of(one.at), set()).add(one.customer)
    return days


def within_an_hour(seen: Sequence[Seen], now: datetime) -> int:
    """Count the reveals of the last hour."""
    return sum(now - HOUR < one.at <= now for one in seen)
