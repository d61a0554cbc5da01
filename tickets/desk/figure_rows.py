"""Keeps the rows figures are taken from: with every change of a ticket, and anew for all there are."""

import logging
from collections.abc import Iterator, Sequence

from tickets.case.fold import fold
from tickets.case.log import OPERATOR, Event
from tickets.case.ticket import Ticket
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.errors import Busy
from tickets.insight.rounds import rows_of
from tickets.ports import AuditEntry, Mark, Unit
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline
from tickets.time.deadlines import Reckoning

logger = logging.getLogger(__name__)

AT_A_TIME = 100  # tickets in one transaction, so that nobody waits long behind it
A_TICK = 500
FILLED = "figures_filled"


def keep_rows(
    unit: Unit,
    ticket: Ticket,
    log: Sequence[Event],
    deadlines: Sequence[Deadline],
    calendar: Calendar,
) -> None:
    """Keep a ticket's rows as they follow from its log and deadlines."""
    unit.figures.keep(ticket.number, rows_of(ticket, log, deadlines, calendar))


def how_many(desk: Desk) -> int:
    """Count the tickets that `rebuild` goes through."""
    with desk.records.read() as unit:
        return unit.figures.how_many()


def rebuild(desk: Desk) -> Iterator[int]:
    """Make all rows anew by the calendar in force, telling how many more tickets were done; the desk goes on."""
    after: Number | None = None
    done = 0
    while True:
        with desk.records.read() as unit:
            numbers = unit.figures.numbers(after=after, limit=AT_A_TIME)
        if not numbers:
            _finish(desk, done)
            return
        _make(desk, numbers)
        after, done = numbers[-1], done + len(numbers)
        yield len(numbers)


def _finish(desk: Desk, done: int) -> None:
    now = desk.clock.now()
    entry = AuditEntry(
        at=now,
        by=OPERATOR,
        action="rebuild_figures",
        number=None,
        outcome="done",
        detail={"tickets": done},
    )
    with desk.records.write() as unit:
        unit.watch.keep_mark(FILLED, Mark(now))
        unit.audit.write(entry)


def fill(desk: Desk) -> int:
    """Make some of the rows that cases from before there were rows lack; tell how many. Nothing once all are there."""
    with desk.records.read() as unit:
        mark = unit.watch.mark(FILLED)
    if mark and not mark.value:
        return 0
    after, count = Number(mark.value) if mark else None, 0
    while count < A_TICK:
        with desk.records.read() as unit:
            numbers = unit.figures.without_rows(after=after, limit=AT_A_TIME)
        _make(desk, numbers)
        after = numbers[-1] if numbers else None
        with desk.records.write() as unit:
            unit.watch.keep_mark(FILLED, Mark(desk.clock.now(), after or ""))
        count += len(numbers)
        if after is None:
            break
    return count


def _make(desk: Desk, numbers: Sequence[Number]) -> None:
    """Make the rows of some tickets; what is wrong with the log of one is its own trouble. Raises Busy."""
    try:
        with desk.records.write() as unit:
            for number in numbers:
                _make_of(desk, unit, number)
    except Busy:
        raise
    except Exception:
        logger.exception("rows of figures not made together, now one ticket at a time")
        _one_by_one(desk, numbers)


def _one_by_one(desk: Desk, numbers: Sequence[Number]) -> None:
    for number in numbers:
        try:
            with desk.records.write() as unit:
                _make_of(desk, unit, number)
        except Busy:
            raise
        except Exception:
            logger.exception("rows of a ticket not made", extra={"number": number})


def _make_of(desk: Desk, unit: Unit, number: Number) -> None:
    log, calendar, handbook = unit.tickets.events(number), desk.calendar(), desk.handbook()
    reckoning = Reckoning(handbook.policies, calendar, pauses=handbook.pauses)
    clocks = reckoning.anew(log, unit.watch.deadlines(number))
    keep_rows(unit, fold(log), log, clocks, calendar)
