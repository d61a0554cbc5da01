"""Recomputation after a changed desk file or calendar: open deadlines by the hundred, met ones never (DESK.md 3)."""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from tickets.case.fold import fold
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.desk.figure_rows import keep_rows
from tickets.desk.reckoned import reckon, void_unsent
from tickets.errors import Busy
from tickets.ports import Mark, Unit
from tickets.time.deadline import MoveCause
from tickets.time.deadlines import Reckoning
from tickets.time.edition import Editions, edition_of

log = logging.getLogger(__name__)

RECKONED = "reckoned"
_EDITIONS = Editions()  # two threads at once: one of them asks in vain
AT_A_TIME = 100  # tickets in one transaction
A_TICK = 3_000  # tickets; warnings must not wait long behind them


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """By which edition of the rules everything open is reckoned, and how far the next one has come."""

    done: str = ""  # policies, pauses and calendar
    calendar: str = ""  # the calendar alone, as of `done`
    towards: str = ""
    after: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The rules in force, by which this pass reckons."""

    name: str
    calendar: str
    reckoning: Reckoning
    why: MoveCause
    now: datetime


def work(desk: Desk, *, now: datetime) -> int:
    """Reckon open tickets by the rules in force where others held before; tell how many. Raises Busy.

    How far it came is kept with each batch, so a process that dies, or several at once, leave out
    nothing; a ticket that is reckoned twice is the same the second time.
    """
    handbook = desk.handbook()
    name = _EDITIONS.of(handbook)
    progress = _progress(desk)
    if progress.done == name:
        return 0
    calendar = edition_of(replace(handbook, policies=(), pauses=frozenset()))
    edition = Edition(
        name=name,
        calendar=calendar,
        reckoning=Reckoning(handbook.policies, desk.calendar(), pauses=handbook.pauses),
        why=MoveCause.POLICY if progress.calendar == calendar else MoveCause.CALENDAR,
        now=now,
    )
    return _go_on(desk, edition)


def _go_on(desk: Desk, edition: Edition) -> int:
    count = 0
    while count < A_TICK:
        try:
            taken = _batch(desk, edition)
        except Busy:
            raise
        except Exception:
            log.exception("deadlines not reckoned together, now one ticket at a time")
            taken = _one_by_one(desk, edition)
        count += taken
        if taken == 0:
            break
    if count:
        desk.wake()
    return count


def _batch(desk: Desk, edition: Edition) -> int:
    with desk.records.write() as unit:
        numbers, progress = _next(unit, edition)
        for number in numbers:
            _reckon(unit, number, edition)
        _keep(unit, progress, edition)
    return len(numbers)


def _one_by_one(desk: Desk, edition: Edition) -> int:
    """Pass over a ticket that cannot be reckoned; its trouble is its own."""
    with desk.records.write() as unit:
        numbers, progress = _next(unit, edition)
    for number in numbers:
        try:
            with desk.records.write() as unit:
                _reckon(unit, number, edition)
        except Busy:
            raise
        except Exception:
            log.exception("deadlines of a ticket not reckoned", extra={"number": number})
    with desk.records.write() as unit:
        _keep(unit, progress, edition)
    return len(numbers)


def _next(unit: Unit, edition: Edition) -> tuple[Sequence[Number], Progress]:
    """Take the next tickets, and say how far it will have come with them."""
    before = _read(unit.watch.mark(RECKONED))
    after = before.after if before.towards == edition.name else None
    numbers = unit.watch.open_after(after, limit=AT_A_TIME)
    if not numbers:
        return (), Progress(done=edition.name, calendar=edition.calendar)
    return numbers, replace(before, towards=edition.name, after=numbers[-1])


def _reckon(unit: Unit, number: Number, edition: Edition) -> None:
    events, stored = unit.tickets.events(number), unit.watch.deadlines(number)
    if set(edition.reckoning.anew(events, stored)) == set(stored):
        return  # most of them: folding the log would take twice as long as this
    ticket = fold(events)
    anew = reckon(ticket, events, stored, edition.reckoning, now=edition.now, why=edition.why)
    void_unsent(unit, anew.moved)
    unit.watch.renew(anew.ticket, anew.moved, deadlines=anew.deadlines)
    keep_rows(unit, anew.ticket, events, anew.deadlines, edition.reckoning.calendar)


def _progress(desk: Desk) -> Progress:
    with desk.records.read() as unit:
        return _read(unit.watch.mark(RECKONED))


def _read(mark: Mark | None) -> Progress:
    return Progress(**json.loads(mark.value)) if mark else Progress()


def _keep(unit: Unit, progress: Progress, edition: Edition) -> None:
    unit.watch.keep_mark(RECKONED, Mark(edition.now, json.dumps(asdict(progress))))
