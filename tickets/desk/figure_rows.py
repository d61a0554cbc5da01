"""Keeps the rows figures are taken from: with every change of a ticket, and anew for all there are."""

import logging
from collections.abc import Iterator, Sequence

from tickets.case.fold import fold
from tickets.case.log import OPERATOR, Event
from tickets.case.ticket import Ticket
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.insight.rounds import rows_of
from tickets.ports import AuditEntry, Mark, Unit
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline
from tickets.time.deadlines import Reckoning

journal = logging.getLogger(__name__)

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
        with desk.records.write() as unit:
            numbers = unit.figures.numbers(after=after, limit=AT_A_TIME)
            for number in numbers:
                _make(desk, unit, number)
            if not numbers:
                _finish(desk, unit, done)
                return
        after, done = numbers[-1], done + len(numbers)
        yield len(numbers)


def _finish(desk: Desk, unit: Unit, done: int) -> None:
    now = desk.clock.now()
    unit.watch.keep_mark(FILLED, Mark(now))
    unit.audit.write(
        AuditEntry(
            at=now,
            by=OPERATOR,
            action="rebuild_figures",
            number=None,
            outcome="done",
            detail={"tickets": done},
        )
    )


def fill(desk: Desk) -> int:
    """Make some of the rows that cases from before there were rows lack; tell how many. Nothing once all are there."""
    with desk.records.read() as unit:
        mark = unit.watch.mark(FILLED)
    if mark and not mark.value:
        return 0
    after, count = Number(mark.value) if mark else None, 0
    while count < A_TICK:
        with desk.records.write() as unit:
            numbers = unit.figures.without_rows(after=after, limit=AT_A_TIME)
            for number in numbers:
                _make(desk, unit, number)
            after = numbers[-1] if numbers else None
            unit.watch.keep_mark(FILLED, Mark(desk.clock.now(), after or ""))
        count += len(numbers)
        if after is None:
            break
    return count


def _make(desk: Desk, unit: Unit, number: Number) -> None:
    """Make the rows of one ticket; what is wrong with its log is its own trouble."""
    log, calendar = unit.tickets.events(number), desk.calendar()
    handbook = desk.handbook()
    reckoning = Reckoning(handbook.policies, calendar, pauses=handbook.pauses)
    try:
        rows = rows_of(fold(log), log, reckoning.anew(log, unit.watch.deadlines(number)), calendar)
    except ValueError:
        journal.exception("rows of a ticket not made", extra={"number": number})
        return
    unit.figures.keep(number, rows)
