"""复购率, 投诉率, 流失率 out of the orders brought along, each with its definition; "no data" without orders (R106).

Of a period P that ends at E, and counting whole local days:

- 复购率 repeat purchase: of those who ordered in the 12 months before E, the share with two orders or more.
- 投诉率 complaints: complaints logged in P, of the orders of P.
- 流失率 churn: of those who ordered in the 6 months before the last 6, the share with no order in the last 6.

Who ordered is told by customer id, else phone, else mail; all are kept as keyed hashes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tickets.insight.figures import NONE, Counted
from tickets.people.customers import Customer
from tickets.time.calendar import Calendar
from tickets.time.months import months_before

REPEAT_MONTHS = 12
CHURN_MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order as it is brought along; who ordered by what names them, in the clear only until it is kept."""

    number: str
    buyer: str  # id:C000001, phone:+8613812345678 or mail:a@b.c
    ordered_at: datetime
    cents: int | None = None
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """The three rates of one line of business, or of all; NONE where there is nothing to take them of."""

    orders: int = 0
    repeat: Counted = NONE
    complaints: Counted = NONE
    churn: Counted = NONE

    @property
    def is_known(self) -> bool:
        """Tell whether any order says anything of the time."""
        return bool(self.orders or self.repeat.n or self.churn.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeFigures:
    """The rates of all orders, and of each line of business; complaints belong to no line."""

    whole: Trade = field(default_factory=Trade)
    lines: Mapping[str, Trade] = field(default_factory=dict)


class Counting(Protocol):
    """Counts orders and buyers of a time; of one line of business, or of all (None)."""

    def count(self, start: datetime, end: datetime, *, line: str | None = None) -> int:
        """Count the orders from `start` to before `end`."""
        ...

    def repeated(self, start: datetime, end: datetime, *, line: str | None = None) -> Counted:
        """Count who ordered in a time, and of them those who did so twice or more."""
        ...

    def gone(
        self, start: datetime, middle: datetime, end: datetime, *, line: str | None = None
    ) -> Counted:
        """Count who ordered before `middle`, and of them those who did not after it."""
        ...

    def lines(self, start: datetime, end: datetime) -> tuple[str, ...]:
        """Name the lines of business there were orders of, those with most orders first."""
        ...


def trade_figures(
    kept: Counting, start: datetime, end: datetime, *, complaints: int, calendar: Calendar
) -> TradeFigures:
    """Take the rates of a period, of all orders and of each line of business."""
    year = begins_before(end, REPEAT_MONTHS, calendar)
    whole = _trade(kept, start, end, None, calendar)
    rate = Counted(complaints, whole.orders) if whole.orders else NONE
    return TradeFigures(
        whole=Trade(orders=whole.orders, repeat=whole.repeat, churn=whole.churn, complaints=rate),
        lines={
            line: _trade(kept, start, end, line, calendar) for line in kept.lines(year, end) if line
        },
    )


def per_cent(one: Counted) -> str | None:
    """Write a share with one decimal, half up: complaints are few; None of nothing."""
    if not one.n:
        return None
    tenths = (2000 * one.part + one.n) // (2 * one.n)
    return f"{tenths // 10}.{tenths % 10}%"


def buyers_of(customer: Customer) -> tuple[str, ...]:
    """List the names a customer's orders may have been brought along under."""
    named = (("id", customer.code), ("phone", customer.phone), ("mail", customer.email))
    return tuple(f"{kind}:{value.casefold()}" for kind, value in named if value)


def begins_before(moment: datetime, months: int, calendar: Calendar) -> datetime:
    """Give the beginning of the same day so many months earlier."""
    return calendar.start_of(months_before(calendar.date_of(moment), months))


def _trade(
    kept: Counting, start: datetime, end: datetime, line: str | None, calendar: Calendar
) -> Trade:
    half = begins_before(end, CHURN_MONTHS, calendar)
    before = begins_before(end, 2 * CHURN_MONTHS, calendar)
    year = begins_before(end, REPEAT_MONTHS, calendar)
    return Trade(
        orders=kept.count(start, end, line=line),
        repeat=kept.repeated(year, end, line=line),
        churn=kept.gone(before, half, end, line=line),
    )
