"""Local hours laid on the line of UTC, true through gaps and folds of the clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tickets.handbook import Span

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one local date in which the desk is open, half-open, in UTC."""

    day: date
    opens: datetime
    shuts: datetime


@dataclass(frozen=True, slots=True)
class _Steady:
    """A stretch of UTC in which the zone's offset does not change."""

    start: datetime
    end: datetime
    offset: timedelta


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Give the moment a local date begins, in UTC; where the clock skips midnight, the jump itself."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def open_pieces(
    zone: ZoneInfo, first: date, last: date, hours_on: Callable[[date], tuple[Span, ...]]
) -> Iterator[Piece]:
    """Lay the opening hours of local dates on UTC, in order.

    The desk is open when the clock on its wall says so: an hour that the clock skips is not
    there, an hour that it repeats is there twice.
    """
    for steady in _steady_stretches(zone, start_of(first, zone), start_of(last + DAY, zone)):
        local_end = steady.end + steady.offset
        day = (steady.start + steady.offset).date()
        while datetime.combine(day, time(), UTC) < local_end:
            yield from _pieces_of(day, hours_on(day), steady)
            day += DAY


def _pieces_of(day: date, spans: tuple[Span, ...], steady: _Steady) -> Iterator[Piece]:
    midnight = datetime.combine(day, time(), UTC) - steady.offset
    for span in spans:
        opens = max(midnight + span.start * MINUTE, steady.start)
        shuts = min(midnight + span.end * MINUTE, steady.end)
        if opens < shuts:
            yield Piece(day, opens, shuts)


def _steady_stretches(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[_Steady]:
    begun, at = start, start
    while at < end:
        following = min(at + DAY, end)
        if _offset(zone, at) != _offset(zone, following):
            change = _change_between(zone, at, following)
            yield _Steady(begun, change, _offset(zone, begun))
            begun = change
        at = following
    if begun < end:
        yield _Steady(begun, end, _offset(zone, begun))


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Find the moment of the change to the second, by halving."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
