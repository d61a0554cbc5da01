"""Why a deadline is what it is: its receipt, from the log, the policies and the calendar alone (DESK.md 3)."""

from collections.abc import Sequence

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import Status
from tickets.handbook import PolicyRow
from tickets.time.calendar import Calendar
from tickets.time.clocks import clocks_of
from tickets.time.counting import lines_of
from tickets.time.deadlines import Reckoning, outcome_of, stops_for
from tickets.time.durations import to_minute
from tickets.time.history import Stop
from tickets.time.notes import read
from tickets.time.receipt import Cause, Halt, Receipt
from tickets.time.running import run


def explain(
    log: Sequence[Event],
    policies: Sequence[PolicyRow],
    calendar: Calendar,
    *,
    pauses: frozenset[Status],
    groups: frozenset[str] = frozenset(),
) -> tuple[Receipt, ...]:
    """Explain every clock of every round, in the order in which `owed` computes them."""
    reckoning = Reckoning(policies, calendar, pauses=pauses)
    deadlines = reckoning.owed(log, groups=groups)
    clocks = (
        (one, clock, target)
        for one in read(log, stopping=pauses, groups=groups)
        for clock, target in clocks_of(one, reckoning.targets)
    )
    causes = _causes(log, pauses)
    receipts = []
    for deadline, (one, clock, target) in zip(deadlines, clocks, strict=True):
        settled = next((mark for mark in outcome_of(clock) if mark), None)
        stops = stops_for(clock.kind, one, clock.starts_at, settled.at if settled else None)
        reckoned = run(clock.starts_at, target.within, stops, calendar)
        halts = tuple(_halt(stop, causes) for stop in stops)
        lines = lines_of(clock.starts_at, target.within, reckoned, halts, calendar)
        receipts.append(
            Receipt(deadline=deadline, target=target.within, since=clock.since, lines=tuple(lines))
        )
    return tuple(receipts)


Entered = tuple[Event, Cause]


def _causes(log: Sequence[Event], pauses: frozenset[Status]) -> tuple[Entered, ...]:
    """Pick every step into a status that stops clocks, with its reason."""
    entered = ((event, _cause(event.fact)) for event in log)
    return tuple((event, cause) for event, cause in entered if cause and cause.status in pauses)


def _cause(fact: f.Fact) -> Cause | None:
    match fact:
        case f.Waiting(reason=reason):
            return Cause(Status.WAITING_CUSTOMER, reason)
        case f.Held(reason=reason):
            return Cause(Status.ON_HOLD, reason)
        case f.StatusSaid(status=status):
            return Cause(status)
        case _:
            return None


def _halt(stop: Stop, causes: Sequence[Entered]) -> Halt:
    """Name why a clock stood still: the last step before it stopped, and those while it did."""
    before = [cause for event, cause in causes if to_minute(event.at) <= stop.start]
    during = [
        cause
        for event, cause in causes
        if stop.start < to_minute(event.at) and (stop.end is None or to_minute(event.at) < stop.end)
    ]
    return Halt(stop.start, stop.end, tuple(dict.fromkeys([*before[-1:], *during])))
