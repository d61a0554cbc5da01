"""The interval table: opening spans with running totals, answered by bisection (LIBRARIES.md 6)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tickets.time.zones import Piece

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Table:
    """Whole local years of opening spans, in UTC, never changed once built."""

    first_year: int
    last_year: int
    start: datetime
    end: datetime
    opens: tuple[datetime, ...]
    shuts: tuple[datetime, ...]
    before: tuple[timedelta, ...]  # open time from `start` to the opening of each span
    through: tuple[timedelta, ...]  # open time from `start` to the closing of each span
    closes: dict[date, datetime]  # close of business of each local date that has hours
    working_days: tuple[date, ...]
    is_decreed: bool = True  # every year of it

    def elapsed(self, at: datetime) -> timedelta:
        """Sum the open time from the table's start to a moment."""
        place = bisect_right(self.opens, at) - 1
        if place < 0:
            return NOTHING
        return self.before[place] + (min(at, self.shuts[place]) - self.opens[place])

    def earliest(self, total: timedelta) -> datetime | None:
        """Find the first moment at which so much open time has passed: a closing, not the next opening."""
        place = bisect_left(self.through, total)
        if place == len(self.through):
            return None
        return self.opens[place] + (total - self.before[place])

    def latest(self, total: timedelta) -> datetime | None:
        """Find the last moment at which no more open time has passed: an opening, not the closing before."""
        place = bisect_right(self.through, total)
        if place == len(self.through):
            return None
        return self.opens[place] + (total - self.before[place])

    def is_open(self, at: datetime) -> bool:
        """Tell whether a moment lies inside an opening span, half-open."""
        place = bisect_right(self.opens, at) - 1
        return place >= 0 and at < self.shuts[place]


def tabulate(  # the span of years, its bounds and what fills it belong to one table
    years: tuple[int, int],
    bounds: tuple[datetime, datetime],
    pieces: Iterable[Piece],
    working_days: Iterable[date],
    *,
    is_decreed: bool = True,
) -> Table:
    """Build a table from pieces in order; pieces that touch become one span."""
    opens: list[datetime] = []
    shuts: list[datetime] = []
    closes: dict[date, datetime] = {}
    for piece in pieces:
        closes[piece.day] = piece.shuts
        if shuts and shuts[-1] == piece.opens:
            shuts[-1] = piece.shuts
        else:
            opens.append(piece.opens)
            shuts.append(piece.shuts)
    before, through = _running(opens, shuts)
    return Table(
        *years,
        *bounds,
        tuple(opens),
        tuple(shuts),
        before,
        through,
        closes,
        tuple(working_days),
        is_decreed,
    )


def _running(
    opens: list[datetime], shuts: list[datetime]
) -> tuple[tuple[timedelta, ...], tuple[timedelta, ...]]:
    before: list[timedelta] = []
    through: list[timedelta] = []
    total = NOTHING
    for opened, shut in zip(opens, shuts, strict=True):
        before.append(total)
        total += shut - opened
        through.append(total)
    return tuple(before), tuple(through)
