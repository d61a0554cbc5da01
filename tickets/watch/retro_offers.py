"""Occasions for a retrospective are offered to the supervisors, each once (DESK.md 8)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from tickets.desk.context import Desk
from tickets.desk.measuring import measure
from tickets.ports import Unit
from tickets.ports.watching import Mark
from tickets.retrospectives.occasions import (
    Liked,
    Offer,
    falls,
    month_key,
    offers,
    quarter_key,
    start_of_quarter,
)
from tickets.retrospectives.posts import Page, to_each
from tickets.retrospectives.pursuit import Figure, Measured, Target
from tickets.retrospectives.retrospective import Occasion, Retrospective, Standing

EVERY = timedelta(minutes=10)
LOOKED = "retrospectives"
LOOKED_LONG = "retrospectives:day"
AT_A_TIME = 200
LATE = timedelta(hours=1)
SOON = timedelta(days=31)  # a quarter's own is offered in its first month
OVERLAP = 500
"""So many places of the log are read twice: ids are not commit order (PostgreSQL), an offer is made once."""

_DAY = timedelta(days=1)


def work(desk: Desk, *, now: datetime) -> int:
    """Look at what happened since, and once a day at the month and the quarter; tell how many were offered."""
    with desk.records.read() as unit:
        looked, daily = unit.watch.mark(LOOKED), unit.watch.mark(LOOKED_LONG)
    count = 0
    if looked is None or now - looked.at >= EVERY or now < looked.at:
        count += _of_cases(desk, looked, now)
    if daily is None or desk.calendar().date_of(daily.at) != desk.calendar().date_of(now):
        count += _of_periods(desk, daily, now)
    return count


def _of_cases(desk: Desk, looked: Mark | None, now: datetime) -> int:
    """Read up to the log's end, some at a time; until then the desk counts as not having looked.

    What happened before the desk first looked is no occasion any more.
    """
    if looked is None:
        with desk.records.write() as unit:
            unit.watch.keep_mark(LOOKED, Mark(now, str(unit.retrospectives.log_end())))
        return 0
    stood, count, is_read_up = int(looked.value or 0), 0, False
    read_from = max(0, stood - OVERLAP)
    while not is_read_up:
        with desk.records.write() as unit:
            signs, read_from = unit.retrospectives.signs(read_from, most=AT_A_TIME)
            is_read_up = len(signs) < AT_A_TIME
            kept = Mark(now if is_read_up else looked.at, str(max(stood, read_from)))
            unit.watch.keep_mark(LOOKED, kept)
            new = [one for one in signs if one.at > looked.at - LATE]
            found = offers(new, desk.handbook().retrospectives)
            count += sum(_offer(desk, unit, one, now) for one in found)
    return count


def _of_periods(desk: Desk, daily: Mark | None, now: datetime) -> int:
    with desk.records.write() as unit:
        unit.watch.keep_mark(LOOKED_LONG, Mark(now))
        if daily is None:
            return 0
        found = list(_periods(desk, unit, desk.calendar().date_of(now)))
        return sum(_offer(desk, unit, offer, now, period=period) for offer, period in found)


Period = tuple[date, date]


def _periods(desk: Desk, unit: Unit, today: date) -> Iterator[tuple[Offer, Period]]:
    """Last month against the one before, and the quarter that is over."""
    rules = desk.handbook().retrospectives
    this = today.replace(day=1)
    last = (this - _DAY).replace(day=1)
    before = (last - _DAY).replace(day=1)
    if falls(_liked(desk, unit, (before, last)), _liked(desk, unit, (last, this)), rules):
        yield Offer(Occasion.FALLING, month_key(last)), (last, this)
    begun = start_of_quarter(today)
    over = start_of_quarter(begun - _DAY)
    had_cases = Target(figure=Figure.CASES)
    if rules.quarterly and today < begun + SOON and _taken(desk, unit, had_cases, (over, begun)).of:
        yield Offer(Occasion.QUARTER, quarter_key(over)), (over, begun)


def _liked(desk: Desk, unit: Unit, period: Period) -> Liked:
    found = _taken(desk, unit, Target(figure=Figure.SATISFACTION), period)
    return Liked(found.value, found.of)


def _taken(desk: Desk, unit: Unit, target: Target, period: Period) -> Measured:
    first, end = (desk.calendar().start_of(day) for day in period)
    return measure(unit, target, first, end)


def _offer(
    desk: Desk, unit: Unit, offer: Offer, now: datetime, *, period: Period | None = None
) -> int:
    """Keep an occasion and tell the supervisors; of a case that has one already nothing is said."""
    if offer.number and unit.retrospectives.of_case(offer.number):
        return 0
    retro = Retrospective(
        id=desk.new_id(),
        occasion=offer.occasion,
        key=offer.key,
        standing=Standing.OFFERED,
        made_at=now,
        number=offer.number,
    )
    if period:
        starts, ends = (desk.calendar().start_of(day) for day in period)
        retro = replace(retro, starts_at=starts, ends_at=ends)
    if not unit.retrospectives.add(retro):
        return 0
    supervisors = sorted(desk.handbook().people.supervisors)
    unit.notices.plan(to_each(retro, Page.OFFER, supervisors, at=now))
    return 1
